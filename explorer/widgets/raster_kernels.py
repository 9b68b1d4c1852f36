"""Compiled inner loops of the point cloud; they release the GIL, so that two bands of a picture are drawn at once.

Types are stated, so that importing this module compiles it (or takes it from numba's cache): import it behind the
window.
"""

import numba
import numpy as np
from numpy.typing import NDArray

Affine = tuple[float, float, float, float, float, float]
"""x' = a·x + c·y + e and y' = b·x + d·y + f, as (a, b, c, d, e, f)."""

_FULL = np.uint32(254) << np.uint32(24)
"""Pixels from this alpha on count as covered: rounding would keep faint marks from ever filling them."""


@numba.njit("uint32(uint32, uint32)", nogil=True, cache=True, error_model="numpy", inline="always")
def _under(above: np.uint32, colour: np.uint32) -> np.uint32:
    """A pixel with another one below it: Porter and Duff's 'over', of premultiplied ARGB.

    Two channels at a time, each divided by 255 and rounded (Blinn, 'Three wrongs make a right').
    """
    half, pair = np.uint32(0x00800080), np.uint32(0x00FF00FF)
    keep = np.uint32(255) - (above >> np.uint32(24))
    red_blue = (colour & pair) * keep + half
    red_blue = ((red_blue + ((red_blue >> np.uint32(8)) & pair)) >> np.uint32(8)) & pair
    alpha_green = ((colour >> np.uint32(8)) & pair) * keep + half
    alpha_green = (alpha_green + ((alpha_green >> np.uint32(8)) & pair)) & ~pair
    return above + (red_blue | alpha_green)


@numba.njit(
    "void(float32[:, ::1], uint16[::1], UniTuple(float64, 6), int64[::1], int64[::1], uint32[::1], "
    "UniTuple(int64, 4), uint32[::1])",
    nogil=True,
    cache=True,
    error_model="numpy",
)
def stamp(
    points: NDArray[np.float32],
    sprite: NDArray[np.uint16],
    affine: Affine,
    starts: NDArray[np.int64],
    shifts: NDArray[np.int64],
    colours: NDArray[np.uint32],
    band: tuple[int, int, int, int],
    canvas: NDArray[np.uint32],
) -> None:
    """Stamp the sprites of all points into the rows of a band, later points over earlier ones.

    Parameters
    ----------
    points
        float32 [N, 2]
    sprite
        Number of the sprite of each point, [N].
    affine
        From points to pixels.
    starts, shifts, colours
        Pixels of sprite s at starts[s] to starts[s + 1]: how far from the centre's place in the canvas, and
        premultiplied ARGB.
    band
        First row, row behind the last one, pixels a row with both margins, and margin.
    canvas
        Whole picture, rows one after the other; only the band's rows are written.
    """
    a, b, c, d, e, f = affine
    first, last, stride, margin = band
    low, high = first * stride, last * stride
    # From the last point to the first, each below what is there: most of a crowd lies below pixels that are full.
    for i in range(len(points) - 1, -1, -1):
        y = b * points[i, 0] + d * points[i, 1] + f
        # Written so that what is not a number fails too.
        if not (y >= first - margin and y < last + margin):
            continue
        x = a * points[i, 0] + c * points[i, 1] + e
        if not (x >= -margin and x < stride - margin):
            continue
        centre = np.int64(np.floor(y)) * stride + np.int64(np.floor(x)) + margin
        for j in range(starts[sprite[i]], starts[sprite[i] + 1]):
            place = centre + shifts[j]
            if place < low or place >= high:
                continue
            above = canvas[place]
            if above >= _FULL:
                continue
            canvas[place] = colours[j] if above == 0 else _under(above, colours[j])


@numba.njit(
    "Tuple((int64, float64))(float32[:, ::1], UniTuple(float64, 6), float64, float64)",
    nogil=True,
    cache=True,
    error_model="numpy",
)
def nearest(points: NDArray[np.float32], affine: Affine, x: float, y: float) -> tuple[int, float]:
    """Number of the point nearest to a pixel, the first of several, and its squared distance; -1 where there is none.

    A point that is not finite is near nothing.
    """
    a, b, c, d, e, f = affine
    e, f = e - x, f - y
    best, least = -1, np.inf
    for i in range(len(points)):
        across = a * points[i, 0] + c * points[i, 1] + e
        down = b * points[i, 0] + d * points[i, 1] + f
        squared = across * across + down * down
        if squared < least:
            best, least = i, squared
    return best, least


@numba.njit(
    "void(float32[:, ::1], UniTuple(float64, 6), uint8[:, :], bool_[::1])", nogil=True, cache=True, error_model="numpy"
)
def covered(points: NDArray[np.float32], affine: Affine, mask: NDArray[np.uint8], inside: NDArray[np.bool_]) -> None:
    """Which points [N] lie on a pixel of a mask [H, W] that is not 0; none outside of it."""
    a, b, c, d, e, f = affine
    height, width = mask.shape
    for i in range(len(points)):
        x = a * points[i, 0] + c * points[i, 1] + e
        y = b * points[i, 0] + d * points[i, 1] + f
        inside[i] = x >= 0 and y >= 0 and x < width and y < height and mask[np.int64(y), np.int64(x)] != 0
