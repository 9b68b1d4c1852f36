"""Lists of pairs, triplets or quadruplets of images: what is known where nobody has named classes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.loss_specs import LossName

TupleKind = Literal["pairs", "triplets", "quadruplets"]

FITTING_LOSSES: Mapping[TupleKind, tuple[LossName, ...]] = {
    "pairs": ("contrastive", "contrastive-squared"),
    "triplets": ("triplet", "soft-triplet"),
    "quadruplets": ("quadruplet",),
}
"""Metric losses that can be trained with a list of each kind; the first is taken where none is asked for."""

_Pairs = NDArray[np.int64]

_PAIRS_OF: Mapping[TupleKind, tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]] = {
    "triplets": (((0, 1),), ((0, 2),)),
    "quadruplets": (((0, 1),), ((0, 2), (0, 3), (2, 3))),
}
"""Columns of a tuple that make its genuine and its impostor pairs."""


@dataclass(frozen=True, eq=False)
class ListedPairs:
    """Pairs of images that a list names, each once, whichever of the two comes first."""

    genuine: _Pairs
    """[G, 2], positions of the images; the smaller one first, rows ascending"""
    impostor: _Pairs
    """[I, 2], as `genuine`"""

    def __post_init__(self) -> None:
        for name in ("genuine", "impostor"):
            found = getattr(self, name)
            if found.dtype != np.int64 or found.ndim != 2 or found.shape[1] != 2:
                raise ValueError(f"{name} must be int64 [pairs, 2], found {found.dtype} {list(found.shape)}")

    def within(self, positions: NDArray[np.int64]) -> "ListedPairs":
        """Those of which both images are at `positions`, numbered by their place there."""
        return ListedPairs(_numbered(self.genuine, positions)[1], _numbered(self.impostor, positions)[1])


@dataclass(frozen=True, eq=False)
class TupleList:
    """Tuples of images, as positions in a data set."""

    kind: TupleKind
    images: NDArray[np.int64]
    """[T, W]: both images of a pair; anchor, positive and negative; anchor, positive and two negatives"""
    same: NDArray[np.bool_] | None = None
    """[T], whether a pair is genuine; None for triplets and quadruplets"""

    def __len__(self) -> int:
        return len(self.images)

    @property
    def width(self) -> int:
        """Images in a tuple, W."""
        return int(self.images.shape[1])

    def at(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> "TupleList":
        """The tuples in these rows."""
        return TupleList(self.kind, self.images[rows], None if self.same is None else self.same[rows])

    def renumbered(self, positions: NDArray[np.int64]) -> "TupleList":
        """The tuples all of whose images are at `positions`, numbered by their place there."""
        whole, images = _numbered(self.images, positions)
        return TupleList(self.kind, images, None if self.same is None else self.same[whole])

    def arrays(self) -> tuple[NDArray[np.int64], NDArray[np.bool_] | None]:
        """All that tells two lists of one kind apart."""
        return self.images, self.same

    def shortage(self) -> str:
        """What is missing to learn from and to judge by; empty where nothing is."""
        pairs = self.pairs()
        found = [name for name in ("genuine", "impostor") if not len(getattr(pairs, name))]
        return f"at least one genuine and one impostor pair are needed, found no {found[0]} pair" if found else ""

    def pairs(self) -> ListedPairs:
        """The genuine and impostor pairs that the tuples say; what follows from several of them is not said."""
        if self.same is not None:
            return ListedPairs(_distinct(self.images[self.same]), _distinct(self.images[~self.same]))
        genuine, impostor = (
            _distinct(np.concatenate([self.images[:, columns] for columns in kinds])) for kinds in _PAIRS_OF[self.kind]
        )
        return ListedPairs(genuine, impostor)


def _distinct(pairs: _Pairs) -> _Pairs:
    return np.unique(np.sort(pairs, axis=1), axis=0).reshape(-1, 2)


def _numbered(groups: NDArray[np.int64], positions: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which rows of `groups` [N, K] have all their members at `positions`, and those members' places there."""
    order = np.argsort(positions, kind="stable")
    whole = np.asarray(np.isin(groups, positions).all(axis=1))
    return whole, order[np.searchsorted(positions, groups[whole], sorter=order)].astype(np.int64)
