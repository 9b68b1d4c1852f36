from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from explorer.widgets.path_field import PathField


@pytest.fixture
def field(qtbot: QtBot) -> PathField:
    field = PathField("pair list", "A CSV file.", "Lists (*.csv)", key="pair_list")
    qtbot.addWidget(field)
    return field


def test_a_typed_path_counts_when_it_is_entered(field: PathField, qtbot: QtBot) -> None:
    line = field.findChild(QLineEdit, "pair_list_field")
    assert isinstance(line, QLineEdit)
    with qtbot.assertNotEmitted(field.edited):
        qtbot.keyClicks(line, "a.csv")
    with qtbot.waitSignal(field.edited):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert field.path() == Path("a.csv")


def test_there_is_no_path_in_an_empty_field(field: PathField) -> None:
    assert field.path() is None
    field.set_path(Path("  "))
    assert field.path() is None


def test_the_same_path_again_is_no_edit(field: PathField, qtbot: QtBot) -> None:
    field.set_path(Path("a.csv"))
    with qtbot.assertNotEmitted(field.edited):
        field.set_path(Path("a.csv"))


def test_a_file_that_is_dropped_is_entered(field: PathField, qtbot: QtBot, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.csv"))])
    event = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(field.edited):
        field.dropEvent(event)
    assert field.path() == tmp_path / "a.csv"


@pytest.mark.parametrize(
    ("kinds", "mode"), [("Lists (*.csv)", QFileDialog.FileMode.ExistingFile), ("", QFileDialog.FileMode.Directory)]
)
def test_the_button_asks_for_what_is_wanted(qtbot: QtBot, kinds: str, mode: QFileDialog.FileMode) -> None:
    field = PathField("images", "They.", kinds, key="images")
    qtbot.addWidget(field)
    field._button.click()
    dialog = field.findChild(QFileDialog, "choose_images_dialog")
    assert isinstance(dialog, QFileDialog)
    assert dialog.fileMode() == mode
    with qtbot.waitSignal(field.edited):
        dialog.fileSelected.emit("/data/faces")
    assert field.path() == Path("/data/faces")
    dialog.reject()
