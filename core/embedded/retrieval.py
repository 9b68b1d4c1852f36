"""How often an image finds its like in a very large set: some images searched among all others, exactly."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import NO_GROUP
from core.distances import Distance
from core.embedded.embedding_set import EmbeddingSet
from core.embedded.nearest import Barred, nearest_rows
from core.errors import InputError
from core.evaluation.intervals import Interval
from core.evaluation.retrieval import RECALL_AT
from core.watch import Watch

_Z = 1.959963984540054
"""Standard deviations of 95 %."""


@dataclass(frozen=True)
class DrawnRetrieval:
    """Recall of drawn queries; each searched among all images of the set but itself and those of its group."""

    recall_at: Mapping[int, float]
    """Share of queries with one of their identity among the k nearest, by k; at 1 it is precision@1."""
    queries: int
    of_queries: int
    """Images of the set whose identity has another image to be found."""

    def interval(self, k: int) -> Interval | None:
        """Between which figures all queries together lie, with 95 %; None where all were searched.

        Wilson, Probable Inference, the Law of Succession, and Statistical Inference, 1927. It tells what drawing
        queries leaves open of this set, not how other identities would do.
        """
        return None if self.queries == self.of_queries else _wilson(self.recall_at[k], self.queries)

    def to_json(self) -> dict[str, Any]:
        """What `evaluate --embeddings --json` prints of it."""
        return {
            "recall_at_k": {str(k): share for k, share in self.recall_at.items()},
            "recall_at_k_interval": {str(k): self.interval(k) for k in self.recall_at},
            "queries": self.queries,
            "of_queries": self.of_queries,
        }


def drawn_retrieval(
    embedded: EmbeddingSet, distance: Distance, queries: int, seed: int = 0, watch: Watch | None = None
) -> DrawnRetrieval | None:
    """Search so many images among all others; None where no identity has an image to be found.

    Raises
    ------
    InputError
        where fewer than 1 query is asked for.
    Cancelled
        where `watch` said so.
    """
    if queries < 1:
        raise InputError(f"queries: at least 1 must be drawn, found {queries}")
    labels, groups = embedded.labels, embedded.groups
    population = np.flatnonzero(_relevant(labels, groups))
    if not len(population):
        return None
    rows = population
    if len(population) > queries:
        rows = np.sort(np.random.default_rng(seed).choice(population, queries, replace=False))
    ks = [k for k in RECALL_AT if k < len(embedded)]
    found = nearest_rows(embedded, embedded.at(rows), max(ks), distance, barred=Barred(rows, groups), watch=watch).rows
    hits = (labels[found] == labels[rows][:, None]) & (found >= 0)
    ranks = hits.cumsum(axis=1) > 0
    return DrawnRetrieval({k: float(ranks[:, k - 1].mean()) for k in ks}, len(rows), len(population))


def _relevant(labels: NDArray[np.int32], groups: NDArray[np.int64] | None) -> NDArray[np.bool_]:
    """Which images have another one of their identity that is not of their group, [N]."""
    counts = np.bincount(labels)[labels]
    if groups is None:
        several: NDArray[np.bool_] = counts > 1
        return several
    # One number for both: rows of two are sorted ten times as slowly.
    _, numbers = np.unique(groups, return_inverse=True)
    both = labels.astype(np.int64) * (numbers.max() + 1) + numbers
    _, places, sizes = np.unique(both, return_inverse=True, return_counts=True)
    apart: NDArray[np.bool_] = counts > np.where(groups == NO_GROUP, 1, sizes[places])
    return apart


def _wilson(share: float, count: int) -> Interval:
    centre = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    reach = _Z * math.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2)) / (1 + _Z**2 / count)
    return Interval(max(centre - reach, 0.0), min(centre + reach, 1.0))
