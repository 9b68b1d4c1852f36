"""What training reports: frozen results that any thread may read."""

from collections.abc import Collection, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import Problem
from core.data.tuples import ListedPairs, TupleKind
from core.evaluation.curve import VerificationCurve
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.parts import ThresholdParts
from core.hyperparameters import Hyperparameters

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class StepSeconds:
    """Seconds that the phases of a step take, a mean over some steps."""

    data: float = 0.0
    """Images gathered from the decoded data, as far as the device waited for them."""
    copy: float = 0.0
    """Moved to the device and made numbers in 0..1."""
    augmentation: float = 0.0
    forward: float = 0.0
    loss: float = 0.0
    """The tasks' losses, mining and balance included."""
    backward: float = 0.0
    optimizer: float = 0.0
    probe: float = 0.0
    """Looking at the probe set at the end of an epoch, as a share of each step."""


PHASES: tuple[str, ...] = tuple(field.name for field in fields(StepSeconds))
"""In the order in which a step goes through them."""


@dataclass(frozen=True)
class StepRecord:
    """One training step; losses are raw (unweighted), None where the term is absent."""

    step: int
    """Steps done, from 1."""
    epoch: int
    """Epoch the step belongs to, from 1."""
    time: float
    """Seconds of training so far, pauses and evaluation left out."""
    total: float | None
    """None where the step was skipped because something in it was not finite."""
    cls: float | None
    seg: float | None
    metric: float | None
    learning_rate: float
    active_fraction: float | None
    """Share of all the batch's tuples with positive metric loss."""
    easy: int | None = None
    """Triplets of the batch with d_an > d_ap + margin."""
    semi_hard: int | None = None
    """Triplets with d_ap < d_an <= d_ap + margin."""
    hard: int | None = None
    """Triplets with d_an <= d_ap."""
    mean_d_ap: float | None = None
    """Mean distance of the batch's positive pairs."""
    mean_d_an: float | None = None
    """Mean distance of its negative pairs."""
    effective_rank: float | None = None
    """Spread of the batch's embeddings, in directions: 1 where they lie on a line, at most D."""
    gradient_norm: float | None = None
    """L2 norm of the gradient of all weights."""
    cls_gradient: float | None = None
    """L2 norm of the weighted classification loss's gradient on the shared backbone; measured now and then."""
    seg_gradient: float | None = None
    """As `cls_gradient`, of segmentation."""
    metric_gradient: float | None = None
    """As `cls_gradient`, of the metric loss."""
    cls_weight: float | None = None
    """What classification counts in the total: α times what the balance makes of it; None where α is all there is."""
    seg_weight: float | None = None
    """As `cls_weight`, of segmentation with β."""
    metric_weight: float | None = None
    """As `cls_weight`, of the metric loss with γ."""
    fault: str | None = None
    """Why the step was skipped: the first tensor that was not finite, and what it was."""
    seconds: StepSeconds | None = None
    """Where the time of the steps since the last such record went; told now and then."""

    @classmethod
    def of_line(cls, line: Mapping[str, Any]) -> "StepRecord":
        """The record that a line of metrics.jsonl holds; its further keys are passed over.

        Raises
        ------
        KeyError
            naming a figure that the line lacks.
        TypeError
            naming one that is of another kind, and what was found.
        """
        values = {
            field.name: line[field.name]
            for field in fields(cls)
            if field.name in line or field.default is MISSING  # others are younger than some runs
        }
        spent = values.pop("seconds", None)
        _check_kinds(values, _FIGURES)
        if spent is None:
            return cls(**values)
        if not isinstance(spent, Mapping):
            raise TypeError(f"seconds must name the phases of a step, found {spent!r:.40}")
        phases = {name: spent[name] for name in PHASES if name in spent}
        _check_kinds(phases, _SECONDS)
        return cls(**values, seconds=StepSeconds(**phases))


def _kinds(record: type[StepRecord] | type[StepSeconds]) -> dict[str, tuple[type, ...]]:
    """Types that JSON may have for each field; a whole number is a number too."""
    kinds = {field.name: get_args(field.type) or (field.type,) for field in fields(record)}
    return {name: (*of, int) if float in of else of for name, of in kinds.items()}


_FIGURES, _SECONDS = _kinds(StepRecord), _kinds(StepSeconds)


def _check_kinds(values: Mapping[str, Any], kinds: Mapping[str, tuple[type, ...]]) -> None:
    for name, value in values.items():
        if type(value) not in kinds[name]:  # exactly: a truth value is no number
            raise TypeError(f"{name} cannot be {value!r:.40}")


@dataclass(frozen=True)
class TrainingSnapshot:
    """Embeddings of the probe set at one step; its arrays are read-only."""

    step: int
    epoch: int
    embeddings: NDArray[np.float32]
    """[N, D], unit L2 norm"""
    labels: NDArray[np.int64]
    """[N]"""
    sample_ids: NDArray[np.int64]
    """[N], positions in the decoded data set"""
    held_out: NDArray[np.bool_]
    """[N], False for images the model is trained on"""
    curve: VerificationCurve | None
    """Over all (or all listed) pairs of the held-out images; None without both genuine and impostor pairs."""
    classification_accuracy: float | None
    """Of the held-out images; None in an open set, whose classes the model cannot name."""
    held_out_total: int
    """Size of the whole held-out part, of which the snapshot may hold a sample."""
    open_set: bool
    pairs: ListedPairs | None = None
    """The held-out images' listed pairs, as rows of `embeddings`, which the curve is over; None for all by labels."""
    predicted: NDArray[np.int64] | None = None
    """[N], label of the class that the model takes each image for; None where it knows no classes."""
    classification_losses: NDArray[np.float32] | None = None
    """[N], cross entropy of each image's own class, NaN where the model does not know it; None where it knows none."""
    groups: NDArray[np.int64] | None = None
    """[N], see `core.evaluation.evaluated.EvaluatedImages`; None where the data has no groups."""
    parts: ThresholdParts | None = None
    """The held-out identities in two halves; None where they are too few, or only listed pairs are known."""
    excluded: frozenset[int] = frozenset()
    """Sample ids of the images that a person has excluded: neither `curve` nor `parts` counts them."""

    def evaluated(self, excluded: Collection[int] | None = None) -> EvaluatedImages:
        """The held-out images, which the curve is over, without the excluded ones or without others in their place."""
        images = EvaluatedImages(self.embeddings, self.labels, self.sample_ids, self.groups, self.pairs)
        left_out = self.excluded if excluded is None else excluded
        return images.at(np.flatnonzero(self.held_out)).without(left_out)

    @property
    def excluded_images(self) -> int:
        """How many of its held-out images are excluded."""
        return int(np.isin(self.sample_ids[self.held_out], list(self.excluded)).sum())


@dataclass(frozen=True)
class ModelSnapshot:
    """Weights at one step, copied to the CPU."""

    step: int
    state_dict: Mapping[str, "torch.Tensor"]


@dataclass(frozen=True)
class Preparing:
    """Work before the first step: `done` of `total` units of `what`."""

    what: str
    done: int
    total: int


@dataclass(frozen=True)
class DataSummary:
    """The data a run is trained on, as decoded and split."""

    name: str
    classes: tuple[str, ...]
    sample_names: tuple[str, ...]
    """Ids of the images, by the positions that snapshots use."""
    images: int
    masks: int
    training_images: int
    held_out_images: int
    training_classes: int
    held_out_classes: int
    open_set: bool
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    listed: TupleKind | None = None
    """What the data lists in place of classes, which are then identities; None for labelled images."""
    training_tuples: int = 0
    held_out_tuples: int = 0


@dataclass(frozen=True)
class Started:
    """The first step follows; on a resumed run `step` is where it goes on."""

    run_dir: Path
    step: int
    total_steps: int
    steps_per_epoch: int
    batch_size: int
    device: str
    backbone: str
    data: DataSummary
    hyperparameters: Hyperparameters


@dataclass(frozen=True)
class Paused:
    """Training waits after `step`."""

    step: int
    reason: str | None = None
    """Why, in one sentence, where nobody asked for it; it tries by itself to go on."""


@dataclass(frozen=True)
class Resumed:
    """Training goes on after a pause."""

    step: int


@dataclass(frozen=True)
class HyperparametersApplied:
    """From the step after `step` on, training uses `new`."""

    step: int
    old: Hyperparameters
    new: Hyperparameters


@dataclass(frozen=True)
class Evaluated:
    """The held-out images of a snapshot were measured."""

    step: int
    epoch: int
    images: int
    auc: float | None
    eer: float | None
    classification_accuracy: float | None


@dataclass(frozen=True)
class CheckpointSaved:
    """Training can be resumed from `step`."""

    step: int
    path: Path


@dataclass(frozen=True)
class Note:
    """Something the user should know that stops nothing."""

    message: str


@dataclass(frozen=True)
class HealthWarning:
    """Training goes on, but something in it looks ill."""

    step: int
    seen: str
    """What was seen, in one sentence."""
    advice: str
    """What to try."""


@dataclass(frozen=True)
class Failed:
    """Training ended by an error; the run stays as it was at the last checkpoint."""

    message: str
    """One sentence for the user."""
    details: str
    """The traceback."""


@dataclass(frozen=True)
class Finished:
    """Training ended: all epochs done, or stopped by the user."""

    step: int
    stopped: bool
    result: Mapping[str, Any]
    """What `train --json` prints (api.md)."""


@dataclass(frozen=True)
class Rewound:
    """A run that is followed was taken back to a checkpoint: what was told of it is to be read again."""


Event = (
    Preparing
    | Started
    | Paused
    | Resumed
    | HyperparametersApplied
    | CheckpointSaved
    | Evaluated
    | Note
    | HealthWarning
    | Failed
    | Finished
    | Rewound
)
