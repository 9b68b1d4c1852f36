"""Measure a stored run on its own images or on other data."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from core.config import DistanceName, is_fitted
from core.data.cache import ImageCache
from core.data.dataset import DecodedDataset
from core.data.decode import decode
from core.data.edit_file import RUN_FILE, read_edits
from core.data.sources import configured_dataset
from core.device import resolve_device
from core.distances import Distance
from core.errors import InputError
from core.evaluation.classification import accuracy, confusion_matrix
from core.evaluation.clustering import CLUSTERING_METHODS, ClusteringMethod, ClusteringScores, clustering_scores
from core.evaluation.confidence import confidence_of
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.listed import curve_of
from core.evaluation.masks import MaskScorer, mask_scorer
from core.evaluation.measured import CurveFigures, Measured, Part
from core.evaluation.neighbours import Gallery, knn_accuracy
from core.evaluation.parts import threshold_parts, why_no_parts
from core.evaluation.report import default_threshold, report_from
from core.evaluation.retrieval import RetrievalScores, retrieval_scores
from core.evaluation.segmentation import SegmentationScores
from core.fitted_distances import fit_distance
from core.models.inference import Inference, infer
from core.models.multi_task import MultiTaskModel
from core.runs import Run
from core.stored_distances import distance_of_run, save_distance
from core.training.checkpoint import load_newest_model
from core.watch import StageWatch, Watch

logger = logging.getLogger(__name__)

__all__ = ["Measured", "Part", "StageWatch", "evaluate_run", "keep_distance"]

IMAGES_AT_ONCE = 256
"""Images between two reports of how far embedding has come."""


def evaluate_run(
    run: Run,
    *,
    data: str | None = None,
    part: Part = "held-out",
    distance: DistanceName | None = None,
    watch: StageWatch | None = None,
) -> Measured:
    """Measure the newest checkpoint of a run, without the images that are excluded from it.

    Parameters
    ----------
    run
        with at least one checkpoint.
    data
        folder, list or built-in name in place of the run's own data; then `part` is 'all', and nothing is excluded.
    part
        which images of the run's own data.
    distance
        in place of the run's own. A fitted one is fitted on the run's training images, never on held-out ones, and
        kept with the run for this checkpoint.
    watch
        Takes what is being done and which share of that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where data or run cannot be used, or there are no genuine or no impostor pairs.
    Cancelled
        where `watch` said so.
    """
    tell = watch or _untold
    return _measured(run, _look(run, data, part if data is None else "all", distance, tell), tell)


def _measured(run: Run, look: "_Look", tell: StageWatch) -> Measured:
    """Measure everything on what the model sees."""
    images, rule = look.images, look.rule
    curve = curve_of(images, rule, _begun(tell, "measuring pairs"))
    parts = threshold_parts(images, rule, _begun(tell, "measuring pairs of half of the identities"))
    labelled = images.pairs is None
    retrieval = _retrieval(images, rule, tell) if labelled else None
    votes = None if retrieval is None else _knn(images, rule, look.gallery, retrieval, tell)
    clusters = _clusters(images, rule, tell) if labelled else None
    confusion = confusion_matrix(look.logits, look.known, run.info.data.training_classes)
    sure = confidence_of(images, rule, curve=curve, watch=_begun(tell, "drawing identities for the intervals"))
    report = report_from(
        images.embeddings,
        images.labels,
        distance=rule,
        curve=curve,
        retrieval=retrieval,
        classification_accuracy=accuracy(look.logits, look.known),
        segmentation_iou=None if look.segmentation is None else look.segmentation.iou,
    )
    return Measured(
        report,
        sure,
        images=images,
        curve=curve,
        distance=rule,
        step=look.step,
        part=look.part,
        class_names=look.data.classes,
        sample_names=look.data.ids,
        threshold=default_threshold(curve, parts),
        parts=parts,
        figures=CurveFigures.of(curve, parts),
        retrieval=retrieval,
        knn_accuracy=votes,
        clustering=clusters,
        confusion=confusion,
        named=None if confusion is None else np.array(run.info.data.training_classes)[look.logits.argmax(axis=1)],
        segmentation=look.segmentation,
        problems=look.data.problems,
        notes=look.notes if parts is not None else (*look.notes, why_no_parts(images)),
    )


def keep_distance(run: Run, name: DistanceName, watch: StageWatch | None = None) -> None:
    """Have a distance at hand for the newest checkpoint: a fitted one that is not kept with the run is fitted now.

    Raises
    ------
    InputError
        where the run has no checkpoint, or its training images are gone or too few.
    Cancelled
        where `watch` said so.
    """
    if is_fitted(name) and not run.distance_path(name, run.newest_checkpoint()).is_file():
        tell = watch or _untold
        model, step = load_newest_model(run)
        model.to(resolve_device("auto"))
        _distance(run, step, name, _Training(run, model, None, tell), tell)


def _untold(stage: str, share: float) -> None:
    """Nobody watches."""


def _begun(tell: StageWatch, stage: str) -> Watch:
    """Tell that a stage begins, and give what takes the share of it that is done."""
    tell(stage, 0.0)
    return partial(tell, stage)


# --- what the model sees


@dataclass(frozen=True, eq=False)
class _Look:
    """The images of an evaluation, as the model sees them."""

    data: DecodedDataset
    part: Part
    step: int
    rule: Distance
    images: EvaluatedImages
    logits: NDArray[np.float32]
    """[N, C]"""
    known: NDArray[np.int64]
    """[N], class in the order of the logits, -1 where the model does not know it"""
    segmentation: SegmentationScores | None
    gallery: Gallery | None
    """The training images, where they show the same classes."""
    notes: tuple[str, ...]


def _look(run: Run, source: str | None, part: Part, distance: DistanceName | None, tell: StageWatch) -> _Look:
    """Embed the images to be evaluated, and training images where they are needed."""
    model, step = load_newest_model(run)
    model.to(resolve_device("auto"))
    data = _decode(run, source, tell)
    training = _Training(run, model, data if source is None else None, tell)
    rule = _distance(run, step, distance or run.config.distance, training, tell)
    in_part = np.flatnonzero(run.samples().held_out) if part == "held-out" else np.arange(len(data))
    excluded = np.isin(in_part, list(run.excluded() if source is None else ()))
    positions = in_part[~excluded]
    masks = mask_scorer(data, positions) if model.decoder is not None else None
    found = _embedded(model, data, positions, tell, masks)
    images = _evaluated(data, positions, found)
    return _Look(
        data,
        part,
        step,
        rule,
        images,
        logits=found.logits,
        known=_training_labels(run, data)[images.labels],
        segmentation=None if masks is None else masks.scores(),
        gallery=training.gallery if part == "held-out" and not run.info.data.open_set else None,
        notes=(f"left out as excluded from the run: {excluded.sum()} of {len(in_part)} images",) * bool(excluded.any()),
    )


class _Training:
    """The training images of a run, embedded where somebody asks for them."""

    def __init__(self, run: Run, model: MultiTaskModel, data: DecodedDataset | None, tell: StageWatch) -> None:
        self._run, self._model, self._data, self._tell = run, model, data, tell

    @cached_property
    def gallery(self) -> Gallery:
        """Embeddings and labels."""
        data = self._data or _decode(self._run, None, self._tell)
        positions = np.flatnonzero(~self._run.samples().held_out)
        found = _embedded(self._model, data, positions, self._tell)
        return Gallery(found.embeddings, data.labels[positions], data.groups_at(positions))


def _evaluated(data: DecodedDataset, positions: NDArray[np.int64], found: Inference) -> EvaluatedImages:
    listed = None if data.tuples is None else data.tuples.renumbered(positions).pairs()
    return EvaluatedImages(found.embeddings, data.labels[positions], positions, data.groups_at(positions), listed)


def _embedded(
    model: MultiTaskModel,
    data: DecodedDataset,
    positions: NDArray[np.int64],
    tell: StageWatch,
    masks: MaskScorer | None = None,
) -> Inference:
    """What the model says about the images at `positions`."""
    parts = []
    for start in range(0, max(len(positions), 1), IMAGES_AT_ONCE):
        share, some = start / max(len(positions), 1), positions[start : start + IMAGES_AT_ONCE]

        def asked(share: float = share) -> bool:
            tell("embedding images", share)  # says by Cancelled that it is to end
            return False

        parts.append(infer(model, data.images, indices=some, masks=masks, cancelled=asked))
    return Inference(
        np.concatenate([part.embeddings for part in parts]), np.concatenate([part.logits for part in parts])
    )


def _distance(run: Run, step: int, name: DistanceName, training: _Training, tell: StageWatch) -> Distance:
    """The distance of that name; a fitted one as it is kept with the run, or fitted now and kept where it can be."""
    if not is_fitted(name) or run.distance_path(name, step).is_file():
        return distance_of_run(run, name, step)
    gallery = training.gallery
    tell("fitting the distance", 0.0)
    fitted = fit_distance(name, gallery.embeddings, gallery.labels)
    try:
        save_distance(run, fitted, step)
    except (OSError, InputError) as error:  # a run that is read only can be measured all the same
        logger.warning("%s: the fitted distance is not kept (%s)", run.path, error)
    return fitted


def _decode(run: Run, data: str | None, tell: StageWatch) -> DecodedDataset:
    images = decode(
        configured_dataset(run.config, data, read_edits(run.path / RUN_FILE) if data is None else None),
        run.config.image_size,
        progress=lambda done, total: tell("decoding images", done / total),
        cache=ImageCache.default(),
    )
    if data is None and images.content_hash != run.info.data.content_hash:
        raise InputError(f"{run.config.data}: the images have changed since the run was trained on them")
    return images


def _training_labels(run: Run, images: DecodedDataset) -> NDArray[np.int64]:
    """Position of each of the data's classes in the classification head, -1 where the model does not know it."""
    known = {name: position for position, name in enumerate(run.info.data.training_classes)}
    return np.array([known.get(name, -1) for name in images.classes], dtype=np.int64)


# --- what is measured on labelled embeddings


def _retrieval(images: EvaluatedImages, rule: Distance, tell: StageWatch) -> RetrievalScores:
    watch = _begun(tell, "looking up neighbours")
    return retrieval_scores(images.embeddings, images.labels, rule, watch, groups=images.groups)


def _knn(
    images: EvaluatedImages, rule: Distance, gallery: Gallery | None, alone: RetrievalScores, tell: StageWatch
) -> Mapping[int, float]:
    """Votes in the gallery; without one those that were counted along with retrieval."""
    if gallery is None:
        return alone.knn_accuracy
    embeddings, labels, groups = images.embeddings, images.labels, images.groups
    watch = _begun(tell, "letting neighbours vote")
    return knn_accuracy(embeddings, labels, rule, groups=groups, gallery=gallery, watch=watch)


def _clusters(images: EvaluatedImages, rule: Distance, tell: StageWatch) -> dict[ClusteringMethod, ClusteringScores]:
    found: dict[ClusteringMethod, ClusteringScores] = {}
    for method in CLUSTERING_METHODS:
        tell("clustering", len(found) / len(CLUSTERING_METHODS))
        found[method] = clustering_scores(images.embeddings, images.labels, method, rule)
    return found
