import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter

from explorer.theme import Shape, class_style
from explorer.widgets.marks import (
    Emphasis,
    Look,
    Surface,
    distinct_styles,
    draw_mark,
    mark_path,
    sprite_images,
    sprite_index,
)

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
    normal, dimmed, selected, _ = (_sprite(False, emphasis) for emphasis in Emphasis)
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


def test_a_speck_is_four_whole_pixels_and_its_ground_more() -> None:
    style = class_style(0)
    images = sprite_images([style], 2.0, Surface(QColor("white"), QColor("black")))
    colour = style.colour.rgba()
    for hollow in (False, True):
        rows = {e: sprite_index(np.array([0]), np.array([hollow]), np.array([e]), 1)[0] for e in Emphasis}
        marks = [images[rows[emphasis]] for emphasis in Emphasis]
        normal, dimmed, selected, ground = marks
        assert [int((image >> 24 == 255).sum()) for image in marks] == [4, 4, 4, 16]
        assert not ((normal >> 24 > 0) & (normal >> 24 < 255)).any(), "no soft edges"
        middle = normal.shape[0] // 2
        assert (normal[middle, middle] == colour) is not hollow
        assert (selected == normal).all()
        assert (ground == QColor("black").rgba()).sum() == 16
        assert dimmed[middle, middle] != normal[middle, middle]


def test_sprites_that_nobody_needs_are_not_drawn() -> None:
    styles = [class_style(index) for index in range(5)]
    every, some = sprite_images(styles, 9.0, WHITE), sprite_images(styles, 9.0, WHITE, 1.0, (Emphasis.NORMAL,))
    assert len(some) == 10
    assert (every[:10] == some).all()


def test_opacity_is_of_all_but_what_is_selected() -> None:
    images = sprite_images([class_style(0)], 9.0, WHITE, 0.5)
    strongest = (images >> 24).max(axis=(1, 2)).reshape(len(Emphasis), 2)
    assert strongest.tolist() == [[128, 128], [128, 128], [255, 255], [255, 255]]
    assert (images.view(np.uint8).reshape(-1, 4)[:, :3].max(axis=1) <= (images >> 24).ravel()).all(), "premultiplied"


@pytest.mark.parametrize("hollow", [False, True])
@pytest.mark.parametrize("diameter", [3.0, 4.5, 11.0])
def test_a_sprite_is_the_mark_as_it_is_drawn_alone(hollow: bool, diameter: float) -> None:
    style = class_style(6)
    for emphasis in Emphasis:
        sprite = sprite_images([style], diameter, WHITE)[2 * emphasis + hollow]
        side = len(sprite)
        alone = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        alone.fill(QColor(0, 0, 0, 0))
        with QPainter(alone) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(side / 2, side / 2)
            draw_mark(painter, style, diameter, WHITE, Look(hollow, emphasis))
        drawn = np.array(alone.constBits(), np.uint8).astype(int)
        assert np.abs(drawn - sprite.view(np.uint8).ravel()).max() <= 3
