"""What one evaluation of embeddings reports, and the threshold that it suggests."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from core.evaluation.curve import OperatingPoint, VerificationCurve
from core.evaluation.parts import PartRates, ThresholdParts

if TYPE_CHECKING:
    from core.distances import Array, Distance
    from core.evaluation.retrieval import RetrievalScores

REPORTED_FPRS = (0.05, 0.01, 0.001)
DEFAULT_FPR = 0.01
ERRORS_NEEDED = 30
"""A rate rests on about 30 observed errors, or it is anyone's guess (rule of 30)."""


@dataclass(frozen=True)
class EvaluationReport:
    """The figures of `evaluate --json`, named as there; a rate is in 0..1."""

    auc: float
    eer: float
    tpr_at_fpr: Mapping[str, float | None]
    """By FPR, '0.05', '0.01' and '0.001'; None where the pairs are too few to tell."""
    threshold_at_fpr: Mapping[str, float | None]
    genuine_pairs: int
    impostor_pairs: int
    precision_at_1: float | None
    """None, as `map_at_r`, where only listed pairs are known to be of one identity or of two."""
    map_at_r: float | None
    classification_accuracy: float | None
    """None where unknown, as in an open set."""
    segmentation_iou: float | None
    """None without masks."""
    classes: int
    """How many identities were evaluated."""
    warnings: tuple[str, ...] = ()
    """What to know before relying on the figures; not part of the JSON."""

    def to_json(self) -> dict[str, Any]:
        """The object that `evaluate --json` prints."""
        return {
            "auc": self.auc,
            "eer": self.eer,
            "tpr_at_fpr": dict(self.tpr_at_fpr),
            "threshold_at_fpr": dict(self.threshold_at_fpr),
            "genuine_pairs": self.genuine_pairs,
            "impostor_pairs": self.impostor_pairs,
            "precision_at_1": self.precision_at_1,
            "map_at_r": self.map_at_r,
            "classification_accuracy": self.classification_accuracy,
            "segmentation_iou": self.segmentation_iou,
            "classes": self.classes,
        }


class DefaultThreshold(NamedTuple):
    """The threshold to use until a person chooses one."""

    point: OperatingPoint
    rule: str
    """In words: 'FPR 1 %' or 'EER'."""
    fpr: float | None
    """The FPR it was chosen for; None where it stands at the EER."""
    chosen_on: PartRates | None = None
    """What it does to the identities that it was chosen on; None where there are no halves of them."""
    reported_on: PartRates | None = None
    """What it does to the others."""

    def to_json(self) -> dict[str, Any]:
        """What `evaluate --json` and `train --json` print of it."""
        return {
            "value": self.point.threshold,
            "rule": self.rule,
            "chosen_on": None if self.chosen_on is None else asdict(self.chosen_on),
            "reported_on": None if self.reported_on is None else asdict(self.reported_on),
        }


def report_from(
    embeddings: "Array",
    labels: "Array",
    *,
    distance: "str | Distance" = "cosine",
    curve: VerificationCurve | None = None,
    classification_accuracy: float | None = None,
    segmentation_iou: float | None = None,
    retrieval: "RetrievalScores | bool | None" = True,
    groups: "Array | None" = None,
) -> EvaluationReport:
    """Measure embeddings [N, D] with labels [N].

    `curve` and `retrieval` are those of the same embeddings where they are known already; what cannot be told from
    embeddings is handed in. `retrieval=False` or None leaves out what would need the labels to say of all pairs whether
    they are of one identity. `groups` [N]: see `core.evaluation.evaluated.EvaluatedImages`.

    Raises
    ------
    InputError
        where there are no genuine or no impostor pairs.
    ValueError
        where shapes do not fit, an embedding is not finite or the distance is unknown.
    """
    from core.evaluation.inputs import checked_embeddings
    from core.evaluation.retrieval import retrieval_scores
    from core.evaluation.verification import verification_curve

    curve = verification_curve(embeddings, labels, distance, groups=groups) if curve is None else curve
    if retrieval is True:
        retrieval = retrieval_scores(embeddings, labels, distance, groups=groups)
    found = retrieval or None
    _, classes = checked_embeddings(embeddings, labels)
    points = {f"{fpr:g}": operating_point(curve, fpr) for fpr in REPORTED_FPRS}
    warnings = (fpr_warning(curve, fpr) for fpr in REPORTED_FPRS)
    return EvaluationReport(
        auc=curve.auc,
        eer=curve.eer,
        tpr_at_fpr={fpr: None if point is None else point.tpr for fpr, point in points.items()},
        threshold_at_fpr={fpr: None if point is None else point.threshold for fpr, point in points.items()},
        genuine_pairs=curve.genuine_pairs,
        impostor_pairs=curve.impostor_pairs,
        precision_at_1=None if found is None else found.precision_at_1,
        map_at_r=None if found is None else found.map_at_r,
        classification_accuracy=classification_accuracy,
        segmentation_iou=segmentation_iou,
        classes=int(classes.max()) + 1,
        warnings=tuple(warning for warning in warnings if warning is not None),
    )


def operating_point(curve: VerificationCurve, fpr: float) -> OperatingPoint | None:
    """The operating point at an FPR; None where the curve has no figure for it (`fpr_warning` says why)."""
    point = curve.tpr_at_fpr(fpr)
    return point if curve.allowed_errors(fpr) >= 1 and math.isfinite(point.threshold) else None


def fpr_warning(curve: VerificationCurve, fpr: float) -> str | None:
    """Why a figure at this FPR is missing or rests on too few errors, in one sentence; None where it is sound."""
    errors, rate = curve.allowed_errors(fpr), f"FPR {100 * fpr:g} %"
    if errors < 1:
        return f"{rate}: no figure, since {curve.impostor_pairs} impostor pairs cannot show a rate that low"
    if operating_point(curve, fpr) is None:
        return f"{rate}: no figure, since more impostor pairs than that share the smallest distance"
    if errors < ERRORS_NEEDED:
        return (
            f"{rate}: rests on at most {errors} accepted of {curve.impostor_pairs} impostor pairs; "
            f"a sound figure needs {ERRORS_NEEDED}"
        )
    return None


def default_threshold(curve: VerificationCurve, parts: ThresholdParts | None = None) -> DefaultThreshold:
    """The operating point at FPR 1 %, or at the EER where the pairs are too few for that.

    Where the identities have been parted, the point is one of the half that thresholds are chosen on.
    """
    chosen_on = curve if parts is None else parts.choosing
    point = operating_point(chosen_on, DEFAULT_FPR)
    if point is None:
        found = DefaultThreshold(chosen_on.eer_point, "EER", None)
    else:
        found = DefaultThreshold(point, f"FPR {100 * DEFAULT_FPR:g} %", DEFAULT_FPR)
    if parts is None:
        return found
    threshold = found.point.threshold
    return found._replace(chosen_on=parts.chosen_on(threshold), reported_on=parts.reported_on(threshold))
