"""Pairs counted by the identities they are of, between few edges: what replicates of a bootstrap weigh."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.distances import Array, Distance, as_distance, mapped_exactly
from core.evaluation.curve import VerificationCurve
from core.evaluation.evaluated import NO_GROUP
from core.evaluation.inputs import as_numpy, checked_embeddings
from core.evaluation.pair_scan import Watch

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

MOST_EDGES = 512
FEWEST_EDGES = 64
MOST_COUNTS = 1 << 23
"""Counts by pair of identities that are held; where they would be more, they are held by identity."""
_SIDE = 1 << 10


@dataclass(frozen=True, eq=False)
class IdentityCounts:
    """How many pairs of each identity lie between edges; K bins, each with its upper edge."""

    edges: Floats
    """[K], ascending distances; what is beyond the last belongs to the last bin."""
    genuine: Counts
    """[I, K]"""
    impostor: Counts
    """[I, I, K] by pair of identities, each pair once; or [I, K] by identity, each pair under both."""

    @property
    def identities(self) -> int:
        """How many identities there are."""
        return len(self.genuine)


def edges_of(curve: VerificationCurve, identities: int) -> Floats:
    """Distances that tell the curve's rates apart, closest where rates are small; fewer where memory asks for it."""
    share = max(FEWEST_EDGES, min(MOST_EDGES, MOST_COUNTS // identities)) // 4
    genuine, impostor = curve.kinds
    small = np.geomspace(1, curve.impostor_pairs, 2 * share).astype(np.int64) - 1
    even = [np.linspace(0, len(kind) - 1, share).astype(np.int64) for kind in curve.kinds]
    values = [impostor.of_ranks(small), genuine.of_ranks(even[0]), impostor.of_ranks(even[1])]
    return np.unique(np.concatenate(values))


def count_by_identity(
    embeddings: Array,
    labels: Array,
    distance: str | Distance,
    edges: Floats,
    *,
    groups: Array | None = None,
    watch: Watch | None = None,
) -> IdentityCounts:
    """Count all pairs of embeddings [N, D] between ascending edges [K].

    Pairs at an edge belong to the bin it ends. Distances come from matrix products: a pair nearer to an edge than
    these can tell is counted as at the edge.

    Parameters
    ----------
    embeddings, labels, distance
        As of `verification_curve`.
    edges
        [K], ascending distances.
    groups
        [N], see `core.evaluation.evaluated.EvaluatedImages`.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    InputError, ValueError
        as `checked_embeddings`.
    Cancelled
        where `watch` said so.
    """
    from core.evaluation import identity_kernels

    vectors, numbers = checked_embeddings(embeddings, labels)
    sorted_numbers, order = numbers.sort(stable=True)
    rule, classes = as_distance(distance), sorted_numbers.numpy()
    kept_apart = np.full(len(classes), NO_GROUP) if groups is None else as_numpy(groups).astype(np.int64)
    in_order = np.ascontiguousarray(kept_apart[order.numpy()])
    mapped = mapped_exactly(vectors, rule)[order]
    mapped = mapped - mapped.mean(dim=0)
    norms = mapped.square().sum(dim=1).numpy()
    identities, bins = int(classes[-1]) + 1, len(edges)
    paired = identities**2 * bins <= MOST_COUNTS
    genuine = np.zeros((identities, bins), dtype=np.int64)
    impostor = np.zeros((identities if paired else 1, identities, bins), dtype=np.int64)
    error = (mapped.shape[1] + 4) * np.finfo(np.float64).eps * float(norms.max())
    borders = _squared(edges[:-1], rule) + 2 * error
    count = len(mapped)
    for row in range(0, count, _SIDE):
        if watch is not None:
            watch(1.0 - ((count - row) / count) ** 2)
        for column in range(row, count, _SIDE):
            products = (mapped[row : row + _SIDE] @ mapped[column : column + _SIDE].T).numpy()
            identity_kernels.count_by_identity(
                products, norms, (row, column), classes, in_order, borders, genuine, impostor
            )
    return IdentityCounts(edges, genuine, impostor if paired else impostor[0])


def _squared(distances: Floats, rule: Distance) -> Floats:
    """Squared Euclidean distances that the rule makes these of: it is a multiple of their root or of themselves."""
    one, four = rule.from_squared(torch.tensor([1.0, 4.0], dtype=torch.float64)).tolist()
    squared: Floats = (distances / one) ** (2 if four == 2 * one else 1)
    return squared


def distances_between(curve: VerificationCurve, edges: Floats) -> Floats:
    """What the curve's pairs between edges [K] have as their distance on average, [K]."""
    values, counts = (np.concatenate([getattr(kind, name) for kind in curve.kinds]) for name in ("values", "counts"))
    places = np.searchsorted(edges[:-1], values)
    total = np.bincount(places, counts, len(edges))
    summed = np.bincount(places, counts * values, len(edges))
    means: Floats = np.where(total > 0, summed / np.maximum(total, 1), edges)
    return means
