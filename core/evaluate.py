"""Measure a stored run on its own images or on other data."""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from core.config import DistanceName, is_fitted
from core.data.dataset import DecodedDataset
from core.data.decode import decode
from core.data.sources import open_dataset
from core.device import resolve_device
from core.distances import Distance
from core.errors import InputError
from core.evaluation.classification import accuracy, confusion_matrix
from core.evaluation.confidence import Confidence, confidence
from core.evaluation.curve import VerificationCurve
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.listed import curve_of
from core.evaluation.masks import MaskScorer, mask_scorer
from core.evaluation.measured import Measured, Part, StageWatch
from core.evaluation.pair_scan import Watch
from core.evaluation.report import default_threshold, report_from
from core.fitted_distances import fit_distance
from core.models.inference import Inference, infer
from core.models.multi_task import MultiTaskModel
from core.runs import Run
from core.stored_distances import distance_of_run, save_distance
from core.training.checkpoint import load_newest_model

__all__ = ["Measured", "Part", "StageWatch", "evaluate_run"]

IMAGES_AT_ONCE = 1024
"""Images between two reports of how far embedding has come."""


def evaluate_run(
    run: Run,
    *,
    data: str | None = None,
    part: Part = "held-out",
    distance: DistanceName | None = None,
    watch: StageWatch | None = None,
) -> Measured:
    """Measure the newest checkpoint of a run.

    Parameters
    ----------
    run
        with at least one checkpoint.
    data
        folder, list or built-in name in place of the run's own data; then `part` is 'all'.
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
    model, step = load_newest_model(run)
    model.to(resolve_device("auto"))
    decoded = _decode(run, data, tell)
    part = part if data is None else "all"
    positions = np.flatnonzero(run.samples().held_out) if part == "held-out" else np.arange(len(decoded))
    rule = _distance(run, model, step, distance or run.config.distance, decoded if data is None else None, tell)
    masks = mask_scorer(decoded, positions) if model.decoder is not None else None
    found = _embedded(model, decoded, positions, tell, masks)
    labels = decoded.labels[positions]
    listed = None if decoded.tuples is None else decoded.tuples.renumbered(positions).pairs()
    images = EvaluatedImages(found.embeddings, labels, positions, pairs=listed)
    known = _training_labels(run, decoded)[labels]
    curve = curve_of(images, rule, partial(tell, "measuring pairs"))
    segmentation = None if masks is None else masks.scores()
    report = report_from(
        found.embeddings,
        labels,
        distance=rule,
        curve=curve,
        retrieval=listed is None,
        classification_accuracy=accuracy(found.logits, known),
        segmentation_iou=None if segmentation is None else segmentation.iou,
    )
    return Measured(
        report,
        _confidence(images, rule, curve, partial(tell, "drawing identities for the intervals")),
        images=images,
        curve=curve,
        distance=rule,
        step=step,
        part=part,
        class_names=decoded.classes,
        sample_names=decoded.ids,
        threshold=default_threshold(curve),
        confusion=confusion_matrix(found.logits, known, run.info.data.training_classes),
        segmentation=segmentation,
        problems=decoded.problems,
    )


def _untold(stage: str, share: float) -> None:
    """Nobody watches."""


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
        tell("embedding images", start / max(len(positions), 1))
        parts.append(infer(model, data.images, indices=positions[start : start + IMAGES_AT_ONCE], masks=masks))
    return Inference(
        np.concatenate([part.embeddings for part in parts]), np.concatenate([part.logits for part in parts])
    )


def _confidence(images: EvaluatedImages, rule: Distance, curve: VerificationCurve, watch: Watch) -> Confidence:
    if images.pairs is not None:
        identities = len(np.unique(images.labels))
        return Confidence(identities, "no interval, since identities cannot be drawn where only pairs are listed")
    return confidence(images.embeddings, images.labels, rule, curve=curve, watch=watch)


def _distance(
    run: Run,
    model: MultiTaskModel,
    step: int,
    name: DistanceName,
    own_images: DecodedDataset | None,
    tell: StageWatch,
) -> Distance:
    """The distance of that name; a fitted one as it is kept with the run, or fitted now and kept."""
    if not is_fitted(name) or run.distance_path(name, step).is_file():
        return distance_of_run(run, name, step)
    images = own_images or _decode(run, None, tell)
    training = np.flatnonzero(~run.samples().held_out)
    embeddings = _embedded(model, images, training, tell).embeddings
    tell("fitting the distance", 0.0)
    fitted = fit_distance(name, embeddings, images.labels[training])
    save_distance(run, fitted, step)
    return fitted


def _decode(run: Run, data: str | None, tell: StageWatch) -> DecodedDataset:
    dataset = open_dataset(data or run.config.data)
    images = decode(
        dataset,
        run.config.image_size,
        progress=lambda done, total: tell("decoding images", done / total),
    )
    if data is None and images.content_hash != run.info.data.content_hash:
        raise InputError(f"{run.config.data}: the images have changed since the run was trained on them")
    return images


def _training_labels(run: Run, images: DecodedDataset) -> NDArray[np.int64]:
    """Position of each of the data's classes in the classification head, -1 where the model does not know it."""
    known = {name: position for position, name in enumerate(run.info.data.training_classes)}
    return np.array([known.get(name, -1) for name in images.classes], dtype=np.int64)
