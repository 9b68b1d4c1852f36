"""How much each image's neighbourhood differs between two sets of embeddings of the same images."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.distances import Array, Distance, as_distance
from core.errors import InputError
from core.evaluation.confidence import part_of
from core.evaluation.inputs import checked_embeddings
from core.evaluation.neighbours import in_blocks, nearest
from core.watch import Watch

NEIGHBOURS = 10
FEWEST = 3
"""Images; of two, each is the other's neighbour whatever happens."""


@dataclass(frozen=True, eq=False)
class NeighbourhoodChange:
    """The k nearest other images of each image before and after, and what follows from them."""

    labels: NDArray[np.int64]
    """[N], classes numbered from 0"""
    before: NDArray[np.int64]
    """[N, k], rows of the nearest images, nearest first"""
    after: NDArray[np.int64]
    """[N, k], as `before`"""
    stayed: NDArray[np.bool_]
    """[N, k], which of `before` are among `after`"""
    came: NDArray[np.bool_]
    """[N, k], which of `after` are not among `before`"""

    @property
    def k(self) -> int:
        """Neighbours of each image."""
        return int(self.before.shape[1])

    @property
    def changed(self) -> NDArray[np.float64]:
        """Share of its k nearest that each image has lost, [N]: 1 - |before ∩ after| / k."""
        share: NDArray[np.float64] = 1.0 - self.stayed.mean(axis=1)
        return share

    @property
    def mean_overlap(self) -> float:
        """Mean share of the k nearest that stayed."""
        return float(self.stayed.mean())

    def foreign(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the neighbours [N, k] of all images, such as `before`, are of another class than the image."""
        other: NDArray[np.bool_] = self.labels[rows] != self.labels[:, None]
        return other

    def nearest_right(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether the nearest image is of the image's class, before and after, [N] each."""
        return ~self.foreign(self.before)[:, 0], ~self.foreign(self.after)[:, 0]

    def order(self) -> NDArray[np.int64]:
        """Rows from the most to the least changed, [N]; of equals, those whose wrong-class neighbours changed most."""
        foreign = np.abs(self.foreign(self.after).sum(axis=1) - self.foreign(self.before).sum(axis=1))
        return np.lexsort((-foreign, self.stayed.sum(axis=1)))


def neighbourhood_change(
    before: Array,
    after: Array,
    labels: Array,
    distance: str | Distance = "cosine",
    distance_after: str | Distance | None = None,
    *,
    k: int = NEIGHBOURS,
    watch: Watch | None = None,
) -> NeighbourhoodChange:
    """Compare whom each image lies among in two sets of embeddings of the same images.

    What is compared are the sets of the k nearest other images, found exactly: how much they overlap is what Wendlandt,
    Kummerfeld and Mihalcea, Factors Influencing the Surprising Instability of Word Embeddings, NAACL 2018, call the
    stability of a point. It needs no common space: the sets may differ in D, and turning or scaling one of them changes
    nothing. With J the Jaccard index of the two sets, which orders images alike, the overlap is 2J / (1 + J).

    Parameters
    ----------
    before, after
        [N, D] and [N, E]; a row is the same image in both.
    labels
        [N]
    distance, distance_after
        What 'near' means in each of them; default: the same in both.
    k
        Neighbours of each image; at most half of the others are looked at, since all of them are always the same.
    watch
        Takes the share that is done; may raise Cancelled.

    Returns
    -------
    The order of equal distances is not defined, so images that lie on one another may change their neighbours.

    Raises
    ------
    ValueError
        where the shapes do not fit, k is below 1, an embedding is not finite or a distance is unknown.
    InputError
        where there are fewer than 3 images.
    Cancelled
        where `watch` said so.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, found {k}")
    if len(before) != len(after):
        raise ValueError(f"before and after must be of the same images, found {len(before)} and {len(after)}")
    if len(before) < FEWEST:
        raise InputError(f"neighbourhoods can be compared from {FEWEST} images up, found {len(before)}")
    old, classes = checked_embeddings(before, labels)
    new, _ = checked_embeddings(after, labels)
    k = min(k, (len(old) - 1) // 2)
    first = _all_nearest(old, distance, k, part_of(watch, 0.0, 0.5))
    second = _all_nearest(new, distance if distance_after is None else distance_after, k, part_of(watch, 0.5, 1.0))
    return NeighbourhoodChange(classes.numpy(), first, second, _among(first, second), ~_among(second, first))


def _all_nearest(vectors: Tensor, distance: str | Distance, k: int, watch: Watch | None) -> NDArray[np.int64]:
    mapped = as_distance(distance).transform(vectors)
    mapped = mapped - mapped.mean(dim=0)  # near the origin products round least
    squares = mapped.square().sum(dim=1)
    rows = in_blocks(torch.arange(len(mapped)), len(mapped), watch)
    return torch.cat([nearest(mapped[block], mapped, k, squares=squares, own=block) for block in rows]).numpy()


def _among(rows: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the rows [N, k] are in the same line of the others [N, k]."""
    found: NDArray[np.bool_] = (rows[:, :, None] == others[:, None, :]).any(axis=2)
    return found
