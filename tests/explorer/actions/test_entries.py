import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from explorer.actions.entries import Entries, Entry, plain


@pytest.fixture
def action(qapp: QApplication) -> QAction:
    action = QAction("&Save && close")
    action.setShortcut("Ctrl+S")
    return action


def test_an_entry_is_called_by_its_text_without_marks(action: QAction) -> None:
    entries = Entries()
    entries.add("File", {"save": action})
    (entry,) = entries.all()
    assert (entry.group, entry.name, entry.title, entry.keys) == ("File", "save", "Save & close", "Ctrl+S")
    assert plain("&&") == "&"


def test_a_disabled_action_is_refused_in_the_words_of_its_tooltip(action: QAction) -> None:
    entry = Entry("File", action)
    assert entry.refused == ""
    action.setToolTip("There is nothing to save.")
    action.setEnabled(False)
    assert entry.refused == "There is nothing to save."


def test_two_actions_of_one_name_are_refused(action: QAction) -> None:
    entries = Entries()
    entries.add("File", {"save": action})
    with pytest.raises(ValueError, match="action 'save': each has a name of its own, found it twice"):
        entries.add("Edit", {"save": action})
    with pytest.raises(ValueError, match="'save'"):
        entries.add_entry(Entry("Edit", action))


def test_actions_that_come_and_go_are_asked_for_each_time(action: QAction) -> None:
    entries, there = Entries(), [Entry("Recent", action)]
    entries.add_source(lambda: there)
    assert entries.all() == there
    assert entries.kept() == []
    there.clear()
    assert entries.all() == []
