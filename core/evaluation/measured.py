"""What the evaluation of a run found: every figure, and what they are over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from core.data.dataset import Problem
from core.evaluation.classification import ConfusionMatrix
from core.evaluation.clustering import ClusteringMethod, ClusteringScores
from core.evaluation.curve import VerificationCurve
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.parts import ThresholdParts
from core.evaluation.report import DefaultThreshold, EvaluationReport
from core.evaluation.segmentation import SegmentationScores

if TYPE_CHECKING:
    from core.distances import Distance
    from core.evaluation.confidence import Confidence
    from core.evaluation.retrieval import RetrievalScores

Part = Literal["held-out", "all"]

StageWatch = Callable[[str, float], None]
"""Takes what is being done, in words, and which share of that is done; may raise Cancelled."""


@dataclass(frozen=True)
class CurveFigures:
    """Figures of the curve beside those of the report; None where it has too few pairs for one."""

    partial_auc: float | None = None
    average_precision: float | None = None
    min_dcf: float | None = None
    d_prime: float | None = None
    cllr: float | None = None
    """Of the log-likelihood ratios of Platt's calibration, fitted on other identities where there are enough."""


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
    segmentation: SegmentationScores | None = None
    """None without masks."""
    problems: tuple[Problem, ...] = ()
    """Images, masks and classes that were left out."""
    notes: tuple[str, ...] = ()
    """Why other things are missing."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know before relying on the figures."""
        reason = () if self.confidence.reason is None else (self.confidence.reason,)
        return (*self.report.warnings, *reason, *self.notes)

    def to_json(self) -> dict[str, Any]:
        """The object that `evaluate --json` prints."""
        return self.report.to_json() | self.confidence.to_json()
