"""Calibration: from a distance to how much it speaks for one identity, as a likelihood ratio or a probability.

Probabilities are at equal priors: same and different are equally likely before the distance is known. A likelihood
ratio says how many times more often genuine pairs lie at a distance than impostor pairs do.
"""

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.evaluation.curve import VerificationCurve
from core.evaluation.distance_counts import Counts, DistanceCounts, Floats
from core.evaluation.levels import levels_of
from core.evaluation.pooling import pooled

CalibrationMethod = Literal["platt", "isotonic"]

SAMPLE = 10_000
"""Distances of each kind that Platt's fit looks at, evenly spaced in rank."""
STEPS = 100
RIDGE = 1e-9
"""Keeps the Newton step defined where all distances are equal."""


@dataclass(frozen=True)
class PlattCalibration:
    """P(same | distance) = 1 / (1 + exp(-(slope · distance + intercept))).

    Raises
    ------
    ValueError
        where a number is not finite or the slope is above 0.
    """

    slope: float
    """At most 0."""
    intercept: float
    method: Literal["platt"] = "platt"

    def __post_init__(self) -> None:
        if not (math.isfinite(self.slope) and math.isfinite(self.intercept) and self.slope <= 0):
            raise ValueError(
                f"slope and intercept must be finite and the slope at most 0, found {self.slope} and {self.intercept}"
            )

    def log_likelihood_ratio(self, distance: float) -> float:
        """Natural logarithm of the likelihood ratio at a distance."""
        return self.slope * _checked(distance) + self.intercept

    def log_likelihood_ratios(self, distances: Floats) -> Floats:
        """The same at many distances [K]."""
        return self.slope * distances + self.intercept

    def probability(self, distance: float) -> float:
        """Probability in 0..1 that a pair at this distance is genuine."""
        return _probability(self.log_likelihood_ratio(distance))

    def probabilities(self, distances: Floats) -> Floats:
        """The same at many distances [K], to the last bit; NaN at NaN."""
        return _probabilities(self.log_likelihood_ratios(distances))


@dataclass(frozen=True)
class IsotonicCalibration:
    """Likelihood ratios that never rise with the distance: straight between knots, level beyond the last ones.

    Raises
    ------
    ValueError
        where the knots are none, not finite, or not in order.
    """

    distances: tuple[float, ...]
    """[K], ascending"""
    ratios: tuple[float, ...]
    """[K], natural logarithms of the likelihood ratios there, never rising"""
    method: Literal["isotonic"] = "isotonic"

    def __post_init__(self) -> None:
        places, ratios = np.asarray(self.distances), np.asarray(self.ratios)
        if not len(places) or len(places) != len(ratios):
            raise ValueError(f"knots must be as many distances as ratios, found {len(places)} and {len(ratios)}")
        if not (np.isfinite(places).all() and np.isfinite(ratios).all()):
            raise ValueError("knots must be finite, found NaN or infinity")
        if (np.diff(places) <= 0).any() or (np.diff(ratios) > 0).any():
            raise ValueError("knots must have rising distances and ratios that never rise, found others")

    def log_likelihood_ratio(self, distance: float) -> float:
        """Natural logarithm of the likelihood ratio at a distance."""
        return float(np.interp(_checked(distance), self.distances, self.ratios))

    def log_likelihood_ratios(self, distances: Floats) -> Floats:
        """The same at many distances [K]."""
        ratios: Floats = np.interp(distances, self.distances, self.ratios)
        return ratios

    def probability(self, distance: float) -> float:
        """Probability, above 0 and below 1, that a pair at this distance is genuine."""
        return _probability(self.log_likelihood_ratio(distance))

    def probabilities(self, distances: Floats) -> Floats:
        """The same at many distances [K], to the last bit; NaN at NaN."""
        return _probabilities(self.log_likelihood_ratios(distances))


Calibration = PlattCalibration | IsotonicCalibration


class ReliabilityPoints(NamedTuple):
    """What a calibration promises and what it keeps, where it says something of some pairs; [K] each.

    Shares are at equal priors: genuine pairs weigh as much as impostor pairs, however many there are of each.
    """

    predicted: Floats
    """Mean probability of the pairs in each bin, ascending."""
    observed: Floats
    """Their genuine share."""
    genuine: Counts
    """How many of them are genuine."""
    pairs: Counts
    """How many there are."""


# --- fitting


def fit_calibration(curve: VerificationCurve, method: CalibrationMethod) -> Calibration:
    """Fit the calibration of that name to the pairs of a curve."""
    return fit_platt(curve) if method == "platt" else fit_isotonic(curve)


def fit_platt(curve: VerificationCurve) -> PlattCalibration:
    """Logistic regression of same or different on the distance, both kinds weighing the same.

    The targets are drawn in by Platt's (G + 1) / (G + 2) and 1 / (I + 2), so that the fit stays finite where the two
    kinds do not overlap. Where a smaller distance does not speak for 'same', every distance gets 0.5.

    Platt, Probabilistic Outputs for Support Vector Machines, 1999; Lin et al., A Note on Platt's Probabilistic
    Outputs, 2007.
    """
    genuine, impostor = (_quantiles(kind) for kind in curve.kinds)
    distances = np.concatenate([genuine, impostor])
    centre, scale = float(distances.mean()), float(distances.std()) or 1.0
    targets = np.repeat(
        [(curve.genuine_pairs + 1) / (curve.genuine_pairs + 2), 1 / (curve.impostor_pairs + 2)],
        [len(genuine), len(impostor)],
    )
    weights = np.repeat([0.5 / len(genuine), 0.5 / len(impostor)], [len(genuine), len(impostor)])
    slope, intercept = _logistic((distances - centre) / scale, targets, weights)
    if slope >= 0:
        return PlattCalibration(0.0, 0.0)
    return PlattCalibration(float(slope / scale), float(intercept - slope * centre / scale))


def fit_isotonic(curve: VerificationCurve) -> IsotonicCalibration:
    """The likelihood ratios that fit all pairs best among those that never rise with the distance.

    One genuine and one impostor pair are added to those at the nearest distance and to those at the farthest, after
    Laplace's rule of succession: so no probability is 0 or 1, and distances that say nothing get 0.5. Pairs of which
    only the bin is known lie at its middle.

    Zadrozny and Elkan, Transforming Classifier Scores into Accurate Multiclass Probability Estimates, 2002.
    """
    levels = levels_of(curve)
    added = np.zeros(len(levels.distances), dtype=np.int64)
    np.add.at(added, [0, -1], 1)
    pools = pooled(levels.genuine + added, levels.impostor + added)
    ratios = np.log(pools.genuine / (curve.genuine_pairs + 2)) - np.log(pools.impostor / (curve.impostor_pairs + 2))
    ends = np.append(pools.starts[1:], len(added)) - 1
    knots, place = np.unique(np.concatenate([pools.starts, ends]), return_index=True)
    return IsotonicCalibration(tuple(levels.distances[knots].tolist()), tuple(np.tile(ratios, 2)[place].tolist()))


# --- judging


def cllr(calibration: Calibration, curve: VerificationCurve) -> float:
    """Cost of the log-likelihood ratios, in bits: 0 is perfect, 1 is what saying nothing costs, more misleads.

    Brümmer and du Preez, Application-Independent Evaluation of Speaker Detection, 2006.
    """
    distances, genuine, impostor = levels_of(curve)
    ratios = calibration.log_likelihood_ratios(distances)
    missed = float(genuine @ np.logaddexp(0.0, -ratios)) / curve.genuine_pairs
    misled = float(impostor @ np.logaddexp(0.0, ratios)) / curve.impostor_pairs
    return (missed + misled) / (2 * math.log(2))


def min_cllr(curve: VerificationCurve) -> float:
    """The least `cllr` that the distances of a curve allow: of ratios that are fitted to its own pairs.

    Of a curve that is counted in bins, pairs in one bin count as ties.
    """
    _, genuine, impostor = levels_of(curve)
    pools = pooled(genuine, impostor)
    near, far = pools.genuine / curve.genuine_pairs, pools.impostor / curve.impostor_pairs
    total = near + far
    # A pool without pairs of one kind costs nothing: there is nobody to mislead.
    costs = [share @ np.log(total / np.where(share > 0, share, total)) for share in (near, far)]
    return float(sum(costs)) / (2 * math.log(2))


def reliability(calibration: Calibration, curve: VerificationCurve, bins: int = 10) -> ReliabilityPoints:
    """Compare probabilities with what is true of the pairs that get them, in equal bins of the probability.

    Bins without pairs are left out.

    Raises
    ------
    ValueError
        where there is no bin.
    """
    if bins < 1:
        raise ValueError(f"bins must be at least 1, found {bins}")
    distances, genuine, impostor = levels_of(curve)
    probabilities = 0.5 * (1.0 + np.tanh(calibration.log_likelihood_ratios(distances) / 2))
    places = np.minimum((probabilities * bins).astype(np.int64), bins - 1)

    def summed(weights: Floats | Counts) -> Floats:
        sums: Floats = np.bincount(places, weights, minlength=bins).astype(np.float64)
        return sums

    near, far = genuine / curve.genuine_pairs, impostor / curve.impostor_pairs
    weight = summed(near + far)
    found = weight > 0
    return ReliabilityPoints(
        predicted=summed(probabilities * (near + far))[found] / weight[found],
        observed=summed(near)[found] / weight[found],
        genuine=summed(genuine)[found].astype(np.int64),
        pairs=summed(genuine + impostor)[found].astype(np.int64),
    )


# --- inside


def _checked(distance: float) -> float:
    if math.isnan(distance):
        raise ValueError("distance must be a number, found NaN")
    return distance


def _probability(ratio: float) -> float:
    """Of the natural logarithm of a likelihood ratio, at equal priors; in two forms, so that exp never overflows."""
    if ratio >= 0:
        return 1.0 / (1.0 + math.exp(-ratio))
    return math.exp(ratio) / (1.0 + math.exp(ratio))


def _probabilities(ratios: Floats) -> Floats:
    """One by one, since numpy's exp and that of the C library may differ in the last bit."""
    return np.array([_probability(ratio) for ratio in ratios.tolist()], dtype=np.float64)


def _quantiles(kind: DistanceCounts) -> Floats:
    """At most SAMPLE of the distances, evenly spaced in rank."""
    count = min(len(kind), SAMPLE)
    return kind.of_ranks(((np.arange(count) + 0.5) * (len(kind) / count)).astype(np.int64))


def _logistic(x: Floats, targets: Floats, weights: Floats) -> NDArray[np.float64]:
    """Slope and intercept with the least weighted cross entropy, by Newton's method with step halving."""
    design = np.stack([x, np.ones_like(x)])

    def cost(solution: Floats) -> float:
        score = solution @ design
        return float(weights @ (np.logaddexp(0.0, score) - targets * score)) + RIDGE / 2 * float(solution @ solution)

    solution = np.zeros(2)
    best = cost(solution)
    for _ in range(STEPS):
        probability = 0.5 * (1.0 + np.tanh(solution @ design / 2))
        gradient = design @ (weights * (probability - targets)) + RIDGE * solution
        curvature = (design * (weights * probability * (1.0 - probability))) @ design.T + RIDGE * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        length = 1.0
        while length > 1e-6 and cost(solution - length * step) > best:
            length /= 2
        found = cost(solution - length * step)
        if found >= best - 1e-15:
            break
        solution, best = solution - length * step, found
    return solution
