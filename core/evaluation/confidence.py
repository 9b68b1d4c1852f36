"""How far the figures of a curve may be off: a bootstrap over identities.

Pairs that share an identity are not independent, so identities are what is drawn (Poh and Bengio, Performance
Generalization in Biometric Authentication Using Joint User-Specific and Sample Bootstraps, 2007). An identity that is
drawn twice counts as two; pairs between its copies are left out. Distances are measured once: a replicate only weighs
the counts of each pair of identities between up to 512 edges, taken from the curve, and figures are interpolated
between these. Of more than some hundred identities the counts of pairs are held by identity, and the weight m · n of
a pair becomes m + n - 1, which differs by terms that vanish with their number. The limits are bias-corrected and
accelerated (Efron, Better Bootstrap Confidence Intervals, 1987), the acceleration by leaving out one identity at a
time: figures near 1 are skewed, and plain percentiles would miss them more often than said.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from torch import Tensor

from core.distances import Array, Distance, as_distance, mapped_exactly
from core.evaluation.curve import VerificationCurve
from core.evaluation.inputs import checked_embeddings
from core.evaluation.pair_scan import Watch
from core.evaluation.report import REPORTED_FPRS, operating_point

Floats = NDArray[np.float64]

FEWEST_IDENTITIES = 20
REPLICATES = 1_000
LEVEL = 0.95
MOST_EDGES = 512
FEWEST_EDGES = 64
MOST_COUNTS = 1 << 23
"""Counts by pair of identities that are held; where they would be more, they are held by identity."""
_PAIRS_AT_ONCE = 1 << 22
_SAMPLES_AT_ONCE = 100


class Interval(NamedTuple):
    """The middle 95 % of what other samples of as many identities would have shown."""

    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Band:
    """The curve's own uncertainty: between which TPRs it runs at each FPR."""

    fpr: Floats
    """[K], ascending"""
    low: Floats
    """[K]"""
    high: Floats
    """[K]"""


@dataclass(frozen=True, eq=False)
class Confidence:
    """Intervals of a curve's figures; all None where `reason` says why there are none."""

    identities: int
    reason: str | None = None
    auc: Interval | None = None
    eer: Interval | None = None
    tpr_at_fpr: Mapping[str, Interval | None] | None = None
    """By FPR, such as '0.01'; None where the curve has no figure there."""
    band: Band | None = None

    def to_json(self) -> dict[str, Any]:
        """What `evaluate --json` prints of it: pairs of limits, null where there are none."""
        rates = self.tpr_at_fpr or dict.fromkeys((f"{fpr:g}" for fpr in REPORTED_FPRS), None)
        return {
            "auc_interval": self.auc,
            "eer_interval": self.eer,
            "tpr_at_fpr_interval": dict(rates),
        }


def confidence(
    embeddings: Array,
    labels: Array,
    distance: str | Distance = "cosine",
    *,
    curve: VerificationCurve,
    fprs: Sequence[float] = REPORTED_FPRS,
    replicates: int = REPLICATES,
    seed: int = 0,
    watch: Watch | None = None,
) -> Confidence:
    """Measure 95 % intervals by drawing identities, not pairs, with replacement.

    How, and after whom: see the module. Distances are measured once, whatever the number of replicates.

    Parameters
    ----------
    embeddings
        [N, D]
    labels
        [N], the identity of each embedding.
    distance
        Name or distance object.
    curve
        Of the same embeddings.
    fprs
        Rates whose TPR gets an interval.
    replicates
        How often identities are drawn.
    seed
        Of the draws.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    InputError, ValueError
        as `checked_embeddings`.
    Cancelled
        where `watch` said so.
    """
    vectors, classes = checked_embeddings(embeddings, labels)
    identities = int(classes.max()) + 1
    if identities < FEWEST_IDENTITIES:
        reason = f"an interval needs at least {FEWEST_IDENTITIES} identities, found {identities}"
        return Confidence(identities, reason)
    counts = _count(vectors, classes, as_distance(distance), _edges(curve, identities), watch)
    samples = _samples(counts, identities, replicates, np.random.default_rng(seed))
    return Confidence(
        identities,
        auc=samples.interval(_Rates.auc),
        eer=samples.interval(_Rates.eer),
        tpr_at_fpr={
            f"{rate:g}": samples.interval(partial(_Rates.tpr_at, fpr=rate)) if operating_point(curve, rate) else None
            for rate in fprs
        },
        band=samples.band(1 / curve.impostor_pairs),
    )


class _Counts(NamedTuple):
    """Pairs between edges, by identity; K bins."""

    genuine: Tensor
    """[I, K]"""
    impostor: Tensor
    """[I, I, K] by pair of identities, each pair once; or [I, K] by identity, each pair under both."""


class _Rates:
    """Rates at every edge in every replicate."""

    def __init__(self, tpr: Floats, fpr: Floats) -> None:
        self._tpr, self._fpr = tpr, fpr
        """[R, K + 1], from 0 to 1"""

    def auc(self) -> Floats:
        """[R], by trapezia: pairs in one bin are ties."""
        area: Floats = np.einsum("rk,rk->r", np.diff(self._fpr, axis=1), (self._tpr[:, 1:] + self._tpr[:, :-1]) / 2)
        return area

    def eer(self) -> Floats:
        """[R], where FPR = FNR on the straight line between two edges."""
        excess = self._fpr + self._tpr - 1.0
        after = (excess >= 0).argmax(axis=1)
        rows = np.arange(len(excess))
        below, above = excess[rows, after - 1], excess[rows, after]
        share = below / (below - above)
        rates: Floats = self._fpr[rows, after - 1] * (1 - share) + self._fpr[rows, after] * share
        return rates

    def tpr_at(self, fpr: float | Floats) -> Floats:
        """[R] or [R, F], on the straight line between two edges."""
        return np.stack([np.interp(fpr, x, y) for x, y in zip(self._fpr, self._tpr, strict=True)])


@dataclass(frozen=True, eq=False)
class _Samples:
    """Rates of the identities as they are, as drawn, and without one of them."""

    seen: _Rates
    drawn: _Rates
    without_one: _Rates

    def interval(self, figure: Callable[[_Rates], Floats]) -> Interval:
        """Limits of a figure [R] of rates."""
        low, high = self.limits(lambda rates: figure(rates)[:, None])
        return Interval(float(low[0]), float(high[0]))

    def band(self, least_fpr: float) -> Band:
        """Limits of the TPR at FPRs from 0 to 1, dense from the least on."""
        fpr = np.unique(np.concatenate([np.geomspace(least_fpr, 1.0, 200), np.linspace(0, 1, 101)]))
        low, high = self.limits(lambda rates: rates.tpr_at(fpr))
        return Band(fpr, np.maximum.accumulate(low), np.maximum.accumulate(high))

    def limits(self, figures: Callable[[_Rates], Floats]) -> tuple[Floats, Floats]:
        """Limits [F] of figures [R, F] of rates."""
        seen, drawn, without_one = (figures(rates) for rates in (self.seen, self.drawn, self.without_one))
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


def _edges(curve: VerificationCurve, identities: int) -> Floats:
    """Distances that tell the curve's rates apart, closest where rates are small; fewer where memory asks for it."""
    share = max(FEWEST_EDGES, min(MOST_EDGES, MOST_COUNTS // identities)) // 4
    genuine, impostor = curve.kinds
    small = np.geomspace(1, curve.impostor_pairs, 2 * share).astype(np.int64) - 1
    even = [np.linspace(0, len(kind) - 1, share).astype(np.int64) for kind in curve.kinds]
    values = [impostor.of_ranks(small), genuine.of_ranks(even[0]), impostor.of_ranks(even[1])]
    return np.unique(np.concatenate(values))


def _count(vectors: Tensor, classes: Tensor, rule: Distance, edges: Floats, watch: Watch | None) -> _Counts:
    """Count all pairs between the edges; what is beyond the last belongs to the last bin."""
    classes, order = classes.sort(stable=True)
    mapped = mapped_exactly(vectors, rule)[order]
    mapped = mapped - mapped.mean(dim=0)
    norms = mapped.square().sum(dim=1)
    identities, bins = int(classes[-1]) + 1, len(edges)
    paired = identities**2 * bins <= MOST_COUNTS
    genuine = torch.zeros(identities * bins, dtype=torch.int64)
    impostor = torch.zeros((identities**2 if paired else identities) * bins, dtype=torch.int64)
    borders = torch.from_numpy(edges[:-1])
    count, start = len(mapped), 0
    while start < count - 1:
        if watch is not None:
            watch(1.0 - ((count - start) / count) ** 2)
        stop = min(start + max(_PAIRS_AT_ONCE // (count - start), 1), count)
        squared = norms[start:stop, None] + norms[start:] - 2.0 * mapped[start:stop] @ mapped[start:].T
        places = torch.bucketize(rule.from_squared(squared.clamp(min=0.0)), borders)
        row, column = classes[start:stop, None].expand_as(places), classes[start:].expand_as(places)
        behind = torch.ones(places.shape, dtype=torch.bool).triu(1)
        same = row == column
        _add(genuine, (row * bins + places)[behind & same])
        apart = behind & ~same
        if paired:
            _add(impostor, ((row * identities + column) * bins + places)[apart])
        else:
            _add(impostor, (row * bins + places)[apart])
            _add(impostor, (column * bins + places)[apart])
        start = stop
    shape = (identities, identities, bins) if paired else (identities, bins)
    return _Counts(genuine.view(identities, bins), impostor.view(shape))


def _add(counts: Tensor, places: Tensor) -> None:
    counts += places.bincount(minlength=len(counts))


def _samples(counts: _Counts, identities: int, replicates: int, generator: np.random.Generator) -> _Samples:
    drawn = generator.multinomial(identities, np.full(identities, 1 / identities), size=replicates)
    return _Samples(
        seen=_rates(counts, np.ones((1, identities))),
        drawn=_rates(counts, drawn),
        without_one=_rates_without_one(counts),
    )


def _rates(counts: _Counts, times: NDArray[np.generic]) -> _Rates:
    """Rates with each identity counted so many times [R, I]."""
    weights = torch.from_numpy(np.asarray(times, dtype=np.float64))
    genuine = weights @ counts.genuine.double()
    if counts.impostor.ndim == 3:
        pairs = counts.impostor.double().flatten(1)
        parts = [weights[start : start + _SAMPLES_AT_ONCE] for start in range(0, len(weights), _SAMPLES_AT_ONCE)]
        halves = ((part @ pairs).view(*part.shape, -1) for part in parts)
        impostor = torch.cat([torch.einsum("rik,ri->rk", *pair) for pair in zip(halves, parts, strict=True)])
    else:
        each = counts.impostor.double()
        impostor = weights @ each - each.sum(dim=0) / 2
    return _Rates(_shares(genuine), _shares(impostor))


def _rates_without_one(counts: _Counts) -> _Rates:
    """Rates [I, K + 1] with each identity left out in turn."""
    impostor = counts.impostor
    each = impostor.sum(dim=0) + impostor.sum(dim=1) if impostor.ndim == 3 else impostor
    genuine = counts.genuine.sum(dim=0) - counts.genuine
    return _Rates(_shares(genuine.double()), _shares((each.sum(dim=0) // 2 - each).double()))


def _shares(counts: Tensor) -> Floats:
    """Cumulative shares [R, K + 1], from 0 to 1."""
    summed = counts.clamp(min=0.0).cumsum(dim=1).numpy()
    return np.concatenate([np.zeros((len(summed), 1)), summed / summed[:, -1:]], axis=1)
