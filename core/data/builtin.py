"""Data that comes with the program: no download, no folder."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.data.dataset import Dataset, Sample

_SIDE = 64
_INK = 6.0
"""Scanned ink runs from 0 to 16; a pixel of a digit's mask has more than this."""
_AT_ONCE = 128
"""Scans that are enlarged together: all of them would be 100 MB for a moment, which each thread's heap would keep."""


def digits() -> Dataset:
    """scikit-learn's 1,797 scanned digits of 8 x 8 pixels, scaled up to 64 x 64, with masks of the ink.

    Dark ink on white paper, as on a photo of handwriting; ids are '<digit>/<place in scikit-learn's set>'.

    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI, 1998 (its test part).
    """
    from sklearn.datasets import load_digits

    scans, labels = load_digits(return_X_y=True)
    paper, masks = (np.empty((len(scans), _SIDE, _SIDE), np.uint8) for _ in range(2))
    for start in range(0, len(scans), _AT_ONCE):
        piece = slice(start, start + _AT_ONCE)
        ink = _enlarged(scans[piece].reshape(-1, 8, 8).astype(np.float32))
        masks[piece] = np.where(ink > _INK, np.uint8(255), np.uint8(0))
        paper[piece] = np.rint(255 - ink * (255 / 16))
    # One grey plane stands for three: broadcast, not copied.
    images = np.broadcast_to(paper[..., None], (*paper.shape, 3))
    samples = [
        Sample(f"{label}/{place:04}", int(label), image, mask)
        for place, (label, image, mask) in enumerate(zip(labels, images, masks, strict=True))
    ]
    samples.sort(key=lambda sample: sample.id)
    return Dataset("digits", tuple("0123456789"), tuple(samples), directional=True)


def _enlarged(scans: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bicubic enlargement of float32 [N, 8, 8] to [N, 64, 64], kept within 0..16.

    Resizing is linear along each axis, so the resized unit matrix does all scans in two matrix products.
    """
    weights = np.asarray(Image.fromarray(np.eye(8, dtype=np.float32)).resize((8, _SIDE), Image.Resampling.BICUBIC))
    enlarged: NDArray[np.float32] = weights @ scans @ weights.T
    return enlarged.clip(0, 16)
