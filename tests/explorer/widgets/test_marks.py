import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from explorer.theme import Shape, class_style
from explorer.widgets.marks import Emphasis, Surface, distinct_styles, mark_path, sprite_images, sprite_index

WHITE = Surface(QColor("white"), QColor("black"))


def _area(shape: Shape) -> float:
    polygon = mark_path(shape, 100.0).toFillPolygon()
    corners = np.array([(point.x(), point.y()) for point in polygon])
    x, y = corners.T
    return abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2  # shoelace formula


@pytest.mark.parametrize("shape", Shape)
def test_shapes_weigh_about_the_same(shape: Shape) -> None:
    assert 0.6 < _area(shape) / (np.pi * 50**2) < 1.1


def test_shapes_differ() -> None:
    sprites = sprite_images([class_style(i) for i in range(7)], 11.0, WHITE)[:7]
    silhouettes = {(sprite >> 24 > 127).tobytes() for sprite in sprites}
    assert len(silhouettes) == 7


def test_700_classes_look_different_and_the_next_repeats_the_first() -> None:
    styles, which = distinct_styles(701)
    assert len(styles) == 700
    assert which[700] == which[0]
    assert len(set(which.tolist())) == 700
    assert distinct_styles(0)[1].tolist() == []


def _sprite(hollow: bool, emphasis: Emphasis, diameter: float = 15.0) -> NDArray[np.uint8]:
    styles = [class_style(i) for i in range(3)]
    images = sprite_images(styles, diameter, WHITE)
    row = sprite_index(np.array([0]), np.array([hollow]), np.array([int(emphasis)]), len(styles))[0]
    sprite = images[row]
    return sprite.view(np.uint8).reshape(*sprite.shape, 4)[..., [2, 1, 0, 3]]


def test_training_marks_are_hollow_and_smaller() -> None:
    filled, hollow = _sprite(False, Emphasis.NORMAL), _sprite(True, Emphasis.NORMAL)
    middle = len(filled) // 2
    colour = class_style(0).colour
    assert filled[middle, middle, :3].tolist() == [colour.red(), colour.green(), colour.blue()]
    assert hollow[middle, middle, :3].astype(int).sum() > filled[middle, middle, :3].astype(int).sum() + 200
    inked = [(mark[middle, :, 3] > 127) & (mark[middle, :, :3].min(axis=1) < 128) for mark in (filled, hollow)]
    widths = [np.ptp(np.flatnonzero(row)) + 1 for row in inked]
    assert widths[1] < widths[0]


def test_dimmed_marks_fade_and_selected_ones_have_an_edge() -> None:
    middle = len(_sprite(False, Emphasis.NORMAL)) // 2
    normal, dimmed, selected = (_sprite(False, emphasis) for emphasis in Emphasis)
    assert dimmed[middle, middle, :3].min() > normal[middle, middle, :3].min() + 100
    assert (selected[middle, middle] == normal[middle, middle]).all()
    dark = (selected[..., :3].max(axis=2) < 60) & (selected[..., 3] > 200)
    assert dark.sum() > 10
    assert not ((normal[..., :3].max(axis=2) < 60) & (normal[..., 3] > 200)).any()


@pytest.mark.parametrize("diameter", [3.0, 5.2, 11.0, 22.0])
def test_no_mark_is_cut_off(diameter: float) -> None:
    images = sprite_images([class_style(i) for i in range(7)], diameter, WHITE)
    edge = np.concatenate([images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1]], axis=1)
    assert ((edge >> 24) < 40).all()
    assert ((images >> 24).max(axis=(1, 2)) > 200).all()


def test_a_speck_is_four_whole_pixels_on_a_ground_where_it_is_selected() -> None:
    style = class_style(0)
    images = sprite_images([style], 2.0, Surface(QColor("white"), QColor("black")))
    colour = style.colour.rgba()
    for hollow in (False, True):
        rows = {e: sprite_index(np.array([0]), np.array([hollow]), np.array([e]), 1)[0] for e in Emphasis}
        normal, dimmed, selected = (images[rows[emphasis]] for emphasis in Emphasis)
        assert [int((image >> 24 == 255).sum()) for image in (normal, dimmed, selected)] == [4, 4, 16]
        assert not ((normal >> 24 > 0) & (normal >> 24 < 255)).any(), "no soft edges"
        middle = normal.shape[0] // 2
        assert (normal[middle, middle] == colour) is not hollow
        assert (selected == QColor("black").rgba()).sum() == 12
        assert dimmed[middle, middle] != normal[middle, middle]
