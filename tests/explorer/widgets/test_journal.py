from PySide6.QtCore import QAbstractItemModel, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from explorer.widgets.journal import ENTRY_ROLE, KEPT, LEVEL, MESSAGE, TIME, Journal


def column(journal: QAbstractItemModel, number: int) -> list[str]:
    return [journal.index(row, number).data() for row in range(journal.rowCount())]


def test_it_is_a_model_that_qt_accepts(qtmodeltester: ModelTester) -> None:
    journal = Journal()
    qtmodeltester.check(journal)
    for number in range(3):
        journal.add(f"message {number}")
    journal.clear()


def test_every_message_is_a_row_with_its_time_and_level() -> None:
    journal = Journal()
    journal.add("Ready")
    journal.add("b.png: the file is empty\nand more", "Traceback", is_problem=True)
    assert column(journal, MESSAGE) == ["Ready", "b.png: the file is empty"]
    assert column(journal, LEVEL) == ["note", "\N{WARNING SIGN} problem"]
    assert [len(text) for text in column(journal, TIME)] == [8, 8]
    entry = journal.index(1, TIME).data(ENTRY_ROLE)
    assert (entry.message, entry.details) == ("b.png: the file is empty\nand more", "Traceback")
    assert journal.headerData(2, Qt.Orientation.Horizontal) == "Message"


def test_a_problem_that_comes_again_at_once_stands_once_with_its_number() -> None:
    journal = Journal()
    for _ in range(3):
        journal.add("no space left", is_problem=True)
    journal.add("no space left", "other details", is_problem=True)
    journal.add("no space left")
    assert column(journal, MESSAGE) == ["no space left (3 times)", "no space left", "no space left"]
    assert journal.unread == 4


def test_it_is_bounded_and_the_oldest_go() -> None:
    journal = Journal()
    for number in range(KEPT + 200):
        journal.add(f"message {number}")
    assert journal.rowCount() == KEPT == 1_000
    assert column(journal, MESSAGE)[0] == "message 200"


def test_unread_problems_are_told_and_forgotten_when_it_is_cleared(qtbot: QtBot) -> None:
    journal = Journal()
    told: list[int] = []
    journal.unread_changed.connect(told.append)
    journal.add("Ready")
    journal.add("broken", is_problem=True)
    journal.mark_read()
    journal.mark_read()
    journal.add("broken again", is_problem=True)
    journal.clear()
    assert told == [1, 0, 1, 0]
    assert journal.rowCount() == 0


def test_an_entry_as_text_is_what_was_said_and_its_details() -> None:
    journal = Journal()
    journal.add("broken", "Traceback\n  line 1\n", is_problem=True)
    first, *details = journal.entries[0].text().splitlines()
    assert first.endswith("  \N{WARNING SIGN} broken")
    assert details == ["Traceback", "  line 1"]
