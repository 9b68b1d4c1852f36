"""Samples of identities drawn with replacement, and limits of figures from them.

Pairs that share an identity are not independent, so identities are what is drawn (Poh and Bengio, Performance
Generalization in Biometric Authentication Using Joint User-Specific and Sample Bootstraps, 2007). An identity that is
drawn twice counts as two; pairs between its copies are left out. A replicate only weighs counts, so distances are
measured once. Of more than some hundred identities the counts of pairs are held by identity, and the weight m · n of
a pair becomes m + n - 1, which differs by terms that vanish with their number. The limits are bias-corrected and
accelerated (Efron, Better Bootstrap Confidence Intervals, 1987), the acceleration by leaving out one identity at a
time: figures near 1 are skewed, and plain percentiles would miss them more often than said.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from core.evaluation.identity_counts import IdentityCounts
from core.evaluation.intervals import Interval
from core.evaluation.pair_scan import Watch
from core.evaluation.sampled_rates import SampledRates

Floats = NDArray[np.float64]
Figure = Callable[[SampledRates], Floats]
"""Takes [R] or [R, F] figures of R samples."""

LEVEL = 0.95
_SAMPLES_AT_ONCE = 50


@dataclass(frozen=True, eq=False)
class Samples:
    """Rates of the identities as they are, as drawn, and without one of them."""

    seen: SampledRates
    drawn: SampledRates
    without_one: SampledRates

    def limits(self, figures: Figure) -> tuple[Floats, Floats]:
        """Limits [F] of figures."""
        return limits(*(_columns(figures(rates)) for rates in (self.seen, self.drawn, self.without_one)))


def limits_of_difference(first: Samples, second: Samples, figure: Figure) -> Interval:
    """Limits of what the first has more of a figure [R]; both of the same draws."""
    seen, drawn, without_one = (
        _columns(figure(getattr(first, name)) - figure(getattr(second, name)))
        for name in ("seen", "drawn", "without_one")
    )
    low, high = limits(seen, drawn, without_one)
    return Interval(float(low[0]), float(high[0]))


def limits(seen: Floats, drawn: Floats, without_one: Floats) -> tuple[Floats, Floats]:
    """Limits [F] of figures: as seen [1, F], of the samples drawn [R, F], and without each identity [I, F]."""
    below = ((drawn < seen).mean(axis=0) + (drawn <= seen).mean(axis=0)) / 2
    bias = ndtri(below.clip(1 / len(drawn), 1 - 1 / len(drawn)))
    pull = without_one.mean(axis=0) - without_one
    spread = (pull**2).sum(axis=0)
    acceleration = (pull**3).sum(axis=0) / (6 * np.where(spread > 0, spread, 1.0) ** 1.5)
    ends = []
    for level in ((1 - LEVEL) / 2, (1 + LEVEL) / 2):
        normal = bias + ndtri(level)
        share = ndtr(bias + normal / (1 - acceleration * normal))
        ends.append(np.array([np.quantile(*pair) for pair in zip(drawn.T, share, strict=True)]))
    return ends[0], ends[1]


def draw(
    counts: IdentityCounts, distances: Floats, replicates: int, seed: int = 0, watch: Watch | None = None
) -> Samples:
    """Draw as many identities as there are, many times; the same ones for the same seed and number of identities.

    Raises
    ------
    Cancelled
        where `watch` said so.
    """
    identities = counts.identities
    generator = np.random.default_rng(seed)
    times = generator.multinomial(identities, np.full(identities, 1 / identities), size=replicates).astype(np.float64)
    pairs = (int(counts.genuine.sum()), int(counts.impostor.sum()) // (counts.impostor.ndim == 2 or 2))

    def rates(genuine: Floats, impostor: Floats) -> SampledRates:
        return SampledRates(genuine, impostor, distances, pairs)

    return Samples(
        seen=rates(*_weighted(counts, np.ones((1, identities)), None)),
        drawn=rates(*_weighted(counts, times, watch)),
        without_one=rates(*_without_one(counts)),
    )


def _weighted(counts: IdentityCounts, times: Floats, watch: Watch | None) -> tuple[Floats, Floats]:
    """Genuine and impostor pairs [R, K] with each identity counted so many times [R, I]."""
    genuine = times @ counts.genuine
    if counts.impostor.ndim == 2:
        each = counts.impostor.astype(np.float64)
        return genuine, times @ each - each.sum(axis=0) / 2
    impostor = np.empty_like(genuine)
    pairs = counts.impostor.reshape(counts.identities, -1).astype(np.float64)
    for start in range(0, len(times), _SAMPLES_AT_ONCE):
        if watch is not None:
            watch(start / len(times))
        part = times[start : start + _SAMPLES_AT_ONCE]
        halves = (part @ pairs).reshape(len(part), counts.identities, -1)
        impostor[start : start + len(part)] = (part[:, None] @ halves)[:, 0]
    return genuine, impostor


def _without_one(counts: IdentityCounts) -> tuple[Floats, Floats]:
    """Genuine and impostor pairs [I, K] with each identity left out in turn."""
    impostor = counts.impostor
    each = impostor.sum(axis=0) + impostor.sum(axis=1) if impostor.ndim == 3 else impostor
    genuine = counts.genuine.sum(axis=0) - counts.genuine
    return genuine.astype(np.float64), (each.sum(axis=0) // 2 - each).astype(np.float64)


def _columns(figures: Floats) -> Floats:
    return figures[:, None] if figures.ndim == 1 else figures
