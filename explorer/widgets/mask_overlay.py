"""A mask as a picture to lay over an image: its foreground tinted, or its background covered."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

_FILL = 120
"""Alpha inside the mask, of 255; the border is opaque, so that the shape shows on any background."""


def mask_overlay(mask: NDArray[np.uint8], colour: QColor) -> QImage:
    """Tint the foreground of a mask [H, W] (128 and more of 255) and draw its border; the rest is transparent."""
    inside = mask >= 128
    padded = np.pad(inside, 1)
    core = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    fill = QColor(colour)
    fill.setAlpha(_FILL)
    border = colour.lighter(140)  # stands out from the fill, and on dark and coloured ground
    return _picture(inside.astype(np.uint8) + core, [0, border.rgba(), fill.rgba()])


def background_cover(mask: NDArray[np.uint8], colour: QColor) -> QImage:
    """Cover all but the foreground of a mask [H, W]."""
    return _picture((mask < 128).astype(np.uint8), [0, colour.rgba()])


def _picture(places: NDArray[np.uint8], colours: list[int]) -> QImage:
    """Picture of places [H, W] in a list of colours."""
    pixels = np.array(colours, dtype=np.uint32)[places]
    height, width = places.shape
    # The copy owns its pixels; the first image only borrows the array's.
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()
