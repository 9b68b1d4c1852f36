"""What a run keeps of looking at its model: snapshots, evaluations, the default threshold."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.data.tuples import ListedPairs
from core.errors import InputError
from core.evaluation.report import REPORTED_FPRS, EvaluationReport, default_threshold, report_from
from core.runs import Run
from core.training.evaluation_file import evaluation_content
from core.training.probe import measured
from core.training.records import StepRecord, TrainingSnapshot
from core.watch import Watch

_PAIRS = ("genuine", "impostor")
_OPTIONAL = {"predicted": np.int64, "groups": np.int64, "classification_losses": np.float32}
"""Arrays [N] that not every snapshot has."""


def store_snapshot(
    run: Run, snapshot: TrainingSnapshot, segmentation_iou: float | None = None, *, last: bool = False
) -> dict[str, Any]:
    """Write a snapshot and, where it has a curve, its evaluation; return the figures that `train --json` prints.

    Of the last one, it is also told how far the figures may be off, which takes a second or two.
    """
    accuracy = snapshot.classification_accuracy
    pairs = {} if snapshot.pairs is None else {name: getattr(snapshot.pairs, name) for name in _PAIRS}
    rest = {name: getattr(snapshot, name) for name in _OPTIONAL if getattr(snapshot, name) is not None}
    run.save_snapshot(
        snapshot.step,
        {
            **pairs,
            **rest,
            "embeddings": snapshot.embeddings,
            "labels": snapshot.labels,
            "sample_ids": snapshot.sample_ids,
            "held_out": snapshot.held_out,
            "epoch": np.array(snapshot.epoch),
            "held_out_total": np.array(snapshot.held_out_total),
            "classification_accuracy": np.array(np.nan if accuracy is None else accuracy),
        },
    )
    if snapshot.curve is None:
        return no_figures() | {"classification_accuracy": accuracy, "segmentation_iou": segmentation_iou}
    images = snapshot.evaluated()
    report = report_from(
        images.embeddings,
        images.labels,
        distance=run.config.distance,
        curve=snapshot.curve,
        classification_accuracy=accuracy,
        segmentation_iou=segmentation_iou,
        retrieval=snapshot.pairs is None,
        groups=images.groups,
    )
    threshold = default_threshold(snapshot.curve, snapshot.parts)
    content = evaluation_content(run, snapshot, snapshot.curve, report, threshold, last=last)
    run.save_evaluation(snapshot.step, content)
    return report.to_json() | {"threshold": threshold.to_json()}


def no_figures() -> dict[str, Any]:
    """The figures of an evaluation that there is none of: null under every name."""
    figures: dict[str, Any] = {field.name: None for field in fields(EvaluationReport) if field.name != "warnings"}
    by_fpr = {name: {f"{fpr:g}": None for fpr in REPORTED_FPRS} for name in ("tpr_at_fpr", "threshold_at_fpr")}
    return figures | by_fpr | {"threshold": None}


def load_snapshot(run: Run, step: int, watch: Watch | None = None) -> TrainingSnapshot:
    """Read a snapshot back; its curve is measured anew from the embeddings, without the images excluded by now.

    Raises
    ------
    InputError
        where the file is damaged.
    Cancelled
        where `watch`, which takes the share of the pairs that is measured, said so.
    """
    return measured(load_embeddings(run, step), run.config.distance, watch=watch)


def load_embeddings(run: Run, step: int) -> TrainingSnapshot:
    """Read a snapshot back as `load_snapshot` does, but without a curve, which may take minutes to measure.

    Raises
    ------
    InputError
        where the file is damaged.
    """
    arrays, excluded = run.load_snapshot(step), run.excluded()
    try:
        _check_arrays(arrays, len(run.info.data.classes), run.info.data.images)
        embeddings, labels, held_out = arrays["embeddings"], arrays["labels"], arrays["held_out"]
        pairs = _pairs(arrays)
        accuracy = float(arrays["classification_accuracy"])
        return TrainingSnapshot(
            step=step,
            epoch=int(arrays["epoch"]),
            embeddings=embeddings,
            labels=labels,
            sample_ids=arrays["sample_ids"],
            held_out=held_out,
            curve=None,
            classification_accuracy=None if np.isnan(accuracy) else accuracy,
            held_out_total=int(arrays["held_out_total"]),
            open_set=run.info.data.open_set,
            pairs=pairs,
            predicted=arrays.get("predicted"),
            classification_losses=arrays.get("classification_losses"),
            groups=arrays.get("groups"),
            excluded=excluded,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise InputError(f"{run.snapshot_path(step)}: the snapshot is damaged ({error})") from error


def load_records(run: Run, watch: Watch | None = None) -> tuple[StepRecord, ...]:
    """Read the step records of metrics.jsonl back; further keys of a line are passed over.

    Raises
    ------
    InputError
        where a line lacks a figure, or one is no number.
    Cancelled
        where `watch`, which takes the share of the file that is read, said so.
    """
    return records_of(run, run.metrics(watch))


def records_of(run: Run, lines: Iterable[Mapping[str, Any]]) -> tuple[StepRecord, ...]:
    """Step records of some lines of metrics.jsonl.

    Raises
    ------
    InputError
        as `load_records`.
    """
    try:
        return tuple(StepRecord.of_line(line) for line in lines)
    except KeyError as error:
        raise InputError(f"{run.path / 'metrics.jsonl'}: damaged, a line has no {error}") from error
    except TypeError as error:
        raise InputError(f"{run.path / 'metrics.jsonl'}: damaged, in a line {error}") from error


def _pairs(arrays: dict[str, NDArray[Any]]) -> ListedPairs | None:
    """The listed pairs of a snapshot, None where it has none."""
    if not any(name in arrays for name in _PAIRS):
        return None
    pairs, held_out = ListedPairs(*(arrays[name] for name in _PAIRS)), arrays["held_out"]
    for name in _PAIRS:
        if arrays[name].size and not 0 <= arrays[name].min() <= arrays[name].max() < len(held_out):
            raise ValueError(f"{name} must hold rows below {len(held_out)}, found {arrays[name].max()}")
    return pairs


def _check_arrays(arrays: dict[str, NDArray[Any]], classes: int, images: int) -> None:
    count = len(arrays["embeddings"])
    expected = {"embeddings": np.float32, "labels": np.int64, "sample_ids": np.int64, "held_out": np.bool_}
    expected |= {name: dtype for name, dtype in _OPTIONAL.items() if name in arrays}
    for name, dtype in expected.items():
        array = arrays[name]
        if array.dtype != dtype or array.ndim != (2 if name == "embeddings" else 1) or len(array) != count:
            raise ValueError(f"{name} has {array.dtype} {list(array.shape)} beside {count} embeddings")
    for name, limit in (("labels", classes), ("predicted", classes), ("sample_ids", images)):
        if name in arrays and count and not 0 <= arrays[name].min() <= arrays[name].max() < limit:
            raise ValueError(f"{name} must be below {limit}, found {arrays[name].min()} to {arrays[name].max()}")
    if not np.isfinite(arrays["embeddings"]).all():
        raise ValueError("embeddings must be finite")
    for array in arrays.values():
        array.setflags(write=False)
