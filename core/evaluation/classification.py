"""Classification: how often the most probable class is the true one, and which is taken for which."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_CLASSES = 1_000
"""A table of more classes is neither drawn nor read, and grows with their square."""


@dataclass(frozen=True, eq=False)
class ConfusionMatrix:
    """Images by true and by predicted class."""

    counts: NDArray[np.int64]
    """[C, C], rows true, columns predicted"""
    classes: tuple[str, ...]
    """[C], those that are true or predicted of any image"""

    def recall(self, row: int) -> float | None:
        """Share of the images of a class that are taken for it; None where there is none."""
        return _share(self.counts[row, row], self.counts[row].sum())

    def precision(self, row: int) -> float | None:
        """Share of the images taken for a class that are of it; None where there is none."""
        return _share(self.counts[row, row], self.counts[:, row].sum())


def accuracy(logits: NDArray[np.floating], labels: NDArray[np.integer]) -> float | None:
    """Share of images whose largest logit is their label's; None where no label is known.

    Parameters
    ----------
    logits
        [N, C]
    labels
        [N]; below 0 where unknown: such an image does not count.

    Raises
    ------
    ValueError
        where the shapes do not fit or a label has no logit.
    """
    known = _known(logits, labels)
    return float((logits[known].argmax(axis=1) == labels[known]).mean()) if known.any() else None


def cross_entropies(logits: NDArray[np.floating], labels: NDArray[np.integer]) -> NDArray[np.float32]:
    """Minus the logarithm of the probability that each image's own class is given, float32 [N]; NaN where unknown.

    Parameters
    ----------
    logits
        [N, C]
    labels
        [N]; below 0 where unknown.

    Raises
    ------
    ValueError
        where the shapes do not fit or a label has no logit.
    """
    known = _known(logits, labels)
    found = np.full(len(labels), np.nan)
    if known.any():
        from_largest = logits[known].astype(np.float64)
        from_largest -= from_largest.max(axis=1, keepdims=True)
        own = np.take_along_axis(from_largest, labels[known, None], axis=1)[:, 0]
        found[known] = np.log(np.exp(from_largest).sum(axis=1)) - own
    return found.astype(np.float32)


def confusion_matrix(
    logits: NDArray[np.floating], labels: NDArray[np.integer], class_names: tuple[str, ...]
) -> ConfusionMatrix | None:
    """Count images by true class and by that of the largest logit; None where no label is known.

    Parameters
    ----------
    logits
        [N, C]
    labels
        [N]; below 0 where unknown: such an image does not count.
    class_names
        [C]

    Returns
    -------
    ConfusionMatrix | None
        None as well where more than `MOST_CLASSES` classes occur.

    Raises
    ------
    ValueError
        where the shapes do not fit or a label has no logit.
    """
    if logits.ndim == 2 and logits.shape[1] != len(class_names):
        raise ValueError(f"class_names must name the {logits.shape[1]} classes of the logits, found {len(class_names)}")
    known = _known(logits, labels)
    true, predicted = labels[known], logits[known].argmax(axis=1) if known.any() else labels[known]
    occurring = np.unique(np.concatenate([true, predicted]))
    if not 0 < len(occurring) <= MOST_CLASSES:
        return None
    counts = np.zeros((len(occurring), len(occurring)), dtype=np.int64)
    np.add.at(counts, (np.searchsorted(occurring, true), np.searchsorted(occurring, predicted)), 1)
    return ConfusionMatrix(counts, tuple(class_names[label] for label in occurring))


def _known(logits: NDArray[np.floating], labels: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which images have a label, bool [N]."""
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError(f"logits must be [N, C] and labels [N], found {list(logits.shape)} and {list(labels.shape)}")
    known = labels >= 0
    if known.any() and labels.max() >= logits.shape[1]:
        raise ValueError(f"labels must be below the {logits.shape[1]} classes of the logits, found {labels.max()}")
    return known


def _share(part: np.int64, whole: np.int64) -> float | None:
    return float(part / whole) if whole else None
