"""ROC, DET and precision-recall: three views of one curve, of which one is in front."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from core.evaluation.curve import ConfusionCounts, VerificationCurve
from core.evaluation.curve_figures import PARTIAL_FPR, CurveFigures
from core.evaluation.intervals import Confidence, Interval
from explorer import formats
from explorer.panels.det_plot import DetPlot
from explorer.panels.operating_plot import OperatingPlot
from explorer.panels.precision_recall_plot import PrecisionRecallPlot
from explorer.panels.roc_plot import RocPlot
from explorer.translation import tr

_VIEWS: tuple[tuple[str, str, type[OperatingPlot]], ...] = (
    ("ROC", tr("Which share of genuine pairs is accepted at which false positive rate."), RocPlot),
    (
        "DET",
        tr(
            "Both errors against each other on axes of normal deviates: small rates far "
            "apart, and a straight line where distances are normally distributed."
        ),
        DetPlot,
    ),
    (
        "PR",
        tr(
            "Precision over recall: which share of the accepted pairs is genuine. It "
            "depends on how many impostor pairs there are for each genuine one."
        ),
        PrecisionRecallPlot,
    ),
)
"""Name, meaning and plot of each view."""


class CurveViews(QStackedWidget):
    """The plot that `tabs` has in front; what the others show is drawn when they come to the front."""

    threshold_dragged = Signal(float)
    """The user moved the operating point."""
    picked = Signal(float)
    """The user clicked the curve at this threshold, and wants to see the pairs behind it."""
    problem = Signal(str)
    """One sentence about an export that failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve: VerificationCurve | None = None
        self._counts: ConfusionCounts | None = None
        self._figures: CurveFigures | None = None
        self._confidence: Confidence | None = None
        self.tabs = QTabBar()
        self.tabs.setObjectName("curve_view_tabs")
        self.tabs.setAccessibleName(tr("view of the curve"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.roc = RocPlot()
        for name, meaning, kind in _VIEWS:
            plot = self.roc if kind is RocPlot else kind()
            plot.threshold_dragged.connect(self.threshold_dragged)
            plot.picked.connect(self.picked)
            plot.problem.connect(self.problem)
            self.addWidget(plot)
            self.tabs.setTabToolTip(self.tabs.addTab(name), meaning)
        self.tabs.currentChanged.connect(self._bring_to_front)

    def show_curve(self, curve: VerificationCurve) -> None:
        """Draw another curve; operating point, figures and intervals follow."""
        self._curve, self._figures, self._confidence = curve, None, None
        self._draw()

    def show_point(self, counts: ConfusionCounts) -> None:
        """Put the circle at an operating point."""
        self._counts = counts
        self._plot().show_point(counts)

    def show_figures(self, figures: CurveFigures | None, confidence: Confidence | None) -> None:
        """Tell the figures of the whole curve, with their intervals, and shade the band; as far as they are known."""
        self._figures, self._confidence = figures, confidence
        self._plot().show_confidence(confidence)
        self._tell_figures()

    def _plot(self) -> OperatingPlot:
        plot = self.currentWidget()
        if not isinstance(plot, OperatingPlot):
            raise TypeError(f"a view of the curve is an OperatingPlot, found {type(plot).__name__}")
        return plot

    def _bring_to_front(self, place: int) -> None:
        self.setCurrentIndex(place)
        self._draw()

    def _draw(self) -> None:
        if self._curve is None:
            return
        plot = self._plot()
        if self._counts is not None:
            plot.show_point(self._counts)
        plot.show_curve(self._curve)
        plot.show_confidence(self._confidence)
        self._tell_figures()

    def _tell_figures(self) -> None:
        intervals = {} if self._confidence is None else self._confidence.figures
        lines = () if self._figures is None else _NOTES[self.tabs.currentIndex()](self._figures, intervals)
        self._plot().note.set_lines(*lines)


def _roc_figures(figures: CurveFigures, intervals: Mapping[str, Interval]) -> tuple[str, ...]:
    if figures.partial_auc is None:
        return ()
    return (
        tr("partial AUC to FPR {value:g} %").format(value=100 * PARTIAL_FPR),
        _beside(figures.partial_auc, intervals.get("partial_auc")),
    )


def _det_figures(figures: CurveFigures, intervals: Mapping[str, Interval]) -> tuple[str, ...]:
    return (tr("minDCF, prior 1 %"), _beside(figures.min_dcf, intervals.get("min_dcf")))


def _precision_figures(figures: CurveFigures, intervals: Mapping[str, Interval]) -> tuple[str, ...]:
    return (tr("average precision"), _beside(figures.average_precision, intervals.get("average_precision")))


_NOTES: tuple[Callable[[CurveFigures, Mapping[str, Interval]], tuple[str, ...]], ...] = (
    _roc_figures,
    _det_figures,
    _precision_figures,
)


def _beside(figure: float, interval: Interval | None) -> str:
    return f"{figure:.3f}" if interval is None else f"{figure:.3f} {formats.interval(*interval)}"
