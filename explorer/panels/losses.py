"""Is training healthy? The losses of every step, the share of active triplets, and what was changed when."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QStackedLayout, QToolButton, QVBoxLayout, QWidget
from superqt import QFlowLayout

from core.hyperparameters import Hyperparameters
from core.training.records import StepRecord
from explorer import formats, theme
from explorer.panels.loss_series import Column, Floats, LossSeries, column_of
from explorer.panels.panel import LivePanel
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.jump_slider import JumpSlider
from explorer.widgets.long_curve import LongCurve
from explorer.widgets.plot import Plot, curve_pen
from explorer.widgets.step_marks import StepMarks

_SMOOTHING = 0.6
_SAMPLE = QSize(20, theme.UNIT)
"""Size of the piece of line on a curve's button."""
_EMPTY = (
    "The losses of every training step will stand here, with a mark at each change of a setting; below them the "
    "share of triplets the model still learns from. Start a run, or open a finished one."
)


@dataclass(frozen=True)
class _Term:
    """One curve: its field in StepRecord, its name, its line, its weight's field and what it tells."""

    field: str
    label: str
    style: Qt.PenStyle
    weight: str | None
    help: str


_TERMS = (
    _Term("total", "total", Qt.PenStyle.SolidLine, None, "What is minimised: the weighted sum of the other losses."),
    _Term("cls", "cls", Qt.PenStyle.DashLine, "alpha", "Classification: cross entropy over the classes."),
    _Term("seg", "seg", Qt.PenStyle.DotLine, "beta", "Segmentation: binary cross entropy + Dice of the masks."),
    _Term(
        "metric",
        "triplet",
        Qt.PenStyle.DashDotLine,
        "gamma",
        "Triplet loss: the mean over active triplets. That it stays level is normal; watch their share instead.",
    ),
)
_ABSENT = "This run has no such loss: its data has no labels for it, such as masks for seg."
_ACTIVE = _Term("active_fraction", "active", Qt.PenStyle.SolidLine, None, "Share of active triplets.")


class CurvesPanel(LivePanel):
    """Loss curves above, share of active triplets below, over the same steps."""

    problem = Signal(str)
    """One sentence about an export that failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("curves_panel")
        self._steps, self._epochs = Column(), Column()
        self._series = {term.field: LossSeries() for term in (*_TERMS, _ACTIVE)}
        self._weights: list[tuple[int, Hyperparameters]] = []
        self._losses, self._active = Plot("loss curves"), Plot("share of active triplets")
        self._curves = {
            term.field: LongCurve(term.label, theme.TASK_COLOURS[term.field], term.style) for term in (*_TERMS, _ACTIVE)
        }
        self._toggles = {term.field: self._make_toggle(term) for term in _TERMS}
        self._weighted = _tick("weighted", "Multiply each loss by its weight, as it enters the total.")
        self._log = _tick("log", "Logarithmic loss axis: shows slow progress at small losses.")
        self._smoothing = self._make_smoothing()
        self._smoothing_text = QLabel()
        self._marks = tuple(
            StepMarks(plot.view, labelled=plot is self._losses) for plot in (self._losses, self._active)
        )
        self._set_up_plots()
        self._arrange()
        self._connect()
        self._recolour_marks()
        self._on_choice()

    def add_records(self, records: Sequence[StepRecord]) -> None:
        """Append steps, in their order."""
        if not records:
            return
        steps = np.array([record.step for record in records], dtype=np.float64)
        self._steps.extend(steps)
        self._epochs.extend(np.array([record.epoch for record in records], dtype=np.float64))
        for term in (*_TERMS, _ACTIVE):
            values = column_of([getattr(record, term.field) for record in records])
            self._series[term.field].extend(steps, values, self._weights_at(steps, term))
        self._pages.setCurrentIndex(1)
        self.mark_stale()

    def mark_change(self, step: int, text: str) -> None:
        """Draw a vertical mark, with a text such as 'margin 0.2 → 0.3'."""
        for marks in self._marks:
            marks.add(step, text)

    def set_weights(self, hyperparameters: Hyperparameters, after_step: int = 0) -> None:
        """Learn the weights in force from the step after `after_step` on; earlier steps keep theirs."""
        kept = [change for change in self._weights if change[0] < after_step]
        self._weights = [*kept, (after_step, hyperparameters)]
        for term in _TERMS:
            series = self._series[term.field]
            series.set_weights(self._weights_at(series.steps, term))
        self.mark_stale()

    def clear(self) -> None:
        """Forget all steps, marks and weights: another run follows."""
        self._steps, self._epochs = Column(), Column()
        self._series = {field: LossSeries() for field in self._series}
        self._weights = []
        for marks in self._marks:
            marks.clear()
        for curve in self._curves.values():
            curve.set_series(np.empty(0), np.empty(0))
        self._losses.fit()
        self._active.fit()
        self._pages.setCurrentIndex(0)

    def redraw(self) -> None:
        """Draw all steps."""
        for term in _TERMS:
            self._explain_toggle(term)
        for field, curve in self._curves.items():
            if curve.isVisible():
                curve.set_series(self._series[field].steps, self._shown(field))
        self._losses.settle()
        self._active.settle()
        self._losses.repeat_hover()
        self._active.repeat_hover()

    def _make_toggle(self, term: _Term) -> QToolButton:
        toggle = QToolButton()
        toggle.setObjectName(f"{term.field}_toggle")
        toggle.setAccessibleName(f"show {term.label}")
        toggle.setText(term.label)
        toggle.setCheckable(True)
        toggle.setChecked(True)
        toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        toggle.setIconSize(_SAMPLE)
        toggle.setIcon(_line_icon(term, self.devicePixelRatioF()))
        return toggle

    def _explain_toggle(self, term: _Term) -> None:
        """A term that the run has no labels for can be neither shown nor hidden."""
        absent = len(self._steps) > 0 and not len(self._series[term.field].steps)
        toggle = self._toggles[term.field]
        toggle.setEnabled(not absent)
        toggle.setToolTip(f"{_ABSENT}\n\n{term.help}" if absent else f"{term.help}\nClick to hide or show it.")

    def _make_smoothing(self) -> JumpSlider:
        slider = JumpSlider()
        slider.setObjectName("smoothing_slider")
        slider.setAccessibleName("smoothing")
        slider.setToolTip(
            "Smoothing: how much of the past each point keeps (exponential moving average). "
            "Raise it to see the trend behind noisy batches; at 0 every step is drawn, and exported, as it was."
        )
        slider.setRange(0, 99)
        slider.setValue(round(100 * _SMOOTHING))
        slider.setFixedWidth(7 * theme.UNIT)
        return slider

    def _set_up_plots(self) -> None:
        for term in _TERMS:
            self._losses.add_curve(self._curves[term.field])
        self._active.add_curve(self._curves[_ACTIVE.field])
        self._losses.hide_x_texts()
        self._active.set_axes("step", "active", percent_y=True)
        self._active.left.setTickSpacing(levels=[(0.5, 0.0)])
        self._active.set_home(y=(-0.15, 1.15))
        self._active.view.setXLink(self._losses.view)
        self._active.setToolTip("Share of all the batch's triplets with positive loss; at 0 nothing more is learned.")
        self._losses.setMinimumHeight(11 * theme.UNIT)
        self._active.setMinimumHeight(10 * theme.UNIT)

    def _arrange(self) -> None:
        self._smoothing_text.setFont(theme.digits_font())
        smoothing = QWidget()
        row = QHBoxLayout(smoothing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT // 2)
        row.addWidget(QLabel("smoothing"))
        row.addWidget(self._smoothing)
        row.addWidget(self._smoothing_text)
        controls = QWidget()
        flow = QFlowLayout(controls)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(theme.UNIT)
        for widget in (*self._toggles.values(), self._weighted, self._log, smoothing):
            flow.addWidget(widget)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(controls)
        column.addWidget(self._losses, 3)
        column.addWidget(self._active, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(EmptyState(_EMPTY))
        self._pages.addWidget(content)

    def _connect(self) -> None:
        for control in (*self._toggles.values(), self._weighted, self._log):
            control.toggled.connect(self._on_choice)
        self._smoothing.valueChanged.connect(self._on_choice)
        self._losses.hovered.connect(lambda x, _y: self._on_hover(self._losses, self._active, x))
        self._active.hovered.connect(lambda x, _y: self._on_hover(self._active, self._losses, x))
        self._losses.hover_left.connect(self._active.hide_readout)
        self._active.hover_left.connect(self._losses.hide_readout)
        self._losses.recoloured.connect(self._recolour_marks)
        self._losses.problem.connect(self.problem)
        self._active.problem.connect(self.problem)

    def _on_choice(self) -> None:
        """Draw at once what the controls say."""
        for field, toggle in self._toggles.items():
            self._curves[field].setVisible(toggle.isChecked())
        loss = "weighted loss" if self._weighted.isChecked() else "loss"
        self._losses.set_axes("step", loss, log_y=self._log.isChecked())
        self._smoothing_text.setText(f"{self._smoothing.value() / 100:.2f}")
        self.redraw()

    def _on_hover(self, plot: Plot, other: Plot, x: float) -> None:
        steps = self._steps.values
        if not len(steps):
            return
        nearest = int(np.abs(steps - x).argmin())
        marks = self._marks[0].texts_at(x)
        plot.show_readout(steps[nearest], "\n".join([*self._readout(nearest), *marks]))
        other.show_line(steps[nearest])

    def _readout(self, place: int) -> list[str]:
        step = self._steps.values[place]
        lines = [f"step {formats.count(int(step))} · epoch {int(self._epochs.values[place])}"]
        for term in _TERMS:
            if self._toggles[term.field].isChecked():
                lines.append(f"{term.label:<8}{formats.loss(self._value_at(term.field, step)):>7}")
        lines.append(f"{_ACTIVE.label:<8}{formats.rate(self._value_at(_ACTIVE.field, step)):>7}")
        return lines

    def _value_at(self, field: str, step: float) -> float | None:
        steps = self._series[field].steps
        place = int(np.searchsorted(steps, step))
        return float(self._shown(field)[place]) if place < len(steps) and steps[place] == step else None

    def _shown(self, field: str) -> Floats:
        return self._series[field].shown(weighted=self._weighted.isChecked(), smoothing=self._smoothing.value() / 100)

    def _weights_at(self, steps: Floats, term: _Term) -> Floats:
        if term.weight is None or not self._weights:
            return np.ones(len(steps))
        weights = np.array([getattr(hyperparameters, term.weight) for _, hyperparameters in self._weights])
        changed = np.array([after_step for after_step, _ in self._weights])
        return np.asarray(weights[np.maximum(np.searchsorted(changed, steps, side="left") - 1, 0)])

    def _recolour_marks(self) -> None:
        ink = self._losses.ink
        for marks in self._marks:
            marks.set_theme(ink(0.5), ink(0.8), ink(0.0), self.font())


def _tick(text: str, help_text: str) -> QCheckBox:
    box = QCheckBox(text)
    box.setObjectName(f"{text}_field")
    box.setToolTip(help_text)
    return box


def _line_icon(term: _Term, ratio: float) -> QIcon:
    pixmap = QPixmap(_SAMPLE * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setPen(curve_pen(theme.TASK_COLOURS[term.field], term.style))
        painter.drawLine(0, _SAMPLE.height() // 2, _SAMPLE.width(), _SAMPLE.height() // 2)
    return QIcon(pixmap)
