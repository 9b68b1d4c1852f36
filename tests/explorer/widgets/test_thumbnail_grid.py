from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag, QImage
from pytestqt.qtbot import QtBot

from explorer.widgets.sample_drag import SAMPLE_FORMAT, SampleImage
from explorer.widgets.thumbnail_cell import THUMBNAIL_SIDE, GridItem
from explorer.widgets.thumbnail_grid import ThumbnailGrid
from tests.explorer.pointing import LEFT, move, press, release

CONTROL = Qt.KeyboardModifier.ControlModifier


def describe(index: int) -> GridItem:
    return GridItem(
        f"{'cat' if index % 2 else 'dog'}/{index:06d}.jpg", index % 2, "cat" if index % 2 else "dog", "no mask"
    )


def make(qtbot: QtBot, count: int) -> ThumbnailGrid:
    grid = ThumbnailGrid()
    qtbot.addWidget(grid)
    grid.resize(420, 320)
    grid.set_items(count, describe)
    grid.show()
    qtbot.waitExposed(grid)
    return grid


def plain(colour: Qt.GlobalColor, side: int = 32) -> QImage:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(colour)
    return image


def middle(grid: ThumbnailGrid, row: int) -> QPoint:
    rect = grid.visualRect(grid.model().index(row, 0))
    return QPoint(rect.center().x(), rect.top() + 40)


def test_asks_only_for_what_is_seen(qtbot: QtBot) -> None:
    grid = ThumbnailGrid()
    qtbot.addWidget(grid)
    grid.resize(420, 320)
    grid.set_items(100_000, describe)
    with qtbot.waitSignal(grid.thumbnails_needed) as first:
        grid.show()
    assert first.args == [tuple(grid.visible_rows())]
    assert len(first.args[0]) < 30
    with qtbot.waitSignal(grid.thumbnails_needed) as second:
        grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum() // 2)
    assert second.args == [tuple(grid.visible_rows())]
    assert 49_000 < second.args[0][0] < 51_000


def test_does_not_ask_again_for_what_is_under_way_but_does_after_a_detour(qtbot: QtBot) -> None:
    grid = make(qtbot, 10_000)
    asked: list[tuple[int, ...]] = []
    grid.thumbnails_needed.connect(asked.append)
    qtbot.waitUntil(lambda: len(asked) == 1)
    top = asked[0]
    grid.set_thumbnail(0, plain(Qt.GlobalColor.red))
    grid.grab()
    grid.verticalScrollBar().setValue(50_000)
    qtbot.waitUntil(lambda: len(asked) == 2)
    grid.verticalScrollBar().setValue(0)
    qtbot.waitUntil(lambda: len(asked) == 3)
    assert asked[2] == top[1:]


def test_shows_a_thumbnail_when_it_arrives(qtbot: QtBot) -> None:
    grid = make(qtbot, 10)
    before = grid.viewport().grab().toImage()
    assert before.pixelColor(middle(grid, 1)).name() != "#ff0000"
    grid.set_thumbnail(1, plain(Qt.GlobalColor.red))
    grid.set_thumbnail(2, QImage())  # could not be read
    after = grid.viewport().grab().toImage()
    assert after.pixelColor(middle(grid, 1)).name() == "#ff0000"
    assert after.pixelColor(middle(grid, 0)) == before.pixelColor(middle(grid, 0))
    cell = grid.visualRect(grid.model().index(2, 0))
    assert after.copy(cell) != before.copy(cell)


def test_large_thumbnails_are_shrunk_and_old_ones_forgotten(qtbot: QtBot) -> None:
    grid = make(qtbot, 5000)
    grid.set_thumbnail(0, plain(Qt.GlobalColor.red, 1000))
    pixmap = grid.model().index(0, 0).data(Qt.ItemDataRole.DecorationRole)
    assert max(pixmap.width(), pixmap.height()) == 2 * THUMBNAIL_SIDE
    small = plain(Qt.GlobalColor.blue, 4)
    for index in range(1, 4000):
        grid.set_thumbnail(index, small)
    decorations = [grid.model().index(i, 0).data(Qt.ItemDataRole.DecorationRole) for i in (0, 1, 3999)]
    assert [decoration is None for decoration in decorations] == [True, True, False]


def test_reports_what_the_user_selects_by_its_number_behind_a_filter(qtbot: QtBot) -> None:
    grid = make(qtbot, 100)
    seen: list[tuple[int, ...]] = []
    grid.selection_changed.connect(seen.append)
    grid.show_only(np.arange(1, 100, 2))
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, 2))
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, CONTROL, middle(grid, 0))
    assert seen == [(5,), (1, 5)]


def test_takes_a_selection_without_an_echo_and_keeps_it_behind_a_filter(qtbot: QtBot) -> None:
    grid = make(qtbot, 100)
    seen: list[tuple[int, ...]] = []
    grid.selection_changed.connect(seen.append)
    before = grid.viewport().grab().toImage()
    grid.set_selection((3, 4, 8))
    assert [index.row() for index in grid.selectedIndexes()] == [3, 4, 8]
    assert grid.viewport().grab().toImage() != before
    grid.show_only(np.array([8, 9, 4]))
    assert sorted(index.row() for index in grid.selectedIndexes()) == [0, 2]
    grid.show_only(np.arange(100))
    assert [index.row() for index in grid.selectedIndexes()] == [3, 4, 8]
    grid.set_selection(())
    assert grid.selectedIndexes() == []
    assert seen == []


def test_all_of_very_many_can_be_selected(qtbot: QtBot) -> None:
    grid = make(qtbot, 100_000)
    with qtbot.waitSignal(grid.selection_changed) as changed:
        grid.selectAll()
    assert changed.args[0] == tuple(range(100_000))


def test_drags_the_image_below_the_mouse(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    carried: list[tuple[bytes, str, bool]] = []

    def exec_(drag: QDrag, action: Qt.DropAction) -> Qt.DropAction:
        mime = drag.mimeData()
        carried.append((bytes(mime.data(SAMPLE_FORMAT).data()), mime.urls()[0].fileName(), drag.pixmap().isNull()))
        return action

    monkeypatch.setattr(QDrag, "exec", exec_)
    grid = make(qtbot, 10)
    grid.set_thumbnail(3, plain(Qt.GlobalColor.red))
    grid.set_image_provider(lambda index: SampleImage(describe(index).id, tmp_path / f"{index}.jpg"))
    start = middle(grid, 3)
    press(grid.viewport(), start)
    for step in (5, 15, 30, 45):
        move(grid.viewport(), start + QPoint(0, step), LEFT)
    release(grid.viewport(), start)
    assert carried == [(b"cat/000003.jpg", "3.jpg", False)]


def test_nothing_is_dragged_where_there_is_no_image(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    drags: list[QDrag] = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, _action: drags.append(drag))
    grid = make(qtbot, 10)
    grid.set_image_provider(asked.append)
    grid.setCurrentIndex(grid.model().index(4, 0))
    grid.startDrag(Qt.DropAction.CopyAction)
    assert (asked, drags) == ([4], [])


def test_items_explain_themselves(qtbot: QtBot) -> None:
    grid = make(qtbot, 10)
    index = grid.model().index(3, 0)
    assert index.data() == "000003"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "cat/000003.jpg\nclass cat\nno mask"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "cat/000003.jpg, class cat"
