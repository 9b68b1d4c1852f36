"""The verification curve: what every threshold on the distance accepts, and the operating points on it."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.evaluation.distance_counts import Counts, DistanceCounts, Floats

__all__ = ["ConfusionCounts", "DistanceHistogram", "Floats", "OperatingPoint", "RocPoints", "VerificationCurve"]

Kinds = tuple[DistanceCounts, DistanceCounts]
"""Of the genuine and of the impostor pairs."""


@dataclass(frozen=True)
class OperatingPoint:
    """A threshold with the shares of pairs it accepts; accept means `distance <= threshold`."""

    threshold: float
    """An observed distance, or -inf where nothing may be accepted."""
    tpr: float
    """Accepted share of genuine pairs."""
    fpr: float
    """Accepted share of impostor pairs."""


@dataclass(frozen=True)
class ConfusionCounts:
    """Pairs by truth and verdict at one threshold."""

    true_positives: int
    """Genuine pairs accepted."""
    false_positives: int
    """Impostor pairs accepted."""
    true_negatives: int
    """Impostor pairs rejected."""
    false_negatives: int
    """Genuine pairs rejected."""

    @property
    def tpr(self) -> float:
        """Accepted share of genuine pairs."""
        return self.true_positives / (self.true_positives + self.false_negatives)

    @property
    def fpr(self) -> float:
        """Accepted share of impostor pairs."""
        return self.false_positives / (self.false_positives + self.true_negatives)


class RocPoints(NamedTuple):
    """Points of the curve, thresholds ascending; float64 [K] each."""

    thresholds: Floats
    """Observed distances; the first one is -inf, which accepts nothing."""
    fpr: Floats
    tpr: Floats


class DistanceHistogram(NamedTuple):
    """Counts of both kinds of pairs between shared edges; the last bin holds its right edge."""

    edges: Floats
    """[K + 1]"""
    genuine: NDArray[np.int64]
    """[K]"""
    impostor: NDArray[np.int64]
    """[K]"""


class VerificationCurve:
    """ROC of a distance over genuine and impostor pairs, exact at every observed distance.

    Holds all distances, or where they are too many counts between the edges of bins (`core.evaluation.scanned`). At an
    edge, counts are known at once; where a question falls inside a bin, the pairs in it are measured first, which
    takes another pass over all pairs (`is_known` tells). Otherwise a question costs a binary search.

    Parameters
    ----------
    genuine, impostor
        Distances of the genuine pairs [G] and of the impostor pairs [I], in any order; or counts of them.
    resolve
        Takes upper edges of bins, measures the pairs in them, and returns all counts anew; only beside counts.
    rates
        FPRs whose operating points are measured in the first pass of that.

    Raises
    ------
    InputError
        where there are no pairs of one kind.
    ValueError
        where distances are not finite or not a list.
    """

    auc: float
    """Probability that a genuine pair is nearer than an impostor pair; ties count half, and so do pairs in one bin."""
    eer_point: OperatingPoint
    """Where FPR and FNR = 1 - TPR are nearest; the smaller threshold of two that are equally near."""

    def __init__(
        self,
        genuine: Floats | DistanceCounts,
        impostor: Floats | DistanceCounts,
        resolve: Callable[[Iterable[float]], Kinds] | None = None,
        rates: Sequence[float] = (),
    ) -> None:
        self.kinds: Kinds = (_counted(genuine, "genuine"), _counted(impostor, "impostor"))
        self._resolve = resolve
        self.genuine_pairs, self.impostor_pairs = (len(kind) for kind in self.kinds)
        self._measure(self._bins_for(rates) | self._bins_before(self._crossing()))
        self.eer_point = self._nearest_rates()
        self.auc = _auc(*self.kinds)

    @property
    def genuine(self) -> Floats:
        """Distances of the genuine pairs, ascending, read-only: of each pair, or as far as bins tell them apart."""
        return self.kinds[0].values

    @property
    def impostor(self) -> Floats:
        """Distances of the impostor pairs, as `genuine`."""
        return self.kinds[1].values

    @property
    def eer(self) -> float:
        """Mean of FPR and FNR at the threshold where they are nearest."""
        return (self.eer_point.fpr + 1.0 - self.eer_point.tpr) / 2

    # --- at a threshold

    def at_threshold(self, threshold: float) -> OperatingPoint:
        """Rates at any threshold.

        Raises
        ------
        ValueError
            where it is NaN.
        """
        counts = self.confusion_at(threshold)
        return OperatingPoint(float(threshold), counts.tpr, counts.fpr)

    def confusion_at(self, threshold: float) -> ConfusionCounts:
        """Counts at any threshold.

        Raises
        ------
        ValueError
            where it is NaN.
        """
        if math.isnan(threshold):
            raise ValueError("threshold must be a number, found NaN")
        self._measure_across(threshold)
        accepted_genuine, accepted_impostor = self._accepted(threshold)
        return ConfusionCounts(
            true_positives=accepted_genuine,
            false_positives=accepted_impostor,
            true_negatives=self.impostor_pairs - accepted_impostor,
            false_negatives=self.genuine_pairs - accepted_genuine,
        )

    def is_known(self, threshold: float) -> bool:
        """Whether the counts at a threshold take no pass over all pairs."""
        return not self._bins_across(threshold)

    def snapped(self, threshold: float) -> float:
        """The nearest threshold that `is_known`."""
        cut = self._cut(threshold)
        # Both kinds are counted in the same bins, so the edges of one are edges of the other.
        return min(cut[0], key=lambda edge: abs(edge - threshold)) if cut else threshold

    # --- at a rate

    def tpr_at_fpr(self, fpr: float) -> OperatingPoint:
        """The largest observed distance whose FPR is at most `fpr`; exact, never interpolated.

        Raises
        ------
        ValueError
            where `fpr` is outside 0..1.
        """
        allowed = self.allowed_errors(fpr)
        if allowed == self.impostor_pairs:
            return self.at_threshold(self._observed_below(math.inf))
        while bins := self._bins_for([fpr]):
            self._measure(bins)
        return self.at_threshold(self._observed_below(float(self.kinds[1].of_ranks(allowed))))

    def is_rate_known(self, fpr: float) -> bool:
        """Whether `tpr_at_fpr` takes no pass over all pairs.

        Raises
        ------
        ValueError
            where `fpr` is outside 0..1.
        """
        allowed = self.allowed_errors(fpr)
        limit = math.inf if allowed == self.impostor_pairs else float(self.kinds[1].of_ranks(allowed))
        hidden = self._bins_for([fpr]) or self._bins_across(limit)
        return not hidden and not max(kind.last_below(limit) for kind in self.kinds)[1]

    def known_threshold_near(self, fpr: float) -> float:
        """A threshold that `is_known` with an FPR close to `fpr`; that of `tpr_at_fpr` where it is known.

        Raises
        ------
        ValueError
            where `fpr` is outside 0..1.
        """
        if self.is_rate_known(fpr):
            return self.tpr_at_fpr(fpr).threshold
        return float(self.kinds[1].of_ranks(min(self.allowed_errors(fpr), self.impostor_pairs - 1)))

    def allowed_errors(self, fpr: float) -> int:
        """How many impostor pairs may be accepted at an FPR of at most `fpr`.

        Raises
        ------
        ValueError
            where `fpr` is outside 0..1.
        """
        if not 0.0 <= fpr <= 1.0:
            raise ValueError(f"fpr must be between 0 and 1, found {fpr}")
        # The product may be rounded either way; the rate itself decides.
        count = min(int(fpr * self.impostor_pairs) + 1, self.impostor_pairs)
        while count / self.impostor_pairs > fpr:
            count -= 1
        return count

    # --- as a whole

    def roc(self, max_points: int = 2000) -> RocPoints:
        """At most `max_points` points of the curve, from (0, 0) to (1, 1), each exactly where it lies.

        Of a longer curve it keeps points spaced evenly in log FPR, in FPR and in TPR, so that both a linear and a
        logarithmic axis are served.

        Raises
        ------
        ValueError
            where fewer than 10 points are asked for.
        """
        if max_points < 10:
            raise ValueError(f"max_points must be at least 10, found {max_points}")
        genuine, impostor = self.kinds
        if len(genuine.values) + len(impostor.values) < max_points:
            kept = np.concatenate([genuine.values, impostor.values])
        else:
            kept = self._spread_distances((max_points - 2) // 4)
        thresholds = np.concatenate([[-np.inf], np.unique(kept)])
        return RocPoints(
            thresholds,
            fpr=impostor.up_to(thresholds) / self.impostor_pairs,
            tpr=genuine.up_to(thresholds) / self.genuine_pairs,
        )

    def histogram(self, bins: int = 100) -> DistanceHistogram:
        """Counts of genuine and impostor distances in `bins` equal bins over the range of both.

        Raises
        ------
        ValueError
            where there is no bin.
        """
        if bins < 1:
            raise ValueError(f"bins must be at least 1, found {bins}")
        low, high = min(self.genuine[0], self.impostor[0]), max(self.genuine[-1], self.impostor[-1])
        edges = np.linspace(low, high, bins + 1) if high > low else np.linspace(low - 0.5, high + 0.5, bins + 1)
        genuine, impostor = (_between(kind, edges) for kind in self.kinds)
        return DistanceHistogram(edges, genuine, impostor)

    # --- what bins hide

    def _measure(self, edges: set[float]) -> None:
        """Measure the pairs in the bins below these edges."""
        if edges and self._resolve is not None:
            self.kinds = self._resolve(edges)

    def _measure_across(self, threshold: float) -> None:
        while bins := self._bins_across(threshold):  # a full bin is only divided at first
            self._measure(bins)

    def _bins_across(self, threshold: float) -> set[float]:
        return {end for _, end in self._cut(threshold)}

    def _cut(self, threshold: float) -> list[tuple[float, float]]:
        """Edges of the bins with pairs that a threshold cuts: of one kind, or the same of both."""
        return [edges for kind in self.kinds if (edges := kind.bin_across(threshold)) is not None]

    def _bins_for(self, fprs: Sequence[float]) -> set[float]:
        """Bins that the operating points at some rates lie in."""
        ranks = (rank for fpr in fprs if (rank := self.allowed_errors(fpr)) < self.impostor_pairs)
        return {edge for rank in ranks for edge in self._bins_before(float(self.kinds[1].of_ranks(rank)))}

    def _bins_before(self, value: float) -> set[float]:
        """The bin that ends at a value, and the one where the next smaller distance lies; none where it is no edge."""
        if not any(kind.is_edge(value) for kind in self.kinds):
            return set()
        before, is_edge = max(kind.last_below(value) for kind in self.kinds)
        return {value, before} if is_edge else {value}

    def _observed_below(self, limit: float) -> float:
        """The largest observed distance below `limit`, -inf where there is none."""
        self._measure_across(limit)
        value, is_edge = max(kind.last_below(limit) for kind in self.kinds)
        if not is_edge:
            return value
        self._measure({value})
        return self._observed_below(limit)

    # --- inside

    def _accepted(self, threshold: float) -> tuple[int, int]:
        """How many genuine and impostor pairs a threshold accepts."""
        genuine, impostor = self.kinds
        return int(genuine.up_to(threshold)), int(impostor.up_to(threshold))

    def _excess(self, threshold: float) -> int:
        """FPR - FNR in units of one genuine times one impostor pair: exact, and never falling with the threshold."""
        accepted_genuine, accepted_impostor = self._accepted(threshold)
        return accepted_impostor * self.genuine_pairs - (self.genuine_pairs - accepted_genuine) * self.impostor_pairs

    def _nearest_rates(self) -> OperatingPoint:
        while bins := self._bins_before(self._crossing()):
            self._measure(bins)
        crossing = self._crossing()
        before = self._observed_below(crossing)
        nearer = before if math.isfinite(before) and -self._excess(before) <= self._excess(crossing) else crossing
        return self.at_threshold(nearer)

    def _crossing(self) -> float:
        """The smallest value at which FPR >= FNR."""
        return min(found for kind in self.kinds if (found := self._first_not_below(kind.values)) is not None)

    def _first_not_below(self, values: Floats) -> float | None:
        """The smallest of some ascending values at which FPR >= FNR; None where it is below at all of them."""
        low, high = 0, len(values)
        while low < high:
            middle = (low + high) // 2
            if self._excess(values[middle]) < 0:
                low = middle + 1
            else:
                high = middle
        return float(values[low]) if low < len(values) else None

    def _spread_distances(self, share: int) -> Floats:
        """Up to 4 · share + 1 values for a drawing, the largest one among them."""
        genuine, impostor = self.kinds
        logarithmic = np.unique(np.geomspace(1, self.impostor_pairs, share).round().astype(np.int64)) - 1
        steps = impostor.of_ranks(logarithmic)
        # The corner before each step right: the largest genuine distance below it.
        corners = genuine.values[np.maximum(np.searchsorted(genuine.values, steps, side="left") - 1, 0)]
        return np.concatenate(
            [
                steps,
                corners,
                impostor.of_ranks(np.linspace(0, self.impostor_pairs - 1, share).astype(np.int64)),
                genuine.of_ranks(np.linspace(0, self.genuine_pairs - 1, share).astype(np.int64)),
                [max(genuine.values[-1], impostor.values[-1])],
            ]
        )


def _counted(distances: Floats | DistanceCounts, kind: str) -> DistanceCounts:
    if isinstance(distances, DistanceCounts):
        counts = distances
    else:
        values = np.array(distances, dtype=np.float64)
        if values.ndim != 1:
            raise ValueError(
                f"{kind} distances must be a list of numbers, found an array of shape {list(values.shape)}"
            )
        values.sort()
        # NaN sorts to the end, so both ends tell whether all are finite.
        if len(values) and not (math.isfinite(values[0]) and math.isfinite(values[-1])):
            raise ValueError(f"{kind} distances must be finite, found {values[np.argmin(np.isfinite(values))]}")
        values.setflags(write=False)
        counts = DistanceCounts.of_sorted(values)
    if not len(counts):
        raise InputError(f"a verification curve needs {kind} pairs, found none")
    return counts


def _auc(genuine: DistanceCounts, impostor: DistanceCounts) -> float:
    nearer = int((impostor.below(genuine.values) * genuine.counts).sum(dtype=np.int64))
    not_farther = int((impostor.up_to(genuine.values) * genuine.counts).sum(dtype=np.int64))
    return 1.0 - (nearer + not_farther) / (2 * len(genuine) * len(impostor))


def _between(kind: DistanceCounts, edges: Floats) -> Counts:
    """Pairs between edges; the last one belongs to its bin."""
    places = kind.below(edges)
    places[-1] = kind.up_to(edges[-1])
    return np.diff(places)
