import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from explorer.theme import class_style
from explorer.widgets.plot import Plot
from explorer.widgets.point_cloud import PointCloud
from explorer.widgets.point_pictures import MOST, PointPictures

COUNT = 200
XY = np.stack([np.linspace(-0.9, 0.9, COUNT), np.zeros(COUNT)], axis=1).astype(np.float32)
IDS = np.arange(COUNT) + 1000
CLASSES = np.zeros(COUNT, np.int64)


@pytest.fixture
def plot(qtbot: QtBot) -> Plot:
    plot = Plot("map")
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.cloud = PointCloud()
    plot.pictures = PointPictures(plot.cloud, 2.0)
    plot.view.addItem(plot.cloud)
    plot.view.addItem(plot.pictures)
    plot.set_home((-1, 1), (-1, 1))
    plot.show()
    qtbot.waitExposed(plot)
    plot.cloud.set_points(XY, CLASSES, IDS, np.zeros(COUNT, np.bool_))
    plot.pictures.set_points(IDS)
    return plot


def red() -> QImage:
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    return image


def test_the_points_in_view_are_asked_for_when_the_map_is_zoomed_in(plot: Plot, qtbot: QtBot) -> None:
    asked: list[tuple[int, ...]] = []
    plot.pictures.needed.connect(asked.append)
    plot.pictures.look()
    assert asked == [], "at the first look there are points"
    with qtbot.waitSignal(plot.pictures.needed):
        plot.view.setRange(xRange=(-0.05, 0.05), yRange=(-0.05, 0.05), padding=0)
    left, right = plot.view.viewRange()[0]
    seen = np.flatnonzero((XY[:, 0] >= left) & (XY[:, 0] <= right)) + 1000
    assert asked == [tuple(seen.tolist())]
    assert 0 < len(seen) <= MOST


def test_a_picture_takes_the_place_of_its_point(plot: Plot, qtbot: QtBot) -> None:
    plot.pictures.needed.connect(lambda ids: [plot.pictures.set_picture(each, red()) for each in ids])
    with qtbot.waitSignal(plot.pictures.needed):
        plot.view.setRange(xRange=(-0.02, 0.02), yRange=(-0.02, 0.02), padding=0)
    point = COUNT // 2
    at = plot.mapFromScene(plot.cloud.mapToScene(plot.cloud.position(point)))
    image = plot.viewport().grab().toImage()
    assert image.pixelColor(at).name() == "#ff0000"
    frame = {image.pixelColor(at.x(), at.y() - away).name() for away in range(20, 28)}
    assert class_style(0).colour.name() in frame
    plot.pictures.forget()
    assert plot.viewport().grab().toImage().pixelColor(at).name() == class_style(0).colour.name()


def test_frames_follow_what_the_points_are_coloured_by(plot: Plot, qtbot: QtBot) -> None:
    plot.pictures.needed.connect(lambda ids: [plot.pictures.set_picture(each, red()) for each in ids])
    with qtbot.waitSignal(plot.pictures.needed):
        plot.view.setRange(xRange=(-0.02, 0.02), yRange=(-0.02, 0.02), padding=0)
    points = (COUNT // 2 - 1, COUNT // 2)
    kinds = np.zeros(COUNT, np.intp)
    kinds[points[1]] = 1
    styles = [class_style(3), class_style(4)]

    def frame(point: int) -> set[str]:
        image = plot.viewport().grab().toImage()
        at = plot.mapFromScene(plot.cloud.mapToScene(plot.cloud.position(point)))
        return {image.pixelColor(at.x(), at.y() - away).name() for away in range(20, 28)}

    plot.cloud.colour_by(styles, kinds)
    assert [style.colour.name() in frame(point) for point, style in zip(points, styles, strict=True)] == [True, True]
    assert class_style(0).colour.name() not in frame(points[0]) | frame(points[1])
    plot.cloud.colour_by_class()
    assert class_style(0).colour.name() in frame(points[1])


def test_what_is_there_is_not_asked_for_again(plot: Plot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.pictures.needed) as asked:
        plot.view.setRange(xRange=(-0.02, 0.02), yRange=(-0.02, 0.02), padding=0)
    for each in asked.args[0][1:]:
        plot.pictures.set_picture(each, QImage())
    again: list[tuple[int, ...]] = []
    plot.pictures.needed.connect(again.append)
    plot.pictures.look()
    assert again == [asked.args[0][:1]]


def test_too_many_in_view_stay_points(plot: Plot) -> None:
    asked: list[tuple[int, ...]] = []
    plot.pictures.needed.connect(asked.append)
    plot.cloud.set_points(XY * np.float32(0.1), CLASSES, IDS, np.zeros(COUNT, np.bool_))
    plot.cloud.finish_move()
    plot.view.setRange(xRange=(-0.2, 0.2), yRange=(-0.2, 0.2), padding=0)
    plot.pictures.look()
    assert asked == []
