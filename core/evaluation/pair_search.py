"""The pairs behind a piece of the curve: those within a range of distances, the ones nearest to a threshold first."""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.evaluation.evaluated import EvaluatedImages

if TYPE_CHECKING:
    from core.distances import Distance
    from core.evaluation.pair_tiles import PairTiles, Part
    from core.watch import Watch

Floats = NDArray[np.float64]

_ROWS_AT_ONCE = 128
"""Of a tile: after each piece it is known better what is near."""


@dataclass(frozen=True, eq=False)
class FoundPairs:
    """Pairs of embeddings within a range of distances."""

    rows: NDArray[np.int64]
    """[P, 2], rows of the embeddings, the smaller one first; the pairs nearest to what was asked for first"""
    distances: Floats
    """[P]"""
    total: int
    """How many pairs the range holds, of which these may be some."""


def find_pairs(
    images: EvaluatedImages,
    distance: "str | Distance" = "cosine",
    *,
    genuine: bool,
    low: float,
    high: float,
    nearest: float,
    limit: int = 200,
    watch: "Watch | None" = None,
) -> FoundPairs:
    """Find the pairs that count with low < distance <= high, those with a distance nearest to `nearest` first.

    Distances are exact, as everywhere; of equally near pairs the one with the smaller rows comes first. Memory is
    bounded, however many pairs the range holds.

    Parameters
    ----------
    images
        What is searched: all pairs by labels but those within groups, or the listed pairs.
    distance
        Name or distance object.
    genuine
        Whether genuine or impostor pairs are looked for.
    low, high
        The range; may be infinite.
    nearest
        Where the wanted pairs lie, such as the threshold.
    limit
        How many pairs are handed out.
    watch
        Takes the share of all pairs that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where there are fewer than 2 embeddings.
    ValueError
        where an embedding, or `nearest`, is not finite, low or high is NaN, the limit is below 1 or the distance is
        unknown.
    Cancelled
        where `watch` said so.
    """
    if not np.isfinite(nearest) or np.isnan(low) or np.isnan(high):
        raise ValueError(f"nearest must be finite, low and high no NaN, found {nearest}, {low} and {high}")
    if limit < 1:
        raise ValueError(f"limit must be at least 1, found {limit}")
    kept = _Nearest(low, high, nearest, limit)
    if images.pairs is not None:
        from core.evaluation.listed import pair_distances

        listed = images.pairs.genuine if genuine else images.pairs.impostor
        kept.add(listed, pair_distances(images.embeddings, listed, distance, watch))
        return kept.found()
    from core.evaluation.pair_tiles import PairTiles

    _Search(PairTiles(images.embeddings, images.labels, distance, images.groups), kept, genuine).run(watch)
    return kept.found()


class _Nearest:
    """The nearest pairs so far; several threads may add to them."""

    def __init__(self, low: float, high: float, nearest: float, limit: int) -> None:
        self.low, self.high, self.nearest = low, high, nearest
        self.radius = np.inf
        """How far from `nearest` a pair may be to be kept."""
        self.limit = limit
        self._rows = np.empty((0, 2), dtype=np.int64)
        self._distances = np.empty(0)
        self._total = 0
        self._lock = threading.Lock()

    def count(self, pairs: int) -> None:
        """Count pairs that are in the range, but not among the nearest."""
        with self._lock:
            self._total += pairs

    def add(self, rows: NDArray[np.int64], distances: Floats) -> None:
        """Take pairs [P, 2] with their exact distances [P], in the range or not."""
        inside = (distances > self.low) & (distances <= self.high)
        with self._lock:
            self._total += int(np.count_nonzero(inside))
            close = inside & (np.abs(distances - self.nearest) <= self.radius)
            self._rows = np.concatenate([self._rows, np.sort(rows[close], axis=1)])
            self._distances = np.concatenate([self._distances, distances[close]])
            self._cut()

    def found(self) -> FoundPairs:
        return FoundPairs(self._rows, self._distances, self._total)

    def _cut(self) -> None:
        apart = np.abs(self._distances - self.nearest)
        if len(apart) > self.limit:
            kept = apart <= np.partition(apart, self.limit - 1)[self.limit - 1]
            self._rows, self._distances, apart = self._rows[kept], self._distances[kept], apart[kept]
        order = np.lexsort((self._rows[:, 1], self._rows[:, 0], apart))[: self.limit]
        self._rows, self._distances = self._rows[order], self._distances[order]
        if len(order) == self.limit:
            self.radius = float(apart[order[-1]])


class _Search:
    """One pass over all pairs; only those that may be among the nearest, or not in the range, are measured."""

    def __init__(self, tiles: "PairTiles", kept: _Nearest, genuine: bool) -> None:
        from core.evaluation.pair_tiles import COLUMNS, THREADS

        self._tiles, self._kept, self._genuine = tiles, kept, genuine
        self._error = tiles.error()
        self._low, self._high = tiles.squared(kept.low), tiles.squared(kept.high)
        most = _ROWS_AT_ONCE * COLUMNS
        self._rooms = [(np.empty((most, 2), dtype=np.int32), np.empty(most)) for _ in range(THREADS)]

    def run(self, watch: "Watch | None") -> None:
        self._tiles.each(self._look, watch, genuine=self._genuine)

    def _look(self, part: "Part") -> None:
        count = len(part.tile[1])
        for start in range(0, count, _ROWS_AT_ONCE):
            self._look_at_rows(part, (start, min(start + _ROWS_AT_ONCE, count)))

    def _look_at_rows(self, part: "Part", rows: tuple[int, int]) -> None:
        from core.evaluation.pair_search_kernels import near_pairs

        tiles, kept, error = self._tiles, self._kept, self._error
        positions, squares = self._rooms[part.thread]
        possible, sure = (self._low - error, self._high + error), (self._low + error, self._high - error)
        near = tiles.squared(kept.nearest - kept.radius) - error, tiles.squared(kept.nearest + kept.radius) + error
        noted, beside = near_pairs(
            *part.tile, tiles.class_ends, tiles.groups, rows, self._genuine, possible, sure, near, positions, squares
        )
        needed = self._needed(squares[:noted], sure)
        beside += noted - int(np.count_nonzero(needed))
        kept.count(beside)
        for measured, distances in tiles.measured(positions[:noted][needed]):
            kept.add(tiles.order[measured], distances)

    def _needed(self, squares: Floats, sure: tuple[float, float]) -> NDArray[np.bool_]:
        """Which pairs, by their estimates, may be among the nearest of these alone, or perhaps not in the range."""
        inside = (squares > sure[0]) & (squares <= sure[1])
        if np.count_nonzero(inside) <= self._kept.limit:
            return np.ones(len(squares), dtype=np.bool_)
        ends = (self._tiles.distances(squares + off) - self._kept.nearest for off in (-self._error, self._error))
        below, above = ends
        at_most, at_least = np.maximum(-below, above), np.maximum(np.maximum(below, -above), 0.0)
        enough = np.partition(at_most[inside], self._kept.limit - 1)[self._kept.limit - 1]
        needed: NDArray[np.bool_] = ~inside | (at_least <= enough)
        return needed
