"""Drawing, picking and enclosing the many points of a map: pure functions without Qt."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Affine = tuple[float, float, float, float, float, float]
"""See `explorer.widgets.raster_kernels.Affine`; importing it from there would compile."""
UNMOVED: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_ALPHA = 24  # an ARGB pixel as uint32 carries its alpha in the highest byte
_FAINT = 0.06
"""Of a sprite's strongest alpha: what is below is left out, no eye sees it."""
_ALONE = 20_000
"""Points that one thread draws as fast as several."""


@dataclass(frozen=True)
class Sprites:
    """Small images as lists of their visible pixels."""

    radius: int
    """How far a sprite reaches from its centre, in pixels."""
    starts: NDArray[np.int64]
    """First pixel of each sprite, and the end, [S + 1]."""
    x: NDArray[np.int64]
    """Of each pixel from the centre, [P]."""
    y: NDArray[np.int64]
    colour: NDArray[np.uint32]
    """Premultiplied ARGB [P]"""


def make_sprites(images: NDArray[np.uint32]) -> Sprites:
    """List the pixels of sprites for `splat`.

    Parameters
    ----------
    images
        Premultiplied ARGB [S, K, K], K odd: the centre of a mark is the centre of the middle pixel.

    Raises
    ------
    ValueError
        where K is even or a sprite cannot be seen.
    """
    count, size, _ = images.shape
    if size % 2 == 0:
        raise ValueError(f"The side of a sprite must be odd, {size} was found.")
    alpha = images >> _ALPHA
    strongest = alpha.max(axis=(1, 2), keepdims=True)
    if not strongest.all():
        raise ValueError(f"Every sprite must have a visible pixel, number {int(strongest.argmin())} has none.")
    which, y, x = np.nonzero(alpha >= np.maximum(_FAINT * strongest, 1))
    starts = np.searchsorted(which, np.arange(count + 1)).astype(np.int64)
    return Sprites(size // 2, starts, x - size // 2, y - size // 2, images[which, y, x])


def splat(
    points: NDArray[np.float32],
    sprite: NDArray[np.uint16],
    sprites: Sprites,
    width: int,
    height: int,
    affine: Affine = UNMOVED,
) -> NDArray[np.uint32]:
    """Stamp a sprite at each point, later points over earlier ones.

    Parameters
    ----------
    points
        float32 [N, 2], contiguous; points outside the image, or nowhere, are allowed.
    sprite
        Which of `sprites` each point shows, [N].
    sprites
        From `make_sprites`.
    width, height
        Of the image, in pixels.
    affine
        From points to pixels, x to the right and y downwards.

    Returns
    -------
    Premultiplied ARGB, uint32 [height, width], transparent where no mark is.
    """
    from explorer.widgets.raster_kernels import stamp

    margin = sprites.radius  # takes what marks at either side lay outside, so that no row runs into the next
    stride = width + 2 * margin
    canvas = np.zeros(height * stride, np.uint32)
    shifts = sprites.y * stride + sprites.x

    def draw(first: int, last: int) -> None:
        band = (first, last, stride, margin)
        stamp(points, sprite, affine, sprites.starts, shifts, sprites.colour, band, canvas)

    bands = 1 if len(points) <= _ALONE else os.cpu_count() or 1
    borders = np.linspace(0, height, bands + 1).astype(int).tolist()
    if bands == 1:
        draw(0, height)
    else:
        with ThreadPoolExecutor(bands) as pool:
            list(pool.map(draw, borders[:-1], borders[1:]))  # raises what a band raised
    return np.ascontiguousarray(canvas.reshape(height, stride)[:, margin : margin + width])


def nearest_point(points: NDArray[np.float32], affine: Affine, x: float, y: float, reach: float) -> int:
    """Number of the point [N, 2] that is drawn nearest to a pixel; -1 where none is within reach."""
    from explorer.widgets.raster_kernels import nearest

    index, squared = nearest(points, affine, x, y)
    return index if squared <= reach * reach else -1


def points_within(points: NDArray[np.float32], affine: Affine, mask: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which points [N] are drawn on a pixel of a mask [H, W] that is not 0."""
    from explorer.widgets.raster_kernels import covered

    inside = np.empty(len(points), np.bool_)
    covered(points, affine, mask, inside)
    return inside
