import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.actions.entries import Entry
from explorer.actions.shortcuts import Shortcuts


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def dialog(window: QWidget) -> Shortcuts:
    entries = []
    for group, text, keys in (
        ("File", "&Open run …", "Ctrl+O"),
        ("Map", "Show all", "Ctrl+Shift+M, F"),
        ("Map", "x", ""),
    ):
        action = QAction(text, window)
        action.setShortcut(keys)
        entries.append(Entry(group, action))
    return Shortcuts(entries, window)


def shown(dialog: Shortcuts) -> list[tuple[str, str, str]]:
    groups = dialog._groups.items()
    items = [(name, item) for name, (heading, items) in groups if not heading.isHidden() for item in items]
    return [(name, item.text(0), item.text(1)) for name, item in items if not item.isHidden()]


def test_every_action_with_keys_is_listed_below_its_group_and_keys_of_places_last(dialog: Shortcuts) -> None:
    assert shown(dialog)[:2] == [("File", "Open run …", "Ctrl+O"), ("Map", "Show all", "Ctrl+Shift+M, F")]
    assert {group for group, _, _ in shown(dialog)[2:]} == {"Where the keyboard is"}


def test_a_search_finds_actions_panels_and_keys(dialog: Shortcuts) -> None:
    dialog._field.setText("show all")
    assert shown(dialog)[0] == ("Map", "Show all", "Ctrl+Shift+M, F")
    assert "File" not in {group for group, _, _ in shown(dialog)}
    dialog._field.setText("ctrl o")
    assert shown(dialog)[0] == ("File", "Open run …", "Ctrl+O")
    dialog._field.clear()
    assert len(shown(dialog)) > 6
