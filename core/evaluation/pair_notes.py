"""Pairs that a first pass notes because a second one would look for them: near the EER, and near the reported rates."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.evaluation.evaluated import NO_GROUP
from core.evaluation.pair_tiles import THREADS, Counts, Floats, PairTiles

PLACE, ROW = 46, 23
"""Bits of a note from which on it is the place among the bins, and the row; below is the column."""
MOST_EMBEDDINGS = 1 << ROW
MOST_NOTED = 1 << 25
"""Pairs of 8 bytes; what would be more is looked for in a second pass instead."""
_LEAST_DRAWN, _MOST_DRAWN = 1 << 14, 1 << 20
_SHARE_DRAWN = 3e-4
_DEVIATIONS = 4.0
"""How far a rate may be off that is counted in drawn pairs, in standard deviations."""


class PairNotes:
    """Positions of pairs in watched bins; threads write to lists of their own.

    Parameters
    ----------
    watched
        [K + 2], bin k at k + 1; never the places outside the bins. [0] for none.
    """

    def __init__(self, watched: NDArray[np.bool_]) -> None:
        self.watched = watched
        self._notes: list[list[Counts]] = [[] for _ in range(THREADS)]
        self._counts = [0] * THREADS

    def add(self, thread: int, notes: Counts) -> None:
        """Keep a copy of notes, int64 [P]: place in `watched`, row and column, see `PLACE`. Of too many, keep none."""
        self._counts[thread] += len(notes)
        if self._counts[thread] <= MOST_NOTED // THREADS:
            self._notes[thread].append(notes.copy())
        else:
            self.watched = np.zeros(0, dtype=np.bool_)
            self._notes[thread].clear()

    def cover(self, wanted: NDArray[np.bool_]) -> bool:
        """Whether all pairs in the wanted bins, [K + 2], have been noted."""
        return len(self.watched) == len(wanted) and not (wanted & ~self.watched).any()

    def within(self, wanted: NDArray[np.bool_]) -> NDArray[np.int32]:
        """Positions [P, 2] of the pairs that seem to stand in wanted bins, [K + 2]."""
        chosen = [notes[wanted[notes >> PLACE]] for kept in self._notes for notes in kept]
        notes = np.concatenate([*chosen, np.empty(0, dtype=np.int64)]) & ((1 << PLACE) - 1)
        return np.stack([notes >> ROW, notes & ((1 << ROW) - 1)], axis=1).astype(np.int32)


def expected_ranges(tiles: PairTiles, fprs: Sequence[float], seed: int = 0) -> list[tuple[float, float]]:
    """Distances between which the EER and the operating points at some rates probably lie, by drawing pairs.

    What follows from them is never less exact, only slower, where they are wrong.
    """
    count = int(np.clip(_SHARE_DRAWN * len(tiles) ** 2 / 2, _LEAST_DRAWN, _MOST_DRAWN))
    generator = np.random.default_rng(seed)
    impostor = _distances(tiles, _impostor_pairs(tiles, count, generator))
    genuine = _distances(tiles, _genuine_pairs(tiles, min(count, 4 * _LEAST_DRAWN), generator))
    if not len(impostor) or not len(genuine):
        return []
    return [_around_eer(genuine, impostor), *(_around_rate(impostor, fpr) for fpr in fprs)]


def _around_rate(impostor: Floats, fpr: float) -> tuple[float, float]:
    count = len(impostor)
    off = _DEVIATIONS * (max(fpr * (1.0 - fpr), 1.0 / count) / count) ** 0.5
    low, high = int((fpr - off) * count), int((fpr + off) * count) + 1
    return (float(impostor[low]) if low > 0 else -np.inf), float(impostor[min(high, count - 1)])


def _around_eer(genuine: Floats, impostor: Floats) -> tuple[float, float]:
    distances = np.sort(np.concatenate([genuine, impostor]))
    fpr = np.searchsorted(impostor, distances, side="right") / len(impostor)
    excess = fpr - 1.0 + np.searchsorted(genuine, distances, side="right") / len(genuine)
    rate = float(fpr[int((excess < 0.0).sum())])  # the excess is 1 at last
    least = 1.0 / len(genuine) + 1.0 / len(impostor)
    off = _DEVIATIONS * (max(rate * (1.0 - rate), least) * least) ** 0.5
    inside = distances[np.abs(excess) <= off]
    return (float(inside[0]), float(inside[-1])) if len(inside) else (np.inf, -np.inf)


def _distances(tiles: PairTiles, positions: Counts) -> Floats:
    """Ascending, as good as rounding, of the pairs that are not within a group."""
    from core.evaluation.pair_kernels import squared_between

    apart = (tiles.groups[positions[:, 0]] != tiles.groups[positions[:, 1]]) | (
        tiles.groups[positions[:, 0]] == NO_GROUP
    )
    return np.sort(tiles.distances(squared_between(tiles.vectors, positions[apart])))


def _impostor_pairs(tiles: PairTiles, count: int, generator: np.random.Generator) -> Counts:
    drawn = generator.integers(0, len(tiles), (count, 2))
    return drawn[~tiles.is_genuine(drawn)]


def _genuine_pairs(tiles: PairTiles, count: int, generator: np.random.Generator) -> Counts:
    """Each as likely as the other: a first image as often as it has later ones of its class."""
    later = (tiles.class_ends - np.arange(1, len(tiles) + 1)).cumsum()
    drawn = generator.integers(0, later[-1], count) if later[-1] else np.empty(0, dtype=np.int64)
    first = np.searchsorted(later, drawn, side="right")
    return np.stack([first, tiles.class_ends[first] - (later[first] - drawn)], axis=1)
