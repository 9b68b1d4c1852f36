"""The verification curve of so many pairs that their distances cannot be held."""

from collections.abc import Iterable, Sequence

import numpy as np

from core.evaluation.curve import Kinds, VerificationCurve
from core.evaluation.distance_counts import Counts, DistanceCounts, Floats
from core.evaluation.pair_notes import PairNotes
from core.evaluation.pair_scan import Bins, PairHistogram, PairScan
from core.watch import Watch

MOST_MEASURED = 1 << 23
"""Pairs of one bin that are measured one by one; a fuller bin is divided first."""
FINEST = 1e-9
"""Share of the largest distance below which a bin is not divided: what is left in it are ties."""


def scanned_curve(scan: PairScan, fprs: Sequence[float] = (), watch: Watch | None = None) -> VerificationCurve:
    """Measure the curve by passes over all pairs: one that counts, and few that measure where it matters.

    Operating points are exactly those of measuring and sorting all distances. In the AUC, pairs in one of 65,536 bins
    count as ties.

    Parameters
    ----------
    scan
        The pairs.
    fprs
        Rates whose operating points are measured at once, together with the EER's; others take a pass when asked for.
    watch
        See `core.evaluation.pair_scan.Watch`.

    Raises
    ------
    Cancelled
        where `watch` said so.
    """
    bins = scan.bins()
    notes = scan.expected_notes(bins, fprs)
    resolver = _Resolver(scan, scan.histogram(bins, watch, notes), notes, watch)
    curve = VerificationCurve(*resolver.kinds(), resolver, rates=fprs)
    resolver.settle()
    return curve


class _Levels:
    """One kind of pairs: what `DistanceCounts` is made of, ascending."""

    def __init__(self, values: Floats, begins: Floats, counts: Counts) -> None:
        self._values, self._begins, self._counts = values, begins, counts

    def counts(self) -> DistanceCounts:
        """The levels with pairs."""
        return DistanceCounts.of_levels(self._values, self._begins, self._counts)

    def replace(self, edges: Floats, values: Floats, begins: Floats, counts: Counts) -> None:
        """Put finer levels in place of the bins below some edges."""
        kept = ~np.isin(self._values, edges) | (self._begins == self._values)
        joined = np.concatenate([self._values[kept], values])
        order = joined.argsort(kind="stable")
        self._values = joined[order]
        self._begins = np.concatenate([self._begins[kept], begins])[order]
        self._counts = np.concatenate([self._counts[kept], counts])[order]


class _Resolver:
    """Measures the pairs in bins, and keeps what has been found so far."""

    def __init__(self, scan: PairScan, histogram: PairHistogram, notes: PairNotes, watch: Watch | None) -> None:
        self._scan, self._watch = scan, watch
        self._notes: PairNotes | None = notes
        self._divisions = [histogram]
        edges = histogram.bins.edges
        self._levels = tuple(
            _Levels(edges[1:], edges[:-1], counts) for counts in (histogram.genuine, histogram.impostor)
        )

    def __call__(self, edges: Iterable[float]) -> Kinds:
        """Measure the pairs in the bins below these edges."""
        for division in tuple(self._divisions):
            places = np.flatnonzero(np.isin(division.bins.edges[1:], list(edges)))
            full = division.genuine[places] + division.impostor[places] > MOST_MEASURED
            full &= division.bins.width > FINEST * self._divisions[0].bins.edges[-1]
            for place in places[full]:
                self._divide(division.bins, int(place))
            self._measure(division.bins, places[~full])
        return self.kinds()

    def kinds(self) -> Kinds:
        """All counts, as far as they are known."""
        genuine, impostor = (levels.counts() for levels in self._levels)
        return genuine, impostor

    def settle(self) -> None:
        """What follows is asked by others than who began, and is not in the notes."""
        self._watch = self._notes = None

    def _divide(self, bins: Bins, place: int) -> None:
        finer = self._scan.histogram(bins.within(place), self._watch)
        edges = finer.bins.edges
        for levels, counts in zip(self._levels, (finer.genuine, finer.impostor), strict=True):
            levels.replace(bins.edges[[place + 1]], edges[1:], edges[:-1], counts)
        self._divisions.append(finer)

    def _measure(self, bins: Bins, places: Counts) -> None:
        if not len(places):
            return
        wanted = np.zeros(bins.count, dtype=np.bool_)
        wanted[places] = True
        notes = self._notes if bins == self._divisions[0].bins else None
        found = self._scan.distances_in(bins, wanted, self._watch, notes)
        for levels, measured in zip(self._levels, found, strict=True):
            levels.replace(bins.edges[places + 1], measured.values, measured.values, measured.counts)
