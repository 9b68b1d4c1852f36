from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QApplication, QDockWidget, QFileDialog, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from explorer.panel_pictures import PanelPictures
from explorer.widgets.status_line import StatusLine


class Window(QMainWindow):
    def __init__(self) -> None:
        super().__init__()
        self.dock, self.field, self.status = QDockWidget("Run setup", self), QLineEdit(), StatusLine(self)
        self.dock.setWidget(self.field)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.dock)
        self.pictures = PanelPictures(self, {"setup": self.dock}, self.status)


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


def test_the_panel_with_the_keyboard_is_copied_else_the_window(window: Window) -> None:
    window.field.clearFocus()
    window.pictures.copy()
    assert copied().size() == window.size()
    window.field.setFocus()
    window.pictures.copy()
    assert copied().size() == window.field.size()
    assert window.status.message == "Copied a picture of Run setup"


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
