from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

import core
from explorer.dialogs import about, choose_file, choose_folder


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return parent


def test_the_chosen_folder_is_handed_over_and_nothing_waits_for_it(
    qtbot: QtBot, parent: QWidget, tmp_path: Path
) -> None:
    chosen: list[str] = []
    choose_folder(parent, "Choose", str(tmp_path), chosen.append)
    [dialog] = parent.findChildren(QFileDialog)
    assert dialog.isVisible()
    dialog.selectFile(str(tmp_path))
    dialog.accept()
    assert chosen == [str(tmp_path)]
    qtbot.waitUntil(lambda: not parent.findChildren(QFileDialog))


def test_the_chosen_file_is_handed_over(qtbot: QtBot, parent: QWidget, tmp_path: Path) -> None:
    (tmp_path / "pairs.csv").write_text("")
    chosen: list[str] = []
    choose_file(parent, "Choose", "Lists (*.csv)", chosen.append)
    [dialog] = parent.findChildren(QFileDialog)
    assert dialog.nameFilters() == ["Lists (*.csv)"]
    dialog.selectFile(str(tmp_path / "pairs.csv"))
    dialog.accept()
    assert chosen == [str(tmp_path / "pairs.csv")]
    qtbot.waitUntil(lambda: not parent.findChildren(QFileDialog))


def test_no_choice_is_no_choice(qtbot: QtBot, parent: QWidget) -> None:
    chosen: list[str] = []
    choose_folder(parent, "Choose", "", chosen.append)
    parent.findChildren(QFileDialog)[0].reject()
    qtbot.waitUntil(lambda: not parent.findChildren(QFileDialog))
    assert chosen == []


def test_about_says_the_version(qtbot: QtBot, parent: QWidget) -> None:
    about(parent)
    [box] = parent.findChildren(QMessageBox)
    assert core.__version__ in box.text()
    box.accept()
    qtbot.waitUntil(lambda: not parent.findChildren(QMessageBox))
