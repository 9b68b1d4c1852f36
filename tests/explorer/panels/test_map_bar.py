import itertools

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.map_bar import MapBar, bar_button
from explorer.theme import UNIT

MAP_COLUMN = 608
"""Pixels that the map has in a window of 1280 x 800, with margins of `UNIT` on both sides."""


@pytest.fixture
def bar(qtbot: QtBot) -> MapBar:
    bar = MapBar()
    qtbot.addWidget(bar)
    bar.show()
    return bar


def button(bar: MapBar, name: str) -> QToolButton:
    found = bar.findChild(QToolButton, name)
    assert found is not None
    return found


def test_a_button_that_is_added_stands_between_the_others_and_the_step(bar: MapBar, qtbot: QtBot) -> None:
    bar.step.tell("step 12")
    added = bar_button("compare", "Compare", "swap", "Compare two looks.")
    bar.add_button(added)
    bar.resize(MAP_COLUMN, bar.height())
    qtbot.waitUntil(added.isVisible)
    bar.grab()  # lays it out
    edges = [
        (part.geometry().left(), part.geometry().right()) for part in (button(bar, "map_searches"), added, bar.step)
    ]
    assert edges == sorted(edges), edges


def test_all_fits_with_three_more_buttons(bar: MapBar, qtbot: QtBot) -> None:
    bar.step.tell("as of step 123 456")
    for name in ("compare", "selections", "export"):
        bar.add_button(bar_button(name, name, "swap", name))
    room = MAP_COLUMN - 2 * UNIT
    assert bar.minimumSizeHint().width() <= room
    bar.resize(room, bar.height())
    qtbot.waitUntil(lambda: len(parts(bar)) == 14)
    bar.grab()
    shown = sorted((part.geometry().left(), part.geometry().right()) for part in parts(bar))
    assert all(left > right for (_, right), (left, _) in itertools.pairwise(shown)), "nothing covers another"
    assert shown[-1][1] < room


def test_what_is_chosen_can_be_read_where_there_is_room(bar: MapBar, qtbot: QtBot) -> None:
    bar.step.tell("step 12")
    field = bar.colours
    bar.resize(bar.minimumSizeHint().width(), bar.height())
    bar.grab()
    least = field.width()
    bar.resize(MAP_COLUMN - 2 * UNIT, bar.height())
    bar.grab()
    assert field.width() > least
    bar.resize(2 * MAP_COLUMN, bar.height())
    bar.grab()
    texts = [field.fontMetrics().horizontalAdvance(field.itemText(row)) for row in range(field.count())]
    assert max(texts) + 3 * UNIT <= field.width() <= max(texts) + 8 * UNIT


def test_the_buttons_stay_where_they_are_while_looks_are_played(bar: MapBar, qtbot: QtBot) -> None:
    bar.colours.setCurrentIndex(bar.colours.count() - 1)
    bar.resize(MAP_COLUMN - 2 * UNIT, bar.height())
    places = set()
    for text in ("step 25", "as of step 25", "as of step 9 999"):
        bar.step.tell(text)
        bar.grab()
        places.add(button(bar, "map_searches").x())
    assert len(places) == 1


def parts(bar: MapBar) -> list[QWidget]:
    return [part for part in bar.findChildren(QWidget) if part.parentWidget() is bar and part.isVisible()]


@pytest.mark.parametrize("name", ["names", "contours"])
def test_what_is_shown_is_chosen_in_a_menu(bar: MapBar, qtbot: QtBot, name: str) -> None:
    menu = button(bar, "map_shown").menu()
    action = next(action for action in menu.actions() if action.objectName() == f"show_{name}")
    assert isinstance(action, QAction)
    assert action.isCheckable()
    assert not action.isChecked()
    assert action.toolTip()
    signal = {"names": bar.names_toggled, "contours": bar.contours_toggled}[name]
    with qtbot.waitSignal(signal) as emitted:
        action.trigger()
    assert emitted.args == [True]
