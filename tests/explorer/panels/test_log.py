from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from explorer.panels.log import LogPanel
from explorer.widgets.choice_field import ChoiceField
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.journal import LEVEL, Journal


@pytest.fixture
def journal() -> Journal:
    journal = Journal()
    journal.add("Loading …")
    journal.add("training failed", "Traceback\n  in Step 5", is_problem=True)
    journal.add("Ready")
    return journal


@pytest.fixture
def panel(qtbot: QtBot, journal: Journal) -> LogPanel:
    panel = LogPanel()
    qtbot.addWidget(panel)
    panel.show_journal(journal)
    panel.resize(600, 300)
    return panel


def button(panel: LogPanel, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name)
    assert found is not None
    return found


def messages(panel: LogPanel) -> list[str]:
    model = panel.findChild(QTableView, "log_table").model()
    return [model.index(row, 2).data() for row in range(model.rowCount())]


def details(panel: LogPanel) -> str:
    return panel.findChild(QPlainTextEdit, "log_details").toPlainText()


def test_what_was_said_before_and_after_it_was_made_stands_there(panel: LogPanel, journal: Journal) -> None:
    journal.add("Opened a run")
    assert messages(panel) == ["Loading …", "training failed", "Ready", "Opened a run"]


def test_the_newest_problem_is_shown_with_its_details(panel: LogPanel) -> None:
    panel.choose_newest()
    assert details(panel) == "training failed\n\nTraceback\n  in Step 5"


def test_without_a_problem_the_newest_message_is(qtbot: QtBot) -> None:
    panel, journal = LogPanel(), Journal()
    qtbot.addWidget(panel)
    panel.show_journal(journal)
    panel.choose_newest()
    assert details(panel) == ""
    journal.add("Loading …")
    journal.add("Ready")
    panel.choose_newest()
    assert details(panel).startswith("Ready\n")


def test_problems_alone_can_be_shown(panel: LogPanel) -> None:
    level = panel.findChild(ChoiceField)
    level.set_value("problems")
    level.edited.emit()
    assert messages(panel) == ["training failed"]


def test_a_text_is_looked_for_in_messages_and_details(panel: LogPanel) -> None:
    search = panel.findChild(QLineEdit, "log_search")
    search.setText("STEP 5")
    assert messages(panel) == ["training failed"]
    search.setText("nowhere")
    assert messages(panel) == []
    assert panel.findChild(EmptyState).text().startswith("No message matches")
    search.clear()
    assert len(messages(panel)) == 3


def test_the_chosen_message_is_copied_with_its_details_else_all_that_are_shown(panel: LogPanel) -> None:
    button(panel, "copy_log").click()
    lines = QApplication.clipboard().text().splitlines()
    assert [line[21:] for line in lines[:2]] == ["Loading …", "\N{WARNING SIGN} training failed"]
    assert lines[2:4] == ["Traceback", "  in Step 5"]
    panel.choose_newest()
    panel.copy()
    assert QApplication.clipboard().text().splitlines()[1:] == ["Traceback", "  in Step 5"]


def test_all_messages_are_saved_as_text(panel: LogPanel, tmp_path: Path) -> None:
    button(panel, "save_log").click()
    [dialog] = panel.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "messages.txt"))
    dialog.close()
    lines = (tmp_path / "messages.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 5
    assert lines[-1].endswith("  Ready")


def test_that_they_cannot_be_saved_is_one_sentence(panel: LogPanel, tmp_path: Path) -> None:
    told: list[str] = []
    panel.problem.connect(told.append)
    panel._write(tmp_path / "gone" / "messages.txt")
    assert told == [f"{tmp_path / 'gone' / 'messages.txt'}: the messages were not written (No such file or directory)"]


def test_a_cleared_log_says_what_will_stand_there(panel: LogPanel, journal: Journal) -> None:
    button(panel, "clear_log").click()
    assert journal.rowCount() == 0
    assert panel.findChild(EmptyState).text().startswith("What the window says will stand here")
    assert not any(button(panel, name).isEnabled() for name in ("copy_log", "save_log", "clear_log"))
    journal.add("Ready")
    assert messages(panel) == ["Ready"]
    assert button(panel, "save_log").isEnabled()


def test_a_problem_is_unread_until_the_panel_is_seen(qtbot: QtBot, panel: LogPanel, journal: Journal) -> None:
    assert journal.unread == 1
    panel.show()
    qtbot.waitUntil(lambda: journal.unread == 0)
    journal.add("broken while it is open", is_problem=True)
    assert journal.unread == 0
    panel.hide()
    journal.add("broken again", is_problem=True)
    assert journal.unread == 1


def test_the_level_of_a_later_problem_is_not_cut(panel: LogPanel, journal: Journal) -> None:
    table = panel.findChild(QTableView, "log_table")
    journal.clear()
    journal.add("Ready")
    panel.show()
    before = table.columnWidth(LEVEL)
    journal.add("training failed", is_problem=True)
    assert before < table.columnWidth(LEVEL)
    assert table.columnWidth(LEVEL) >= table.sizeHintForColumn(LEVEL)
