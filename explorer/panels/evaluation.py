"""Is the embedding good? Every figure of an evaluation with its interval, protocols, and runs beside one another."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from core.config import DistanceName
from explorer import formats, theme
from explorer.panels.distance_field import DISTANCE_LABELS
from explorer.panels.evaluation_calibration import CalibrationTab
from explorer.panels.evaluation_classes import ClassesTab, ConfusionTab
from explorer.panels.evaluation_compare import CompareTab
from explorer.panels.evaluation_export import csv_table, json_bytes, report_content
from explorer.panels.evaluation_figures import figure_groups
from explorer.panels.evaluation_header import EvaluationHeader
from explorer.panels.evaluation_protocols import ProtocolsTab
from explorer.reports import Report
from explorer.translation import tr
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.figure_table import FigureTable
from explorer.widgets.plot_export import csv_bytes

if TYPE_CHECKING:
    from core.evaluation.comparison import Comparison
    from core.evaluation.protocols.result import ProtocolResult

_EMPTY = tr(
    "Every figure of the held-out images will stand here: verification, retrieval, clustering, classification and "
    "segmentation. Start a run and wait for its first epoch, or open a finished run."
)
_NO_FIGURES = tr(
    "Every figure will stand here with its 95 % interval: verification, retrieval, clustering, classification and "
    "segmentation. Press Evaluate to measure the newest checkpoint."
)
_UNDER_WAY = tr("a measurement is under way; wait for it or cancel it")


class EvaluationPanel(QWidget):
    """Figures, classes, calibration, protocols and comparisons, measured when asked for."""

    evaluate_requested = Signal(str)
    """Part of the run's images that is to be measured."""
    protocol_requested = Signal(object)
    """ProtocolChoice"""
    compare_requested = Signal(tuple)
    """CandidateChoices"""
    cancel_requested = Signal()
    """End what is under way."""
    run_folder_requested = Signal()
    """The user wants to choose a run to compare; `comparison.add` follows."""
    calibration_chosen = Signal(str)
    """The CalibrationName that verification is to use."""
    confusion_chosen = Signal(str, str)
    """Names of the true and the predicted class whose images the user wants to see."""
    problem = Signal(str)
    """One sentence about an export that failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evaluation_panel")
        self._report: Report | None = None
        self._protocols: dict[str, ProtocolResult] = {}
        self._comparison: Comparison | None = None
        self._unavailable = ""
        self._is_busy = False
        self._distance: DistanceName = "cosine"
        self._model_step = 0
        self._outdated = ""
        self.header = EvaluationHeader()
        self.figures, self.classes, self.confusion = FigureTable(tr("figures")), ClassesTab(), ConfusionTab()
        self.calibration = CalibrationTab()
        self.protocols, self.comparison = ProtocolsTab(), CompareTab()
        self._figure_pages = QStackedLayout()
        self._pages = QStackedLayout(self)
        self._arrange()
        self._connect()

    # --- what is measured

    def set_run(self, run_dir: Path | None, distance: DistanceName) -> None:
        """Forget everything that was measured: this run follows."""
        self._report, self._comparison = None, None
        self._protocols = {}
        self._pages.setCurrentIndex(0 if run_dir is None else 1)
        self._figure_pages.setCurrentIndex(0)
        self.classes.show_measured(None)
        self.confusion.show_measured(None)
        self.calibration.show_report(None)
        self.protocols.clear()
        self.comparison.set_run(run_dir, distance)
        self.header.set_subject(tr("not evaluated yet"))
        self.header.set_exportable(False)
        self.header.show_problem("")
        self._distance, self._model_step, self._outdated = distance, 0, ""
        self._tell_age()
        self.end_work()

    def bring_comparison(self) -> None:
        """Show the tab in which runs stand beside one another."""
        self._tabs.setCurrentIndex(self._tabs.count() - 1)

    def set_available(self, reason: str) -> None:
        """Say why the run cannot be measured; empty where it can."""
        self._unavailable = reason
        self._refresh()

    def set_distance(self, distance: DistanceName) -> None:
        """Say what the window compares by, and the next evaluation with it."""
        self._distance = distance
        self._tell_age()

    def set_model_step(self, step: int) -> None:
        """Say how far the model is."""
        self._model_step = step
        self._tell_age()

    def set_outdated(self, sentence: str) -> None:
        """Say what else the window knows by now that the figures do not; empty where there is nothing."""
        self._outdated = sentence
        self._tell_age()

    # --- how far it is

    def begin_work(self, what: str) -> None:
        """Show that something is under way."""
        self._is_busy = True
        self.header.begin_work(what)
        self._refresh()

    def show_progress(self, what: str, share: float | None, seconds_left: float | None) -> None:
        """Show how far it is."""
        self.header.show_progress(what, share, seconds_left)

    def end_work(self) -> None:
        """Show that nothing is under way."""
        self._is_busy = False
        self.header.end_work()
        self._refresh()

    def show_problem(self, sentence: str) -> None:
        """Say why something could not be measured."""
        self.header.show_problem(sentence)

    # --- what came of it

    def show_report(self, report: Report) -> None:
        """Show the figures of an evaluation."""
        self._report = report
        self.figures.show_groups(figure_groups(report.measured))
        self._figure_pages.setCurrentIndex(1)
        self.classes.show_measured(report.measured)
        self.confusion.show_measured(report.measured)
        self.calibration.show_report(report)
        self.header.set_subject(provenance(report))
        self.header.set_exportable(True)
        self._tell_age()

    def show_protocol(self, found: "ProtocolResult", made_with: str) -> None:
        """Show the result of a protocol, and which model made it."""
        self._protocols[found.name] = found
        self.protocols.show_result(found, made_with)

    def show_comparison(self, found: "Comparison") -> None:
        """Show candidates over one another."""
        self._comparison = found
        self.comparison.show_comparison(found)

    def export(self, path: Path) -> None:
        """Write everything measured as JSON or CSV, as the file's suffix says."""
        if self._report is None:
            return
        content = report_content(self._report, tuple(self._protocols.values()), self._comparison)
        try:
            path.write_bytes(csv_bytes(csv_table(content)) if path.suffix.lower() == ".csv" else json_bytes(content))
        except OSError as error:
            self.problem.emit(
                tr("{path}: the report cannot be saved ({strerror})").format(path=path, strerror=error.strerror)
            )

    # --- inside

    def _arrange(self) -> None:
        figures = QWidget()
        figures.setLayout(self._figure_pages)
        self._figure_pages.addWidget(EmptyState(_NO_FIGURES))
        self._figure_pages.addWidget(self.figures)
        self._tabs = QTabWidget()
        self._tabs.setObjectName("evaluation_tabs")
        self._tabs.setDocumentMode(True)
        for title, page, help_text in (
            (tr("Figures"), figures, tr("Every figure with its interval.")),
            (tr("Classes"), self.classes, tr("How well each class is recognised and segmented.")),
            (tr("Confusion"), self.confusion, tr("Which class is taken for which.")),
            (tr("Calibration"), self.calibration, tr("How far the probability of 'same' can be believed.")),
            (tr("Protocols"), self.protocols, tr("LFW, own pair lists, one-shot runs and few-shot episodes.")),
            (tr("Compare"), self.comparison, tr("Runs and distances beside one another.")),
        ):
            frame = QWidget()
            inside = QVBoxLayout(frame)
            inside.setContentsMargins(0, theme.UNIT // 2, 0, 0)
            inside.addWidget(page)
            self._tabs.setTabToolTip(self._tabs.addTab(frame, title), help_text)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(self.header)
        column.addWidget(self._tabs, 1)
        self._pages.addWidget(EmptyState(_EMPTY))
        self._pages.addWidget(content)

    def _connect(self) -> None:
        self.header.evaluate_requested.connect(self.evaluate_requested)
        self.header.cancel_requested.connect(self.cancel_requested)
        self.header.export_requested.connect(self._ask_where)
        self.confusion.confusion_chosen.connect(self.confusion_chosen)
        self.calibration.calibration_chosen.connect(self.calibration_chosen)
        self.protocols.run_requested.connect(self.protocol_requested)
        self.comparison.compare_requested.connect(self.compare_requested)
        self.comparison.folder_requested.connect(self.run_folder_requested)
        plots = self.calibration.plots
        for plot in (plots.reliability, plots.pairs, self.comparison.plot):
            plot.problem.connect(self.problem)

    def _refresh(self) -> None:
        busy = _UNDER_WAY if self._is_busy else ""
        self.header.set_available(self._unavailable or busy)
        self.protocols.set_available(self._unavailable)
        self.protocols.set_busy(busy)
        self.comparison.set_busy(busy)

    def _tell_age(self) -> None:
        report = self._report
        if report is None:
            self.header.set_age("")
        elif self._model_step > report.measured.step:
            step, now = formats.count(report.measured.step), formats.count(self._model_step)
            self.header.set_age(
                tr("As of step {step}; the model is at step {now}. Evaluate again to measure it.").format(
                    step=step, now=now
                )
            )
        elif self._distance != report.distance:
            labels = DISTANCE_LABELS[report.distance], DISTANCE_LABELS[self._distance]
            self.header.set_age(
                tr("Measured by {labels}; the window compares by {labels_2} now.").format(
                    labels=labels[0], labels_2=labels[1]
                )
            )
        else:
            self.header.set_age(self._outdated)

    def _ask_where(self, kind: str) -> None:
        name = "evaluation" if self._report is None else f"{self._report.run_dir.name}-evaluation"
        dialog = QFileDialog(self, tr("Export the evaluation as {upper}").format(upper=kind.upper()), f"{name}.{kind}")
        dialog.setObjectName("export_report_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{kind.upper()} (*.{kind})")
        dialog.setDefaultSuffix(kind)
        dialog.fileSelected.connect(lambda chosen: self.export(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


_PART_WORDS = {"held-out": tr("held-out, {images} images"), "all": tr("all, {images} images")}


def provenance(report: Report) -> str:
    """What an evaluation is of: 'step 540 · held-out, 360 images · cosine'."""
    measured = report.measured
    return " · ".join(
        (
            tr("step {step}").format(step=formats.count(measured.step)),
            _PART_WORDS[measured.part].format(images=formats.count(len(measured.images))),
            DISTANCE_LABELS[report.distance],
        )
    )
