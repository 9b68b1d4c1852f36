from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from explorer import theme
from explorer.widgets.matrix_view import Cell, MatrixView

COUNTS = np.array([[8, 2, 0], [1, 9, 0], [0, 0, 0]])
NAMES = ("cat", "dog", "ape")


@pytest.fixture
def view(qtbot: QtBot) -> MatrixView:
    view = MatrixView("confusion matrix")
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show_counts(COUNTS, NAMES)
    view.show()
    qtbot.waitExposed(view)
    return view


def middle(view: MatrixView, row: int, column: int) -> QPoint:
    return view._area(Cell(row, column)).center()


def test_a_cell_says_in_words_what_it_counts(view: MatrixView) -> None:
    assert view.sentence(Cell(0, 0)) == "8 of 10 images of cat are recognised (80.0 %)"
    assert view.sentence(Cell(0, 1)) == "2 of 10 images of cat are taken for dog (20.0 %)"
    assert view.sentence(Cell(2, 2)) == "0 of 0 images of ape are recognised"


def test_a_click_chooses_the_cell(view: MatrixView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.cell_chosen) as chosen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, 1, 0))
    assert chosen.args == [1, 0]


@pytest.mark.parametrize("place", [QPoint(1, 1), QPoint(399, 399)])
def test_a_click_beside_the_cells_chooses_nothing(view: MatrixView, qtbot: QtBot, place: QPoint) -> None:
    with qtbot.assertNotEmitted(view.cell_chosen):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_arrow_keys_move_a_frame_and_enter_chooses(view: MatrixView, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(view, key)
    with qtbot.waitSignal(view.cell_chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args == [0, 1]
    assert view.accessibleDescription() == view.sentence(Cell(0, 1))


def test_the_tooltip_tells_the_cell_under_the_pointer(view: MatrixView, qtbot: QtBot) -> None:
    place = middle(view, 0, 1)
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place)))
    assert QToolTip.text() == view.sentence(Cell(0, 1))
    QToolTip.hideText()


def test_right_answers_and_mistakes_have_the_two_colours_of_the_window(view: MatrixView) -> None:
    picture = view.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()

    def colour(row: int, column: int) -> tuple[int, int, int]:
        place = view._area(Cell(row, column)).topLeft() + QPoint(4, 4)
        found = picture.pixelColor(place * ratio)
        return found.red(), found.green(), found.blue()

    right, wrong, none = colour(1, 1), colour(0, 1), colour(2, 0)
    assert right[1] > right[0]  # as theme.GENUINE
    assert wrong[0] > wrong[1]  # as theme.IMPOSTOR
    assert theme.GENUINE.green() > theme.GENUINE.red()
    assert len(set(none)) == 1


def test_many_classes_keep_readable_names_and_are_scrolled(view: MatrixView, qtbot: QtBot) -> None:
    many = 200
    view.show_counts(np.eye(many, dtype=np.int64), [f"class {number}" for number in range(many)])
    assert view._side >= view.fontMetrics().height()
    assert view.verticalScrollBar().maximum() > 0
    qtbot.keyClick(view, Qt.Key.Key_Down)
    for _ in range(60):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view._plot().contains(middle(view, 60, 0))


def test_it_is_painted_in_light_and_dark_and_when_empty(
    view: MatrixView, use_palette: Callable[[bool], object]
) -> None:
    pictures = []
    for dark in (False, True):
        use_palette(dark)
        QApplication.processEvents()
        pictures.append(view.grab().toImage())
    assert pictures[0] != pictures[1]
    view.show_counts(np.zeros((0, 0), np.int64), ())
    assert not view.grab().isNull()
