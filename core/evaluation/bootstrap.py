"""Samples of identities drawn with replacement, and intervals of figures from them.

Pairs that share an identity are not independent, so identities are what is drawn (Poh and Bengio, Performance
Generalization in Biometric Authentication Using Joint User-Specific and Sample Bootstraps, 2007). A replicate only
weighs counts, so distances are measured once, whatever the number of replicates. A pair of identities that were drawn
m and n times counts m + n - 1 times; pairs between copies of one are left out. The product m · n would count what a
pair of identities does on its own three times over in the variance (Owen, The Pigeonhole Bootstrap, 2007), the sum
does so twice, and takes the counts of each identity only.

Limits are those of Student's t around the figure as seen, on the scale of its logit, where the spread depends less
on the figure itself and no limit leaves 0..1. Degrees of freedom follow from the kurtosis of what leaving out one
identity does to the figure (O'Neill, Some Useful Moment Results in Sampling Problems, 2014): where few identities make
most of the errors, the spread is itself uncertain. Areas below the curve are then skewed, too: where the reflected
quantiles of the replicates (Davison and Hinkley, Bootstrap Methods and their Application, 1997, section 5.2) reach
farther, these are taken. docs/adr/0008-intervals.md says how often the truth lies within, and what else was tried.

A figure at its border, such as a TPR of 1, has no spread: no identity was seen to fail. Up to 3 in I identities may
still be of a kind that was not seen (rule of three), and the interval reaches as far as these could move the figure.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, stdtrit

from core.evaluation.identity_counts import IdentityCounts
from core.evaluation.intervals import Interval
from core.evaluation.sampled_rates import SampledRates
from core.watch import Watch

Floats = NDArray[np.float64]
Figure = Callable[[SampledRates], Floats]
"""Takes figures [R] or [R, F] of R samples."""

LEVEL = 0.95
LEAST_FREEDOM = 5.0
"""The kurtosis of few identities is a guess: fewer degrees of freedom are never concluded from it."""
MOST_WIDENED = 2.0
"""How much farther limits may be than by the figure's own spread: a logit has no bound where that nears a border."""
_LEAST = 1e-15
_ROUNDING = 1e-12
"""Deviation below which all samples are alike."""
_WEIGHTS_AT_ONCE = 1 << 18


class Spread(NamedTuple):
    """How figures vary from sample to sample."""

    deviation: Floats
    """[F], as far as identities are what varies"""
    factor: Floats
    """[F], deviations that Student's t allows a figure to be off"""

    def limits(self, value: Floats, below: Floats, above: Floats, unseen: float) -> tuple[Floats, Floats]:
        """Limits [F] of figures in 0..1, so far below and above the logits of `value` [F].

        At a border they reach as far as an unseen share of identities can move them. Near one, where a logit moves
        far for little, they reach at most `MOST_WIDENED` times as far as t allows the figure itself.
        """
        inside = (value > 0) & (value < 1) & (self.deviation > _ROUNDING)
        centre = logit(np.where(inside, value, 0.5))
        share = np.minimum(np.maximum(unseen, self.factor * self.deviation), 1.0)
        most = MOST_WIDENED * self.factor * self.deviation
        low = np.where(inside, np.maximum(expit(centre - below), value - most), value * (1 - share))
        high = np.where(inside, np.minimum(expit(centre + above), value + most), value + (1 - value) * share)
        return low, high

    def interval(self, value: float, below: float, above: float, unseen: float) -> Interval:
        """Limits of one figure, whose logits spread so far to either side."""
        seen = np.array([value])
        most = MOST_WIDENED * self.deviation / _slope(seen)
        reach_below, reach_above = (self.factor * np.minimum(side, most) for side in (below, above))
        low, high = self.limits(seen, reach_below, reach_above, unseen)
        return Interval(float(low[0]), float(high[0]))


class Samples:
    """Rates of the identities as they are, as drawn, and without one of them.

    Parameters
    ----------
    counts
        Pairs by identity.
    replicates
        How often as many identities are drawn as there are.
    seed
        The same one draws the same identities of equally many.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    Cancelled
        where `watch` said so.
    """

    def __init__(self, counts: IdentityCounts, replicates: int, seed: int = 0, watch: Watch | None = None) -> None:
        self.edges = counts.edges
        self.unseen = 3.0 / np.count_nonzero(counts.genuine.any(axis=1))
        """Share of the identities that may be of a kind of which none was seen."""
        self.seen = _rates(counts, counts.weighted(np.ones((1, counts.identities))))
        self.without_one = _rates(counts, counts.without_one())
        self.drawn = _rates(counts, _drawn(counts, replicates, seed, watch))

    @property
    def identities(self) -> int:
        """How many were drawn."""
        return len(self.without_one.tpr)

    def rate_limits(self, figures: Figure) -> tuple[Floats, Floats]:
        """Limits [F] of rates as they were seen, which replicates may bring to 0 or to 1."""
        seen, spread = figures(self.seen)[0], self._spread(figures)
        reach = spread.factor * spread.deviation / _slope(seen)
        return spread.limits(seen, reach, reach, self.unseen)

    def interval(self, figure: Figure, value: float) -> Interval:
        """Interval of a figure in 0..1 of the whole curve, which was seen to be `value`."""
        spread, logits = self._spread(figure), self._logits_off(figure).std()
        return spread.interval(value, logits, logits, self.unseen)

    def area_interval(self, figure: Figure, value: float) -> Interval:
        """Interval of an area in 0..1 below the curve, to which few identities may matter more than all others."""
        spread, off = self._spread(figure), self._logits_off(figure)
        low, high = np.quantile(off, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) / stdtrit(np.inf, (1 + LEVEL) / 2)
        # As far as samples are above these identities, these may be above the truth: the quantiles are reflected.
        return spread.interval(value, max(off.std(), high), max(off.std(), -low), self.unseen)

    def unbounded_interval(self, figure: Figure, value: float) -> Interval:
        """Interval of a figure that may be any number, and was seen to be `value`."""
        spread = self._spread(figure)
        reach = float(spread.factor[0] * spread.deviation[0])
        return Interval(value - reach, value + reach)

    def difference(self, other: "Samples", figure: Figure, value: float) -> Interval:
        """Interval of how much more of a figure these have than others, of which the same identities were drawn.

        Where both are at a border in all samples, either may differ by what the rule of three leaves open.
        """
        drawn, without_one = (
            figure(one) - figure(two) for one, two in ((self.drawn, other.drawn), (self.without_one, other.without_one))
        )
        spread = _spread(drawn[:, None], without_one[:, None])
        reach = float(spread.factor[0] * spread.deviation[0])
        if max(float(drawn.std()), float(figure(self.drawn).std())) < _ROUNDING:
            reach = self.unseen
        return Interval(value - reach, value + reach)

    def _logits_off(self, figure: Figure) -> Floats:
        """How far above these identities the samples are [R], in logits of a figure."""
        middle, drawn = (logit(figure(rates).clip(_LEAST, 1 - _LEAST)) for rates in (self.seen, self.drawn))
        off: Floats = (drawn - middle) * _enlarged(self.identities)
        return off

    def _spread(self, figures: Figure) -> Spread:
        return _spread(*(_columns(figures(rates)) for rates in (self.drawn, self.without_one)))


def _spread(drawn: Floats, without_one: Floats) -> Spread:
    """Spread of figures [R, F] of samples, known as well as those without each identity [I, F] tell."""
    size = len(without_one)
    pull = without_one - without_one.mean(axis=0)
    second, fourth = (pull**2).mean(axis=0), (pull**4).mean(axis=0)
    kurtosis = np.where(second > 0, fourth / np.where(second > 0, second, 1.0) ** 2, 3.0)
    freedom = 2 * size / (kurtosis - (size - 3) / (size - 1))
    factor = stdtrit(freedom.clip(LEAST_FREEDOM, size - 1), (1 + LEVEL) / 2)
    return Spread(drawn.std(axis=0) * _enlarged(size), factor)


def _drawn(counts: IdentityCounts, replicates: int, seed: int, watch: Watch | None) -> tuple[Floats, Floats]:
    """Pairs [R, K] of each kind in every sample; the few samples without one kind are left out."""
    generator = np.random.default_rng(seed)
    size = counts.identities
    at_once = max(_WEIGHTS_AT_ONCE // size, 1)
    parts = []
    for start in range(0, replicates, at_once):
        if watch is not None:
            watch(start / replicates)
        times = generator.multinomial(size, np.full(size, 1 / size), size=min(at_once, replicates - start))
        parts.append(counts.weighted(times.astype(np.float64)))
    genuine, impostor = (np.concatenate(kind) for kind in zip(*parts, strict=True))
    whole = (genuine.sum(axis=1) > 0) & (impostor.sum(axis=1) > 0)
    return genuine[whole], impostor[whole]


def _rates(counts: IdentityCounts, pairs: tuple[Floats, Floats]) -> SampledRates:
    return SampledRates(*pairs, counts.distances, counts.pairs)


def _enlarged(size: int) -> float:
    """What the deviation of samples drawn from so many lacks, since their own mean is nearer than the truth."""
    return float(np.sqrt(size / (size - 1)))


def _slope(value: Floats) -> Floats:
    """How far figures [F] move where their logits move by 1."""
    return np.maximum(value * (1 - value), _LEAST)


def _columns(figures: Floats) -> Floats:
    return figures[:, None] if figures.ndim == 1 else figures
