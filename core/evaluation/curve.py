"""The verification curve: what every threshold on the distance accepts, and the operating points on it."""

import math
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError

Floats = NDArray[np.float64]


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


@dataclass(frozen=True, eq=False)
class VerificationCurve:
    """ROC of a distance over genuine and impostor pairs, exact at every observed distance.

    Holds all distances, so build it once and ask it often: a question costs a binary search.

    Raises
    ------
    InputError
        where there are no pairs of one kind.
    ValueError
        where distances are not finite or not a list.
    """

    genuine: Floats
    """Distances of the genuine pairs [G], ascending, read-only; any order when handed in."""
    impostor: Floats
    """Distances of the impostor pairs [I], ascending, read-only; any order when handed in."""
    auc: float = field(init=False)
    """Probability that a genuine pair is nearer than an impostor pair; ties count half."""
    eer_point: OperatingPoint = field(init=False)
    """Where FPR and FNR = 1 - TPR are nearest; the smaller threshold of two that are equally near."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "genuine", _sorted(self.genuine, "genuine"))
        object.__setattr__(self, "impostor", _sorted(self.impostor, "impostor"))
        object.__setattr__(self, "auc", _auc(self.genuine, self.impostor))
        object.__setattr__(self, "eer_point", self._nearest_rates())

    @property
    def genuine_pairs(self) -> int:
        """How many genuine pairs there are."""
        return len(self.genuine)

    @property
    def impostor_pairs(self) -> int:
        """How many impostor pairs there are."""
        return len(self.impostor)

    @property
    def eer(self) -> float:
        """Mean of FPR and FNR at the threshold where they are nearest."""
        return (self.eer_point.fpr + 1.0 - self.eer_point.tpr) / 2

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
        accepted_genuine, accepted_impostor = self._accepted(threshold)
        return ConfusionCounts(
            true_positives=accepted_genuine,
            false_positives=accepted_impostor,
            true_negatives=self.impostor_pairs - accepted_impostor,
            false_negatives=self.genuine_pairs - accepted_genuine,
        )

    def tpr_at_fpr(self, fpr: float) -> OperatingPoint:
        """The largest observed distance whose FPR is at most `fpr`; exact, never interpolated.

        Raises
        ------
        ValueError
            where `fpr` is outside 0..1.
        """
        allowed = self.allowed_errors(fpr)
        if allowed == self.impostor_pairs:
            return self.at_threshold(max(self.genuine[-1], self.impostor[-1]))
        return self.at_threshold(self._observed_below(self.impostor[allowed]))

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
        if self.genuine_pairs + self.impostor_pairs < max_points:
            kept = np.concatenate([self.genuine, self.impostor])
        else:
            kept = self._spread_distances((max_points - 2) // 4)
        thresholds = np.concatenate([[-np.inf], np.unique(kept)])
        return RocPoints(
            thresholds,
            fpr=np.searchsorted(self.impostor, thresholds, side="right") / self.impostor_pairs,
            tpr=np.searchsorted(self.genuine, thresholds, side="right") / self.genuine_pairs,
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
        low = min(self.genuine[0], self.impostor[0])
        high = max(self.genuine[-1], self.impostor[-1])
        edges = np.linspace(low, high, bins + 1) if high > low else np.linspace(low - 0.5, high + 0.5, bins + 1)
        return DistanceHistogram(edges, _counts(self.genuine, edges), _counts(self.impostor, edges))

    def _accepted(self, threshold: float) -> tuple[int, int]:
        """How many genuine and impostor pairs a threshold accepts."""
        return (
            int(np.searchsorted(self.genuine, threshold, side="right")),
            int(np.searchsorted(self.impostor, threshold, side="right")),
        )

    def _observed_below(self, limit: float) -> float:
        """The largest observed distance below `limit`, -inf where there is none."""
        places = ((kind, int(np.searchsorted(kind, limit, side="left"))) for kind in (self.genuine, self.impostor))
        return max((float(kind[place - 1]) for kind, place in places if place > 0), default=-math.inf)

    def _excess(self, threshold: float) -> int:
        """FPR - FNR in units of one genuine times one impostor pair: exact, and never falling with the threshold."""
        accepted_genuine, accepted_impostor = self._accepted(threshold)
        return accepted_impostor * self.genuine_pairs - (self.genuine_pairs - accepted_genuine) * self.impostor_pairs

    def _nearest_rates(self) -> OperatingPoint:
        crossing = min(
            (found for kind in (self.genuine, self.impostor) if (found := self._first_not_below(kind)) is not None),
        )
        before = self._observed_below(crossing)
        nearer = before if math.isfinite(before) and -self._excess(before) <= self._excess(crossing) else crossing
        return self.at_threshold(nearer)

    def _first_not_below(self, kind: Floats) -> float | None:
        """The smallest distance of one kind at which FPR >= FNR; None where it is below at all of them."""
        low, high = 0, len(kind)
        while low < high:
            middle = (low + high) // 2
            if self._excess(kind[middle]) < 0:
                low = middle + 1
            else:
                high = middle
        return float(kind[low]) if low < len(kind) else None

    def _spread_distances(self, share: int) -> Floats:
        """Up to 4 · share + 1 observed distances for a drawing, the largest one among them."""
        genuine, impostor = self.genuine, self.impostor
        logarithmic = np.unique(np.geomspace(1, len(impostor), share).round().astype(np.int64)) - 1
        steps = impostor[logarithmic]
        # The corner before each step right: the largest genuine distance below it.
        corners = genuine[np.maximum(np.searchsorted(genuine, steps, side="left") - 1, 0)]
        return np.concatenate(
            [
                steps,
                corners,
                impostor[np.linspace(0, len(impostor) - 1, share).astype(np.int64)],
                genuine[np.linspace(0, len(genuine) - 1, share).astype(np.int64)],
                [max(genuine[-1], impostor[-1])],
            ]
        )


def _sorted(distances: Floats, kind: str) -> Floats:
    values = np.array(distances, dtype=np.float64)
    if values.ndim != 1:
        raise ValueError(f"{kind} distances must be a list of numbers, found an array of shape {list(values.shape)}")
    if not len(values):
        raise InputError(f"a verification curve needs {kind} pairs, found none")
    # NaN sorts to the end, so both ends tell whether all are finite.
    values.sort()
    if not (math.isfinite(values[0]) and math.isfinite(values[-1])):
        raise ValueError(f"{kind} distances must be finite, found {values[np.argmin(np.isfinite(values))]}")
    values.setflags(write=False)
    return values


def _auc(genuine: Floats, impostor: Floats) -> float:
    nearer = np.searchsorted(impostor, genuine, side="left").sum(dtype=np.int64)
    not_farther = np.searchsorted(impostor, genuine, side="right").sum(dtype=np.int64)
    return 1.0 - (int(nearer) + int(not_farther)) / (2 * len(genuine) * len(impostor))


def _counts(values: Floats, edges: Floats) -> NDArray[np.int64]:
    places = np.searchsorted(values, edges, side="left")
    places[-1] = np.searchsorted(values, edges[-1], side="right")
    return np.diff(places).astype(np.int64)
