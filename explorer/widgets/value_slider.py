"""Label, slider and number field for one live setting, with a mark until the training thread has taken it."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from core.hyperparameters import SettingSpec
from explorer import theme
from explorer.translation import tr
from explorer.widgets.jump_slider import JumpSlider
from explorer.widgets.number_field import NumberField
from explorer.widgets.number_rule import NumberRule
from explorer.widgets.throttle import Throttle

INTERVAL_MS = 50
"""While the handle is dragged, at most one value in this time is requested."""
REQUESTED = tr("Requested: training takes it over before its next step.")


class RequestMark(QWidget):
    """A quiet ring, beside a control whose value training has not taken over yet; its place is kept when off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on = False
        self.setFixedSize(QSize(theme.UNIT + 2, theme.UNIT + 2))

    def set_on(self, on: bool) -> None:
        """Show or hide the ring."""
        self._on = on
        self.setToolTip(REQUESTED if on else "")
        self.setAccessibleName(tr("requested") if on else "")
        self.update()

    def is_on(self) -> bool:
        """Whether the ring is shown."""
        return self._on

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        if self._on:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawEllipse(self.rect().adjusted(2, 2, -2, -2))


class ValueSlider(QWidget):
    """A value that is changed by hand and confirmed by another thread.

    While the setting is live, a value the user chose is 'requested' until `confirm` brings its echo. The handle
    never moves under the user's hand: an echo that comes during a drag changes the mark only.
    """

    value_requested = Signal(float)
    """The user chose another value; during a drag, at most 20 a second and always the last one."""
    moved = Signal(float)
    """Another value is shown, whether or not it is requested yet."""
    problem_changed = Signal(str)
    """Why what the user typed was put back, in one sentence; empty when something good has been entered since."""

    def __init__(self, spec: SettingSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec, self._rule, self._help = spec, NumberRule.of(spec), tr(spec.help)
        self._value = self._asked = self._in_force = spec.minimum
        self._live = False
        self._unavailable = self._problem = ""
        self.label = QLabel(tr(spec.label))
        self._slider = JumpSlider()
        self._slider.setObjectName(f"{spec.name}_slider")
        self._field = NumberField(tr(spec.label), self._rule, columns=7)
        self._field.setObjectName(f"{spec.name}_field")
        self._mark = RequestMark()
        self._throttle = Throttle(INTERVAL_MS, self)
        self._arrange()
        self._connect()
        self.confirm(spec.minimum)

    def value(self) -> float:
        """The value shown."""
        return self._value

    def describe(self, label: str, help_text: str) -> None:
        """Call and explain the setting otherwise, since what it means depends on others."""
        self.label.setText(label)
        self._help = help_text
        self._update_tooltips()

    def confirm(self, value: float) -> None:
        """Show `value`, which is in force now, and end 'requested'; a handle that the user holds stays where it is."""
        self._in_force = self._asked = value
        if not self._slider.isSliderDown() and not self._throttle.is_waiting():
            self._show(value)
        self._update_mark()

    def note_in_force(self, value: float) -> None:
        """Learn that an older request came into force; the value shown stays, requested unless it is the same."""
        self._in_force = value
        self._update_mark()

    def show_requested(self, value: float) -> None:
        """Show a value that somebody else has requested along with others; emits nothing."""
        self._throttle.drop()
        self._show(value)
        self._asked = value
        self._update_mark()

    def is_requested(self) -> bool:
        """Whether a value the user chose is still to be confirmed."""
        return self._mark.is_on()

    def set_live(self, live: bool) -> None:
        """Say whether a run takes the values over; only then there is something to wait for."""
        self._live = live
        if not live:
            self._in_force = self._asked
        self._update_mark()

    def set_unavailable(self, reason: str | None) -> None:
        """Disable the control and say why in its tooltip; None enables it."""
        self._unavailable = reason or ""
        for control in (self.label, self._slider, self._field):
            control.setEnabled(not reason)
        self._update_tooltips()

    def _arrange(self) -> None:
        self._slider.setRange(0, self._rule.stops)
        self._slider.setPageStep(max(1, self._rule.stops // 20))
        self._slider.setAccessibleName(tr("{label} slider").format(label=tr(self._spec.label)))
        self._slider.setMinimumWidth(8 * theme.UNIT)
        self._field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self._field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.label.setBuddy(self._field)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT // 2)
        layout.addWidget(self.label)
        layout.addWidget(self._mark)
        layout.addWidget(self._slider, 1)
        layout.addWidget(self._field)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _connect(self) -> None:
        self._slider.valueChanged.connect(self._on_slid)
        self._slider.sliderReleased.connect(self._on_released)
        self._field.edited.connect(self._on_typed)
        self._field.problem_changed.connect(self._on_problem)
        self._throttle.passed.connect(self._request)

    def _on_slid(self, stop: int) -> None:
        self._choose(self._rule.at_stop(stop))

    def _on_released(self) -> None:
        self._throttle.drop()
        self._request(self._value)

    def _on_typed(self) -> None:
        value = self._field.value()
        if value is not None:
            self._choose(value)

    def _on_problem(self, problem: str) -> None:
        self._problem = problem
        self._update_tooltips()
        self.problem_changed.emit(problem)

    def _choose(self, value: float) -> None:
        self._show(value)
        self._throttle.offer(value)

    def _request(self, value: float) -> None:
        if value == self._asked:
            return
        self._asked = value
        self._update_mark()
        self.value_requested.emit(value)

    def _show(self, value: float) -> None:
        self._value = value
        self.moved.emit(value)
        self._field.set_value(value)
        if not self._slider.isSliderDown():
            with QSignalBlocker(self._slider):
                self._slider.setValue(self._rule.stop_of(value))

    def _update_mark(self) -> None:
        self._mark.set_on(self._live and self._asked != self._in_force)
        self._update_tooltips()

    def _update_tooltips(self) -> None:
        parts = (self._unavailable, self._problem, REQUESTED if self._mark.is_on() else "", self._help)
        tooltip = "\n\n".join(part for part in parts if part)
        for control in (self, self.label, self._slider, self._field):
            control.setToolTip(tooltip)
