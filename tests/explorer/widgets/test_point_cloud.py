from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.theme import class_style
from explorer.widgets.enclosing import Tool
from explorer.widgets.mark_size import LARGEST
from explorer.widgets.plot import Plot
from explorer.widgets.point_cloud import PointCloud
from tests.explorer.pointing import LEFT, click, drag, leave, move, press, release

CORNERS = np.array([[-0.8, -0.8], [0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]], np.float32)


@pytest.fixture(autouse=True)
def _every_move(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pg.CONFIG_OPTIONS, "mouseRateLimit", -1)  # pyqtgraph drops moves that follow within 10 ms


@pytest.fixture
def plot(qtbot: QtBot) -> Plot:
    plot = Plot("map")
    plot.left.hide()
    plot.bottom.hide()
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.set_home((-1, 1), (-1, 1))
    return plot


@pytest.fixture
def cloud(plot: Plot, qtbot: QtBot) -> PointCloud:
    cloud = PointCloud()
    plot.view.addItem(cloud)
    plot.show()
    qtbot.waitExposed(plot)
    show(cloud, CORNERS)
    return cloud


def show(cloud: PointCloud, xy: NDArray[np.float32], ids: list[int] | None = None) -> None:
    count = len(xy)
    cloud.set_points(xy, np.arange(count), np.array(ids or range(count)), np.zeros(count, np.bool_))


def place(plot: Plot, cloud: PointCloud, index: int) -> QPoint:
    """Pixel of the viewport in which a point stands."""
    return plot.mapFromScene(cloud.mapToScene(cloud.position(index)))


def shot(plot: Plot) -> QImage:
    return plot.viewport().grab().toImage()


def test_nothing_is_arranged_again_where_nothing_was_and_is_selected(cloud: PointCloud) -> None:
    order = cloud._marks.order
    cloud.set_selection(None)
    assert cloud._marks.order is order
    cloud.set_selection(np.array([True, False, False, False]))
    cloud.set_selection(None)
    assert cloud._marks.order is not order
    assert not cloud._marks.is_selected(0)


def test_every_point_shows_the_colour_of_its_class_at_its_place(plot: Plot, cloud: PointCloud) -> None:
    image = shot(plot)
    for index in range(4):
        at = place(plot, cloud, index)
        assert image.pixelColor(at).name() == class_style(index).colour.name()
    assert image.pixelColor(plot.viewport().rect().center()) == plot.palette().color(QPalette.ColorRole.Base)


def test_y_points_upwards(plot: Plot, cloud: PointCloud) -> None:
    assert place(plot, cloud, 3).y() < place(plot, cloud, 0).y()
    assert place(plot, cloud, 1).x() > place(plot, cloud, 0).x()


def test_is_drawn_with_the_pixels_of_a_high_dpi_screen(plot: Plot, cloud: PointCloud) -> None:
    def blue_width(ratio: float) -> int:
        pixmap = QPixmap(plot.viewport().size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        QWidget.render(plot.viewport(), pixmap)
        image, at = pixmap.toImage(), place(plot, cloud, 0) * ratio
        colour = class_style(0).colour.name()
        assert image.pixelColor(at).name() == colour
        row = [image.pixelColor(x, at.y()).name() for x in range(image.width())]
        return row.count(colour)

    once = blue_width(1.0)
    assert LARGEST - 3 <= once <= LARGEST
    assert abs(blue_width(2.0) - 2 * once) <= 3


def test_hovering_reports_a_point_once_and_its_loss(plot: Plot, cloud: PointCloud, qtbot: QtBot) -> None:
    seen: list[int] = []
    cloud.point_hovered.connect(seen.append)
    before = shot(plot)
    move(plot.viewport(), place(plot, cloud, 2))
    move(plot.viewport(), place(plot, cloud, 2) + QPoint(2, 1))
    assert seen == [2]
    assert shot(plot) != before  # the ring
    move(plot.viewport(), plot.viewport().rect().center())
    assert seen == [2, -1]
    move(plot.viewport(), place(plot, cloud, 0))
    leave(plot)
    assert seen == [2, -1, 0, -1]
    assert shot(plot) == before


def test_clicks_report_points_and_empty_places(plot: Plot, cloud: PointCloud) -> None:
    seen: list[tuple[int, bool]] = []
    control = Qt.KeyboardModifier.ControlModifier
    cloud.point_clicked.connect(lambda index, keys: seen.append((index, bool(keys & control))))
    click(plot.viewport(), place(plot, cloud, 1))
    click(plot.viewport(), place(plot, cloud, 3), control)
    click(plot.viewport(), plot.viewport().rect().center())
    assert seen == [(1, False), (3, True), (-1, False)]


def test_picks_the_nearest_point_within_reach(plot: Plot, cloud: PointCloud) -> None:
    generator = np.random.default_rng(3)
    xy = generator.uniform(-1, 1, (500, 2)).astype(np.float32)
    show(cloud, xy, list(range(1000, 1500)))
    pixels = np.array([cloud.mapToScene(QPointF(*map(float, point))).toTuple() for point in xy])
    for wanted in generator.uniform((0, 0), (400, 300), (50, 2)):
        distances = np.hypot(*(pixels - wanted).T)
        expected = int(distances.argmin()) if distances.min() <= 8 else -1
        assert cloud.pick(cloud.mapFromScene(QPointF(*map(float, wanted))), 8.0) == expected


def test_a_point_without_coordinates_is_neither_drawn_nor_picked(plot: Plot, cloud: PointCloud) -> None:
    show(cloud, np.array([[np.nan, 0], [0, np.inf], [0, 0]], np.float32), [20, 21, 22])
    assert shot(plot).pixelColor(place(plot, cloud, 2)).name() == class_style(2).colour.name()
    assert cloud.pick(QPointF(0, 0)) == 2
    assert cloud.pick(QPointF(0.5, 0)) == -1


def test_a_drag_moves_the_picture_but_takes_a_selected_point_along(plot: Plot, cloud: PointCloud) -> None:
    dragged: list[int] = []
    cloud.drag_started.connect(dragged.append)
    start = place(plot, cloud, 0)
    drag(plot.viewport(), start, start + QPoint(60, 0))
    shot(plot)  # pyqtgraph moves the view when it is painted
    assert dragged == []
    assert abs(place(plot, cloud, 0).x() - start.x() - 60) <= 1
    cloud.set_selection(np.array([True, False, False, False]))
    start = place(plot, cloud, 0)
    drag(plot.viewport(), start, start + QPoint(60, 0))
    assert dragged == [0]
    assert place(plot, cloud, 0) == start


@pytest.fixture
def found(cloud: PointCloud) -> list[list[bool]]:
    """What has been enclosed."""
    found: list[list[bool]] = []
    cloud.enclosed.connect(lambda inside, _keys: found.append(inside.tolist()))
    return found


def test_a_rectangle_encloses_points(plot: Plot, cloud: PointCloud, found: list[list[bool]]) -> None:
    cloud.set_tool(Tool.RECTANGLE)
    before, margin = place(plot, cloud, 0), QPoint(10, -10)
    drag(plot.viewport(), place(plot, cloud, 1) + QPoint(10, 10), place(plot, cloud, 3) - QPoint(10, 10))
    drag(plot.viewport(), before - margin, place(plot, cloud, 1) + margin)
    assert found == [[True] * 4, [True, True, False, False]]
    shot(plot)
    assert place(plot, cloud, 0) == before, "the map stays where it is"


def test_a_lasso_encloses_points(plot: Plot, cloud: PointCloud, found: list[list[bool]]) -> None:
    cloud.set_tool(Tool.LASSO)
    corners = [place(plot, cloud, index) for index in range(4)]
    away = QPoint(12, 12)
    drag(plot.viewport(), corners[0] + away, corners[1] + away, corners[2] + away)  # closed below the diagonal
    drag(plot.viewport(), corners[0] - away, corners[1] + away, corners[2] + away, corners[3] - away)
    assert found == [[False, True, False, False], [False, True, False, True]]


def test_the_outline_is_seen_while_the_button_is_down(plot: Plot, cloud: PointCloud, found: list[list[bool]]) -> None:
    cloud.set_tool(Tool.RECTANGLE)
    before = shot(plot)
    at = plot.viewport().rect().center()
    move(plot.viewport(), at)
    press(plot.viewport(), at)
    move(plot.viewport(), at + QPoint(20, 20), LEFT)
    move(plot.viewport(), at + QPoint(40, 40), LEFT)
    assert shot(plot) != before
    assert cloud.stop_enclosing()
    assert shot(plot) == before
    release(plot.viewport(), at + QPoint(40, 40))
    assert found == []
    assert not cloud.stop_enclosing()


def test_selection_dims_the_others(plot: Plot, cloud: PointCloud) -> None:
    cloud.set_selection(np.array([False, True, False, False]))
    image = shot(plot)
    assert image.pixelColor(place(plot, cloud, 1)).name() == class_style(1).colour.name()
    base = plot.palette().color(QPalette.ColorRole.Base).lightness()
    for index in (0, 2, 3):
        lightness = image.pixelColor(place(plot, cloud, index)).lightness()
        assert abs(lightness - base) < 0.5 * abs(class_style(index).colour.lightness() - base)
    cloud.set_selection(None)
    assert shot(plot).pixelColor(place(plot, cloud, 0)).name() == class_style(0).colour.name()


def test_a_selected_crowd_shows_its_colour_on_a_common_ground(plot: Plot, cloud: PointCloud) -> None:
    crowd = np.random.default_rng(0).normal(0.0, 0.05, (40_000, 2))
    xy = np.concatenate([[(-0.8, -0.8)], crowd]).astype(np.float32)
    cloud.set_points(xy, np.zeros(len(xy), np.int64), np.arange(len(xy)), np.zeros(len(xy), np.bool_))
    cloud.set_selection(np.ones(len(xy), np.bool_))
    image, colour = shot(plot), class_style(0).colour.name()
    middle, alone = plot.viewport().rect().center(), place(plot, cloud, 0)
    around = [QPoint(x, y) for x in range(-4, 5) for y in range(-4, 5)]
    assert {image.pixelColor(middle + step).name() for step in around} == {colour}
    assert plot.palette().color(QPalette.ColorRole.Text).name() in {
        image.pixelColor(alone + step).name() for step in around
    }


def test_an_emphasised_class_outranks_the_selection_until_it_ends(plot: Plot, cloud: PointCloud) -> None:
    cloud.set_selection(np.array([False, True, False, False]))
    selected = shot(plot)
    cloud.emphasise_class(2)
    image = shot(plot)
    assert image.pixelColor(place(plot, cloud, 2)).name() == class_style(2).colour.name()
    assert image.pixelColor(place(plot, cloud, 1)).name() != class_style(1).colour.name()
    cloud.emphasise_class(None)
    assert shot(plot) == selected


def test_follows_the_theme(
    plot: Plot, cloud: PointCloud, use_palette: Callable[[bool], QPalette], qtbot: QtBot
) -> None:
    cloud.set_selection(np.array([False, True, False, False]))
    use_palette(False)
    qtbot.waitUntil(lambda: shot(plot).pixelColor(place(plot, cloud, 0)).lightness() > 170)
    use_palette(True)
    qtbot.waitUntil(lambda: shot(plot).pixelColor(place(plot, cloud, 0)).lightness() < 90)


def test_points_with_known_ids_glide_and_new_ones_stand_at_once(plot: Plot, cloud: PointCloud, qtbot: QtBot) -> None:
    ways: list[tuple[float, float]] = []
    moved = np.array([[0.8, -0.8], [0.5, 0.5]], np.float32)
    cloud._move.valueChanged.connect(lambda _: ways.append((cloud.position(0).x(), cloud.position(1).x())))
    show(cloud, moved, [0, 77])
    assert cloud.is_moving()
    assert cloud.position(0).x() == pytest.approx(-0.8)
    assert cloud.position(1).x() == pytest.approx(0.5)
    qtbot.waitUntil(lambda: not cloud.is_moving())
    assert cloud.position(0).x() == pytest.approx(0.8)
    known = [x for x, _ in ways]
    assert known == sorted(known)
    assert {x for _, x in ways} == {0.5}


def test_a_move_can_be_turned_around_on_its_way(plot: Plot, cloud: PointCloud, qtbot: QtBot) -> None:
    show(cloud, -CORNERS)
    qtbot.waitUntil(lambda: cloud.position(0).x() > -0.7)
    half_way = cloud.position(0).x()
    show(cloud, CORNERS)
    assert cloud.position(0).x() == pytest.approx(half_way)
    cloud.finish_move()
    assert not cloud.is_moving()
    assert cloud.position(0).x() == pytest.approx(-0.8)


def test_nothing_glides_without_known_points_or_where_nobody_looks(plot: Plot, cloud: PointCloud) -> None:
    show(cloud, -CORNERS, [10, 11, 12, 13])
    assert not cloud.is_moving()
    plot.hide()
    show(cloud, CORNERS, [10, 11, 12, 13])
    assert not cloud.is_moving()
    assert cloud.position(0).x() == pytest.approx(-0.8)


def test_a_move_ends_when_the_plot_is_hidden(plot: Plot, cloud: PointCloud, qtbot: QtBot) -> None:
    show(cloud, -CORNERS)
    plot.hide()
    qtbot.waitUntil(lambda: not cloud.is_moving())
    assert cloud.position(0).x() == pytest.approx(0.8)


def test_marks_grow_as_the_map_is_zoomed_in_and_shrink_as_points_become_more(plot: Plot, cloud: PointCloud) -> None:
    def marked() -> int:
        """Pixels around the first point that show its colour."""
        at, image, colour = place(plot, cloud, 0), shot(plot), class_style(0).colour.name()
        around = [(at.x() + x, at.y() + y) for x in range(-9, 10) for y in range(-9, 10)]
        return sum(image.pixelColor(x, y).name() == colour for x, y in around)

    few = marked()
    grid = np.stack(np.meshgrid(*[np.linspace(-0.8, 0.8, 60)] * 2), axis=-1).reshape(-1, 2).astype(np.float32)
    cloud.set_points(grid, np.zeros(3600, np.int64), np.arange(3600), np.zeros(3600, np.bool_))
    many = marked()
    cloud.set_points(np.concatenate([CORNERS[:1], CORNERS]), np.zeros(5, np.int64), np.arange(5), np.ones(5, np.bool_))
    assert 0 < many < few
    show(cloud, grid)
    sizes = []
    for _ in range(3):
        sizes.append(cloud._size().diameter)
        plot.view.scaleBy((0.5, 0.5))
        shot(plot)
    assert sizes == sorted(set(sizes))


def test_where_very_many_points_crowd_one_alone_is_fainter(plot: Plot, cloud: PointCloud) -> None:
    crowd = np.random.default_rng(0).normal(0.4, 0.05, (40_000, 2))
    alone = np.array([[-0.8, -0.8], [1.0, 1.0]])
    xy = np.concatenate([alone, crowd]).astype(np.float32)
    cloud.set_points(xy, np.zeros(len(xy), np.int64), np.arange(len(xy)), np.zeros(len(xy), np.bool_))
    image, colour, base = shot(plot), class_style(0).colour, plot.palette().color(QPalette.ColorRole.Base)
    middle = plot.mapFromScene(cloud.mapToScene(QPointF(0.4, 0.4)))
    crowded, single = image.pixelColor(middle), image.pixelColor(place(plot, cloud, 0))
    assert abs(crowded.red() - colour.red()) <= 5
    assert colour.red() + 20 < single.red() < base.red() - 20


def test_no_points_and_a_hidden_plot_do_no_harm(plot: Plot, cloud: PointCloud) -> None:
    show(cloud, CORNERS[:0])
    assert cloud.pick(QPointF(0, 0)) == -1
    shot(plot)
    assert PointCloud().pick(QPointF(0, 0)) == -1


def test_an_svg_file_gets_vectors_at_the_same_places(plot: Plot, cloud: PointCloud, tmp_path: Path) -> None:
    from PySide6.QtSvg import QSvgRenderer

    file = tmp_path / "map.svg"
    plot.export(file)
    assert "<image" not in file.read_text()
    image = QImage(plot.viewport().size(), QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        QSvgRenderer(str(file)).render(painter)
    for index in range(4):
        assert image.pixelColor(place(plot, cloud, index)).name() == class_style(index).colour.name()


def test_an_svg_file_gets_a_fine_picture_of_many_points(
    plot: Plot, cloud: PointCloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the same places; the screen gets its own picture again."""
    from PySide6.QtSvg import QSvgRenderer

    from explorer.widgets import point_cloud

    monkeypatch.setattr(point_cloud, "VECTORS_AT_MOST", 3)
    before = shot(plot)
    plot.export(tmp_path / "map.svg")
    assert (tmp_path / "map.svg").read_text().count("<image") == 1
    image = QImage(plot.viewport().size(), QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        QSvgRenderer(str(tmp_path / "map.svg")).render(painter)
    for index in range(4):
        assert image.pixelColor(place(plot, cloud, index)).name() == class_style(index).colour.name()
    assert shot(plot) == before


def test_a_larger_png_has_larger_marks(plot: Plot, cloud: PointCloud, tmp_path: Path) -> None:
    plot.export(tmp_path / "map.png")
    image = QImage(str(tmp_path / "map.png"))
    scale = image.width() / plot.viewport().width()
    assert scale > 1
    at = place(plot, cloud, 0) * scale
    row = [image.pixelColor(x, at.y()).name() for x in range(image.width())]
    assert row.count(class_style(0).colour.name()) > (LARGEST - 3) * scale
