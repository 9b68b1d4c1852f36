"""How many pairs of a set of images count, which follows from labels and groups alone."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.evaluation.evaluated import NO_GROUP


class PairCounts(NamedTuple):
    """Pairs that count, by kind."""

    genuine: int
    impostor: int


def pair_counts(labels: NDArray[np.integer], groups: NDArray[np.integer] | None = None) -> PairCounts:
    """Count the pairs of images with labels [N] that are not of one of the groups [N], see `NO_GROUP`."""
    genuine, everything = _pairs_within(labels), len(labels) * (len(labels) - 1) // 2
    if groups is not None:
        grouped = groups != NO_GROUP
        genuine -= _pairs_within(np.stack([labels[grouped], groups[grouped]], axis=1))
        everything -= _pairs_within(groups[grouped])
    return PairCounts(genuine, everything - genuine)


def _pairs_within(names: NDArray[np.integer]) -> int:
    """How many pairs of rows [N] or [N, K] are equal."""
    sizes = np.unique(names, axis=0, return_counts=True)[1]
    return int((sizes * (sizes - 1) // 2).sum())
