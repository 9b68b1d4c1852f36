from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QApplication, QDockWidget, QFileDialog, QLabel, QLineEdit, QMainWindow, QTabBar
from pytestqt.qtbot import QtBot

from explorer.panel_pictures import PanelPictures
from explorer.widgets.status_line import StatusLine


class Window(QMainWindow):
    def __init__(self) -> None:
        super().__init__()
        self.dock, self.field, self.status = QDockWidget("Run setup", self), QLineEdit(), StatusLine(self)
        self.dock.setWidget(self.field)
        self.map, self.runs = QDockWidget("Map", self), QDockWidget("Runs", self)
        self.text, self.other = QLabel("text"), QLineEdit()
        self.map.setWidget(QLabel("map"))
        self.runs.setWidget(self.text)
        self.setCentralWidget(self.other)
        for dock in (self.dock, self.map, self.runs):
            self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        self.tabifyDockWidget(self.map, self.dock)
        docks = {"setup": self.dock, "map": self.map, "runs": self.runs}
        self.pictures = PanelPictures(self, docks, self.status)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.resize(400, 300)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def copied() -> QImage:
    return QApplication.clipboard().image()


def dock_action(window: Window, text: str) -> QAction:
    assert window.dock.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu
    return next(action for action in window.dock.actions() if action.text() == text)


def copied_of(window: Window) -> str:
    window.pictures.copy()
    return window.status.message.removeprefix("Copied a picture of ")


def test_the_panel_with_the_keyboard_is_copied_and_at_first_the_window(window: Window) -> None:
    assert copied_of(window) == "window"
    assert copied().size() == window.size()
    window.field.setFocus()
    assert copied_of(window) == "Run setup"
    assert copied().size() == window.field.size()
    window.other.setFocus()  # of no panel, as the palette's is from which it may have been asked for
    assert copied_of(window) == "Run setup"


def test_a_click_on_a_tab_or_on_a_text_says_which_panel_is_meant(qtbot: QtBot, window: Window) -> None:
    window.field.setFocus()
    [bar] = [each for each in window.findChildren(QTabBar) if each.isVisible()]
    row = next(row for row in range(bar.count()) if bar.tabText(row) == "Map")
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(row).center())
    assert copied_of(window) == "Map"
    assert copied().size() == window.map.widget().size()
    qtbot.mouseClick(window.text, Qt.MouseButton.LeftButton)
    assert copied_of(window) == "Runs"
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1 - row).center())
    assert copied_of(window) == "Run setup"


def test_a_panel_that_cannot_be_seen_is_not_meant(window: Window) -> None:
    window.field.setFocus()
    window.dock.close()
    assert copied_of(window) == "window"


def test_a_right_click_copies_and_saves_its_panel(window: Window) -> None:
    window.field.clearFocus()
    dock_action(window, "Copy picture").trigger()
    assert copied().size() == window.field.size()
    dock_action(window, "Save picture …").trigger()
    [dialog] = window.findChildren(QFileDialog)
    assert dialog.windowTitle() == "Save a picture of Run setup"
    dialog.close()


def test_a_picture_is_saved_as_it_was_when_it_was_asked_for(window: Window, tmp_path: Path) -> None:
    window.field.setFocus()
    size = window.field.size()
    window.pictures.ask_where_to_save()
    [dialog] = window.findChildren(QFileDialog)
    window.resize(700, 300)
    dialog.fileSelected.emit(str(tmp_path / "picture.png"))
    dialog.close()
    assert QImage(str(tmp_path / "picture.png")).size() == size
    assert window.status.message == f"Saved {tmp_path / 'picture.png'}"


def test_where_none_can_be_written_it_is_said(window: Window, tmp_path: Path) -> None:
    window.pictures._save(window.grab(), tmp_path / "gone" / "picture.png")
    assert window.status.is_problem
    assert window.status.message == f"{tmp_path / 'gone' / 'picture.png'}: the picture cannot be written there"
