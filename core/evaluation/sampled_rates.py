"""The curves of many samples at once, and figures of them; each curve runs straight between the same few edges."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class SampledRates:
    """Rates of R samples at K edges, and before the first.

    Parameters
    ----------
    genuine, impostor
        [R, K], pairs by bin; weighted counts need not be whole.
    distances
        [K], what pairs in each bin have on average.
    pairs
        How many genuine and impostor pairs were seen: precision and what follows from it keep to their ratio.
    """

    def __init__(self, genuine: Floats, impostor: Floats, distances: Floats, pairs: tuple[int, int]) -> None:
        self.tpr, self.fpr = _shares(genuine), _shares(impostor)
        """[R, K + 1], from 0 to 1"""
        self._distances = distances
        self._pairs = pairs

    def auc(self) -> Floats:
        """[R], by trapezia: pairs in one bin are ties."""
        area: Floats = np.einsum("rk,rk->r", np.diff(self.fpr, axis=1), (self.tpr[:, 1:] + self.tpr[:, :-1]) / 2)
        return area

    def eer(self) -> Floats:
        """[R], where FPR = FNR."""
        excess = self.fpr + self.tpr - 1.0
        after = (excess >= 0).argmax(axis=1)
        rows = np.arange(len(excess))
        below, above = excess[rows, after - 1], excess[rows, after]
        share = below / (below - above)
        rates: Floats = self.fpr[rows, after - 1] * (1 - share) + self.fpr[rows, after] * share
        return rates

    def tpr_at(self, fpr: float | Floats) -> Floats:
        """[R] or [R, F]."""
        return np.stack([np.interp(fpr, x, y) for x, y in zip(self.fpr, self.tpr, strict=True)])

    def partial_auc(self, max_fpr: float = 0.01) -> Floats:
        """[R], see `core.evaluation.figures.partial_auc`."""
        at_end = self.tpr_at(max_fpr)
        fpr, tpr = self.fpr.clip(max=max_fpr), np.where(self.fpr <= max_fpr, self.tpr, at_end[:, None])
        area: Floats = np.einsum("rk,rk->r", np.diff(fpr, axis=1), (tpr[:, 1:] + tpr[:, :-1]) / 2)
        least = max_fpr**2 / 2
        standardised: Floats = (1 + (area - least) / (max_fpr - least)) / 2
        return standardised

    def average_precision(self) -> Floats:
        """[R], see `core.evaluation.figures.average_precision`; at the ratio of kinds of pairs that was seen."""
        genuine, impostor = self._pairs
        accepted = genuine * self.tpr[:, 1:] + impostor * self.fpr[:, 1:]
        precision = genuine * self.tpr[:, 1:] / np.where(accepted > 0, accepted, 1.0)
        area: Floats = np.einsum("rk,rk->r", np.diff(self.tpr, axis=1), precision)
        return area

    def min_dcf(self, prior: float = 0.01) -> Floats:
        """[R], see `core.evaluation.figures.min_dcf`; at equal costs."""
        cost = prior * (1 - self.tpr) + (1 - prior) * self.fpr
        least: Floats = cost.min(axis=1) / min(prior, 1 - prior)
        return least

    def d_prime(self) -> Floats:
        """[R], see `core.evaluation.figures.d_prime`; pairs in one bin have its average distance."""
        (near, narrow), (far, wide) = (self._moments(rates) for rates in (self.tpr, self.fpr))
        spread = np.sqrt((narrow + wide) / 2)
        apart: Floats = (far - near) / np.where(spread > 0, spread, np.nan)
        return apart

    def _moments(self, rates: Floats) -> tuple[Floats, Floats]:
        """Mean and variance of the distances [R]."""
        shares = np.diff(rates, axis=1)
        mean = shares @ self._distances
        return mean, shares @ self._distances**2 - mean**2

    @cached_property
    def count(self) -> int:
        """How many samples."""
        return len(self.tpr)


def _shares(counts: Floats) -> Floats:
    """Cumulative shares [R, K + 1], from 0 to 1."""
    summed = counts.clip(min=0.0).cumsum(axis=1)
    return np.concatenate([np.zeros((len(summed), 1)), summed / summed[:, -1:]], axis=1)
