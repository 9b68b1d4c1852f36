"""What is measured behind the window when somebody asks for it: a run, a protocol, several runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.config import DistanceName
from explorer.bridge.long_work import StageWatcher, Work
from explorer.reports import (
    CalibrationFit,
    CandidateChoice,
    Part,
    ProtocolChoice,
    Report,
)
from explorer.translation import tr

if TYPE_CHECKING:
    from core.evaluation.calibration import CalibrationMethod
    from core.evaluation.comparison import Comparison
    from core.evaluation.measured import Measured
    from core.evaluation.protocols.result import ProtocolResult
    from core.verification import Verifier


METHODS: "tuple[CalibrationMethod, ...]" = ("platt", "isotonic")


@dataclass(frozen=True, eq=False)
class MadeProtocol:
    """The result of a protocol, and which model made it."""

    result: "ProtocolResult"
    step: int
    distance: DistanceName


def evaluation(run_dir: Path, distance: DistanceName, part: Part) -> Work:
    """Measure the newest checkpoint of a run; gives a Report."""

    def work(watcher: StageWatcher) -> Report:
        from core.evaluate import evaluate_run
        from core.runs import Run

        watcher.staged(tr("loading the model"))
        measured = evaluate_run(Run.open(run_dir), part=part, distance=distance, watch=watcher.staged)
        watcher.staged(tr("calibrating"))
        return calibrated(run_dir, distance, measured)

    return work


def calibrated(run_dir: Path, distance: DistanceName, measured: "Measured") -> Report:
    """A report of what was measured, with both calibrations fitted; on other identities where there are enough."""
    from core.evaluation.calibration import cllr, fit_calibration, min_cllr, reliability

    parts = measured.parts
    chosen, judged = (measured.curve, measured.curve) if parts is None else (parts.choosing, parts.reporting)
    if parts is None:
        on = tr("Fitted on the pairs that it is judged on, since the identities are too few to spare some: too kind.")
    else:
        on = tr("Fitted on {choosing_identities} identities, judged on {reporting_identities} others.").format(
            choosing_identities=parts.choosing_identities, reporting_identities=parts.reporting_identities
        )
    fits = []
    for method in METHODS:
        way = fit_calibration(chosen, method)
        fits.append(CalibrationFit(method, cllr(way, judged), reliability(way, judged)))
    return Report(run_dir, distance, measured, tuple(fits), min_cllr(judged), on)


def protocol(run_dir: Path, distance: DistanceName, choice: ProtocolChoice) -> Work:
    """Run a protocol with the newest checkpoint of a run, by a distance; gives a MadeProtocol."""

    def work(watcher: StageWatcher) -> MadeProtocol:
        from core.evaluate import keep_distance
        from core.runs import Run
        from core.stored_distances import distance_of_run
        from core.verification import Verifier

        watcher.staged(tr("loading the model"))
        run = Run.open(run_dir)
        keep_distance(run, distance, watcher.staged)
        verifier = Verifier.load(run)
        verifier.compare_by(distance_of_run(verifier.run, distance, verifier.step), None)
        watcher.staged(tr("running the protocol"))
        return MadeProtocol(_result(verifier, choice, watcher), verifier.step, distance)

    return work


def comparison(candidates: Sequence[CandidateChoice]) -> Work:
    """Compare runs and distances on the images that all of them hold out; gives a Comparison."""

    def work(watcher: StageWatcher) -> "Comparison":
        from core.compare import compare_runs
        from core.evaluate import keep_distance
        from core.runs import Run

        runs = [(Run.open(each.run_dir), each.distance) for each in candidates]
        for run, distance in runs:
            keep_distance(run, distance or run.config.distance, watcher.staged)
        watcher.staged(tr("comparing"))
        return compare_runs(runs, watch=watcher)

    return work


def _result(verifier: "Verifier", choice: ProtocolChoice, watch: StageWatcher) -> "ProtocolResult":
    from core.errors import InputError
    from core.protocols import episodes, lfw_protocol, one_shot_protocol, pairs_protocol

    match choice:
        case ProtocolChoice("lfw", Path() as source, Path() as images):
            return lfw_protocol(verifier, source, images, watch)
        case ProtocolChoice("pairs", Path() as source):
            return pairs_protocol(verifier, source, watch)
        case ProtocolChoice("one-shot", Path() as source):
            return one_shot_protocol(verifier, source, watch)
        case ProtocolChoice("episodes"):
            return episodes(
                verifier,
                ways=choice.ways,
                shots=choice.shots,
                queries=choice.queries,
                count=choice.count,
                watch=watch,
            )
    raise InputError(tr("{name}: a protocol needs its files, found none chosen").format(name=choice.name))
