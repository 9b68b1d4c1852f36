"""What drawing images, not identities, leaves open: measured on ten parts of what was drawn.

Where a set has few identities, images of all of them are drawn, and no bootstrap over identities says how far figures
may be off from those of all images. Figures of ten parts, drawn alike and with no image in common, say so: variances of
figures over pairs fall with the number of images (Hoeffding, A Class of Statistics with Asymptotically Normal
Distribution, 1948), so the deviation of the parts over √10 is that of all ten together.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import stdtrit

from core.distances import Distance
from core.errors import InputError
from core.evaluation.curve import VerificationCurve
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.intervals import Interval
from core.evaluation.report import REPORTED_FPRS, operating_point
from core.evaluation.verification import verification_curve

PARTS = 10
_T = float(stdtrit(PARTS - 1, 0.975))


@dataclass(frozen=True)
class DrawnIntervals:
    """Between which figures those of all images of the same identities lie, with 95 %."""

    auc: Interval
    eer: Interval
    tpr_at_fpr: dict[str, Interval | None]
    """By FPR; None where the parts have too few pairs for it."""

    def to_json(self) -> dict[str, Any]:
        """What `evaluate --embeddings --json` prints of it."""
        return {"auc": self.auc, "eer": self.eer, "tpr_at_fpr": self.tpr_at_fpr}

    def __str__(self) -> str:
        auc, eer = (
            f"{scale * low:.4f} to {scale * high:.4f}" for scale, (low, high) in ((1, self.auc), (100, self.eer))
        )
        of = "all images of these identities would give; what other identities would is not known"
        return f"AUC {auc} and EER {eer} % (95 %) is what {of}"


def drawn_intervals(
    images: EvaluatedImages, distance: Distance, curve: VerificationCurve, seed: int = 0
) -> DrawnIntervals | None:
    """Measure ten parts of the images; None where one has no pairs of both kinds.

    Parameters
    ----------
    images
        That were drawn, each with the same chance.
    distance
        What is compared by.
    curve
        Of all of them.
    seed
        Of the parting.
    """
    order = np.random.default_rng(seed).permutation(len(images))
    try:
        curves = [_curve(images.at(np.sort(rows)), distance) for rows in np.array_split(order, PARTS)]
    except InputError:
        return None
    return DrawnIntervals(
        _interval(curves, curve, lambda each: each.auc),
        _interval(curves, curve, lambda each: each.eer),
        {f"{fpr:g}": _at_rate(curves, curve, fpr) for fpr in REPORTED_FPRS},
    )


def _curve(images: EvaluatedImages, distance: Distance) -> VerificationCurve:
    return verification_curve(images.embeddings, images.labels, distance, groups=images.groups)


def _at_rate(curves: Sequence[VerificationCurve], curve: VerificationCurve, fpr: float) -> Interval | None:
    if any(operating_point(each, fpr) is None for each in (curve, *curves)):
        return None
    return _interval(curves, curve, lambda each: each.tpr_at_fpr(fpr).tpr)


def _interval(
    curves: Sequence[VerificationCurve], curve: VerificationCurve, figure: Callable[[VerificationCurve], float]
) -> Interval:
    reach = _T * float(np.std([figure(each) for each in curves], ddof=1)) / math.sqrt(PARTS)
    value = figure(curve)
    return Interval(max(value - reach, 0.0), min(value + reach, 1.0))
