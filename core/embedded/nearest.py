"""Exact nearest neighbours in a set of embeddings that is passed over in blocks."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.data.dataset import NO_GROUP
from core.distances import Distance, exact_distances
from core.embedded.embedding_set import EmbeddingSet
from core.errors import InputError
from core.watch import Watch

_PRODUCTS_AT_ONCE = 1 << 23
_ROWS_AT_ONCE = 1 << 15
_SPARE = 8
"""Neighbours that are found beyond those asked for, before distances are measured exactly."""


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The nearest images of some queries, nearest first; of equally near ones the first row."""

    rows: NDArray[np.int64]
    """[Q, K]; -1 where there are no more"""
    distances: NDArray[np.float64]
    """[Q, K]; infinite where there are no more"""


@dataclass(frozen=True, eq=False)
class Barred:
    """What queries that are images of the set may not find: themselves, and images of their group."""

    rows: NDArray[np.int64]
    """[Q]"""
    groups: NDArray[np.int64] | None
    """Of all images of the set [N], see `core.data.dataset.NO_GROUP`; None where there are none."""

    def cells(self, first: int, count: int) -> Tensor:
        """Which of `count` rows from `first` on each query may not find, bool [Q, count]."""
        within = np.arange(first, first + count)
        found = self.rows[:, None] == within
        if self.groups is not None:
            own = self.groups[self.rows]
            found |= (own[:, None] == self.groups[within]) & (own != NO_GROUP)[:, None]
        return torch.from_numpy(found)


def nearest_rows(
    embedded: EmbeddingSet,
    queries: NDArray[np.float32],
    k: int,
    distance: Distance,
    *,
    barred: Barred | None = None,
    watch: Watch | None = None,
) -> Neighbours:
    """Find the k nearest images of each query among all images of a set, in one pass over it.

    Memory holds a block of embeddings, its products with the queries, and the nearest so far.

    Parameters
    ----------
    embedded
        What is searched.
    queries
        [Q, D]
    k
        How many to find; fewer where the set is smaller.
    distance
        What is compared by.
    barred
        Where the queries are images of the set.
    watch
        Takes the share that is done, before each block; may raise Cancelled.

    Raises
    ------
    InputError
        where k is below 1, or queries have another dimension than the set.
    Cancelled
        where `watch` said so.
    """
    check_queries(embedded, queries, k)
    wanted = min(k + _SPARE, len(embedded))
    mapped = distance.transform(torch.from_numpy(np.array(queries)).double())
    ranks = torch.full((len(queries), wanted), torch.inf, dtype=torch.float64)
    rows = torch.full((len(queries), wanted), -1, dtype=torch.int64)
    for first, block in embedded.blocks(min(_ROWS_AT_ONCE, max(_PRODUCTS_AT_ONCE // max(len(queries), 1), 1))):
        if watch is not None:
            watch(first / len(embedded))
        targets = distance.transform(torch.from_numpy(np.array(block)).double())
        # |q - t|² but for what is the same for all targets of a query.
        near = torch.addmm(targets.square().sum(dim=1), mapped, targets.T, alpha=-2.0)
        if barred is not None:
            near.masked_fill_(barred.cells(first, len(block)), torch.inf)
        best = near.topk(min(wanted, len(block)), dim=1, largest=False)
        ranks, rows = _merged(ranks, rows, best.values, best.indices + first)
    rows.masked_fill_(ranks.isinf(), -1)
    return measured(embedded, queries, rows.numpy(), k, distance)


def measured(
    embedded: EmbeddingSet, queries: NDArray[np.float32], rows: NDArray[np.int64], k: int, distance: Distance
) -> Neighbours:
    """The k nearest of some candidates [Q, C] of each query by their exact distances; -1 is no candidate."""
    found = np.full(rows.shape, np.inf)
    # Read together: single rows would open a shard each.
    candidates, places = np.unique(rows, return_inverse=True)
    embeddings = embedded.at(candidates.clip(min=0))
    for query, (own, there) in enumerate(zip(places.reshape(rows.shape), rows >= 0, strict=True)):
        mine = exact_distances(queries[query : query + 1], embeddings[own[there]], distance)
        found[query, there] = mine[0].numpy()
    order = np.lexsort((rows, found), axis=1)[:, :k]
    return Neighbours(np.take_along_axis(rows, order, axis=1), np.take_along_axis(found, order, axis=1))


def check_queries(embedded: EmbeddingSet, queries: NDArray[np.float32], k: int) -> None:
    """Refuse what cannot be looked up.

    Raises
    ------
    InputError
        as `nearest_rows`.
    """
    if k < 1:
        raise InputError(f"k: must be at least 1, found {k}")
    if queries.ndim != 2 or queries.shape[1] != embedded.dimensions:
        raise InputError(
            f"{embedded.path}: queries must be embeddings of {embedded.dimensions} dimensions, "
            f"found {list(queries.shape)}"
        )


def _merged(ranks: Tensor, rows: Tensor, more: Tensor, of: Tensor) -> tuple[Tensor, Tensor]:
    """The nearest of two lists of each query."""
    values = torch.cat([ranks, more], dim=1)
    best = values.topk(ranks.shape[1], dim=1, largest=False)
    return best.values, torch.cat([rows, of], dim=1).gather(1, best.indices)
