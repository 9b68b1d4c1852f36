"""The evaluation of a set of embeddings: over all pairs where it is small, over drawn ones, and said so, where not."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from core.distances import Distance
from core.embedded.drawing import Drawn, draw_images
from core.embedded.drawn_intervals import DrawnIntervals, drawn_intervals
from core.embedded.embedding_set import EmbeddingSet
from core.embedded.retrieval import DrawnRetrieval, drawn_retrieval
from core.evaluation.confidence import confidence_of
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.measured import CurveFigures, Measured
from core.evaluation.parts import threshold_parts, why_no_parts
from core.evaluation.report import default_threshold, report_from
from core.evaluation.retrieval import retrieval_scores
from core.evaluation.verification import verification_curve
from core.watch import StageWatch

IMAGES = 20_000
"""Drawn by default: 200 million pairs."""
QUERIES = 1_000


@dataclass(frozen=True, eq=False)
class MeasuredSet:
    """What the evaluation of a set of embeddings found."""

    measured: Measured
    """Over the pairs of the drawn images."""
    drawn: Drawn
    retrieval: DrawnRetrieval | None
    """None where all images were drawn, and searched; or where there is none to be found."""
    intervals: DrawnIntervals | None = None
    """Of the drawing of images, where identities are too few for an interval over these."""

    def to_json(self) -> dict[str, Any]:
        """The object of `evaluate --json`, with what was drawn beside it; null where nothing was left out."""
        intervals = {"interval": None if self.intervals is None else self.intervals.to_json()}
        found = self.measured.to_json() | {
            "sampled": None if self.drawn.everything else self.drawn.to_json() | intervals
        }
        return found if self.retrieval is None else found | self.retrieval.to_json()


def evaluate_set(
    embedded: EmbeddingSet,
    distance: Distance,
    *,
    images: int = IMAGES,
    queries: int = QUERIES,
    seed: int = 0,
    watch: StageWatch | None = None,
) -> MeasuredSet:
    """Measure the pairs of at most about so many images, and retrieval among all images.

    Figures of a set that is larger are those of the drawn images (`core.embedded.drawing`): exact for these, and with
    an interval that says how far those of the whole set may be off. What depends on how many images are searched is
    measured against all of them, by drawn queries.

    Parameters
    ----------
    embedded
        What was embedded.
    distance
        What is compared by.
    images
        How many images' pairs are measured, about; all of them where the set is no larger.
    queries
        How many images are searched among all.
    seed
        Of the drawing.
    watch
        Takes what is being done and which share of that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where there are no genuine or no impostor pairs, or too few images are asked for.
    Cancelled
        where `watch` said so.
    """
    tell = watch or _untold
    drawn = draw_images(embedded.labels, images, seed)
    shown = _images(embedded, drawn)
    measured = _measured(embedded, drawn, shown, distance, tell)
    if drawn.everything:
        return MeasuredSet(measured, drawn, None)
    found = drawn_retrieval(embedded, distance, queries, seed, partial(tell, "searching among all images"))
    first = None if found is None else found.recall_at.get(1)
    report = replace(measured.report, precision_at_1=first, map_at_r=None)
    notes = (*measured.notes, f"sampled: verification is of {drawn}")
    if found is not None:
        notes = (*notes, f"sampled: precision@1 is of {found.queries:,} of {found.of_queries:,} images, among all")
    between = None
    if measured.confidence.auc is None:
        tell("measuring parts of what was drawn", 0.0)
        between = drawn_intervals(shown, distance, measured.curve, seed)
        notes = notes if between is None else (*notes, f"sampled: {between}")
    return MeasuredSet(replace(measured, report=report, notes=notes), drawn, found, between)


def _images(embedded: EmbeddingSet, drawn: Drawn) -> EvaluatedImages:
    groups = embedded.groups
    return EvaluatedImages(
        embedded.at(drawn.rows),
        embedded.labels[drawn.rows].astype(np.int64),
        np.arange(len(drawn.rows)),
        None if groups is None else groups[drawn.rows],
    )


def _measured(
    embedded: EmbeddingSet, drawn: Drawn, images: EvaluatedImages, rule: Distance, tell: StageWatch
) -> Measured:
    """Everything that can be told of embeddings and identities alone."""
    curve = verification_curve(
        images.embeddings, images.labels, rule, partial(tell, "measuring pairs"), groups=images.groups
    )
    parts = threshold_parts(images, rule, partial(tell, "measuring pairs of half of the identities"))
    retrieval = None
    if drawn.everything:
        watch = partial(tell, "looking up neighbours")
        retrieval = retrieval_scores(images.embeddings, images.labels, rule, watch, groups=images.groups)
    sure = confidence_of(images, rule, curve=curve, watch=partial(tell, "drawing identities for the intervals"))
    used, labels = np.unique(images.labels, return_inverse=True)
    return Measured(
        report_from(images.embeddings, images.labels, distance=rule, curve=curve, retrieval=retrieval),
        sure,
        images=replace(images, labels=labels.reshape(-1)),
        curve=curve,
        distance=rule,
        step=embedded.content.model.step,
        part="all",
        class_names=tuple(embedded.classes.at(used)),
        sample_names=tuple(embedded.ids(drawn.rows)),
        threshold=default_threshold(curve, parts),
        parts=parts,
        figures=CurveFigures.of(curve, parts),
        retrieval=retrieval,
        knn_accuracy=None if retrieval is None else retrieval.knn_accuracy,
        notes=(*_unfinished(embedded), *(() if parts is not None else (why_no_parts(images),))),
    )


def _unfinished(embedded: EmbeddingSet) -> tuple[str, ...]:
    """That more images were listed than are embedded, where somebody stopped that."""
    if embedded.content.done:
        return ()
    there, of = len(embedded.shards), embedded.content.shards
    return (f"unfinished: {there:,} of {of:,} shards are there; the same 'embed' again makes the others",)


def _untold(stage: str, share: float) -> None:
    """Nobody watches."""
