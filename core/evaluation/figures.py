"""Figures and drawings of a curve besides the ROC: DET, precision and recall, costs, separation, densities.

Operating points (DET, precision and recall, costs) are exact wherever they are given. A curve that is counted in bins
(`core.evaluation.scanned`) gives them at edges of bins; areas take the pairs of one bin for ties, and means and
densities take them to lie in its middle.
"""

import math
from typing import NamedTuple

import numpy as np

from core.evaluation.curve import VerificationCurve
from core.evaluation.distance_counts import DistanceCounts, Floats
from core.evaluation.levels import middles

FEWEST_POINTS = 20
_CELLS = 2_000
"""Equal cells that pairs are counted in before they are smoothed."""


class DetPoints(NamedTuple):
    """Points of the detection error trade-off, thresholds ascending; float64 [K] each.

    The ends have rates of 0 and 1, which an axis of normal deviates has no place for.
    """

    thresholds: Floats
    """The first one is -inf, which accepts nothing."""
    fpr: Floats
    fnr: Floats
    """Rejected share of genuine pairs, 1 - TPR."""


class PrecisionRecallPoints(NamedTuple):
    """Points of precision over recall, thresholds ascending; float64 [K] each."""

    thresholds: Floats
    """Each accepts at least one pair: of none, precision is not defined."""
    recall: Floats
    """Accepted share of genuine pairs, the TPR."""
    precision: Floats
    """Genuine share of the accepted pairs; depends on how many pairs there are of each kind."""


class DetectionCost(NamedTuple):
    """What wrong decisions cost at the threshold where they cost least."""

    cost: float
    """In units of the cheaper of accepting all and accepting none, so in 0..1."""
    threshold: float
    """-inf where it is best to accept nothing."""


class Densities(NamedTuple):
    """How densely pairs of each kind lie along the distance; float64 [K] each."""

    distances: Floats
    """Ascending, evenly spaced."""
    genuine: Floats
    """Share of the genuine pairs per unit of distance."""
    impostor: Floats


def det_points(curve: VerificationCurve, max_points: int = 2000) -> DetPoints:
    """At most `max_points` points of the DET curve, as dense where FNR is small as where FPR is.

    Martin et al., The DET Curve in Assessment of Detection Task Performance, 1997.

    Raises
    ------
    ValueError
        where fewer than 20 points are asked for.
    """
    thresholds = _spread_thresholds(curve, max_points)
    genuine, impostor = curve.kinds
    rejected = curve.genuine_pairs - genuine.up_to(thresholds)
    return DetPoints(thresholds, impostor.up_to(thresholds) / curve.impostor_pairs, rejected / curve.genuine_pairs)


def precision_recall_points(curve: VerificationCurve, max_points: int = 2000) -> PrecisionRecallPoints:
    """At most `max_points` points of precision over recall.

    Raises
    ------
    ValueError
        where fewer than 20 points are asked for.
    """
    thresholds = _spread_thresholds(curve, max_points)[1:]
    accepted_genuine, accepted_impostor = (kind.up_to(thresholds) for kind in curve.kinds)
    precision = accepted_genuine / (accepted_genuine + accepted_impostor)
    return PrecisionRecallPoints(thresholds, accepted_genuine / curve.genuine_pairs, precision)


def average_precision(curve: VerificationCurve) -> float:
    """Mean of the precision at the distance of each genuine pair: the area of the steps of precision over recall."""
    genuine, impostor = curve.kinds
    accepted = genuine.up_to(genuine.values)
    precision = accepted / (accepted + impostor.up_to(genuine.values))
    return float(genuine.counts @ precision) / curve.genuine_pairs


def partial_auc(curve: VerificationCurve, max_fpr: float = 0.01) -> float:
    """Area under the ROC curve up to an FPR, standardised: 1 for a perfect curve, 0.5 for one that is no use.

    With A the area between FPR 0 and m = `max_fpr`, it is (1 + (A - m²/2) / (m - m²/2)) / 2; m²/2 is what guessing
    would have there. A curve worse than guessing gets less than 0.5.

    McClish, Analyzing a Portion of the ROC Curve, 1989.

    Raises
    ------
    ValueError
        where `max_fpr` is not above 0 and at most 1.
    """
    if not 0.0 < max_fpr <= 1.0:
        raise ValueError(f"max_fpr must be above 0 and at most 1, found {max_fpr}")
    genuine, impostor = curve.kinds
    allowed = max_fpr * curve.impostor_pairs
    last = int(np.searchsorted(impostor.values, impostor.of_ranks(math.ceil(allowed) - 1), side="right"))
    values = np.unique(impostor.values[:last])
    counts = np.diff(impostor.up_to(values), prepend=0).astype(np.float64)
    above = (curve.genuine_pairs - genuine.below(values)).astype(np.float64)
    left = (curve.genuine_pairs - genuine.up_to(values)).astype(np.float64)
    # Only a share of the last step lies below the FPR.
    share = 1.0 - (counts.sum() - allowed) / counts[-1]
    counts[-1] *= share
    left[-1] = above[-1] + share * (left[-1] - above[-1])
    missing = float(counts @ (above + left)) / (2.0 * curve.genuine_pairs * curve.impostor_pairs)
    return 1.0 - missing / (2.0 * max_fpr - max_fpr**2)


def min_dcf(
    curve: VerificationCurve, prior: float = 0.01, miss_cost: float = 1.0, false_accept_cost: float = 1.0
) -> DetectionCost:
    """The least detection cost that a threshold can have, and the smallest such threshold.

    Cost at a threshold: prior · miss_cost · FNR + (1 - prior) · false_accept_cost · FPR, divided by what it costs to
    accept none or to accept all, whichever is cheaper (NIST, Speaker Recognition Evaluation Plan, 2016).

    Parameters
    ----------
    curve
        What rates are taken from.
    prior
        Share of genuine pairs among those to be decided, above 0 and below 1.
    miss_cost
        Cost of rejecting a genuine pair.
    false_accept_cost
        Cost of accepting an impostor pair.

    Raises
    ------
    ValueError
        where the prior is not between 0 and 1, or a cost is not above 0.
    """
    if not 0.0 < prior < 1.0:
        raise ValueError(f"prior must be above 0 and below 1, found {prior}")
    for name, cost in (("miss_cost", miss_cost), ("false_accept_cost", false_accept_cost)):
        if not 0.0 < cost < math.inf:
            raise ValueError(f"{name} must be above 0 and finite, found {cost}")
    genuine, impostor = curve.kinds
    # Between two genuine pairs a threshold only gains impostor pairs, so the best is at one, or below all.
    thresholds = np.concatenate([[-np.inf], genuine.values])
    fnr = (curve.genuine_pairs - genuine.up_to(thresholds)) / curve.genuine_pairs
    fpr = impostor.up_to(thresholds) / curve.impostor_pairs
    miss, false_accept = prior * miss_cost, (1.0 - prior) * false_accept_cost
    costs = (miss * fnr + false_accept * fpr) / min(miss, false_accept)
    best = int(costs.argmin())
    return DetectionCost(float(costs[best]), float(thresholds[best]))


def d_prime(curve: VerificationCurve) -> float | None:
    """How many standard deviations the means of the two kinds are apart; None where pairs are too few or all equal.

    (mean impostor - mean genuine) / √((variance genuine + variance impostor) / 2), after Daugman, The Importance of
    Being Random, 2003. It takes 2 pairs of each kind.
    """
    if min(curve.genuine_pairs, curve.impostor_pairs) < 2:
        return None
    (near, near_variance), (far, far_variance) = (_moments(kind) for kind in curve.kinds)
    spread = math.sqrt((near_variance + far_variance) / 2)
    return (far - near) / spread if spread > 0 else None


def densities(curve: VerificationCurve, points: int = 200) -> Densities:
    """Smooth the distances of each kind by a Gaussian kernel, of Silverman's width for that kind.

    Where no distance is negative, what a kernel would put below 0 is folded back, so that each density has an area
    of 1 above it. Silverman, Density Estimation for Statistics and Data Analysis, 1986.

    Raises
    ------
    ValueError
        where fewer than 2 points are asked for.
    """
    if points < 2:
        raise ValueError(f"points must be at least 2, found {points}")
    edges, genuine, impostor = curve.histogram(_CELLS)
    centres = (edges[1:] + edges[:-1]) / 2
    widths = [max(_silverman(kind), float(edges[1] - edges[0])) for kind in curve.kinds]
    reach = 3 * max(widths)
    fold = bool(edges[0] >= 0)
    distances = np.linspace(max(edges[0] - reach, 0.0) if fold else edges[0] - reach, edges[-1] + reach, points)
    smooth = (
        _smoothed(distances, centres, counts / counts.sum(), width, fold)
        for counts, width in zip((genuine, impostor), widths, strict=True)
    )
    return Densities(distances, *smooth)


def _spread_thresholds(curve: VerificationCurve, max_points: int) -> Floats:
    """At most `max_points` thresholds, -inf first: those of the ROC curve, and where the last genuine pairs are."""
    if max_points < FEWEST_POINTS:
        raise ValueError(f"max_points must be at least {FEWEST_POINTS}, found {max_points}")
    genuine, impostor = curve.kinds
    if len(genuine.values) + len(impostor.values) < max_points:
        return curve.roc(max_points).thresholds
    share = max_points // 4
    left = np.unique(np.geomspace(1, curve.genuine_pairs, share).round().astype(np.int64))
    return np.union1d(curve.roc(max_points - share).thresholds, genuine.of_ranks(curve.genuine_pairs - left))


def _moments(kind: DistanceCounts) -> tuple[float, float]:
    """Mean and variance of the distances of one kind."""
    places, shares = middles(kind), kind.counts / len(kind)
    mean = float(shares @ places)
    return mean, float(shares @ (places - mean) ** 2)


def _silverman(kind: DistanceCounts) -> float:
    """Width of a kernel that smooths one kind, 0 where its distances are equal."""
    low, high = kind.of_ranks(np.array([len(kind) // 4, 3 * len(kind) // 4]))
    deviation = math.sqrt(_moments(kind)[1])
    spread = min(deviation, float(high - low) / 1.34) if high > low else deviation
    return 0.9 * spread / math.pow(len(kind), 0.2)


def _smoothed(distances: Floats, centres: Floats, shares: Floats, width: float, fold: bool) -> Floats:
    """Density [K] at some distances of shares [C] that lie at centres [C]."""
    kernel = np.exp(-0.5 * ((distances[:, None] - centres) / width) ** 2)
    if fold:
        kernel += np.exp(-0.5 * ((distances[:, None] + centres) / width) ** 2)
    density: Floats = kernel @ shares / (width * math.sqrt(2 * math.pi))
    return density
