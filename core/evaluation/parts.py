"""Two halves of the identities: on one the threshold is chosen, on the other it is reported."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.evaluation.curve import VerificationCurve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.distances import Distance
    from core.evaluation.evaluated import EvaluatedImages
    from core.watch import Watch

FEWEST_IDENTITIES = 20
"""Below, each half would have too few identities to say anything about others."""


@dataclass(frozen=True)
class PartRates:
    """What a threshold does to the pairs of one half of the identities."""

    identities: int
    genuine_pairs: int
    impostor_pairs: int
    tpr: float
    """Accepted share of the genuine pairs."""
    fpr: float
    """Accepted share of the impostor pairs."""


@dataclass(frozen=True, eq=False)
class ThresholdParts:
    """Curves of two disjoint sets of identities."""

    choosing: VerificationCurve
    """Over the pairs that thresholds are chosen on."""
    reporting: VerificationCurve
    """Over pairs of other identities, which tell what a chosen threshold does to people unseen."""
    choosing_identities: int
    reporting_identities: int

    def chosen_on(self, threshold: float) -> PartRates:
        """Rates of a threshold on the identities that thresholds are chosen on.

        Raises
        ------
        ValueError
            where it is NaN.
        """
        return _rates(self.choosing, self.choosing_identities, threshold)

    def reported_on(self, threshold: float) -> PartRates:
        """Rates of a threshold on the other identities.

        Raises
        ------
        ValueError
            where it is NaN.
        """
        return _rates(self.reporting, self.reporting_identities, threshold)


def threshold_parts(
    images: "EvaluatedImages", distance: "str | Distance" = "cosine", watch: "Watch | None" = None
) -> ThresholdParts | None:
    """Measure the curves of two halves of the identities; None where there are too few (`why_no_parts`).

    Of the identities in the order of their labels every second one reports, from the second on.

    Parameters
    ----------
    images
        The held-out images.
    distance
        Name or distance object.
    watch
        Takes the share of a pass over many pairs that is done; may raise Cancelled.

    Raises
    ------
    ValueError
        where an embedding is not finite or the distance is unknown.
    Cancelled
        where `watch` said so.
    """
    from core.evaluation.inputs import checked_embeddings  # with torch, which is not needed to read about parts
    from core.evaluation.listed import curve_of

    if _shortage(images):
        return None
    checked_embeddings(images.embeddings, images.labels)  # names rows of the whole, not of a half
    halves = _halves(images)
    try:
        choosing, reporting = (curve_of(images.at(rows), distance, watch) for rows in halves)
    except InputError:  # a half without pairs of one of the kinds; `why_no_parts` says so
        return None
    return ThresholdParts(choosing, reporting, *(len(np.unique(images.labels[rows])) for rows in halves))


def why_no_parts(images: "EvaluatedImages") -> str:
    """Why a threshold on these images is not checked on other identities, in one sentence."""
    reason = _shortage(images) or "half of them have no genuine or no impostor pair"
    return f"the threshold was not checked on other identities than it was chosen on: {reason}"


def _shortage(images: "EvaluatedImages") -> str:
    """What is missing to make halves; empty where nothing is."""
    if images.pairs is not None:
        return "only the listed pairs are known to be of one identity or of two"
    identities = len(np.unique(images.labels))
    if identities < FEWEST_IDENTITIES:
        return f"that takes at least {FEWEST_IDENTITIES} identities, found {identities}"
    return ""


def _halves(images: "EvaluatedImages") -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Rows of the images that choose, and of those that report."""
    reports = np.unique(images.labels, return_inverse=True)[1].reshape(-1) % 2 == 1
    return np.flatnonzero(~reports), np.flatnonzero(reports)


def _rates(curve: VerificationCurve, identities: int, threshold: float) -> PartRates:
    point = curve.at_threshold(threshold)
    return PartRates(identities, curve.genuine_pairs, curve.impostor_pairs, point.tpr, point.fpr)
