"""What may be held while the model changes, a threshold or a rate, and what there is to say about it."""

import math
from dataclasses import dataclass
from typing import Literal

from core.config import DistanceName
from core.evaluation.curve import ConfusionCounts, VerificationCurve
from explorer import formats
from explorer.translation import tr

Target = float | Literal["eer"]
"""A false positive rate in 0..1, or the equal error rate."""
DEFAULT_TARGETS: tuple[Target, ...] = (0.001, 0.01, 0.05, "eer")
RELIABLE_ERRORS = 30
"""Accepted impostor pairs from which on a rate can be relied on (Doddington's rule of 30)."""


@dataclass(frozen=True)
class Held:
    """What was held at one moment, so that a person can come back to it."""

    threshold: float
    target: Target | None
    """The rate that the threshold followed; None where the threshold itself was held."""
    distance: DistanceName
    """What the threshold was a distance by."""
    fpr: float
    """What it had accepted; a threshold by one distance says nothing by another."""

    @property
    def words(self) -> str:
        """Such as 'FPR 1 %' or '0.420'."""
        if self.target is None:
            return formats.distance(self.threshold)
        return "EER" if self.target == "eer" else tr("FPR {target}").format(target=target_text(self.target))


def target_text(target: Target) -> str:
    """A target as it is typed: '0.1 %' or 'EER'."""
    return "EER" if target == "eer" else f"{100 * target:.6g} %"


def parse_target(text: str) -> Target:
    """Read '2.5', '2,5 %' or 'EER'.

    Raises
    ------
    ValueError
        stating rule and text.
    """
    plain = text.strip()
    if plain.lower() == "eer":
        return "eer"
    try:
        percent = float(plain.removesuffix("%").replace(",", "."))
    except ValueError:
        percent = math.nan
    if not 0.0 < percent < 100.0:
        raise ValueError(
            tr("target FPR takes a rate above 0 % and below 100 %, or EER, found {plain!r}").format(plain=plain)
        )
    return percent / 100.0


def refusal(curve: VerificationCurve, target: Target) -> str:
    """Why these pairs cannot tell the target rate, in one sentence; empty where they can."""
    if target == "eer" or target * curve.impostor_pairs >= 1.0 - 1e-9:
        return ""
    needed, found = formats.count(math.ceil(1.0 / target - 1e-9)), formats.count(curve.impostor_pairs)
    return tr("Needs at least {needed} impostor pairs for {target}, there are {found}.").format(
        needed=needed, target=target_text(target), found=found
    )


def is_known(curve: VerificationCurve, target: Target) -> bool:
    """Whether `threshold_for` answers at once; else many pairs have to be measured first."""
    return target == "eer" or curve.is_rate_known(target)


def threshold_for(curve: VerificationCurve, target: Target) -> float:
    """The largest threshold that keeps the target."""
    return curve.eer_point.threshold if target == "eer" else curve.tpr_at_fpr(target).threshold


def counts_near(curve: VerificationCurve, threshold: float) -> ConfusionCounts:
    """Counts at a threshold, or at the nearest of those that are known at once: many pairs have over 65,000 of them."""
    return curve.confusion_at(curve.snapped(threshold))


def default_target(curve: VerificationCurve) -> Target:
    """FPR 1 %, else the equal error rate."""
    return "eer" if refusal(curve, 0.01) else 0.01


def held_sentence(curve: VerificationCurve, target: Target | None) -> str:
    """What stays while the model changes, and how well a rate is met."""
    if target is None:
        return tr("Threshold held.")
    if target == "eer":
        return tr("EER held.")
    if not is_known(curve, target):
        return tr("The pairs near FPR {target} are being measured …").format(target=target_text(target))
    attained = curve.tpr_at_fpr(target).fpr
    if math.isclose(attained, target, rel_tol=1e-9):
        return tr("FPR {target} held, met exactly.").format(target=target_text(target))
    return tr("FPR {target} held, nearest attainable {value:.4g} %.").format(
        target=target_text(target), value=100 * attained
    )


def reliability_sentence(accepted_impostors: int) -> str:
    """A warning where the false positive rate rests on few errors; empty where it does not."""
    if accepted_impostors >= RELIABLE_ERRORS:
        return ""
    some = tr("1 impostor pair") if accepted_impostors == 1 else tr("{value} impostor pairs")
    pairs = some.format(value=accepted_impostors) if accepted_impostors else tr("no impostor pairs")
    return tr("FPR rests on {pairs} accepted; about {RELIABLE_ERRORS} make it reliable.").format(
        pairs=pairs, RELIABLE_ERRORS=RELIABLE_ERRORS
    )
