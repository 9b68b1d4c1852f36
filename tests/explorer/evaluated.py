"""Evaluations of made-up embeddings, as core would give them."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from core.distances import as_distance
from core.evaluation.calibration import ReliabilityPoints
from core.evaluation.classification import ConfusionMatrix
from core.evaluation.clustering import ClusteringScores
from core.evaluation.comparison import Comparison, Difference
from core.evaluation.curve import VerificationCurve
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.intervals import Confidence, Interval
from core.evaluation.listed import curve_of
from core.evaluation.measured import CurveFigures, Measured
from core.evaluation.parts import threshold_parts
from core.evaluation.protocols.result import ProtocolPart, ProtocolResult, mean_and_error
from core.evaluation.report import REPORTED_FPRS, default_threshold, report_from
from core.evaluation.retrieval import retrieval_scores
from core.evaluation.segmentation import ClassSegmentation, SegmentationScores
from explorer.reports import CalibrationFit, Report


def images(identities: int = 24, noise: float = 0.8, seed: int = 0) -> EvaluatedImages:
    """Six embeddings of each identity around its own direction."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(identities), 6)
    centres = np.random.default_rng(99).standard_normal((identities, 8))
    found = centres[labels] + noise * random.standard_normal((len(labels), 8))
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return EvaluatedImages(found.astype(np.float32), labels, np.arange(len(labels)))


def names(identities: int) -> tuple[str, ...]:
    return tuple(f"identity {number}" for number in range(identities))


def sure(identities: int, curve: VerificationCurve) -> Confidence:
    """Two hundredths to each side; below 20 identities none, as core has it."""
    if identities < 20:
        return Confidence(identities, f"an interval needs at least 20 identities, found {identities}")

    def around(value: float) -> Interval:
        return Interval(value - 0.02, value + 0.02)

    rates = {f"{fpr:g}": around(curve.tpr_at_fpr(fpr).tpr) for fpr in REPORTED_FPRS}
    figures = {name: around(0.7) for name in ("partial_auc", "average_precision", "min_dcf", "d_prime")}
    return Confidence(identities, auc=around(curve.auc), eer=around(curve.eer), tpr_at_fpr=rates, figures=figures)


@cache
def measured(identities: int = 24) -> Measured:
    """What an evaluation of these images finds; the classes of an odd number lose an image to the one before."""
    found = images(identities)
    curve = curve_of(found)
    counts = np.diag(np.full(identities, 6))
    for label in range(1, identities, 2):
        counts[label, label], counts[label, label - 1] = 5, 1
    by_class = [ClassSegmentation(name, 6, 0.5 + 0.01 * place, 0.7) for place, name in enumerate(names(identities))]
    named = np.array(names(identities))[found.labels]
    named[6] = "identity 0"
    retrieval = retrieval_scores(found.embeddings, found.labels)
    parts = threshold_parts(found)
    return Measured(
        report_from(
            found.embeddings,
            found.labels,
            curve=curve,
            retrieval=retrieval,
            classification_accuracy=0.9,
            segmentation_iou=0.6,
        ),
        sure(identities, curve),
        images=found,
        curve=curve,
        distance=as_distance("cosine"),
        step=540,
        part="held-out",
        class_names=names(identities),
        sample_names=tuple(f"{number}.png" for number in range(len(found))),
        threshold=default_threshold(curve, parts),
        parts=parts,
        figures=CurveFigures(0.75, 0.9, None, 2.5, 0.3),
        retrieval=retrieval,
        knn_accuracy={1: 0.9, 5: 0.95},
        clustering={
            "k-means": ClusteringScores(0.91, 0.82, identities, 0.0, len(found)),
            "dbscan": ClusteringScores(0.55, 0.12, 9, 0.25, len(found), 0.31),
        },
        confusion=ConfusionMatrix(counts, names(identities)),
        named=named,
        segmentation=SegmentationScores(0.6, 0.7, tuple(by_class)),
    )


def open_set(found: Measured) -> Measured:
    """The same of classes that the model does not know, without masks."""
    report = replace(found.report, classification_accuracy=None, segmentation_iou=None)
    return replace(found, report=report, confusion=None, named=None, segmentation=None)


def fits() -> tuple[CalibrationFit, ...]:
    predicted = np.linspace(0.05, 0.95, 10)
    pairs = np.array([4000, 900, 300, 120, 90, 80, 110, 160, 240, 300])
    return tuple(
        CalibrationFit(
            name,  # type: ignore[arg-type]
            cost,
            ReliabilityPoints(predicted, observed, np.round(observed * pairs).astype(np.int64), pairs),
        )
        for name, cost, observed in (("platt", 0.31, predicted**1.5), ("isotonic", 0.29, predicted**0.9))
    )


def report(identities: int = 24, run_dir: Path = Path("runs/2026-11-22T10-00-00-faces")) -> Report:
    return Report(
        run_dir, "cosine", measured(identities), fits(), 0.27, "Fitted on 12 identities, judged on 12 others."
    )


def protocol(name: str = "lfw") -> ProtocolResult:
    parts = tuple(ProtocolPart(f"fold {number + 1}", 0.9 + 0.005 * number, 0.4, 600) for number in range(10))
    mean, error = mean_and_error([part.value for part in parts])
    return ProtocolResult(name, "accuracy", mean, error, None, parts, warnings=("the images are few",))


@cache
def comparison(identities: int = 24) -> Comparison:
    """A good embedding and a worse one; below 20 identities without intervals."""
    names = "faces:cosine", "others:cosine"
    curves = curve_of(images(identities, 0.5)), curve_of(images(identities, 1.2, seed=1))
    told = sure(identities, curves[0])
    values = {"auc": 0.12, "eer": -0.19, "tpr_at_fpr 0.05": 0.5, "tpr_at_fpr 0.01": 0.5, "tpr_at_fpr 0.001": 0.01}
    differences = tuple(
        Difference(*names, figure, value, None if told.reason else Interval(value - 0.05, value + 0.05))
        for figure, value in values.items()
    )
    confidences = told, sure(identities, curves[1])
    return Comparison(names, curves, confidences, differences, told.reason, images=6 * identities)
