import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from explorer.widgets import raster as module
from explorer.widgets.raster import UNMOVED, Affine, make_sprites, nearest_point, points_within, splat

RED, GREEN = 0xFFFF0000, 0xFF00FF00
HALF_BLUE = 0x80000080  # premultiplied: half of pure blue
WIDTH, HEIGHT = 13, 9

Images = NDArray[np.uint32]


def _sprites(*rows: list[list[int]]) -> Images:
    return np.array(rows, np.uint32)


CROSS = [[0, RED, 0], [RED, RED, RED], [0, RED, 0]]
SOFT_DOT = [[HALF_BLUE, HALF_BLUE, HALF_BLUE], [HALF_BLUE, GREEN, HALF_BLUE], [HALF_BLUE, HALF_BLUE, HALF_BLUE]]
MARKS = _sprites(CROSS, SOFT_DOT)


def _over(top: int, below: int) -> int:
    """Porter and Duff, one channel at a time."""
    keep = 255 - (top >> 24)
    mixed = 0
    for shift in (0, 8, 16, 24):
        channel = ((top >> shift) & 255) + round(((below >> shift) & 255) * keep / 255)
        mixed |= channel << shift
    return mixed


def _painted(points: NDArray[np.float32], sprite: NDArray[np.uint16], images: Images) -> Images:
    """Point by point and pixel by pixel."""
    image = np.zeros((HEIGHT, WIDTH), np.uint32)
    reach = images.shape[1] // 2
    for (x, y), mark in zip(points, sprite, strict=True):
        for row in range(2 * reach + 1):
            for column in range(2 * reach + 1):
                u, v = int(np.floor(x)) + column - reach, int(np.floor(y)) + row - reach
                if 0 <= u < WIDTH and 0 <= v < HEIGHT:
                    image[v, u] = _over(int(images[mark, row, column]), int(image[v, u]))
    return image


def _assert_same(image: Images, painted: Images) -> None:
    """Up to rounding: what is painted from the uppermost mark downwards is rounded in another order."""
    channels = [pixels.view(np.uint8).astype(int) for pixels in (image, np.ascontiguousarray(painted))]
    assert np.abs(channels[0] - channels[1]).max(initial=0) <= 2


_coordinates = st.floats(-6, 18, width=32, allow_nan=False)
_marks = st.lists(st.tuples(_coordinates, _coordinates, st.integers(0, 1)), max_size=25)


def _arrays(marks: list[tuple[float, float, int]]) -> tuple[NDArray[np.float32], NDArray[np.uint16]]:
    points = np.array([mark[:2] for mark in marks], np.float32).reshape(-1, 2)
    return points, np.array([mark[2] for mark in marks], np.uint16)


@given(_marks)
@settings(max_examples=60, deadline=None)
def test_equals_painting_pixel_by_pixel(marks: list[tuple[float, float, int]]) -> None:
    points, sprite = _arrays(marks)
    image = splat(points, sprite, make_sprites(MARKS), WIDTH, HEIGHT)
    assert image.dtype == np.uint32
    _assert_same(image, _painted(points, sprite, MARKS))


@given(_marks, st.tuples(*[st.floats(-3, 3, allow_nan=False)] * 6))
@settings(max_examples=30, deadline=None)
def test_points_may_be_in_any_unit(marks: list[tuple[float, float, int]], affine: Affine) -> None:
    points, sprite = _arrays(marks)
    a, b, c, d, e, f = affine
    x, y = points.astype(np.float64).T
    moved = np.stack([a * x + c * y + e, b * x + d * y + f], axis=1)
    image = splat(points, sprite, make_sprites(MARKS), WIDTH, HEIGHT, affine)
    _assert_same(image, _painted(moved, sprite, MARKS))


def test_many_points_are_drawn_in_bands_that_show_no_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(0)
    points = generator.uniform((-3, -3), (WIDTH + 3, HEIGHT + 3), (400, 2)).astype(np.float32)
    sprite = generator.integers(0, 2, 400).astype(np.uint16)
    monkeypatch.setattr(module, "_ALONE", 10)
    monkeypatch.setattr(module.os, "cpu_count", lambda: 4)
    image = splat(points, sprite, make_sprites(MARKS), WIDTH, HEIGHT)
    _assert_same(image, _painted(points, sprite, MARKS))


def test_later_points_lie_above_earlier_ones_at_one_place() -> None:
    points = np.full((1000, 2), 4.5, np.float32)
    sprite = (np.arange(1000) % 2).astype(np.uint16)
    image = splat(points, sprite, make_sprites(MARKS), WIDTH, HEIGHT)
    assert image[4, 4] == GREEN
    assert image[3, 4] == _over(HALF_BLUE, RED)


def test_a_point_stands_in_the_pixel_that_holds_it() -> None:
    points = np.array([[2.0, 3.0], [7.99, 3.99]], np.float32)
    image = splat(points, np.zeros(2, np.uint16), make_sprites(_sprites([[RED]])), WIDTH, HEIGHT)
    assert np.argwhere(image).tolist() == [[3, 2], [3, 7]]


def test_what_lies_outside_or_nowhere_is_left_out() -> None:
    points = np.array([[-50, 4], [4, 1e9], [np.nan, 4], [np.inf, 4]], np.float32)
    assert not splat(points, np.zeros(4, np.uint16), make_sprites(MARKS), WIDTH, HEIGHT).any()
    assert not splat(points[:0], np.zeros(0, np.uint16), make_sprites(MARKS), WIDTH, HEIGHT).any()


def test_a_mark_at_the_border_is_cut() -> None:
    image = splat(np.array([[0.5, 0.5]], np.float32), np.zeros(1, np.uint16), make_sprites(MARKS), WIDTH, HEIGHT)
    assert np.argwhere(image).tolist() == [[0, 0], [0, 1], [1, 0]]


def test_sprites_need_a_middle_and_something_to_see() -> None:
    with pytest.raises(ValueError, match=r"must be odd, 2 was found"):
        make_sprites(np.full((1, 2, 2), RED, np.uint32))
    with pytest.raises(ValueError, match=r"visible pixel, number 1 has none"):
        make_sprites(_sprites(CROSS, [[0, 0, 0]] * 3))


# --- which point is meant


@given(_marks, _coordinates, _coordinates)
@settings(max_examples=60, deadline=None)
def test_the_nearest_point_within_reach(marks: list[tuple[float, float, int]], x: float, y: float) -> None:
    points, _ = _arrays(marks)
    affine = (2.0, 0.0, 0.0, -3.0, 1.0, 5.0)
    away = [math.hypot(2 * u + 1 - x, -3 * v + 5 - y) for u, v in points.tolist()]
    expected = int(np.argmin(away)) if away and min(away) <= 4 else -1
    assert nearest_point(points, affine, x, y, 4.0) == expected


def test_a_point_that_is_nowhere_is_near_nothing() -> None:
    points = np.array([[np.nan, 1], [np.inf, 0], [3, 3]], np.float32)
    assert nearest_point(points, UNMOVED, 1, 1, 10) == 2
    assert nearest_point(points[:2], UNMOVED, 1, 1, np.inf) == -1


def test_points_within_a_mask() -> None:
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[2:4, 5] = 255
    points = np.array([[5.0, 2.0], [5.9, 3.9], [6.0, 3.0], [5.5, 1.9], [-1, 2], [np.nan, 2], [5, 1e30]], np.float32)
    assert points_within(points, UNMOVED, mask).tolist() == [True, True, False, False, False, False, False]
    moved = points_within(points, (1.0, 0.0, 0.0, 1.0, -1.0, 0.0), mask)
    assert moved.tolist() == [False, False, True, False, False, False, False]


def test_faint_marks_fill_a_pixel_in_the_end() -> None:
    faint = _sprites([[0x4D00004D]])  # 30 % of blue
    for count, least in ((1, 77), (3, 165), (60, 250)):
        points = np.full((count, 2), 4.5, np.float32)
        image = splat(points, np.zeros(count, np.uint16), make_sprites(faint), WIDTH, HEIGHT)
        alpha, blue = int(image[4, 4]) >> 24, int(image[4, 4]) & 255
        assert alpha == blue
        assert least <= alpha <= round(255 * (1 - 0.698**count)) + 1
