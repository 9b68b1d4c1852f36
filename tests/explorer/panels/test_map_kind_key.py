import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer.panels.map_kind_key import KindKey
from explorer.theme import class_style
from explorer.widgets.legend import Legend

KINDS = [("left", class_style(3)), ("frontal", class_style(1)), ("right", class_style(0))]


@pytest.fixture
def key(qtbot: QtBot) -> KindKey:
    key = KindKey()
    qtbot.addWidget(key)
    key.resize(140, 200)
    key.show_kinds("pose", KINDS, np.array([4, 0, 12_345]))
    key.show()
    return key


def lines(key: KindKey) -> Legend:
    return key.findChild(Legend)


def test_kinds_that_no_image_has_are_left_out(key: KindKey) -> None:
    assert key.accessibleName() == "pose, left 4, right 12345"
    assert [lines(key).model().index(row, 0).data() for row in range(lines(key).model().rowCount())] == [
        "left",
        "right",
    ]


def test_each_kind_has_its_own_look(key: KindKey) -> None:
    image = lines(key).viewport().grab().toImage()
    for row, style in enumerate((class_style(3), class_style(0))):
        height = lines(key).visualRect(lines(key).model().index(row, 0)).center().y()
        assert style.colour.name() in {image.pixelColor(x, height).name() for x in range(24)}


def test_a_click_names_the_kind_not_the_line(key: KindKey, qtbot: QtBot) -> None:
    place = lines(key).visualRect(lines(key).model().index(1, 0)).center()
    with qtbot.waitSignal(key.clicked) as said:
        QTest.mouseClick(lines(key).viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    assert said.args == [2, Qt.KeyboardModifier.ControlModifier]


def test_the_look_changes_where_names_and_counts_do_not(key: KindKey) -> None:
    before = lines(key).viewport().grab().toImage()
    key.show_kinds("pose", [(name, class_style(5)) for name, _ in KINDS], np.array([4, 0, 12_345]))
    assert lines(key).viewport().grab().toImage() != before


def test_without_kinds_there_is_a_sentence_alone(key: KindKey) -> None:
    key.show_kinds("The model names no classes.", (), np.empty(0, np.int64))
    assert key.accessibleName() == "The model names no classes."
    assert not lines(key).isVisible()
