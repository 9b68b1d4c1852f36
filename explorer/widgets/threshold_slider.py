"""The threshold as a slider over the distances and as a number, always the same value."""

import math

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QLabel, QWidget

from explorer import theme
from explorer.translation import tr
from explorer.widgets.jump_slider import JumpSlider
from explorer.widgets.number_field import NumberField
from explorer.widgets.number_rule import NumberRule

_HELP = tr(
    "Threshold: a pair counts as 'same' when its distance is at most this. "
    "Move it left to let fewer impostor pairs pass, right to reject fewer genuine ones."
)


def scale_end(largest: float) -> float:
    """Right end of a scale from 0 that holds `largest`: the next number of two digits, so that it rarely changes."""
    if largest <= 0:
        return 1.0
    unit = 10.0 ** (math.floor(math.log10(largest)) - 1)
    return round(math.ceil(largest / unit - 1e-9) * unit, 12)


class ThresholdSlider(QWidget):
    """Label, slider and number field for a distance; shows what it is told and reports only what the user does."""

    value_chosen = Signal(float)
    """The user moved the slider or entered a number; -inf where the field was left empty."""
    problem_changed = Signal(str)
    """Why what the user typed was put back, in one sentence; empty when something good has been entered since."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slider = JumpSlider()
        self._field = NumberField(tr("threshold"), NumberRule(decimals=3, step=0.001), columns=6, empty="-∞")
        self._resolution = 0.001
        self._arrange()
        self._slider.valueChanged.connect(self._on_slid)
        self._field.edited.connect(self._on_typed)
        self._field.problem_changed.connect(self.problem_changed)
        self.set_end(1.0)

    def set_end(self, end: float) -> None:
        """Let the slider run from 0 to `end`; emits nothing."""
        self._resolution = 10.0 ** (math.floor(math.log10(end)) - 3)
        stops = round(end / self._resolution)
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, stops)
            self._slider.setSingleStep(max(1, stops // 200))
            self._slider.setPageStep(max(1, stops // 20))

    def set_value(self, value: float) -> None:
        """Show a threshold; emits nothing. One beyond the ends puts the handle there and the number in the field."""
        self._field.set_value(value if math.isfinite(value) else None)
        if not self._slider.isSliderDown():
            stop = value / self._resolution if math.isfinite(value) else 0.0
            with QSignalBlocker(self._slider):
                self._slider.setValue(round(min(max(stop, 0.0), float(self._slider.maximum()))))

    def _arrange(self) -> None:
        self._slider.setObjectName("threshold_slider")
        self._slider.setAccessibleName(tr("threshold slider"))
        self._slider.setMinimumWidth(8 * theme.UNIT)
        self._field.setObjectName("threshold_field")
        self._field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self._field.setAlignment(Qt.AlignmentFlag.AlignRight)
        label = QLabel(tr("threshold"))
        label.setBuddy(self._field)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT)
        layout.addWidget(label)
        layout.addWidget(self._slider, 1)
        layout.addWidget(self._field)
        for widget in (self, label, self._slider, self._field):
            widget.setToolTip(_HELP)

    def _on_slid(self, stop: int) -> None:
        value = round(stop * self._resolution, 12)
        self._field.set_value(value)
        self.value_chosen.emit(value)

    def _on_typed(self) -> None:
        value = self._field.value()
        value = -math.inf if value is None else value
        self.set_value(value)
        self.value_chosen.emit(value)
