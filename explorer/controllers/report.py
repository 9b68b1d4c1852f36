"""Evaluations, protocols and comparisons: asked for in the panel, measured behind the window, shown there."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from core.runs import Run
from explorer import formats
from explorer.bridge.evaluations import MadeProtocol, comparison, evaluation, protocol
from explorer.bridge.library import LibraryBridge, OpenedRun
from explorer.bridge.long_work import Progress, Work, WorkBridge
from explorer.dialogs import choose_folder
from explorer.panels.distance_field import DISTANCE_LABELS
from explorer.panels.evaluation import EvaluationPanel
from explorer.panels.reliability_plot import NAMES
from explorer.reports import CandidateChoice, Part, ProtocolChoice, Report
from explorer.settings import Settings
from explorer.state import ExplorerState, RunView
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from core.evaluation.calibration import CalibrationMethod
    from core.evaluation.comparison import Comparison
    from core.training.records import TrainingSnapshot

EVALUATION, PROTOCOL, COMPARISON = tr("the evaluation"), tr("the protocol"), tr("the comparison")
_NO_RUN = tr("start a run or open one first")
_EXCLUDED = tr("Other images are excluded by now. Evaluate again to leave them out.")
_NO_MODEL = tr("the run has no checkpoint yet; the first is kept after its first epoch")


class ReportController(QObject):
    """Has the newest checkpoint of the run that is shown measured, one thing at a time."""

    def __init__(
        self,
        state: ExplorerState,
        evaluating: WorkBridge,
        library: LibraryBridge,
        *,
        panel: EvaluationPanel,
        status: StatusLine,
        settings: Settings,
        run_root: Path,
    ) -> None:
        super().__init__()
        self._state, self._evaluating, self._library = state, evaluating, library
        self._settings = settings
        self._panel, self._status, self._run_root = panel, status, run_root
        self._report: Report | None = None
        self._excluded = state.exclusions
        """When the newest evaluation began."""
        self._connect()
        self._show_run(state.run)

    def show_opened(self, opened: OpenedRun) -> None:
        """Show how a stored run makes probabilities of distances."""
        self._panel.calibration.set_choice(opened.calibration)

    def _connect(self) -> None:
        state, panel, evaluating = self._state, self._panel, self._evaluating
        state.run_changed.connect(self._show_run)
        state.snapshot_changed.connect(self._show_snapshot)
        state.distance_changed.connect(panel.set_distance)
        state.model_step_changed.connect(panel.set_model_step)
        state.exclusions_changed.connect(self._tell_exclusions)
        panel.evaluate_requested.connect(self._evaluate)
        panel.protocol_requested.connect(self._run_protocol)
        panel.compare_requested.connect(self._compare)
        panel.cancel_requested.connect(evaluating.cancel)
        panel.run_folder_requested.connect(self._ask_for_run)
        panel.calibration_chosen.connect(self._choose_calibration)
        panel.confusion_chosen.connect(self._select)
        self._library.calibration_failed.connect(
            lambda message, details: self._status.complain(
                tr("The calibration was not kept: {message}").format(message=message), details
            )
        )
        panel.problem.connect(self._status.complain)
        evaluating.progressed.connect(self._show_progress)
        evaluating.finished.connect(self._show_result)
        evaluating.failed.connect(self._complain)
        evaluating.cancelled.connect(self._show_cancelled)

    # --- what can be measured

    def _show_run(self, run: RunView | None) -> None:
        self._evaluating.forget()
        self._report = None
        self._panel.set_run(None if run is None else run.path, "cosine" if run is None else run.config.distance)
        self._panel.comparison.set_recent(self._settings.recent("runs"))
        self._panel.set_available(_NO_RUN if run is None else _NO_MODEL)
        self._panel.calibration.set_choice("platt")

    def _show_snapshot(self, snapshot: "TrainingSnapshot | None") -> None:
        if self._state.run is not None:
            self._panel.set_available(_NO_MODEL if snapshot is None else "")

    # --- what the user wants

    def _evaluate(self, part: Part) -> None:
        if (run := self._state.run) is not None:
            self._excluded = self._state.exclusions
            self._begin(EVALUATION, evaluation(run.path, self._state.distance, part))

    def _run_protocol(self, choice: ProtocolChoice) -> None:
        if (run := self._state.run) is not None:
            self._begin(PROTOCOL, protocol(run.path, self._state.distance, choice))

    def _compare(self, candidates: tuple[CandidateChoice, ...]) -> None:
        self._begin(COMPARISON, comparison(candidates))

    def _ask_for_run(self) -> None:
        choose_folder(
            self._panel, tr("Choose a run to compare"), str(self._run_root), lambda path: self.add_run(Path(path))
        )

    def add_run(self, path: Path) -> None:
        """Compare with this run too; a folder that is none is refused."""
        if Run.exists(path):
            self._panel.show_problem("")
            self._panel.comparison.add(CandidateChoice(path))
        else:
            self._panel.show_problem(tr("{path}: not a run folder, it has no run.json").format(path=path))

    def _choose_calibration(self, method: "CalibrationMethod") -> None:
        if (run := self._state.run) is not None:
            self._library.store_calibration(run.path, method)
            self._status.say(
                tr("Verify takes its probability from the {NAMES} calibration from now on").format(NAMES=NAMES[method])
            )

    def _select(self, true: str, predicted: str) -> None:
        """Select the images of one class that are taken for another, in all panels."""
        if self._report is None or self._report.measured.named is None:
            return
        measured = self._report.measured
        classes = np.array(measured.class_names)[measured.images.labels]
        rows = np.flatnonzero((classes == true) & (measured.named == predicted))
        self._state.set_selection(tuple(measured.images.sample_ids[rows].tolist()))
        what = (
            tr("{true} taken for {predicted}").format(true=true, predicted=predicted)
            if true != predicted
            else tr("{true} that were recognised").format(true=true)
        )
        images = tr("1 image") if len(rows) == 1 else tr("{rows} images").format(rows=formats.count(len(rows)))
        self._status.say(tr("Selected {images} of {what}").format(images=images, what=what))

    def _begin(self, kind: str, work: Work) -> None:
        self._panel.begin_work(tr("waiting for its turn"))
        self._evaluating.begin(kind, work)

    # --- what comes of it

    def _show_progress(self, kind: str, progress: Progress) -> None:
        self._panel.show_progress(progress.stage or kind, progress.share, progress.seconds_left)

    def _show_result(self, kind: str, found: object) -> None:
        self._panel.end_work()
        if isinstance(found, Report):
            self._show_report(found)
        elif isinstance(found, MadeProtocol):
            made_with = tr("step {step} · {DISTANCE_LABELS}").format(
                step=formats.count(found.step), DISTANCE_LABELS=DISTANCE_LABELS[found.distance]
            )
            self._panel.show_protocol(found.result, made_with)
            self._status.say(
                tr("Protocol: {figure} {mean} ({made_with})").format(
                    figure=found.result.figure, mean=formats.rate(found.result.mean), made_with=made_with
                )
            )
        else:
            self._show_comparison(found)  # type: ignore[arg-type]

    def _show_report(self, report: Report) -> None:
        self._report = report
        self._panel.show_report(report)
        self._tell_exclusions(self._state.exclusions)
        figures, step = report.measured.report, formats.count(report.measured.step)
        self._status.say(
            tr("Evaluated step {step}: AUC {auc:.4f}, EER {eer}").format(
                step=step, auc=figures.auc, eer=formats.rate(figures.eer)
            )
        )

    def _tell_exclusions(self, exclusions: object) -> None:
        self._panel.set_outdated("" if exclusions == self._excluded else _EXCLUDED)

    def _show_comparison(self, found: "Comparison") -> None:
        self._panel.show_comparison(found)
        self._status.say(
            tr("Compared {names} on {images} images").format(names=len(found.names), images=formats.count(found.images))
        )

    def _complain(self, kind: str, message: str, details: str) -> None:
        self._panel.end_work()
        self._panel.show_problem(message)
        self._status.complain(
            tr("{upper}{kind} did not work out: {message}").format(
                upper=kind[:1].upper(), kind=kind[1:], message=message
            ),
            details,
        )

    def _show_cancelled(self, kind: str) -> None:
        self._panel.end_work()
        self._status.say(tr("Cancelled {kind}; nothing was kept of it").format(kind=kind))
