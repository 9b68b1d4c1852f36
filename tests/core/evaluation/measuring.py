"""A whole evaluation of made-up images."""

import numpy as np

from core.distances import as_distance
from core.evaluation.classification import accuracy, confusion_matrix
from core.evaluation.clustering import CLUSTERING_METHODS, clustering_scores
from core.evaluation.confidence import confidence_of
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.listed import curve_of
from core.evaluation.measured import CurveFigures, Measured
from core.evaluation.neighbours import knn_accuracy
from core.evaluation.parts import threshold_parts, why_no_parts
from core.evaluation.report import default_threshold, report_from
from core.evaluation.retrieval import retrieval_scores
from core.evaluation.segmentation import Overlaps, segmentation_scores


def measured_images(identities: int = 24, per_identity: int = 6, spread: float = 0.25) -> Measured:
    """Evaluate vectors around one centre an identity; of even labels the model knows the class."""
    generator = np.random.default_rng(0)
    labels = np.repeat(np.arange(identities), per_identity)
    count = len(labels)
    embeddings = generator.normal(size=(identities, 8))[labels] + spread * generator.normal(size=(count, 8))
    images = EvaluatedImages(embeddings.astype(np.float32), labels, np.arange(count))
    names = tuple(f"c{label:02}" for label in range(identities))
    logits = np.eye(identities)[np.where(generator.random(count) < 0.8, labels, (labels + 2) % identities)]
    known = np.where(labels % 2 == 0, labels, -1)
    masks = Overlaps(*generator.random((2, count)))
    rule = as_distance("cosine")
    curve = curve_of(images, rule)
    parts = threshold_parts(images, rule)
    retrieval = retrieval_scores(images.embeddings, labels, rule)
    segmentation = segmentation_scores(masks, labels, names)
    return Measured(
        report_from(
            images.embeddings,
            labels,
            curve=curve,
            retrieval=retrieval,
            classification_accuracy=accuracy(logits, known),
            segmentation_iou=segmentation.iou,
        ),
        confidence_of(images, rule, curve=curve, replicates=50),
        images=images,
        curve=curve,
        distance=rule,
        step=7,
        part="held-out",
        class_names=names,
        sample_names=tuple(f"{row}.png" for row in range(count)),
        threshold=default_threshold(curve, parts),
        parts=parts,
        figures=CurveFigures.of(curve, parts),
        retrieval=retrieval,
        knn_accuracy=knn_accuracy(images.embeddings, labels, rule),
        clustering={method: clustering_scores(images.embeddings, labels, method) for method in CLUSTERING_METHODS},
        confusion=confusion_matrix(logits, known, names),
        segmentation=segmentation,
        notes=() if parts is not None else (why_no_parts(images),),
    )
