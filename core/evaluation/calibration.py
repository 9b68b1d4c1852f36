"""Calibration: from a distance to the probability that two images show the same identity."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.evaluation.curve import VerificationCurve
from core.evaluation.distance_counts import DistanceCounts, Floats

SAMPLE = 10_000
"""Distances of each kind that the fit looks at, evenly spaced in rank."""
STEPS = 100
RIDGE = 1e-9
"""Keeps the Newton step defined where all distances are equal."""


@dataclass(frozen=True)
class PlattCalibration:
    """P(same | distance) = 1 / (1 + exp(-(slope · distance + intercept))), same and different equally likely before."""

    slope: float
    """At most 0."""
    intercept: float

    def probability(self, distance: float) -> float:
        """Probability in 0..1 that a pair at this distance is genuine."""
        score = self.slope * distance + self.intercept
        # Two forms, so that exp never overflows.
        if score >= 0:
            return 1.0 / (1.0 + math.exp(-score))
        return math.exp(score) / (1.0 + math.exp(score))


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
