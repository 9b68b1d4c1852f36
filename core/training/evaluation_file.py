"""What the file of an evaluation holds, see `core.run_content.StoredEvaluation`."""

import logging
from dataclasses import asdict
from typing import Any

from core.errors import InputError
from core.evaluation.calibration import Calibration, cllr, fit_calibration, min_cllr
from core.evaluation.curve import VerificationCurve
from core.evaluation.parts import why_no_parts
from core.evaluation.report import DefaultThreshold, EvaluationReport
from core.run_content import ThresholdChoice
from core.runs import Run
from core.training.records import TrainingSnapshot

log = logging.getLogger(__name__)

CURVE_POINTS = 1_000
"""Points of the curve that an evaluation file holds; snapshots hold what the whole of it is made from."""
MOST_DRAWN = 2_000
"""Images whose intervals take a second or two; of more, `evaluate` measures them."""


def evaluation_content(
    run: Run,
    snapshot: TrainingSnapshot,
    curve: VerificationCurve,
    report: EvaluationReport,
    threshold: DefaultThreshold,
    *,
    last: bool,
) -> dict[str, Any]:
    """Figures, threshold, calibration and points of the curve; of the last one also how far they may be off."""
    thresholds, fpr, tpr = curve.roc(CURVE_POINTS)
    calibration = _calibration(run, snapshot, curve)
    unchecked = () if snapshot.parts is not None else (why_no_parts(snapshot.evaluated()),)
    return {
        "step": snapshot.step,
        "part": "held-out",
        "images": int(snapshot.held_out.sum()),
        "images_in_part": snapshot.held_out_total,
        "excluded_images": snapshot.excluded_images,
        "open_set": snapshot.open_set,
        **report.to_json(),
        "warnings": [*report.warnings, *unchecked],
        "threshold": _choice(run, snapshot.step, threshold).model_dump(),
        "calibration": asdict(calibration),
        # The first threshold, which accepts nothing, is -inf: JSON has no word for it.
        "curve": {"thresholds": thresholds[1:].tolist(), "fpr": fpr[1:].tolist(), "tpr": tpr[1:].tolist()},
        **(_uncertainty(snapshot, curve, run.config.distance, calibration) if last else {}),
    }


def _uncertainty(
    snapshot: TrainingSnapshot, curve: VerificationCurve, distance: str, calibration: Calibration
) -> dict[str, Any]:
    """What the calibration costs and, where that takes little, intervals."""
    from core.evaluation.confidence import confidence_of

    judged = curve if snapshot.parts is None else snapshot.parts.reporting
    costs = {"cllr": cllr(calibration, judged), "min_cllr": min_cllr(judged)}
    images = snapshot.evaluated()
    return costs if len(images) > MOST_DRAWN else costs | confidence_of(images, distance, curve=curve).to_json()


def _choice(run: Run, step: int, threshold: DefaultThreshold) -> ThresholdChoice:
    return ThresholdChoice(
        threshold=threshold.point.threshold,
        distance=run.config.distance,
        fpr=threshold.fpr,
        chosen_by="default",
        rule=threshold.rule,
        step=step,
        chosen_on=threshold.chosen_on,
        reported_on=threshold.reported_on,
    )


def _calibration(run: Run, snapshot: TrainingSnapshot, curve: VerificationCurve) -> Calibration:
    """Fitted on the identities that thresholds are chosen on, by the method of the run."""
    try:
        method = run.calibration_method()
    except InputError as error:  # no reason to end hours of training
        log.warning("%s; Platt's method takes its place", error)
        method = "platt"
    return fit_calibration(curve if snapshot.parts is None else snapshot.parts.choosing, method)
