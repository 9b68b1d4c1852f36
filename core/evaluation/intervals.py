"""How far figures may be off: what a bootstrap found, for whoever shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.evaluation.report import REPORTED_FPRS

Floats = NDArray[np.float64]


class Interval(NamedTuple):
    """The range that holds the truth in 95 of 100 samples of identities."""

    low: float
    high: float


class RateIntervals(NamedTuple):
    """Intervals of both rates at one threshold."""

    tpr: Interval
    fpr: Interval


@dataclass(frozen=True, eq=False)
class Band:
    """The curve's own uncertainty: between which TPRs it runs at each FPR, each for itself."""

    fpr: Floats
    """[K], ascending"""
    low: Floats
    """[K]"""
    high: Floats
    """[K]"""


@dataclass(frozen=True, eq=False)
class ThresholdBand:
    """Between which rates each threshold lies."""

    thresholds: Floats
    """[K], ascending"""
    limits: Floats
    """[K, 4]: TPR from and to, FPR from and to"""

    def at(self, threshold: float) -> RateIntervals:
        """Limits on the straight line between the two nearest thresholds."""
        last = len(self.thresholds) - 1
        place = min(max(int(self.thresholds.searchsorted(threshold)), 1), last)
        before, after = self.thresholds[place - 1], self.thresholds[place]
        share = min(max((threshold - before) / (after - before), 0.0), 1.0)
        found = self.limits[place - 1] * (1 - share) + self.limits[place] * share
        low, high, least, most = found.tolist()
        return RateIntervals(Interval(low, high), Interval(least, most))


@dataclass(frozen=True, eq=False)
class Confidence:
    """Intervals of a curve's figures; all None or empty where `reason` says why there are none."""

    identities: int
    reason: str | None = None
    auc: Interval | None = None
    eer: Interval | None = None
    tpr_at_fpr: Mapping[str, Interval | None] | None = None
    """By FPR, such as '0.01'; None where the curve has no figure there."""
    band: Band | None = None
    figures: Mapping[str, Interval] = field(default_factory=dict)
    """Of 'partial_auc', 'average_precision', 'min_dcf' and 'd_prime', see `core.evaluation.figures`."""
    rates: ThresholdBand | None = None

    def at_threshold(self, threshold: float) -> RateIntervals | None:
        """Intervals of TPR and FPR at any threshold, in microseconds; None where there are none.

        Raises
        ------
        ValueError
            where it is NaN.
        """
        if np.isnan(threshold):
            raise ValueError("threshold must be a number, found NaN")
        return None if self.rates is None else self.rates.at(threshold)

    def to_json(self) -> dict[str, Any]:
        """What `evaluate --json` prints of it: pairs of limits, null where there are none."""
        rates = self.tpr_at_fpr or dict.fromkeys((f"{fpr:g}" for fpr in REPORTED_FPRS), None)
        return {
            "auc_interval": self.auc,
            "eer_interval": self.eer,
            "tpr_at_fpr_interval": dict(rates),
        }
