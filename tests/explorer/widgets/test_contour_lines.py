from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from explorer.widgets.contour_lines import ContourLine, ContourLines
from explorer.widgets.plot import Plot

SQUARE = np.array([(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5), (-0.5, -0.5)], np.float32)
RED = QColor("#ff0000")


@pytest.fixture
def plot(qtbot: QtBot) -> Plot:
    plot = Plot("map")
    plot.left.hide()
    plot.bottom.hide()
    qtbot.addWidget(plot)
    plot.resize(320, 300)
    plot.set_home((-1, 1), (-1, 1))
    plot.show()
    qtbot.waitExposed(plot)
    return plot


@pytest.fixture
def lines(plot: Plot) -> ContourLines:
    lines = ContourLines()
    plot.view.addItem(lines, ignoreBounds=True)
    lines.set_lines([ContourLine((SQUARE,), 2.0, RED)])
    return lines


def shot(plot: Plot) -> QImage:
    return plot.viewport().grab().toImage()


def place(plot: Plot, lines: ContourLines, x: float, y: float) -> QPoint:
    at: QPoint = plot.mapFromScene(lines.mapToScene(QPointF(x, y)))
    return at


def is_red(image: QImage, at: QPoint) -> bool:
    colour = image.pixelColor(at)
    return colour.red() > 150 and colour.green() < 110


def test_a_line_is_drawn_where_it_is_and_closed(plot: Plot, lines: ContourLines) -> None:
    image = shot(plot)
    for x, y in ((0, 0.5), (0.5, 0), (0, -0.5), (-0.5, 0)):
        assert is_red(image, place(plot, lines, x, y)), (x, y)
    assert not is_red(image, place(plot, lines, 0, 0))


def test_lines_keep_their_width_and_follow_the_zoom(plot: Plot, lines: ContourLines) -> None:
    def width() -> int:
        image, at = shot(plot), place(plot, lines, 0.5, 0.1)
        return sum(is_red(image, at + QPoint(x, 0)) for x in range(-8, 9))

    before = width()
    assert 1 <= before <= 4
    plot.view.scaleBy((0.5, 0.5), center=(0.5, 0.1))
    assert abs(width() - before) <= 1


def test_lines_can_be_replaced_and_taken_away(plot: Plot, lines: ContourLines) -> None:
    lines.set_lines([ContourLine((SQUARE / 2,), 1.0)])
    image = shot(plot)
    assert not is_red(image, place(plot, lines, 0, 0.5))
    text = plot.palette().color(QPalette.ColorRole.Text)
    assert abs(image.pixelColor(place(plot, lines, 0, 0.25)).lightness() - text.lightness()) < 170, "between two pixels"
    lines.set_lines(())
    assert shot(plot).pixelColor(place(plot, lines, 0, 0.25)) == plot.palette().color(QPalette.ColorRole.Base)


def test_a_line_without_a_colour_follows_the_theme(
    plot: Plot, lines: ContourLines, use_palette: Callable[[bool], QPalette], qtbot: QtBot
) -> None:
    lines.set_lines([ContourLine((SQUARE,), 2.0)])
    for dark in (True, False):
        use_palette(dark)
        at = place(plot, lines, 0, 0.5)
        qtbot.waitUntil(lambda at=at, dark=dark: (shot(plot).pixelColor(at).lightness() > 128) is dark)


def test_both_kinds_of_picture_show_them(plot: Plot, lines: ContourLines, tmp_path: Path) -> None:
    at = place(plot, lines, 0, 0.5)
    plot.export(tmp_path / "map.png")
    image = QImage(str(tmp_path / "map.png"))
    scale = image.width() / plot.viewport().width()
    assert is_red(image, at * scale)
    across = [is_red(image, at * scale + QPoint(0, y)) for y in range(-10, 11)]
    assert across.count(True) >= 3, "lines are as much larger as the picture"
    plot.export(tmp_path / "map.svg")
    drawn = QImage(plot.viewport().size(), QImage.Format.Format_RGB32)
    with QPainter(drawn) as painter:
        QSvgRenderer(str(tmp_path / "map.svg")).render(painter)
    assert is_red(drawn, at)
    assert (tmp_path / "map.svg").read_text().count("<polyline") == 2, "the line, and its ground"
