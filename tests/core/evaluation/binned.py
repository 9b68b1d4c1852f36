"""A curve of few pairs that is counted in bins, as one of very many pairs is."""

import numpy as np

from core.evaluation.curve import VerificationCurve
from core.evaluation.distance_counts import DistanceCounts


class Bins:
    """Counts the pairs of a curve between edges, and tells apart those in the bins that it is asked for."""

    def __init__(self, curve: VerificationCurve, bins: int) -> None:
        self._kinds = curve.kinds
        self._edges = np.linspace(0, 2, bins + 1)
        self._measured: set[float] = set()

    def __call__(self, edges=()):
        self._measured |= set(edges)
        return tuple(self._counted(kind) for kind in self._kinds)

    def _counted(self, kind: DistanceCounts) -> DistanceCounts:
        ends = self._edges[np.searchsorted(self._edges, kind.values)]
        values = np.where(np.isin(ends, list(self._measured)), kind.values, ends)
        begins = np.where(values == kind.values, values, ends - self._edges[1])
        distinct, first, counts = np.unique(values, return_index=True, return_counts=True)
        return DistanceCounts.of_levels(distinct, begins[first], counts)


def binned(curve: VerificationCurve, bins: int) -> VerificationCurve:
    """The same pairs as counts between edges, but where the EER and an FPR of 1 % lie."""
    counted = Bins(curve, bins)
    return VerificationCurve(*counted(), counted, rates=(0.01,))
