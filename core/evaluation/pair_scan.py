"""Passes over all pairs of a set of embeddings, without holding their distances."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.distances import Array, Distance
from core.evaluation.pair_notes import MOST_EMBEDDINGS, PairNotes, expected_ranges
from core.evaluation.pair_tiles import COLUMNS, ROWS, THREADS, Counts, Floats, PairTiles, Part
from core.watch import Watch

__all__ = ["BINS", "Bins", "CountedDistances", "PairHistogram", "PairScan", "Watch"]

Scale = tuple[float, bool, float, float, float]
"""See `core.evaluation.pair_kernels.Scale`; importing it from there would compile."""

BINS = 1 << 16
_BINS_AROUND = 8.0
"""Bins by which single precision may be off."""
_HELD_AT_ONCE = 1 << 22
"""Distances kept before equal ones are counted together."""


@dataclass(frozen=True)
class Bins:
    """Equal bins of a distance: bin k holds what is above edge k and not above edge k + 1."""

    origin: float
    width: float
    count: int = BINS

    @property
    def edges(self) -> Floats:
        """Ends of the bins, [count + 1]."""
        return self.origin + self.width * np.arange(self.count + 1, dtype=np.float64)

    @property
    def first_edge(self) -> float:
        """The smallest edge above 0."""
        edges = self.edges
        return float(edges[edges > 0][0])

    def within(self, index: int) -> "Bins":
        """The bins that divide bin `index` further."""
        return Bins(self.origin + self.width * index, self.width / self.count, self.count)


@dataclass(frozen=True, eq=False)
class PairHistogram:
    """How many genuine and impostor pairs have a distance in each bin; exact."""

    bins: Bins
    genuine: Counts
    """[K]"""
    impostor: Counts
    """[K]"""

    def __add__(self, other: "PairHistogram") -> "PairHistogram":
        """Both together: of two blocks, or of two processes.

        Raises
        ------
        ValueError
            where the bins differ.
        """
        if self.bins != other.bins:
            raise ValueError(f"histograms must have the same bins, found {self.bins} and {other.bins}")
        return PairHistogram(self.bins, self.genuine + other.genuine, self.impostor + other.impostor)


@dataclass(frozen=True, eq=False)
class CountedDistances:
    """Distinct distances, ascending, with how many pairs have each."""

    values: Floats
    """[V]"""
    counts: Counts
    """[V]"""


class PairScan:
    """All N(N-1)/2 pairs of embeddings but those within groups, passed over block by block.

    Distances are first estimated by matrix products in float64, with a known bound of error; every pair that the bound
    leaves in doubt is measured by `exact_distances`, so that all counts and values are exactly those of measuring
    and sorting all of them.

    Parameters as `PairTiles`.

    Raises
    ------
    InputError, ValueError
        as `PairTiles`.
    """

    def __init__(
        self, embeddings: Array, labels: Array, distance: str | Distance = "cosine", groups: Array | None = None
    ) -> None:
        self.tiles = PairTiles(embeddings, labels, distance, groups)

    def __len__(self) -> int:
        return len(self.tiles)

    def bins(self) -> Bins:
        """Bins that hold every distance."""
        farthest = torch.tensor([self.tiles.farthest_squared], dtype=torch.float64)
        width = float(self.tiles.from_squared(farthest)) / (BINS - 2) or 1.0
        return Bins(-width / 2, width)

    def expected_notes(self, bins: Bins, fprs: Sequence[float]) -> PairNotes:
        """Notes of the bins where the EER and the operating points at some rates probably lie."""
        if len(self) > MOST_EMBEDDINGS:
            return PairNotes(np.zeros(0, dtype=np.bool_))
        watched = np.zeros(bins.count + 2, dtype=np.bool_)
        for low, high in expected_ranges(self.tiles, fprs):
            begin, end = np.searchsorted(bins.edges, [low, high])
            watched[max(begin - 1, 1) : min(end + 2, bins.count + 1)] = True
        return PairNotes(watched)

    def histogram(
        self, bins: Bins | None = None, watch: Watch | None = None, notes: PairNotes | None = None
    ) -> PairHistogram:
        """Count all pairs by bin; those outside the bins are left out.

        Parameters
        ----------
        bins
            Where None, `bins`.
        watch
            Takes the share of all pairs that is done, before each block of rows; may raise Cancelled.
        notes
            Take the pairs in the bins that they watch.

        Raises
        ------
        Cancelled
            where `watch` said so.
        """
        from core.evaluation.pair_kernels import count_pairs

        bins, tiles = bins or self.bins(), self.tiles
        edges = bins.edges
        totals = np.zeros((THREADS, 2, bins.count + 2), dtype=np.int64)
        scale, rooms = self._scale(bins, bins.first_edge, torch.float64), _rooms()
        notes = notes or PairNotes(np.zeros(0, dtype=np.bool_))
        sheets = [np.empty(len(room), dtype=np.int64) for room in rooms]

        def count(part: Part) -> None:
            counts, room, sheet = totals[part.thread], rooms[part.thread], sheets[part.thread]
            found, noted = count_pairs(
                *part.tile, tiles.class_ends, tiles.groups, scale, counts, room, notes.watched, sheet
            )
            notes.add(part.thread, sheet[:noted])
            for positions, distances in tiles.measured(room[:found]):
                kinds = np.where(tiles.is_genuine(positions), 0, 1)
                np.add.at(counts, (kinds, np.searchsorted(edges, distances, side="left")), 1)

        tiles.each(count, watch)
        return PairHistogram(bins, *totals.sum(axis=0)[:, 1:-1])

    def distances_in(
        self, bins: Bins, wanted: NDArray[np.bool_], watch: Watch | None = None, notes: PairNotes | None = None
    ) -> tuple[CountedDistances, CountedDistances]:
        """Exact distances of the genuine and of the impostor pairs that stand in the wanted bins, bool [K].

        Without a pass where the notes of a histogram of these bins cover them.

        Raises
        ------
        Cancelled
            where `watch` said so.
        """
        tiles, edges = self.tiles, bins.edges
        kept = [(_Tally(), _Tally()) for _ in range(THREADS)]

        def keep(thread: int, found: NDArray[np.int32]) -> None:
            for positions, distances in tiles.measured(found):
                same = tiles.is_genuine(positions)
                places = np.searchsorted(edges, distances, side="left") - 1
                inside = (places >= 0) & (places < bins.count) & wanted[places.clip(0, bins.count - 1)]
                for tally, kind in zip(kept[thread], (same, ~same), strict=True):
                    tally.add(distances[inside & kind])

        noted = _widened(wanted, self._scale(bins, bins.first_edge, torch.float64)[-1])
        if notes is not None and notes.cover(noted):
            keep(0, notes.within(noted))
        else:
            self._find(bins, wanted, keep, watch)
        genuine, impostor = (_Tally.joined(kind) for kind in zip(*kept, strict=True))
        return genuine, impostor

    def _find(
        self,
        bins: Bins,
        wanted: NDArray[np.bool_],
        keep: Callable[[int, NDArray[np.int32]], None],
        watch: Watch | None,
    ) -> None:
        """Hand the positions of all pairs on that may stand in the wanted bins, and by which thread."""
        from core.evaluation.pair_kernels import find_pairs

        tiles, rooms = self.tiles, _rooms()
        nearest = max(float(bins.edges[:-1][wanted].min(initial=np.inf)), bins.first_edge)
        # What is found is measured anyway, so single precision does where it leaves few more to measure.
        single = self._scale(bins, nearest, torch.float32)
        dtype = torch.float32 if single[-1] <= _BINS_AROUND else torch.float64
        scale = single if dtype == torch.float32 else self._scale(bins, nearest, dtype)
        around = _widened(wanted, scale[-1])

        def find(part: Part) -> None:
            room = rooms[part.thread]
            found = find_pairs(*part.tile, tiles.groups, scale, around, room)
            keep(part.thread, room[:found])

        tiles.each(find, watch, dtype=dtype)

    def _scale(self, bins: Bins, nearest: float, dtype: torch.dtype) -> Scale:
        """What the kernels need to place a squared distance, and how far, in bins, they may be off.

        A root is off the more the smaller it is, so `nearest` is the least distance that matters.
        """
        tiles = self.tiles
        error = tiles.error(dtype)
        if tiles.root:
            error /= nearest
        return tiles.factor, tiles.root, bins.origin, 1.0 / bins.width, tiles.factor * error / bins.width + 1e-9


def _rooms() -> list[NDArray[np.int32]]:
    """For each thread, room for the positions [P, 2] of all pairs of a tile."""
    return [np.empty((ROWS * COLUMNS, 2), dtype=np.int32) for _ in range(THREADS)]


def _widened(wanted: NDArray[np.bool_], by: float) -> NDArray[np.bool_]:
    """Wanted bins [K] and those so many bins away [K + 2], as `find_pairs` takes them."""
    found = np.zeros(len(wanted) + 2, dtype=np.bool_)
    reach = min(math.ceil(by), len(wanted))
    for place in np.flatnonzero(wanted) + 1:
        found[max(place - reach, 0) : place + reach + 1] = True
    return found


class _Tally:
    """Distances, equal ones counted together from time to time."""

    def __init__(self) -> None:
        self._values: list[Floats] = []
        self._counts: list[Counts] = []
        self._held = 0

    def add(self, distances: Floats) -> None:
        """Count more distances."""
        self._values.append(distances)
        self._counts.append(np.ones(len(distances), dtype=np.int64))
        self._held += len(distances)
        if self._held > _HELD_AT_ONCE:
            self._merge()

    @staticmethod
    def joined(tallies: Sequence["_Tally"]) -> CountedDistances:
        """All of several tallies."""
        whole = _Tally()
        for tally in tallies:
            whole._values += tally._values
            whole._counts += tally._counts
        whole._merge()
        return CountedDistances(whole._values[0], whole._counts[0])

    def _merge(self) -> None:
        values, places = np.unique(np.concatenate([*self._values, np.empty(0)]), return_inverse=True)
        counts = np.zeros(len(values), dtype=np.int64)
        np.add.at(counts, places, np.concatenate([*self._counts, np.empty(0, dtype=np.int64)]))
        self._values, self._counts, self._held = [values], [counts], 0
