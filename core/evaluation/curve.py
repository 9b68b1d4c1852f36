"""The verification curve: what every threshold on the distance accepts, and the operating points on it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class OperatingPoint:
    """A threshold with the shares of pairs it accepts; accept means `distance <= threshold`."""

    threshold: float
    """An observed distance, or -inf where nothing may be accepted."""
    tpr: float
    """Accepted share of genuine pairs."""
    fpr: float
    """Accepted share of impostor pairs."""


@dataclass(frozen=True)
class ConfusionCounts:
    """Pairs by truth and verdict at one threshold."""

    true_positives: int
    """Genuine pairs accepted."""
    false_positives: int
    """Impostor pairs accepted."""
    true_negatives: int
    """Impostor pairs rejected."""
    false_negatives: int
    """Genuine pairs rejected."""


@dataclass(frozen=True, eq=False)
class VerificationCurve:
    """ROC of a distance over genuine and impostor pairs, exact at every observed distance.

    Holds all distances, so build it once and ask it often: a question costs a binary search.
    """

    genuine: NDArray[np.float64]
    """Distances of the genuine pairs [G], ascending, read-only."""
    impostor: NDArray[np.float64]
    """Distances of the impostor pairs [I], ascending, read-only."""

    # To be filled in by the evaluation work: auc, eer, eer_point, genuine_pairs, impostor_pairs, tpr_at_fpr,
    # at_threshold, confusion_at, roc_points.
