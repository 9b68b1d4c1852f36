"""What a run keeps of looking at its model: snapshots, evaluations, the default threshold."""

from typing import Any

import numpy as np

from core.errors import InputError
from core.evaluation.calibration import fit_platt
from core.evaluation.curve import VerificationCurve
from core.evaluation.report import EvaluationReport, default_threshold, report_from
from core.runs import Run, ThresholdChoice
from core.training.probe import curve_or_none
from core.training.records import TrainingSnapshot

CURVE_POINTS = 1_000
"""Points of the curve that an evaluation file holds; snapshots hold what the whole of it is made from."""


def store_snapshot(
    run: Run, snapshot: TrainingSnapshot, segmentation_iou: float | None = None
) -> EvaluationReport | None:
    """Write a snapshot; where it has a curve, its evaluation and the default threshold too, and return the report."""
    accuracy = snapshot.classification_accuracy
    run.save_snapshot(
        snapshot.step,
        {
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
        return None
    report = report_from(
        snapshot.embeddings[snapshot.held_out],
        snapshot.labels[snapshot.held_out],
        distance=run.config.distance,
        curve=snapshot.curve,
        classification_accuracy=accuracy,
        segmentation_iou=segmentation_iou,
    )
    run.save_evaluation(snapshot.step, _evaluation(snapshot, snapshot.curve, report))
    run.choose_threshold(_default_choice(run, snapshot.curve, snapshot.step))
    return report


def load_snapshot(run: Run, step: int) -> TrainingSnapshot:
    """Read a snapshot back; its curve is measured anew from the embeddings.

    Raises
    ------
    InputError
        where the file is damaged.
    """
    arrays = run.load_snapshot(step)
    try:
        embeddings, labels, held_out = arrays["embeddings"], arrays["labels"], arrays["held_out"]
        accuracy = float(arrays["classification_accuracy"])
        return TrainingSnapshot(
            step=step,
            epoch=int(arrays["epoch"]),
            embeddings=embeddings,
            labels=labels,
            sample_ids=arrays["sample_ids"],
            held_out=held_out,
            curve=curve_or_none(embeddings[held_out], labels[held_out], run.config.distance),
            classification_accuracy=None if np.isnan(accuracy) else accuracy,
            held_out_total=int(arrays["held_out_total"]),
            open_set=run.info.data.open_set,
        )
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise InputError(f"{run.path}: the snapshot of step {step} is damaged ({error})") from error


def _default_choice(run: Run, curve: VerificationCurve, step: int) -> ThresholdChoice:
    point, rule, fpr = default_threshold(curve)
    return ThresholdChoice(
        threshold=point.threshold, distance=run.config.distance, fpr=fpr, chosen_by="default", rule=rule, step=step
    )


def _evaluation(snapshot: TrainingSnapshot, curve: VerificationCurve, report: EvaluationReport) -> dict[str, Any]:
    thresholds, fpr, tpr = curve.roc(CURVE_POINTS)
    calibration = fit_platt(curve)
    return {
        "step": snapshot.step,
        "part": "held-out",
        "images": int(snapshot.held_out.sum()),
        "images_in_part": snapshot.held_out_total,
        "open_set": snapshot.open_set,
        **report.to_json(),
        "warnings": list(report.warnings),
        "calibration": {"method": "platt", "slope": calibration.slope, "intercept": calibration.intercept},
        "curve": {"thresholds": thresholds.tolist(), "fpr": fpr.tolist(), "tpr": tpr.tolist()},
    }
