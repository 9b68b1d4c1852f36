"""Segmentation: how well predicted masks cover the true ones."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Masks = NDArray[np.bool_]


class Overlaps(NamedTuple):
    """How far each predicted mask covers the true one; 1 where both are empty."""

    iou: Floats
    """|predicted ∩ true| / |predicted ∪ true|, [B]"""
    dice: Floats
    """2 |predicted ∩ true| / (|predicted| + |true|), [B]"""


@dataclass(frozen=True)
class ClassSegmentation:
    """Mean overlaps of the images of one class."""

    name: str
    images: int
    iou: float
    dice: float


@dataclass(frozen=True)
class SegmentationScores:
    """Mean overlaps over images, in all and by class."""

    iou: float
    dice: float
    classes: tuple[ClassSegmentation, ...]
    """Those with a scored image, in the order of their labels."""


def overlaps(predicted: Masks, true: Masks) -> Overlaps:
    """Overlaps of masks, bool [B, ..., H, W].

    Raises
    ------
    ValueError
        where the shapes differ or a mask is not bool.
    """
    if predicted.shape != true.shape or predicted.dtype != np.bool_ or true.dtype != np.bool_:
        raise ValueError(
            f"masks must be bool and of one shape, found {predicted.dtype} {list(predicted.shape)} "
            f"and {true.dtype} {list(true.shape)}"
        )
    shared, first, second = (_pixels(masks) for masks in (predicted & true, predicted, true))
    both = first + second
    empty = both == 0
    iou = np.where(empty, 1.0, shared / np.maximum(both - shared, 1))
    return Overlaps(iou, np.where(empty, 1.0, 2 * shared / np.maximum(both, 1)))


def segmentation_scores(
    found: Overlaps, labels: NDArray[np.int64], class_names: tuple[str, ...]
) -> SegmentationScores | None:
    """Means of overlaps of images with labels [B], positions in `class_names`; None where there is no image.

    Raises
    ------
    ValueError
        where the shapes do not fit or a label has no name.
    """
    if labels.shape != found.iou.shape:
        raise ValueError(f"labels must be [{len(found.iou)}], one for each image, found {list(labels.shape)}")
    if not len(labels):
        return None
    if not 0 <= labels.min() <= labels.max() < len(class_names):
        raise ValueError(f"labels must be below the {len(class_names)} classes, found {labels.min()} to {labels.max()}")
    rows = (_class(found, labels == label, class_names[label]) for label in np.unique(labels))
    return SegmentationScores(float(found.iou.mean()), float(found.dice.mean()), tuple(rows))


def _class(found: Overlaps, members: NDArray[np.bool_], name: str) -> ClassSegmentation:
    iou, dice = (float(values[members].mean()) for values in found)
    return ClassSegmentation(name, int(members.sum()), iou, dice)


def _pixels(masks: Masks) -> NDArray[np.int64]:
    """Pixels that belong to each mask, [B]."""
    found: NDArray[np.int64] = np.count_nonzero(masks, axis=tuple(range(1, masks.ndim)))
    return found
