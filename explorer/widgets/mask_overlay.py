"""A mask as a picture to lay over an image."""

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
    colours = np.array([0, border.rgba(), fill.rgba()], dtype=np.uint32)
    pixels = colours[inside.astype(np.uint8) + core]
    height, width = mask.shape
    # The copy owns its pixels; the first image only borrows the array's.
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()
