"""Measure a stored run on its own images or on other data."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from core.config import DistanceName, is_fitted
from core.data.dataset import DecodedDataset, Problem
from core.data.decode import decode
from core.data.sources import open_dataset
from core.device import resolve_device
from core.distances import Distance
from core.errors import InputError
from core.evaluation.classification import accuracy
from core.evaluation.confidence import Confidence, confidence
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.listed import curve_of
from core.evaluation.masks import mask_scorer
from core.evaluation.report import EvaluationReport, report_from
from core.fitted_distances import fit_distance
from core.models.inference import infer
from core.models.multi_task import MultiTaskModel
from core.runs import Run
from core.stored_distances import distance_of_run, save_distance
from core.training.checkpoint import load_newest_model

Part = Literal["held-out", "all"]


@dataclass(frozen=True)
class Measured:
    """What an evaluation found."""

    report: EvaluationReport
    confidence: Confidence | None
    """How far the figures may be off; None where the pairs are those of a list, of which identities are not drawn."""
    problems: tuple[Problem, ...]
    """Images, masks and classes that were left out."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know before relying on the figures."""
        reason = None if self.confidence is None else self.confidence.reason
        return self.report.warnings if reason is None else (*self.report.warnings, reason)

    def to_json(self) -> dict[str, Any]:
        """The object that `evaluate --json` prints."""
        return self.report.to_json() | ({} if self.confidence is None else self.confidence.to_json())


def evaluate_run(
    run: Run, *, data: str | None = None, part: Part = "held-out", distance: DistanceName | None = None
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

    Raises
    ------
    InputError
        where data or run cannot be used, or there are no genuine or no impostor pairs.
    """
    model, step = load_newest_model(run)
    model.to(resolve_device("auto"))
    images = _decode(run, data)
    rule = _distance(run, model, step, distance or run.config.distance, images if data is None else None)
    positions = np.arange(len(images))
    if part == "held-out" and data is None:
        positions = np.flatnonzero(run.samples().held_out)
    masks = mask_scorer(images, positions) if model.decoder is not None else None
    found = infer(model, images.images, indices=positions, masks=masks)
    known = _training_labels(run, images)[images.labels[positions]]
    labels = images.labels[positions]
    listed = None if images.tuples is None else images.tuples.renumbered(positions).pairs()
    curve = curve_of(EvaluatedImages(found.embeddings, labels, positions, pairs=listed), rule)
    report = report_from(
        found.embeddings,
        labels,
        distance=rule,
        curve=curve,
        retrieval=listed is None,
        classification_accuracy=accuracy(found.logits, known),
        segmentation_iou=None if masks is None else masks.mean_iou(),
    )
    intervals = confidence(found.embeddings, labels, rule, curve=curve) if listed is None else None
    return Measured(report, intervals, images.problems)


def _distance(
    run: Run, model: MultiTaskModel, step: int, name: DistanceName, own_images: DecodedDataset | None
) -> Distance:
    """The distance of that name; a fitted one as it is kept with the run, or fitted now and kept."""
    if not is_fitted(name) or run.distance_path(name, step).is_file():
        return distance_of_run(run, name, step)
    images = own_images or _decode(run, None)
    training = np.flatnonzero(~run.samples().held_out)
    embeddings = infer(model, images.images, indices=training).embeddings
    fitted = fit_distance(name, embeddings, images.labels[training])
    save_distance(run, fitted, step)
    return fitted


def _decode(run: Run, data: str | None) -> DecodedDataset:
    images = decode(open_dataset(data or run.config.data), run.config.image_size)
    if data is None and images.content_hash != run.info.data.content_hash:
        raise InputError(f"{run.config.data}: the images have changed since the run was trained on them")
    return images


def _training_labels(run: Run, images: DecodedDataset) -> NDArray[np.int64]:
    """Position of each of the data's classes in the classification head, -1 where the model does not know it."""
    known = {name: position for position, name in enumerate(run.info.data.training_classes)}
    return np.array([known.get(name, -1) for name in images.classes], dtype=np.int64)
