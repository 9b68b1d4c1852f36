"""Pairs counted by the identities they are of, between few edges: what replicates of a bootstrap weigh."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.distances import Array, Distance
from core.evaluation.curve import VerificationCurve
from core.evaluation.pair_tiles import THREADS, PairTiles, Part
from core.watch import Watch

Floats = NDArray[np.float64]

MOST_EDGES = 512
FEWEST_EDGES = 64
MOST_COUNTS = 1 << 20
"""Counts of each kind that are held, each thread for itself."""
_CELLS = 1 << 14


@dataclass(frozen=True, eq=False)
class IdentityCounts:
    """How many pairs of each identity lie between edges; K bins, each with its upper edge."""

    edges: Floats
    """[K], ascending distances; what is beyond the last belongs to the last bin."""
    distances: Floats
    """[K], what all pairs in each bin have on average."""
    genuine: Floats
    """[I, K]"""
    impostor: Floats
    """[I, K], a pair counts for both its identities."""

    @property
    def identities(self) -> int:
        """How many identities there are."""
        return len(self.genuine)

    @property
    def pairs(self) -> tuple[float, float]:
        """How many genuine and impostor pairs there are."""
        return float(self.genuine.sum()), float(self.impostor.sum()) / 2

    def weighted(self, times: Floats) -> tuple[Floats, Floats]:
        """Genuine and impostor pairs [R, K] with each identity drawn so many times [R, I].

        Pairs of two identities that were drawn m and n times count m + n - 1 times, those of one m times.
        """
        return times @ self.genuine, times @ self.impostor - self.impostor.sum(axis=0) / 2

    def without_one(self) -> tuple[Floats, Floats]:
        """Genuine and impostor pairs [I, K] with each identity left out in turn."""
        return self.genuine.sum(axis=0) - self.genuine, self.impostor.sum(axis=0) / 2 - self.impostor


def count_by_identity(
    embeddings: Array,
    labels: Array,
    distance: str | Distance,
    curve: VerificationCurve,
    *,
    groups: Array | None = None,
    watch: Watch | None = None,
) -> IdentityCounts:
    """Count all pairs of embeddings [N, D] but those within groups.

    Pairs at an edge belong to the bin it ends. Distances come from matrix products: a pair nearer to an edge than
    these can tell is counted as at the edge.

    Parameters
    ----------
    embeddings, labels, distance, groups
        As of `verification_curve`.
    curve
        Of the same pairs; edges are taken from it.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    InputError, ValueError
        as `PairTiles`.
    Cancelled
        where `watch` said so.
    """
    from core.evaluation import identity_kernels

    tiles = PairTiles(embeddings, labels, distance, groups)
    identities = int(tiles.classes[-1]) + 1
    edges = edges_of(curve, identities)
    genuine, impostor = np.zeros((2, THREADS, identities, len(edges)), dtype=np.int32)
    borders, cells = _borders(tiles, edges)

    def count(part: Part) -> None:
        own = genuine[part.thread], impostor[part.thread]
        identity_kernels.count_by_identity(*part.tile, tiles.classes, tiles.groups, borders, cells, *own)

    tiles.each(count, watch)
    sums = (counts.sum(axis=0, dtype=np.float64) for counts in (genuine, impostor))
    return IdentityCounts(edges, _distances_between(curve, edges), *sums)


def edges_of(curve: VerificationCurve, identities: int) -> Floats:
    """Distances that tell the curve's rates apart, closest where rates are small; fewer where memory asks for it."""
    share = max(FEWEST_EDGES, min(MOST_EDGES, MOST_COUNTS // identities)) // 4
    genuine, impostor = curve.kinds
    small = np.geomspace(1, curve.impostor_pairs, 2 * share).astype(np.int64) - 1
    even = [np.linspace(0, len(kind) - 1, share).astype(np.int64) for kind in curve.kinds]
    values = [impostor.of_ranks(small), genuine.of_ranks(even[0]), impostor.of_ranks(even[1])]
    return np.unique(np.concatenate(values))


def _borders(tiles: PairTiles, edges: Floats) -> tuple[Floats, NDArray[np.int32]]:
    """Squared distances at which bins end, the last one with the farthest pair, and the first of them by cell."""
    squared = np.array([tiles.squared(edge) for edge in edges[:-1]])
    borders = np.append(squared, tiles.farthest_squared or 1.0) + 2 * tiles.error()
    starts = np.linspace(0.0, borders[-1], _CELLS, endpoint=False)
    return borders, np.searchsorted(borders, starts).astype(np.int32)


def _distances_between(curve: VerificationCurve, edges: Floats) -> Floats:
    """What the curve's pairs between edges [K] have as their distance on average, [K]."""
    values, counts = (np.concatenate([getattr(kind, name) for kind in curve.kinds]) for name in ("values", "counts"))
    places = np.searchsorted(edges[:-1], values)
    total = np.bincount(places, counts, len(edges))
    summed = np.bincount(places, counts * values, len(edges))
    means: Floats = np.where(total > 0, summed / np.maximum(total, 1), edges)
    return means
