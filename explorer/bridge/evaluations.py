"""What is measured behind the window when somebody asks for it: a run, a protocol, several runs."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.config import DistanceName
from explorer.bridge.evaluating import StageWatcher, Work
from explorer.reports import (
    CalibrationFit,
    CalibrationName,
    Part,
    Reliability,
    Report,
)

if TYPE_CHECKING:
    from core.evaluation.measured import Measured


def evaluation(run_dir: Path, distance: DistanceName, part: Part) -> Work:
    """Measure the newest checkpoint of a run; gives a Report."""

    def work(watcher: StageWatcher) -> Report:
        from core.evaluate import evaluate_run
        from core.runs import Run

        watcher.staged("loading the model")
        measured = evaluate_run(Run.open(run_dir), part=part, distance=distance, watch=watcher.staged)
        watcher.staged("calibrating")
        return calibrated(run_dir, distance, measured)

    return work


def calibrated(run_dir: Path, distance: DistanceName, measured: "Measured") -> Report:
    """A report of what was measured, with both calibrations fitted; on other identities where there are enough."""
    from core.evaluation.calibration import cllr, fit_isotonic, fit_platt, min_cllr, reliability

    parts = measured.parts
    chosen, judged = (measured.curve, measured.curve) if parts is None else (parts.choosing, parts.reporting)
    if parts is None:
        on = "Fitted on the pairs that it is judged on, since the identities are too few to spare some: too kind."
    else:
        on = f"Fitted on {parts.choosing_identities} identities, judged on {parts.reporting_identities} others."
    ways: tuple[tuple[CalibrationName, object], ...] = (
        ("platt", fit_platt(chosen)),
        ("isotonic", fit_isotonic(chosen)),
    )
    fits = []
    for name, way in ways:
        points = reliability(way, judged)
        fits.append(CalibrationFit(name, cllr(way, judged), Reliability(*map(np.asarray, points))))
    return Report(run_dir, distance, measured, tuple(fits), min_cllr(judged), on)
