"""The live settings: what may change between two training steps."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from core.hyperparameters import MINING_MODES, SETTING_SPECS, Hyperparameters, Mining
from explorer import theme
from explorer.widgets.choice_field import Choice, ChoiceField
from explorer.widgets.message import Message
from explorer.widgets.value_slider import RequestMark, ValueSlider

MINING_HELP: dict[Mining, str] = {
    "all": "Every triplet of the batch that still costs something. The calmest choice; late in training few count.",
    "semi-hard": "Triplets whose negative is farther than the positive, but by no more than the margin. "
    "The usual choice: strong enough to learn from, mild enough not to collapse.",
    "hard": "Each anchor-positive pair with its closest negative. Learns fine differences; "
    "wrong labels hurt, and a fresh network may collapse.",
    "batch-hard": "Each anchor with its farthest positive and closest negative. The strongest pull; "
    "choose it when semi-hard finds hardly any active triplets.",
    "random": "Each anchor-positive pair with one random negative. A baseline to compare with.",
}
_MINING = "Which triplets of a batch the triplet loss averages."
_NEXT_RUN = "The next run starts with these values."
_LIVE = "A change acts at the next training step."
_NO_MASKS = "β has nothing to weigh: the data has no masks."


class SettingsPanel(QWidget):
    """One slider a setting and the mining chooser; hands out the settings as one frozen whole.

    While a run lives, a value is 'requested' until `echo` has brought it back. An echo that a newer request has
    overtaken moves no slider. A request that only goes back to what is in force is not waited for: training
    takes the newest of several requests and stays silent where nothing changes.
    """

    requested = Signal(object)
    """Hyperparameters the user wants."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = self._in_force = Hyperparameters()
        self._in_flight: list[Hyperparameters] = []
        self._live = False
        self._sliders = {spec.name: ValueSlider(spec) for spec in SETTING_SPECS}
        self._mining = ChoiceField(
            "mining", [Choice(mode, mode, MINING_HELP[mode]) for mode in MINING_MODES], help_text=_MINING
        )
        self._mining_mark = RequestMark()
        self._status = Message()
        self._reset = QToolButton()
        self._arrange()
        self._connect()
        self.set_values(self._values)

    def values(self) -> Hyperparameters:
        """The settings shown, requested ones included."""
        return self._values

    def set_values(self, values: Hyperparameters) -> None:
        """Show settings that are in force, such as those a run was started with."""
        self._in_flight.clear()
        self._values = self._in_force = values
        for name, slider in self._sliders.items():
            slider.confirm(getattr(values, name))
        self._mining.set_value(values.mining)
        self._update_status()

    def echo(self, values: Hyperparameters) -> None:
        """Take what the training thread has applied."""
        if values == self._values or values not in self._in_flight:
            self.set_values(values)
            return
        del self._in_flight[: self._in_flight.index(values) + 1]
        self._in_force = values
        for name, slider in self._sliders.items():
            slider.note_in_force(getattr(values, name))
        self._update_status()

    def set_live(self, live: bool) -> None:
        """Say whether a run lives; without one the values are what the next run starts with."""
        self._live = live
        for slider in self._sliders.values():
            slider.set_live(live)
        if not live:
            self._in_flight.clear()
            self._in_force = self._values
        self._update_status()

    def set_masks_available(self, available: bool) -> None:
        """Without masks the segmentation weight cannot act, and says so."""
        self._sliders["beta"].set_unavailable(None if available else _NO_MASKS)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.UNIT, theme.UNIT, theme.UNIT, theme.UNIT)
        layout.setSpacing(theme.UNIT // 2)
        for slider in self._sliders.values():
            layout.addWidget(slider)
        layout.addLayout(self._mining_row())
        layout.addLayout(self._status_row())
        layout.addStretch(1)

    def _mining_row(self) -> QHBoxLayout:
        label = QLabel("mining")
        label.setToolTip(_MINING)
        label.setBuddy(self._mining)
        labels = [label, *(slider.label for slider in self._sliders.values())]
        width = max(each.sizeHint().width() for each in labels)
        for each in labels:
            each.setFixedWidth(width)
        row = QHBoxLayout()
        row.setSpacing(theme.UNIT // 2)
        row.addWidget(label)
        row.addWidget(self._mining_mark)
        row.addWidget(self._mining, 1)
        return row

    def _status_row(self) -> QHBoxLayout:
        self._reset.setText("Defaults")
        self._reset.setObjectName("reset_settings")
        self._reset.setToolTip("Put all live settings back to their defaults.")
        self._reset.setAccessibleName("Reset the live settings to their defaults")
        self._status.setMinimumHeight(2 * self._status.fontMetrics().lineSpacing())  # nothing jumps at two lines
        self._status.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.addWidget(self._status, 1)
        row.addWidget(self._reset)
        return row

    def _connect(self) -> None:
        for name, slider in self._sliders.items():
            slider.value_requested.connect(lambda value, name=name: self._change({name: value}))
            slider.problem_changed.connect(self._on_problem)
        self._mining.edited.connect(lambda: self._change({"mining": self._mining.value()}))
        self._reset.clicked.connect(self._reset_all)

    def _on_problem(self, problem: str) -> None:
        if problem:
            self._status.complain(problem)
        else:
            self._update_status()

    def _reset_all(self) -> None:
        if self._values == Hyperparameters():
            return
        defaults = Hyperparameters()
        for name, slider in self._sliders.items():
            slider.show_requested(getattr(defaults, name))
        self._mining.set_value(defaults.mining)
        self._change(defaults.model_dump())

    def _change(self, changes: dict[str, Any]) -> None:
        values = Hyperparameters.model_validate({**self._values.model_dump(), **changes})
        if values == self._values:
            return
        if self._live:
            self._in_flight.append(values)
        self._values = values
        self._update_status()
        self.requested.emit(values)

    def _update_status(self) -> None:
        self._mining_mark.set_on(self._live and self._values.mining != self._in_force.mining)
        waiting = [slider.label.text() for slider in self._sliders.values() if slider.is_requested()]
        if self._mining_mark.is_on():
            waiting.append("mining")
        if waiting:
            self._status.tell(f"Requested for the next step: {', '.join(waiting)}.")
        else:
            self._status.tell(_LIVE if self._live else _NEXT_RUN)
