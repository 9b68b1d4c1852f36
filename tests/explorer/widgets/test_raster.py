import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from explorer.widgets.raster import make_sprites, splat

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


def _painted(points: NDArray[np.float32], sprite: NDArray[np.intp], images: Images, *, all_soft: bool) -> Images:
    """Point by point and pixel by pixel; a soft pixel replaces a soft one unless `all_soft` blends them all."""
    solid, soft = np.zeros((2, HEIGHT, WIDTH), np.uint32)
    reach = images.shape[1] // 2
    for (x, y), mark in zip(points, sprite, strict=True):
        for row in range(2 * reach + 1):
            for column in range(2 * reach + 1):
                u, v = int(np.floor(x)) + column - reach, int(np.floor(y)) + row - reach
                pixel = int(images[mark, row, column])
                if not (0 <= u < WIDTH and 0 <= v < HEIGHT) or pixel >> 24 == 0:
                    continue
                if pixel >> 24 == 255:
                    solid[v, u], soft[v, u] = pixel, 0
                else:
                    soft[v, u] = _over(pixel, int(soft[v, u])) if all_soft else pixel
    both = [_over(int(top), int(below)) for top, below in zip(soft.flat, solid.flat, strict=True)]
    return np.array(both, np.uint32).reshape(HEIGHT, WIDTH)


_coordinates = st.floats(-6, 18, width=32, allow_nan=False)
_marks = st.lists(st.tuples(_coordinates, _coordinates, st.integers(0, 1)), max_size=25)


@given(_marks)
@settings(max_examples=60, deadline=None)
def test_equals_painting_pixel_by_pixel(marks: list[tuple[float, float, int]]) -> None:
    points = np.array([mark[:2] for mark in marks], np.float32).reshape(-1, 2)
    sprite = np.array([mark[2] for mark in marks], np.intp)
    image = splat(points, sprite, make_sprites(MARKS), WIDTH, HEIGHT)
    assert image.dtype == np.uint32
    np.testing.assert_array_equal(image, _painted(points, sprite, MARKS, all_soft=False))


def test_leaving_out_soft_pixels_below_soft_ones_changes_little() -> None:
    generator = np.random.default_rng(0)
    points = generator.uniform((0, 0), (WIDTH, HEIGHT), (30, 2)).astype(np.float32)
    sprite = np.ones(30, np.intp)
    exact = _painted(points, sprite, MARKS, all_soft=True).view(np.uint8).astype(int)
    quick = splat(points, sprite, make_sprites(MARKS), WIDTH, HEIGHT).view(np.uint8).astype(int)
    assert np.abs(exact - quick).mean() < 20  # half-transparent pixels everywhere: far worse than any map


def test_later_points_lie_above_earlier_ones_at_one_place() -> None:
    points = np.full((1000, 2), 4.5, np.float32)
    sprite = np.arange(1000) % 2
    image = splat(points, sprite, make_sprites(MARKS), WIDTH, HEIGHT)
    assert image[4, 4] == GREEN
    assert image[3, 4] == _over(HALF_BLUE, RED)


def test_a_point_stands_in_the_pixel_that_holds_it() -> None:
    points = np.array([[2.0, 3.0], [7.99, 3.99]], np.float32)
    image = splat(points, np.zeros(2, np.intp), make_sprites(_sprites([[RED]])), WIDTH, HEIGHT)
    assert np.argwhere(image).tolist() == [[3, 2], [3, 7]]


def test_what_lies_outside_or_nowhere_is_left_out() -> None:
    points = np.array([[-50, 4], [4, 1e9], [np.nan, 4], [np.inf, 4]], np.float32)
    assert not splat(points, np.zeros(4, np.intp), make_sprites(MARKS), WIDTH, HEIGHT).any()
    assert not splat(points[:0], np.zeros(0, np.intp), make_sprites(MARKS), WIDTH, HEIGHT).any()


def test_a_mark_at_the_border_is_cut() -> None:
    image = splat(np.array([[0.5, 0.5]], np.float32), np.zeros(1, np.intp), make_sprites(MARKS), WIDTH, HEIGHT)
    assert np.argwhere(image).tolist() == [[0, 0], [0, 1], [1, 0]]


def test_sprites_need_a_middle_and_something_to_see() -> None:
    with pytest.raises(ValueError, match=r"must be odd, 2 was found"):
        make_sprites(np.full((1, 2, 2), RED, np.uint32))
    with pytest.raises(ValueError, match=r"visible pixel, number 1 has none"):
        make_sprites(_sprites(CROSS, [[0, 0, 0]] * 3))
