"""ROC curves of several runs over one another, each of its own held-out pairs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.run_list import ListedRun
from explorer import formats, theme
from explorer.panels.comparison_plot import ComparisonPlot
from explorer.panels.runs_curves import MOST_COMPARED
from explorer.run_details import RunDetails
from explorer.translation import tr
from explorer.widgets.message import Message

if TYPE_CHECKING:
    from pathlib import Path

_COMPARE = tr("Compare in Evaluation")
_COMPARE_HELP = tr(
    "Measure these runs on the images that all of them hold out, and whether they differ at all: curves and intervals "
    "on the same identities, in the panel Evaluation."
)
_SAME = tr("All of the same held-out pairs, each run at its newest evaluation.")
_HOLDOUT = ("split", "holdout")


def caveat(runs: Sequence[ListedRun]) -> str:
    """Whether the curves are of the same pairs: data, held-out part and numbers of pairs."""
    judged = [run for run in runs if run.figures is not None]
    if len({run.data_hash for run in judged}) > 1:
        names = sorted({run.data for run in judged})
        what = tr("different data") if len(names) > 1 else tr("data whose content differs")
        return tr("Of {what} ({names}): which curve lies higher says nothing of which model is better.").format(
            what=what, names=", ".join(names)
        )
    if len({_pairs(run) for run in judged}) > 1:
        return tr("Of different held-out pairs: compare on those that all runs hold out before you conclude anything.")
    return _SAME if len(judged) > 1 else ""


def _pairs(run: ListedRun) -> tuple[object, ...]:
    figures = run.figures
    counts = (0, 0) if figures is None else (figures.genuine_pairs, figures.impostor_pairs)
    return (*counts, *(run.setting(name) for name in _HOLDOUT))


class RunRoc(QWidget):
    """The curves with their figures, and what to know before comparing them."""

    compare_requested = Signal(tuple)
    """Paths of the runs that are to be compared on the same pairs."""
    problem = Signal(str)
    """One sentence about an export that failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths: tuple[Path, ...] = ()
        self._blocked = ""
        self._told, self._compare = Message(), QPushButton(_COMPARE)
        self._compare.setObjectName("compare_in_evaluation_button")
        self.plot = ComparisonPlot()
        row = QHBoxLayout()
        row.setSpacing(theme.UNIT)
        row.addWidget(self._told, 1)
        row.addWidget(self._compare)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.UNIT // 2])
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(row)
        column.addWidget(self.plot, 1)
        self.plot.setMinimumHeight(10 * theme.UNIT)
        self.plot.problem.connect(self.problem)
        self._compare.clicked.connect(lambda: self.compare_requested.emit(self._paths))
        self._refresh()

    def show_runs(self, runs: Sequence[RunDetails]) -> None:
        """Draw these runs; those beyond the eighth are left out."""
        runs = runs[:MOST_COMPARED]
        drawn = [(place, each) for place, each in enumerate(runs) if each.roc is not None and each.run.figures]
        without = [each.run.name for each in runs if each.roc is None]
        self.plot.show_points(
            [each.run.name for _, each in drawn],
            [each.roc for _, each in drawn if each.roc is not None],
            [each.run.figures.impostor_pairs for _, each in drawn if each.run.figures is not None],
            places=[place for place, _ in drawn],
            figures=[_figures(each.run) for _, each in drawn],
        )
        missing = tr("Without an evaluation: {without}.").format(without=", ".join(without)) if without else ""
        self._told.tell(" ".join(part for part in (caveat([each.run for each in runs]), missing) if part))
        self._paths = tuple(each.run.path for _, each in drawn)
        self._refresh()

    def set_blocked(self, reason: str) -> None:
        """Say why nothing can be compared in Evaluation now; empty where it can."""
        self._blocked = reason
        self._refresh()

    def _refresh(self) -> None:
        reason = self._blocked if len(self._paths) > 1 else tr("Choose two runs or more that were evaluated.")
        self._compare.setEnabled(not reason)
        self._compare.setToolTip(reason or _COMPARE_HELP)


def _figures(run: ListedRun) -> str:
    figures = run.figures
    if figures is None or figures.auc is None:
        return ""
    return tr("AUC {auc:.4f}  EER {eer}").format(auc=figures.auc, eer=formats.rate(figures.eer))
