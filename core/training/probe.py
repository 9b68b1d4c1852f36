"""The probe set: a fixed sample of images that is embedded again and again while training."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import DecodedDataset
from core.data.split import Split
from core.data.tuples import TupleList
from core.distances import Distance
from core.errors import InputError
from core.evaluation.classification import accuracy, cross_entropies
from core.evaluation.curve import VerificationCurve
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.listed import curve_of
from core.evaluation.parts import threshold_parts
from core.models.inference import Inference
from core.training.records import TrainingSnapshot
from core.watch import Watch

LARGEST = 2_000
SMALLEST = 200
LARGEST_AT_END = 30_000
"""Held-out images of the look at the end, all of which stand on the map."""
TRAINING_AT_END = 1_000
"""Training images that look has at least: how new an image is, and fitted distances, are told by them."""
SHARE_OF_EPOCH = 0.3
"""Embedding costs about a third of a training step's image, so this keeps the probe near 10 % of training time."""


def probe_size(images_per_epoch: int) -> int:
    """How many images may be embedded after each epoch."""
    return max(SMALLEST, min(LARGEST, round(SHARE_OF_EPOCH * images_per_epoch)))


def choose_probe(labels: NDArray[np.int64], split: Split, size: int) -> NDArray[np.int64]:
    """Positions of at most `size` images, held-out ones first, spread evenly over the classes.

    Of a list, the images of held-out tuples come before other held-out ones. The choice ignores the run's seed, so
    that runs on the same data can be compared point by point.
    """
    tuples = split.held_out_tuples
    held_out = (_spread(labels, split.held_out) if tuples is None else _by_tuples(tuples, split.held_out))[:size]
    training = _spread(labels, split.training)[: size - len(held_out)]
    return np.concatenate([np.sort(held_out), np.sort(training)])


def whole_probe(labels: NDArray[np.int64], split: Split) -> NDArray[np.int64]:
    """Positions of the held-out part, as far as a curve can be made of it, then of training images up to `LARGEST`.

    Of training images at least `TRAINING_AT_END`, or all there are.
    """
    held_out = min(LARGEST_AT_END, len(split.held_out))
    return choose_probe(labels, split, max(LARGEST, held_out + TRAINING_AT_END))


def make_snapshot(
    found: Inference,
    positions: NDArray[np.int64],
    data: DecodedDataset,
    split: Split,
    *,
    step: int,
    epoch: int,
    distance: str,
    excluded: Collection[int] = (),
) -> TrainingSnapshot:
    """Measure the held-out images among the embedded ones at `positions`, but the excluded ones."""
    labels = data.labels[positions]
    held_out = np.isin(positions, split.held_out)
    judged = held_out & ~np.isin(positions, list(excluded))
    pairs = None if split.held_out_tuples is None else split.held_out_tuples.pairs().within(positions)
    groups, predicted = data.groups_at(positions), _predicted(found, split)
    losses = None if predicted is None else cross_entropies(found.logits, split.training_label_of[labels])
    for array in (found.embeddings, labels, positions, held_out, groups, predicted, losses):
        if array is not None:
            array.setflags(write=False)
    snapshot = TrainingSnapshot(
        step=step,
        epoch=epoch,
        embeddings=found.embeddings,
        labels=labels,
        sample_ids=positions,
        held_out=held_out,
        curve=None,
        classification_accuracy=None
        if split.open_set or not judged.any()
        else accuracy(found.logits[judged], split.training_label_of[labels[judged]]),
        held_out_total=len(split.held_out),
        open_set=split.open_set,
        pairs=pairs,
        predicted=predicted,
        classification_losses=losses,
        groups=groups,
    )
    return measured(snapshot, distance, excluded)


def _predicted(found: Inference, split: Split) -> NDArray[np.int64] | None:
    """Label of the most probable class of each image, None where the model knows no classes."""
    known = np.flatnonzero(split.training_label_of >= 0)
    if not len(known) or not found.logits.shape[1]:
        return None
    by_logit = known[np.argsort(split.training_label_of[known])]
    labels: NDArray[np.int64] = by_logit[found.logits.argmax(axis=1)]
    return labels


def _by_tuples(tuples: TupleList, positions: NDArray[np.int64]) -> NDArray[np.int64]:
    """Order positions so that a leading part holds the images of as many whole tuples as it can, others at the end."""
    order = np.random.default_rng(0).permutation(len(tuples))
    named = np.concatenate([tuples.images[order].ravel(), positions])
    _, first = np.unique(named, return_index=True)
    return named[np.sort(first)]


def _spread(labels: NDArray[np.int64], positions: NDArray[np.int64]) -> NDArray[np.int64]:
    """Order positions so that every leading part holds about equally many images of each class."""
    shuffled = np.random.default_rng(0).permutation(positions)
    by_class = shuffled[np.argsort(labels[shuffled], kind="stable")]
    _, starts, counts = np.unique(labels[by_class], return_index=True, return_counts=True)
    rank = np.arange(len(by_class)) - np.repeat(starts, counts)
    return by_class[np.argsort(rank, kind="stable")]


def measured(
    snapshot: TrainingSnapshot,
    distance: str | Distance,
    excluded: Collection[int] | None = None,
    watch: Watch | None = None,
) -> TrainingSnapshot:
    """The snapshot with its curves by a distance, over the held-out images but the excluded ones.

    Those are the snapshot's own, or the ones given in their place. Without a curve where the images are too few for
    both kinds of pairs, and without parts where the identities are too few.

    Raises
    ------
    Cancelled
        where `watch` said so.
    """
    if excluded is not None:
        snapshot = replace(snapshot, excluded=frozenset(excluded))
    images = snapshot.evaluated()
    curve = curve_or_none(images, distance, watch)
    parts = None if curve is None else threshold_parts(images, distance, watch)
    return replace(snapshot, curve=curve, parts=parts)


def curve_or_none(
    images: EvaluatedImages, distance: str | Distance, watch: Watch | None = None
) -> VerificationCurve | None:
    """Measure the curve of images; None where they are too few for both kinds of pairs."""
    try:
        return curve_of(images, distance, watch)
    except InputError:  # no pair of one of the kinds; whoever shows the curve says so
        return None
