"""Is training healthy? The losses of every step, diagnostics of the metric loss, and what was changed when."""

import textwrap
from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget
from superqt import QFlowLayout

from core.hyperparameters import Hyperparameters
from core.loss_specs import LOSS_SPECS, LossName
from core.training.records import HealthWarning, StepRecord
from explorer import formats, theme
from explorer.core_words import in_words
from explorer.panels.curve_data import CurveData
from explorer.panels.curve_lines import LOSSES, VIEWS, Line, View
from explorer.panels.loss_series import Floats
from explorer.panels.panel import LivePanel
from explorer.panels.step_bar import StepBar
from explorer.translation import tr
from explorer.widgets.choice_field import Choice, ChoiceField
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.jump_slider import JumpSlider
from explorer.widgets.line_toggle import LineToggle
from explorer.widgets.long_curve import LongCurve
from explorer.widgets.message import WARNING_SIGN, QuietLabel, problem_colour
from explorer.widgets.notice import Notice
from explorer.widgets.plot import Plot
from explorer.widgets.step_crosses import StepCrosses
from explorer.widgets.step_marks import StepMarks

_SMOOTHING = 0.6
_READOUT_COLUMNS = 48
_EMPTY = tr(
    "The losses of every training step will stand here, with a mark at each change of a setting; below them the "
    "share of tuples the model still learns from, or another diagnostic. Start a run, or open a finished one."
)
_ABSENT = tr("This run has no such loss: its data has no labels for it, such as masks for seg.")
_UNMEASURED = tr("not measured in this run")
_LOWER = tuple(line for view in VIEWS for line in view.lines)


class CurvesPanel(LivePanel):
    """Loss curves above, one of several diagnostics below, over the same steps."""

    problem = Signal(str)
    """One sentence about an export that failed."""
    cursor_dragged = Signal(float)
    """The user drags the line of `set_cursor` to this step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("curves_panel")
        self._data = CurveData()
        self._distance = ""
        self._losses, self._lower = Plot(tr("loss curves")), Plot(tr("diagnostics of training"))
        self._curves = {line.key: LongCurve(line.label, line.colour, line.style) for line in (*LOSSES, *_LOWER)}
        self._toggles = {
            line.key: LineToggle(line.key, line.label, line.colour, line.style, line.help)
            for line in (*LOSSES, *_LOWER)
        }
        self._choice = ChoiceField(
            tr("lower plot"),
            [Choice(view, view.label, view.help) for view in VIEWS],
            tr("What the lower plot shows."),
            key="lower_plot",
        )
        self._unmeasured = QuietLabel()
        self._notice = Notice()
        self._step_bar = StepBar()
        self._weighted = _tick_box(
            "weighted", tr("weighted"), tr("Multiply each loss by its weight, as it enters the total.")
        )
        self._log = _tick_box("log", tr("log"), tr("Logarithmic loss axis: shows slow progress at small losses."))
        self._smoothing = _make_smoothing()
        self._smoothing_text, self._smoothing_row = QLabel(), QWidget()
        self._marks = tuple(StepMarks(plot.view, labelled=plot is self._losses) for plot in (self._losses, self._lower))
        self._crosses = StepCrosses(self._losses.view)
        self._cursors = tuple(plot.add_line(0.0, movable=True) for plot in (self._losses, self._lower))
        self.set_cursor(None)
        self._set_up_plots()
        self._arrange()
        self._connect()
        self._recolour_marks()
        self._on_view()
        self._on_choice()

    def set_run(self, loss: LossName, distance: str) -> None:
        """Say which metric loss the steps are of, and in which distance it is measured."""
        label = tr(LOSS_SPECS[loss].label)
        self._toggles["metric"].set_label(label)
        self._curves["metric"].rename(label)
        self._distance = distance
        self._explain_lower()

    def add_records(self, records: Sequence[StepRecord]) -> None:
        """Append steps, in their order."""
        if records:
            self._data.add(records)
            if told := [record.seconds for record in records if record.seconds is not None]:
                self._step_bar.show_seconds(told[-1])
            self._pages.setCurrentIndex(1)
            self.mark_stale()

    def mark_change(self, step: int, text: str) -> None:
        """Draw a vertical mark, with a text such as 'margin 0.2 → 0.3'."""
        for marks in self._marks:
            marks.add(step, text)

    def mark_warning(self, warning: HealthWarning) -> None:
        """Draw a vertical mark; what was seen is told by the pointer."""
        for marks in self._marks:
            marks.add(warning.step, WARNING_SIGN, f"{WARNING_SIGN} {in_words(warning.seen)}")

    def show_warning(self, warning: HealthWarning) -> None:
        """Mark a warning and say it over the curves until it is dismissed."""
        self.mark_warning(warning)
        self._notice.warn(
            tr("{seen} {advice} (step {step})").format(
                seen=in_words(warning.seen), advice=in_words(warning.advice), step=formats.count(warning.step)
            )
        )

    def set_cursor(self, step: int | None) -> None:
        """Draw a line at the step that another panel shows; None takes it away."""
        for line in self._cursors:
            line.setVisible(step is not None)
            if step is not None:
                line.setPos(step)

    def set_weights(self, hyperparameters: Hyperparameters, after_step: int = 0) -> None:
        """Learn the weights in force from the step after `after_step` on; earlier steps keep theirs."""
        self._data.set_weights(hyperparameters, after_step, LOSSES)
        self.mark_stale()

    def clear(self) -> None:
        """Forget all steps, marks, weights and warnings: another run follows."""
        self._data = CurveData()
        self._step_bar.show_seconds(None)
        self._notice.clear()
        self.set_cursor(None)
        self._crosses.set_steps(np.empty(0))
        for marks in self._marks:
            marks.clear()
        for curve in self._curves.values():
            curve.set_series(np.empty(0), np.empty(0))
        self._losses.fit()
        self._lower.fit()
        self._pages.setCurrentIndex(0)

    def redraw(self) -> None:
        """Draw all steps."""
        for line in LOSSES:
            absent = len(self._data.steps) > 0 and not len(self._data.series(line).steps)
            self._toggles[line.key].set_absent(_ABSENT if absent else None)
        for line in (*LOSSES, *self._view.lines):
            if self._curves[line.key].isVisible():
                self._curves[line.key].set_series(self._data.series(line).steps, self._shown(line))
        measured = any(len(self._data.series(line).steps) for line in self._view.lines)
        self._unmeasured.setText("" if measured else _UNMEASURED)
        self._crosses.set_steps(self._data.skipped)
        for plot in (self._losses, self._lower):
            plot.settle()
            plot.repeat_hover()

    @property
    def _view(self) -> View:
        """What the lower plot shows."""
        view: View = self._choice.value()
        return view

    def _set_up_plots(self) -> None:
        for line in LOSSES:
            self._losses.add_curve(self._curves[line.key])
        for line in _LOWER:
            self._lower.add_curve(self._curves[line.key])
        self._losses.hide_x_texts()
        self._lower.view.setXLink(self._losses.view)
        self._losses.setMinimumHeight(7 * theme.UNIT)
        self._lower.setMinimumHeight(10 * theme.UNIT)

    def _arrange(self) -> None:
        self._fill_smoothing_row()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        column.setSpacing(theme.UNIT // 2)
        upper = [*(self._toggles[line.key] for line in LOSSES), self._weighted, self._log]
        lower = QWidget()
        self._lower_row = QFlowLayout(lower)
        for widget in (*(self._toggles[line.key] for line in _LOWER), self._smoothing_row):
            widget.setParent(lower)
        self._choice.setMinimumContentsLength(max(len(view.label) for view in VIEWS) - 2)  # these letters are narrow
        self._unmeasured.setWordWrap(False)
        controls = QWidget()
        _fill(QFlowLayout(controls), upper)
        for part, stretch in ((self._notice, 0), (controls, 0), (self._losses, 5), (lower, 0), (self._lower, 3)):
            column.addWidget(part, stretch)
        column.addWidget(self._step_bar)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(EmptyState(_EMPTY))
        self._pages.addWidget(content)

    def _fill_smoothing_row(self) -> None:
        self._smoothing_text.setFont(theme.digits_font())
        self._smoothing_row.setMinimumHeight(self._choice.sizeHint().height())
        row = QHBoxLayout(self._smoothing_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT // 2)
        for widget in (QLabel(tr("smoothing")), self._smoothing, self._smoothing_text):
            row.addWidget(widget)

    def _connect(self) -> None:
        for control in (*self._toggles.values(), self._weighted, self._log):
            control.toggled.connect(self._on_choice)
        self._choice.edited.connect(self._on_view)
        self._smoothing.valueChanged.connect(self._on_choice)
        for plot, other in ((self._losses, self._lower), (self._lower, self._losses)):
            plot.hovered.connect(lambda x, _y, plot=plot, other=other: self._on_hover(plot, other, x))
            plot.hover_left.connect(other.hide_readout)
            plot.problem.connect(self.problem)
        self._losses.recoloured.connect(self._recolour_marks)
        for line in self._cursors:
            line.sigDragged.connect(lambda line: self.cursor_dragged.emit(float(line.value())))

    def _on_choice(self) -> None:
        """Draw at once what the controls say."""
        for line in (*LOSSES, *_LOWER):
            is_there = line in LOSSES or line in self._view.lines
            self._curves[line.key].setVisible(is_there and self._toggles[line.key].isChecked())
        loss = tr("weighted loss") if self._weighted.isChecked() else tr("loss")
        self._losses.set_axes(tr("step"), loss, log_y=self._log.isChecked())
        self._smoothing_text.setText(f"{self._smoothing.value() / 100:.2f}")
        self.redraw()

    def _on_view(self) -> None:
        """Let the lower plot show something else."""
        view = self._view
        for line in _LOWER:
            self._toggles[line.key].hide()
        named = [self._toggles[line.key] for line in view.lines if len(view.lines) > 1]
        _fill(self._lower_row, [self._choice, self._smoothing_row, *named, self._unmeasured])
        self._lower.set_axes(tr("step"), view.axis, percent_y=view.share)
        self._lower.left.setTickSpacing(levels=[(0.5, 0.0)] if view.share else None)
        self._lower.set_y_home((-0.15, 1.15) if view.share else None)
        self._explain_lower()
        self._on_choice()

    def _explain_lower(self) -> None:
        distance = (
            tr("\nDistance: {distance}.").format(distance=self._distance)
            if self._view.key == "distances" and self._distance
            else ""
        )
        self._lower.setToolTip(f"{self._view.help}{distance}")

    def _on_hover(self, plot: Plot, other: Plot, x: float) -> None:
        record = self._data.nearest(x)
        if record is None:
            return
        marks = [part for text in self._marks[0].texts_at(x) for part in textwrap.wrap(text, _READOUT_COLUMNS)]
        plot.show_readout(record.step, "\n".join([*self._readout(record), *marks]))
        other.show_line(record.step)

    def _readout(self, record: StepRecord) -> list[str]:
        shown = [(line, formats.loss) for line in LOSSES] + [(line, self._view.text) for line in self._view.lines]
        shown = [(line, text) for line, text in shown if self._toggles[line.key].isChecked()]
        names = [self._toggles[line.key].text() for line, _ in shown]
        width = max(map(len, names), default=0)
        lines = [tr("step {step} · epoch {epoch}").format(step=formats.count(record.step), epoch=record.epoch)]
        if record.total is None:
            lines += textwrap.wrap(
                tr("skipped: {value}").format(value=record.fault or tr("not finite")), _READOUT_COLUMNS
            )
        for name, (line, text) in zip(names, shown, strict=True):
            lines.append(f"{name:<{width}} {self._value_at(line, record.step, text)}")
        return lines

    def _value_at(self, line: Line, step: float, text: Callable[[float | None], str]) -> str:
        """A loss of this step, or what a diagnostic that is measured now and then was last."""
        steps = self._data.series(line).steps
        place = int(np.searchsorted(steps, step, side="right")) - 1
        if place < 0 or (steps[place] != step and line in LOSSES):
            return f"{text(None):>7}"
        value = f"{text(float(self._shown(line)[place])):>7}"
        return (
            value
            if steps[place] == step
            else tr("{value} (step {steps})").format(value=value, steps=formats.count(int(steps[place])))
        )

    def _shown(self, line: Line) -> Floats:
        weighted = self._weighted.isChecked() and line in LOSSES
        return self._data.series(line).shown(weighted=weighted, smoothing=self._smoothing.value() / 100)

    def _recolour_marks(self) -> None:
        ink = self._losses.ink
        for marks in self._marks:
            marks.set_theme(ink(0.5), ink(0.8), ink(0.0), self.font())
        self._crosses.set_colour(problem_colour(self.palette()))


def _make_smoothing() -> JumpSlider:
    slider = JumpSlider()
    slider.setObjectName("smoothing_slider")
    slider.setAccessibleName(tr("smoothing"))
    slider.setToolTip(
        tr(
            "Smoothing: how much of the past each point keeps (exponential moving average). "
            "Raise it to see the trend behind noisy batches; at 0 every step is drawn, and exported, as it was."
        )
    )
    slider.setRange(0, 99)
    slider.setValue(round(100 * _SMOOTHING))
    slider.setFixedWidth(7 * theme.UNIT)
    return slider


def _tick_box(key: str, text: str, help_text: str) -> QCheckBox:
    box = QCheckBox(text)
    box.setObjectName(f"{key}_field")
    box.setToolTip(help_text)
    return box


def _fill(row: QFlowLayout, widgets: Sequence[QWidget]) -> None:
    """Let a row that breaks where it is too long show these widgets only; a hidden one would leave a gap."""
    while row.takeAt(0) is not None:
        pass
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.UNIT)
    for widget in widgets:
        row.addWidget(widget)
        widget.show()
    row.invalidate()  # QFlowLayout does not by itself
