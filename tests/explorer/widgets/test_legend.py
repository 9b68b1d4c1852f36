import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer.theme import class_style
from explorer.widgets.legend import Legend
from tests.explorer.pointing import leave, move

CONTROL = Qt.KeyboardModifier.ControlModifier


def make(qtbot: QtBot, classes: int) -> Legend:
    legend = Legend("A click selects its images.")
    qtbot.addWidget(legend)
    legend.resize(160, 200)
    legend.set_classes([f"class {i}" for i in range(classes)], np.arange(1, classes + 1))
    legend.show()
    qtbot.waitExposed(legend)
    return legend


@pytest.fixture
def legend(qtbot: QtBot) -> Legend:
    return make(qtbot, 5)


def line(legend: Legend, row: int) -> QPoint:
    return legend.visualRect(legend.model().index(row, 0)).center()


def shot(legend: Legend) -> QImage:
    return legend.viewport().grab().toImage()


def test_each_line_has_the_mark_of_its_class(legend: Legend) -> None:
    image = shot(legend)
    for row in range(5):
        wanted = class_style(row).colour.name()
        height = line(legend, row).y()
        assert wanted in {image.pixelColor(x, height).name() for x in range(24)}


def test_bars_grow_with_the_counts(legend: Legend) -> None:
    image = shot(legend)

    def bar(row: int) -> int:
        bottom = legend.visualRect(legend.model().index(row, 0)).bottom() - 1
        ground = image.pixelColor(2, bottom)
        return sum(image.pixelColor(x, bottom) != ground for x in range(image.width()))

    lengths = [bar(row) for row in range(5)]
    assert lengths == sorted(lengths)
    assert lengths[0] == pytest.approx(lengths[4] / 5, abs=3)


def test_clicks_report_the_class_and_the_keys(legend: Legend, qtbot: QtBot) -> None:
    seen: list[tuple[int, Qt.KeyboardModifier]] = []
    legend.class_clicked.connect(lambda row, keys: seen.append((row, keys)))
    qtbot.mouseClick(legend.viewport(), Qt.MouseButton.LeftButton, pos=line(legend, 2))
    qtbot.mouseClick(legend.viewport(), Qt.MouseButton.LeftButton, CONTROL, line(legend, 4))
    qtbot.mouseClick(legend.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 190))  # below the last line
    assert seen == [(2, Qt.KeyboardModifier.NoModifier), (4, CONTROL)]


def test_the_keyboard_does_what_the_mouse_does(legend: Legend) -> None:
    seen: list[int] = []
    legend.class_clicked.connect(lambda row, keys: seen.append(row))
    legend.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(legend, key)
    assert seen == [1, 2]


def test_hovering_reports_each_class_once_and_the_end(legend: Legend) -> None:
    seen: list[int] = []
    legend.class_hovered.connect(seen.append)
    move(legend.viewport(), line(legend, 0))
    move(legend.viewport(), line(legend, 0) + QPoint(4, 0))
    move(legend.viewport(), line(legend, 3))
    move(legend.viewport(), QPoint(20, 190))
    move(legend.viewport(), line(legend, 1))
    leave(legend)
    assert seen == [0, 3, -1, 1, -1]


def test_chosen_classes_are_marked_by_more_than_colour(legend: Legend) -> None:
    before = shot(legend)
    legend.set_chosen(frozenset({3}))
    after = shot(legend)
    assert after.pixelColor(1, line(legend, 3).y()) == legend.palette().text().color()
    assert after.pixelColor(1, line(legend, 2).y()) == before.pixelColor(1, line(legend, 2).y())
    legend.set_chosen(frozenset())
    assert shot(legend) == before


def test_the_same_classes_again_keep_scroll_position_and_choice(qtbot: QtBot) -> None:
    legend = make(qtbot, 80)
    legend.set_chosen(frozenset({0}))
    bar = legend.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 1000
    legend.set_classes([f"class {i}" for i in range(80)], np.arange(1, 81))
    assert bar.value() == bar.maximum()
    legend.set_classes(["only one"], np.array([7]))
    qtbot.waitUntil(lambda: bar.value() == 0)


def test_lines_can_be_read_aloud_and_explain_themselves(legend: Legend) -> None:
    index = legend.model().index(4, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "class 4, 5 images"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "class 4: 5 images.\nA click selects its images."
    assert legend.accessibleName() == "Classes"
