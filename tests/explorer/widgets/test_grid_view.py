import pytest
from PySide6.QtCore import QPoint, QSize, QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from explorer.widgets.grid_view import GridView

CELL = QSize(50, 40)


@pytest.fixture
def grid(qtbot: QtBot) -> GridView:
    grid = GridView(CELL)
    qtbot.addWidget(grid)
    grid.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    model = QStringListModel([f"item {i}" for i in range(103)], grid)
    grid.setModel(model)
    grid.resize(300, 300)
    grid.show()
    qtbot.waitExposed(grid)
    frame = grid.size() - grid.viewport().size()
    grid.resize(QSize(230, 100) + frame)
    qtbot.waitUntil(lambda: grid.viewport().size() == QSize(230, 100))
    return grid


def test_cells_fill_the_row_and_every_pixel_belongs_to_one(grid: GridView) -> None:
    model = grid.model()
    rects = [grid.visualRect(model.index(i, 0)) for i in range(8)]
    assert [rect.left() for rect in rects[:5]] == [0, 57, 115, 172, 0]  # 230 / 4 = 57.5
    assert rects[3].right() == 229
    assert [rect.top() for rect in (rects[0], rects[4])] == [0, 40]
    for x in range(230):
        assert grid.visualRect(grid.indexAt(QPoint(x, 45))).contains(x, 45)


def test_no_item_lies_behind_the_last_one_or_outside(grid: GridView) -> None:
    bar = grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.maximum() == 26 * 40 - 100  # 103 items, 4 a row
    assert grid.indexAt(QPoint(130, 80)).row() == 102
    assert not grid.indexAt(QPoint(200, 80)).isValid()
    assert not grid.indexAt(QPoint(-5, 10)).isValid()
    assert not grid.indexAt(QPoint(230, 10)).isValid()


def test_scrolling_looks_like_drawing_anew(grid: GridView, qtbot: QtBot) -> None:
    for value in (13, 90, 55, 700, 0):
        grid.verticalScrollBar().setValue(value)
        scrolled = grid.grab().toImage()
        grid.viewport().update()
        assert grid.grab().toImage() == scrolled


def test_knows_what_is_visible(grid: GridView) -> None:
    assert grid.visible_rows() == range(12)
    grid.verticalScrollBar().setValue(40)
    assert grid.visible_rows() == range(4, 16)
    grid.verticalScrollBar().setValue(41)
    assert grid.visible_rows() == range(4, 16)
    grid.verticalScrollBar().setValue(10_000)
    assert grid.visible_rows() == range(92, 103)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_Right, 10),
        (Qt.Key.Key_Left, 8),
        (Qt.Key.Key_Down, 13),
        (Qt.Key.Key_Up, 5),
        (Qt.Key.Key_PageDown, 17),
        (Qt.Key.Key_PageUp, 1),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 102),
    ],
)
def test_keys_move_the_current_item_into_view(grid: GridView, key: Qt.Key, expected: int) -> None:
    grid.setCurrentIndex(grid.model().index(9, 0))
    QTest.keyClick(grid, key)
    assert grid.currentIndex().row() == expected
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


def test_keys_stop_at_the_ends(grid: GridView) -> None:
    grid.setCurrentIndex(grid.model().index(0, 0))
    QTest.keyClick(grid, Qt.Key.Key_Up)
    assert grid.currentIndex().row() == 0


def test_clicks_select_also_ranges(grid: GridView, qtbot: QtBot) -> None:
    def selected() -> list[int]:
        return sorted(index.row() for index in grid.selectedIndexes())

    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(grid.viewport(), left, pos=QPoint(70, 10))
    assert selected() == [1]
    qtbot.mouseClick(grid.viewport(), left, Qt.KeyboardModifier.ControlModifier, QPoint(130, 50))
    assert selected() == [1, 6]
    qtbot.mouseClick(grid.viewport(), left, pos=QPoint(70, 10))
    qtbot.mouseClick(grid.viewport(), left, Qt.KeyboardModifier.ShiftModifier, QPoint(130, 50))
    assert selected() == [1, 2, 5, 6]  # the rectangle between the two


def test_a_resize_keeps_the_topmost_item(grid: GridView, qtbot: QtBot) -> None:
    grid.verticalScrollBar().setValue(10 * 40)
    assert grid.visible_rows().start == 40
    grid.resize(grid.width() + 60, grid.height())
    qtbot.waitUntil(lambda: grid.viewport().width() == 290)
    assert 40 in grid.visible_rows()
    assert grid.visible_rows().start <= 40 < grid.visible_rows().start + 5


def test_empty_and_unset_models_do_no_harm(qtbot: QtBot) -> None:
    grid = GridView(CELL)
    qtbot.addWidget(grid)
    grid.show()
    assert grid.visible_rows() == range(0)
    grid.setModel(QStringListModel([], grid))
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert not grid.currentIndex().isValid()
    assert grid.grab().width() > 0
