"""The curves of many samples at once, and figures of them; each curve runs straight between the same few edges."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class SampledRates:
    """Rates of R samples at K edges, and before the first.

    Parameters
    ----------
    genuine, impostor
        [R, K], pairs by bin; weighted counts need not be whole, and a few may be negative.
    distances
        [K], what pairs in each bin have on average.
    pairs
        How many genuine and impostor pairs were seen: precision and what follows from it keep to their ratio.
    """

    def __init__(self, genuine: Floats, impostor: Floats, distances: Floats, pairs: tuple[float, float]) -> None:
        self.tpr, self.fpr = _shares(genuine), _shares(impostor)
        """[R, K + 1], from 0 to 1"""
        self._distances = distances
        self._pairs = pairs

    def auc(self) -> Floats:
        """[R], by trapezia: pairs in one bin are ties."""
        return _area(self.fpr, self.tpr)

    def eer(self) -> Floats:
        """[R], where FPR = FNR."""
        excess = self.fpr + self.tpr - 1.0
        after = (excess >= 0).argmax(axis=1)[:, None]
        below, above = (np.take_along_axis(excess, after - back, axis=1)[:, 0] for back in (1, 0))
        before, behind = (np.take_along_axis(self.fpr, after - back, axis=1)[:, 0] for back in (1, 0))
        rates: Floats = (before * above - behind * below) / (above - below)
        return rates

    def tpr_at(self, fpr: float | Floats) -> Floats:
        """[R] or [R, F]."""
        return np.stack([np.interp(fpr, x, y) for x, y in zip(self.fpr, self.tpr, strict=True)])

    def partial_auc(self, max_fpr: float = 0.01) -> Floats:
        """[R], see `core.evaluation.figures.partial_auc`."""
        tpr = np.where(self.fpr <= max_fpr, self.tpr, self.tpr_at(max_fpr)[:, None])
        guessing = max_fpr**2 / 2
        return 0.5 * (1.0 + (_area(self.fpr.clip(max=max_fpr), tpr) - guessing) / (max_fpr - guessing))

    def average_precision(self) -> Floats:
        """[R], see `core.evaluation.figures.average_precision`."""
        genuine, impostor = (total * rates for total, rates in zip(self._pairs, (self.tpr, self.fpr), strict=True))
        accepted = genuine + impostor
        precision = np.where(accepted > 0, genuine / np.where(accepted > 0, accepted, 1.0), 1.0)
        return _area(self.tpr, precision)

    def min_dcf(self, prior: float = 0.01) -> Floats:
        """[R], see `core.evaluation.figures.min_dcf`."""
        cost = prior * (1.0 - self.tpr) + (1.0 - prior) * self.fpr
        least: Floats = cost.min(axis=1) / min(prior, 1.0 - prior)
        return least

    def d_prime(self) -> Floats:
        """[R], see `core.evaluation.figures.d_prime`; infinite where distances of one kind are all alike."""
        (near, narrow), (far, wide) = (self._moments(rates) for rates in (self.tpr, self.fpr))
        spread = np.sqrt((narrow + wide) / 2)
        apart: Floats = np.where(spread > 0, (far - near) / np.where(spread > 0, spread, 1.0), np.inf)
        return apart

    def _moments(self, rates: Floats) -> tuple[Floats, Floats]:
        """Mean and variance of the distances [R]."""
        shares = np.diff(rates, axis=1)
        mean: Floats = shares @ self._distances
        variance: Floats = shares @ self._distances**2 - mean**2
        return mean, variance.clip(min=0.0)


def _shares(counts: Floats) -> Floats:
    """Cumulative shares [R, K + 1], from 0 to 1."""
    summed = np.maximum.accumulate(counts.cumsum(axis=1).clip(min=0.0), axis=1)
    return np.concatenate([np.zeros((len(summed), 1)), summed / summed[:, -1:]], axis=1)


def _area(x: Floats, y: Floats) -> Floats:
    """Areas [R] below straight lines between points [R, K]."""
    area: Floats = np.einsum("rk,rk->r", np.diff(x, axis=1), (y[:, 1:] + y[:, :-1]) / 2)
    return area
