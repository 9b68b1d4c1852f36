"""What the evaluation of a run found: every figure, and what they are over."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import Problem
from core.evaluation.calibration import cllr, fit_platt
from core.evaluation.classification import ConfusionMatrix
from core.evaluation.clustering import ClusteringMethod, ClusteringScores
from core.evaluation.curve import VerificationCurve
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.figures import average_precision, d_prime, min_dcf, partial_auc
from core.evaluation.parts import ThresholdParts
from core.evaluation.report import DefaultThreshold, EvaluationReport
from core.evaluation.segmentation import SegmentationScores

if TYPE_CHECKING:
    from core.distances import Distance
    from core.evaluation.intervals import Confidence
    from core.evaluation.retrieval import RetrievalScores

Part = Literal["held-out", "all"]


LOW_FPR = 0.01
"""End of the partial AUC, and prior of the detection cost."""
_WITH_INTERVAL = ("partial_auc", "average_precision", "min_dcf", "d_prime")


@dataclass(frozen=True)
class CurveFigures:
    """Figures of the curve beside those of the report; None where it has too few pairs for one."""

    partial_auc: float | None = None
    """Up to FPR 1 %."""
    average_precision: float | None = None
    min_dcf: float | None = None
    """Where 1 in 100 pairs is genuine and both errors cost the same."""
    d_prime: float | None = None
    cllr: float | None = None
    """In bits, of the likelihood ratios of Platt's calibration; fitted on other identities where there are enough."""

    @classmethod
    def of(cls, curve: VerificationCurve, parts: ThresholdParts | None) -> "CurveFigures":
        """Measure the figures of a curve."""
        low = curve.allowed_errors(LOW_FPR) >= 1
        return cls(
            partial_auc=partial_auc(curve, LOW_FPR) if low else None,
            average_precision=average_precision(curve),
            min_dcf=min_dcf(curve, LOW_FPR).cost if low else None,
            d_prime=d_prime(curve),
            cllr=_cllr(curve, curve) if parts is None else _cllr(parts.choosing, parts.reporting),
        )


def _cllr(known: VerificationCurve, judged: VerificationCurve) -> float:
    return cllr(fit_platt(known), judged)


@dataclass(frozen=True)
class ClassFigures:
    """What is known of the images of one class; None where it is not."""

    name: str
    images: int
    recall: float | None
    """Share of its images that are taken for it."""
    precision: float | None
    """Share of the images taken for it that are of it."""
    iou: float | None
    dice: float | None


@dataclass(frozen=True, eq=False)
class Measured:
    """What an evaluation found."""

    report: EvaluationReport
    confidence: "Confidence"
    """How far the figures may be off, or the reason why that is not known."""
    images: EvaluatedImages
    curve: VerificationCurve
    """Over all pairs of the images that count."""
    distance: "Distance"
    step: int
    """Of the model."""
    part: Part
    class_names: tuple[str, ...]
    """By the labels of `images`."""
    sample_names: tuple[str, ...]
    """Ids of the data set's images, by the `sample_ids` of `images`."""
    threshold: DefaultThreshold
    """What follows from these images; the run may hold another one."""
    parts: ThresholdParts | None = None
    """The identities in two halves; None where they are too few."""
    figures: CurveFigures = CurveFigures()
    retrieval: "RetrievalScores | None" = None
    """None where only listed pairs are known to be of one identity or of two, as the next two."""
    knn_accuracy: Mapping[int, float] | None = None
    """Share of images that their k nearest name rightly, by k."""
    clustering: Mapping[ClusteringMethod, ClusteringScores] | None = None
    confusion: ConfusionMatrix | None = None
    """None where no class is known to the model, or there are very many."""
    named: NDArray[np.str_] | None = None
    """[N], the class that the model takes each image for; None as `confusion`."""
    segmentation: SegmentationScores | None = None
    """None without masks."""
    problems: tuple[Problem, ...] = ()
    """Images, masks and classes that were left out."""
    notes: tuple[str, ...] = ()
    """What else is missing, and why."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know before relying on the figures."""
        reason = () if self.confidence.reason is None else (self.confidence.reason,)
        return (*self.report.warnings, *reason, *self.notes)

    @property
    def per_class(self) -> tuple[ClassFigures, ...]:
        """What is known of each class; empty where classes are neither named nor segmented."""
        if self.confusion is None and self.segmentation is None:
            return ()
        table, masks = self.confusion, () if self.segmentation is None else self.segmentation.classes
        rows = {} if table is None else {name: row for row, name in enumerate(table.classes)}
        masks_of = {found.name: found for found in masks}
        found = []
        for label, count in zip(*np.unique(self.images.labels, return_counts=True), strict=True):
            name = self.class_names[label]
            row, mask = rows.get(name), masks_of.get(name)
            found.append(
                ClassFigures(
                    name,
                    int(count),
                    recall=None if table is None or row is None else table.recall(row),
                    precision=None if table is None or row is None else table.precision(row),
                    iou=None if mask is None else mask.iou,
                    dice=None if mask is None else mask.dice,
                )
            )
        return tuple(found)

    def to_json(self) -> dict[str, Any]:
        """The object that `evaluate --json` prints: the report's figures, their intervals, and all others."""
        return {
            **self.report.to_json(),
            "threshold": self.threshold.to_json(),
            **self.confidence.to_json(),
            **self._figures_json(),
            **self._neighbours_json(),
            "clustering": None
            if self.clustering is None
            else {method: asdict(scores) for method, scores in self.clustering.items()},
            "dice": None if self.segmentation is None else self.segmentation.dice,
            "per_class": [asdict(row) for row in self.per_class] or None,
            "confusion": None
            if self.confusion is None
            else {"classes": list(self.confusion.classes), "counts": self.confusion.counts.tolist()},
        }

    def _figures_json(self) -> dict[str, Any]:
        values = asdict(self.figures)
        known = (name for name in _WITH_INTERVAL if values[name] is not None)
        intervals = {name: self.confidence.figures.get(name) for name in known}
        return values | {f"{name}_interval": intervals.get(name) for name in _WITH_INTERVAL}

    def _neighbours_json(self) -> dict[str, Any]:
        found, votes = self.retrieval, self.knn_accuracy
        return {
            "r_precision": None if found is None else found.r_precision,
            "recall_at_k": None if found is None else {str(k): share for k, share in found.recall_at.items()},
            "knn_accuracy": None if votes is None else {str(k): share for k, share in votes.items()},
        }
