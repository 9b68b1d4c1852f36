import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.projection.settings import ProjectionSettings
from explorer.panels.projection_menu import ProjectionMenu
from explorer.widgets.message import Message
from explorer.widgets.number_field import NumberField


@pytest.fixture
def menu(qtbot: QtBot) -> ProjectionMenu:
    menu = ProjectionMenu()
    qtbot.addWidget(menu.button)
    return menu


def field(menu: ProjectionMenu, name: str) -> NumberField:
    found = menu.button.menu().findChild(NumberField, f"{name}_field")
    assert found is not None
    return found


def enter(menu: ProjectionMenu, name: str, text: str) -> None:
    field(menu, name).lineEdit().setText(text)
    field(menu, name).editingFinished.emit()


def test_each_change_is_told(menu: ProjectionMenu) -> None:
    told: list[ProjectionSettings] = []
    menu.chosen.connect(told.append)
    enter(menu, "neighbours", "50")
    enter(menu, "min_dist", "0,5")
    enter(menu, "perplexity", "12.5")
    assert told[-1] == menu.settings() == ProjectionSettings(50, 0.5, 12.5)
    assert len(told) == 3
    menu.button.menu().findChild(QPushButton, "projection_defaults").click()
    assert told[-1] == ProjectionSettings()


def test_what_makes_no_sense_is_put_back_and_said(menu: ProjectionMenu) -> None:
    told: list[ProjectionSettings] = []
    menu.chosen.connect(told.append)
    enter(menu, "neighbours", "1")
    assert told == []
    assert menu.settings() == ProjectionSettings()
    note = menu.button.menu().findChild(Message)
    assert "UMAP neighbours takes a whole number from 2 to 200, found '1'" in note.text()
    enter(menu, "neighbours", "20")
    assert note.text() == ""
