"""The pairs of a curve by distance, nearest first."""

from typing import NamedTuple

import numpy as np

from core.evaluation.curve import VerificationCurve
from core.evaluation.distance_counts import Counts, DistanceCounts, Floats


class Levels(NamedTuple):
    """Distinct distances, ascending, and the pairs at each; pairs of which only the bin is known lie at its middle."""

    distances: Floats
    """[L]"""
    genuine: Counts
    """[L]"""
    impostor: Counts
    """[L], not 0 where `genuine` is 0"""


def levels_of(curve: VerificationCurve) -> Levels:
    """Count the pairs of both kinds at each distance."""
    kinds = curve.kinds  # once, since another thread may have bins measured
    places = [middles(kind) for kind in kinds]
    distances = np.unique(np.concatenate(places))
    genuine, impostor = (_counts_at(distances, place, kind.counts) for place, kind in zip(places, kinds, strict=True))
    return Levels(distances, genuine, impostor)


def middles(kind: DistanceCounts) -> Floats:
    """Where the pairs of one kind lie, [L]: their distance, or the middle of their bin."""
    return np.where(kind.begins < kind.values, (kind.begins + kind.values) / 2, kind.values)


def _counts_at(distances: Floats, places: Floats, counts: Counts) -> Counts:
    """How many pairs of some ascending places are at each distance."""
    ends = np.searchsorted(places, distances, side="right")
    return np.diff(np.concatenate([[0], counts.cumsum()])[ends], prepend=0)
