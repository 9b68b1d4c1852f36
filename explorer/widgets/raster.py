"""Stamping many small marks into an image: the kernel of the point cloud, a pure function without Qt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ALPHA = 24  # an ARGB pixel as uint32 carries its alpha in the highest byte
_SOLID, _FAINT = 0.85, 0.06
"""Of a sprite's strongest alpha: from the one on a pixel counts as solid, below the other it is left out. Soft pixels
are what costs time, and those near either end look no different."""


@dataclass(frozen=True)
class _Pixels:
    """Some of the pixels of each sprite; a row repeats its last pixel where another sprite has more of them."""

    shift: NDArray[np.intp]
    """[S, K, 2], x and y from the centre"""
    colour: NDArray[np.uint32]
    """Premultiplied ARGB [S, K]"""
    counts: NDArray[np.intp]
    """How many pixels of the row are its own, [S]."""

    def of(self, kind: NDArray[np.intp], stride: int) -> tuple[NDArray[np.intp], NDArray[np.uint32]]:
        """Shifts in an image of so many pixels a row, and colours, for marks of these kinds [N, at most K]."""
        longest = self.counts[kind].max(initial=1)
        shift = self.shift[:, :longest] @ np.array([1, stride])
        # `take` is five times as fast as indexing, and indexes of numpy's own width twice as fast as int32.
        return shift.take(kind, axis=0), self.colour[:, :longest].take(kind, axis=0)


@dataclass(frozen=True)
class Sprites:
    """Small images, split into the pixels that cover what lies below and the soft ones that blend with it."""

    radius: int
    """How far a sprite reaches from its centre, in pixels."""
    solid: _Pixels
    soft: _Pixels


def make_sprites(images: NDArray[np.uint32]) -> Sprites:
    """Split sprites for `splat`.

    Parameters
    ----------
    images
        Premultiplied ARGB [S, K, K], K odd: the centre of a mark is the centre of the middle pixel.
        An invisible sprite is a ValueError.
    """
    count, size, _ = images.shape
    if size % 2 == 0:
        raise ValueError(f"The side of a sprite must be odd, {size} was found.")
    flat = images.reshape(count, -1)
    alpha = flat >> _ALPHA
    strongest = alpha.max(axis=1, keepdims=True)
    if not strongest.all():
        raise ValueError(f"Every sprite must have a visible pixel, number {int(strongest.argmin())} has none.")
    solid = alpha >= _SOLID * strongest
    soft = (alpha >= _FAINT * strongest) & ~solid
    without = ~soft.any(axis=1)
    soft[without] = solid[without]  # never seen: a solid pixel of the same mark owns the place
    return Sprites(size // 2, _chosen(flat, solid, size), _chosen(flat, soft, size))


def splat(
    points: NDArray[np.float32], sprite: NDArray[np.intp], sprites: Sprites, width: int, height: int
) -> NDArray[np.uint32]:
    """Stamp a sprite at each point, later points over earlier ones.

    A solid pixel replaces what lies below. A soft pixel blends with the solid ones below it; where several soft
    pixels meet, the last one counts, which no eye can tell from blending them all and is ten times faster.

    Parameters
    ----------
    points
        float32 [N, 2], x to the right and y downwards, in pixels; points outside the image are allowed.
    sprite
        Which row of `sprites` each point shows, [N].
    sprites
        From `make_sprites`.
    width, height
        Of the image, in pixels.

    Returns
    -------
    Premultiplied ARGB, uint32 [height, width], transparent where no mark is.
    """
    reach = sprites.radius
    inside = (points >= -reach).all(axis=1) & (points[:, 0] < width + reach) & (points[:, 1] < height + reach)
    # The margin takes what the marks at the border lay outside, so that no pixel has to be clipped.
    margin = 2 * reach
    stride = width + 2 * margin
    cell = np.floor(points[inside]).astype(np.intp) + margin
    centre = cell[:, 1] * stride + cell[:, 0]
    kind = sprite[inside]
    canvas = np.zeros((height + 2 * margin) * stride, np.uint32)
    owner = np.full(canvas.shape, -1, np.int32)

    rank = np.arange(len(centre), dtype=np.int32)[:, None]
    shift, colour = sprites.solid.of(kind, stride)
    pixel = centre[:, None] + shift
    canvas[pixel] = colour
    owner[pixel] = rank

    shift, colour = sprites.soft.of(kind, stride)
    pixel = centre[:, None] + shift
    seen = np.flatnonzero(owner[pixel] < rank)
    pixel = pixel.ravel().take(seen)
    canvas[pixel] = _over(colour.ravel().take(seen), canvas[pixel])
    image = canvas.reshape(-1, stride)[margin : margin + height, margin : margin + width]
    return np.ascontiguousarray(image)


def _chosen(flat: NDArray[np.uint32], chosen: NDArray[np.bool_], size: int) -> _Pixels:
    counts = chosen.sum(axis=1)
    order = np.argsort(~chosen, axis=1, kind="stable")
    column = np.minimum(np.arange(counts.max())[None, :], counts[:, None] - 1)
    index = np.take_along_axis(order, column, axis=1)
    shift = np.stack([index % size, index // size], axis=-1) - size // 2
    return _Pixels(shift, np.take_along_axis(flat, index, axis=1), counts)


def _over(top: NDArray[np.uint32], below: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Porter and Duff's 'over' for premultiplied ARGB, two channels at a time."""
    keep = np.uint32(255) - (top >> np.uint32(_ALPHA))
    mask = np.uint32(0x00FF00FF)
    low = _divide_by_255((below & mask) * keep)
    high = _divide_by_255(((below >> np.uint32(8)) & mask) * keep)
    return top + (low | (high << np.uint32(8)))


def _divide_by_255(pair: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Two 16-bit products in one word, each divided by 255 and rounded (Blinn, 'Three wrongs make a right')."""
    mask = np.uint32(0x00FF00FF)
    pair = pair + np.uint32(0x00800080)
    return ((pair + ((pair >> np.uint32(8)) & mask)) >> np.uint32(8)) & mask
