"""How several runs learned: one figure of every step, a line a run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer import formats, theme
from explorer.panels.comparison_plot import MOST_LEGEND, candidate_pen, short_name
from explorer.panels.loss_series import Floats, Smoothed
from explorer.run_details import RunDetails
from explorer.translation import tr
from explorer.widgets.choice_field import Choice, ChoiceField
from explorer.widgets.jump_slider import JumpSlider
from explorer.widgets.long_curve import LongCurve
from explorer.widgets.message import Message
from explorer.widgets.plot import Plot
from explorer.widgets.plot_legend import PlotLegend

if TYPE_CHECKING:
    from core.scalars import Scalars

MOST_COMPARED = 8
"""Runs over one another; more lines could not be told apart."""

FIGURES = (
    Choice("total", tr("total loss"), tr("The sum that is trained: the losses, each times its weight.")),
    Choice(
        "metric",
        tr("metric loss"),
        tr("Raw, without its weight γ. Comparable only where loss and margin are the same."),
    ),
    Choice("cls", tr("classification loss"), tr("Cross entropy, without its weight α.")),
    Choice("seg", tr("segmentation loss"), tr("Without its weight β.")),
    Choice("active_fraction", tr("active share"), tr("Share of a batch's tuples that still cost something.")),
    Choice("effective_rank", tr("effective rank"), tr("Directions that the embeddings of a batch spread in.")),
    Choice("gradient_norm", tr("gradient norm"), tr("L2 norm of the gradient of all weights.")),
    Choice("learning_rate", tr("learning rate"), tr("The rate of each step, warm-up and decay included.")),
)
ACROSS = (
    Choice("step", tr("step"), tr("Training steps; a step of a larger batch sees more images.")),
    Choice("epoch", tr("epoch"), tr("Epochs, in parts: each run has then seen as much of its data.")),
    Choice("time", tr("time"), tr("Minutes of training, pauses and evaluation left out.")),
)
_AXES = {"step": tr("step"), "epoch": tr("epoch"), "time": tr("time (min)")}
_SMOOTHING = 80


class RunCurves(QWidget):
    """A plot of one figure, with what it is drawn over."""

    problem = Signal(str)
    """One sentence about an export that failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[RunDetails, ...] = ()
        self._figure = ChoiceField(
            tr("compared figure"), FIGURES, tr("What is drawn of every run."), key="compared_figure"
        )
        self._across = ChoiceField(
            tr("compared over"), ACROSS, tr("What the runs are laid beside one another by."), key="compared_over"
        )
        self._log = QCheckBox(tr("log"))
        self._smoothing = JumpSlider()
        self._told = Message()
        self.plot = Plot(tr("curves of several runs"))
        self._legend = PlotLegend(self.plot.view, (), most=MOST_LEGEND)
        pens = [candidate_pen(place) for place in range(MOST_COMPARED)]
        self._curves = [LongCurve("", pen.color(), pen.style()) for pen in pens]
        self._name()
        self._arrange()
        self._connect()
        self._recolour()
        self._draw()

    def show_runs(self, runs: Sequence[RunDetails]) -> None:
        """Draw these runs; those beyond `MOST_COMPARED` are left out."""
        self._runs = tuple(runs[:MOST_COMPARED])
        self.plot.fit()
        self._draw()

    def _draw(self) -> None:
        figure, across = self._figure.value(), self._across.value()
        label = next(choice.label for choice in FIGURES if choice.value == figure)
        self.plot.set_axes(_AXES[across], label, log_y=self._log.isChecked(), percent_y=figure == "active_fraction")
        entries, without = [], []
        for place, curve in enumerate(self._curves):
            x, y = self._series(place, figure, across)
            curve.set_series(x, y)
            curve.setVisible(len(x) > 0)
            if place >= len(self._runs):
                continue
            name = self._runs[place].run.name
            curve.rename(name)
            if len(x):
                entries.append((short_name(name), candidate_pen(place)))
            else:
                without.append(name)
        self._legend.set_entries(entries)
        self._told.tell(tr("Without a figure of it: {without}.").format(without=", ".join(without)) if without else "")
        self.plot.settle()

    def _series(self, place: int, figure: str, across: str) -> tuple[Floats, Floats]:
        """Points of a run's curve; none where there is no such run, or it has no such figure."""
        scalars = self._runs[place].scalars if place < len(self._runs) else None
        column = None if scalars is None else scalars.columns.get(figure)
        if scalars is None or column is None:
            return np.empty(0), np.empty(0)
        known = np.isfinite(column)
        smoothed = Smoothed(self._smoothing.value() / 100)
        smoothed.extend(column[known])
        return _along(scalars, across)[known], smoothed.values

    def _on_hover(self, x: float, _y: float) -> None:
        lines = []
        for curve, details in zip(self._curves, self._runs, strict=False):
            at, values = curve.getOriginalDataset()
            if len(at):
                place = min(int(np.searchsorted(at, x)), len(at) - 1)
                lines.append(f"{values[place]:>9.4g}  {short_name(details.run.name)}")
        if lines:
            across = self._across.value()
            where = formats.count(round(x)) if across == "step" else f"{x:.1f}"
            self.plot.show_readout(x, "\n".join([f"{_AXES[across]} {where}", *lines]))

    def _name(self) -> None:
        self._log.setObjectName("compared_log_field")
        self._log.setToolTip(tr("Logarithmic axis: shows slow progress at small values."))
        self._smoothing.setObjectName("compared_smoothing")
        self._smoothing.setAccessibleName(tr("smoothing of the compared curves"))
        self._smoothing.setToolTip(
            tr("Smoothing: how much of the past each point keeps. Raise it to see the trend; at 0 every step is drawn.")
        )
        self._smoothing.setRange(0, 99)
        self._smoothing.setValue(_SMOOTHING)
        self._smoothing.setFixedWidth(9 * theme.UNIT)
        self._figure.setMinimumContentsLength(max(len(choice.label) for choice in FIGURES) - 2)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.UNIT)
        for widget in (
            self._figure,
            QLabel(tr("over")),
            self._across,
            self._log,
            QLabel(tr("smoothing")),
            self._smoothing,
        ):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.UNIT // 2])
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(row)
        column.addWidget(self._told)
        column.addWidget(self.plot, 1)
        self.plot.setMinimumHeight(10 * theme.UNIT)
        for curve in self._curves:
            self.plot.add_curve(curve)

    def _connect(self) -> None:
        for field in (self._figure, self._across):
            field.edited.connect(self._on_choice)
        self._log.toggled.connect(self._draw)
        self._smoothing.valueChanged.connect(self._draw)
        self.plot.hovered.connect(self._on_hover)
        self.plot.recoloured.connect(self._recolour)
        self.plot.problem.connect(self.problem)

    def _on_choice(self) -> None:
        self._log.setEnabled(self._figure.value() != "active_fraction")
        if not self._log.isEnabled():
            self._log.setChecked(False)
        self.plot.fit()
        self._draw()

    def _recolour(self) -> None:
        self._legend.set_theme(self.plot.ink(0.75), self.plot.ink(0.0), self.font())


def _along(scalars: "Scalars", across: str) -> Floats:
    """Where each step stands on the axis."""
    if across == "epoch":
        return scalars.epochs
    return scalars.time / 60 if across == "time" else scalars.step.astype(np.float64)
