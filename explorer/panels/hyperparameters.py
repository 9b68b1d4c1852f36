"""The live settings: what may change between two training steps."""

from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from core.hyperparameters import MINING_MODES, SETTING_SPECS, Hyperparameters
from core.loss_specs import LOSS_SPECS, LossName, default_hyperparameters
from explorer import theme
from explorer.panels.setting_words import MINING_HELP, TRIPLET_MARGIN, margin_words
from explorer.translation import tr
from explorer.widgets.choice_field import Choice, ChoiceField
from explorer.widgets.message import Message
from explorer.widgets.share_curve import Floats, ShareCurve
from explorer.widgets.value_slider import RequestMark, ValueSlider

_COMMON = ("alpha", "beta", "gamma", "learning_rate")
"""Settings that act whatever the metric loss is; they stand first, so that a change of loss moves none of them."""
_MINING = tr("Which tuples of a batch the metric loss averages.")
_NEXT_RUN = tr("Values the next run starts with.")
_LIVE = tr("Changes act at the next step.")
_FIND_RATE = tr("Train a moment while the learning rate rises, and see where the loss falls fastest.")
_NOT_NOW = tr("A run is training; stop it first.")
_NO_MASKS = tr("β has nothing to weigh: the data has no masks.")
_WHAT_IF = tr(
    "What if: the share of all triplets of the training images that a margin leaves active, measured on the newest "
    "look at the model. At 0 % nothing is left to learn from; near 100 % even good triplets still pull."
)
_NO_CURVE = tr("What each margin would leave active will stand here after the first look at the model.")


class SettingsPanel(QWidget):
    """A slider for each setting that acts on the metric loss, and the mining chooser where it is mined.

    Hands out the settings as one frozen whole. While a run lives, a value is 'requested' until `echo` has brought it
    back. An echo that a newer request has overtaken moves no slider. A request that only goes back to what is in force
    is not waited for: training takes the newest of several requests and stays silent where nothing changes.
    """

    requested = Signal(object)
    """Hyperparameters the user wants."""
    find_rate_requested = Signal()
    what_if_shown = Signal()
    """The curve of what a margin would leave active is shown for another loss now, and wants to be filled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loss: LossName = "triplet"
        self._values = self._in_force = default_hyperparameters(self._loss)
        self._in_flight: list[Hyperparameters] = []
        self._live = False
        self._sliders = {spec.name: ValueSlider(spec) for spec in SETTING_SPECS}
        self._mining = ChoiceField(
            tr("mining"), [Choice(mode, mode, MINING_HELP[mode]) for mode in MINING_MODES], _MINING, key="mining"
        )
        self._mining_mark = RequestMark()
        self._mining_row = QWidget()
        self._what_if = ShareCurve(
            tr("margin"), theme.TASK_COLOURS["active_fraction"], tr("triplets active"), _NO_CURVE
        )
        self._what_if.setToolTip(_WHAT_IF)
        self._status = Message()
        self._find_rate, self._reset = QToolButton(), QToolButton()
        self._arrange()
        self._connect()
        self.set_loss(self._loss)
        self.set_values(self._values)

    def values(self) -> Hyperparameters:
        """The settings shown, requested ones included, and those hidden because they act on another loss."""
        return self._values

    def set_loss(self, loss: LossName) -> None:
        """Show the settings that act on this metric loss."""
        self._loss = loss
        self._sliders["margin"].describe(*margin_words(loss))
        shown = self._shown_for(loss)
        for part in self._own_parts():
            part.setVisible(part in shown)
        if self.has_what_if:
            self.what_if_shown.emit()

    @property
    def has_what_if(self) -> bool:
        """Whether the metric loss has a margin between triplets, whose effect can be told beforehand."""
        return self._loss in TRIPLET_MARGIN

    def show_what_if(self, margins: Floats, shares: Floats, provenance: str) -> None:
        """Show which share [n] of triplets each margin [n] would leave active, and what it was measured on."""
        self._what_if.set_curve(margins, shares, provenance)

    def clear_what_if(self) -> None:
        """Another run, or none, is shown."""
        self._what_if.set_curve(np.empty(0), np.empty(0), "")

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
        self._find_rate.setEnabled(not live)
        self._find_rate.setToolTip(f"{_NOT_NOW}\n\n{_FIND_RATE}" if live else _FIND_RATE)
        for slider in self._sliders.values():
            slider.set_live(live)
        if not live:
            self._in_flight.clear()
            self._in_force = self._values
        self._update_status()

    def choose_rate(self, rate: float) -> None:
        """Take a learning rate that was found, as if the user had set it."""
        self._sliders["learning_rate"].show_requested(rate)
        self._change({"learning_rate": rate})

    def set_masks_available(self, available: bool) -> None:
        """Without masks the segmentation weight cannot act, and says so."""
        self._sliders["beta"].set_unavailable(None if available else _NO_MASKS)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        layout.setSpacing(theme.UNIT // 2)
        self._fill_mining_row()
        for name in _COMMON:
            layout.addWidget(self._sliders[name])
        layout.addWidget(self._own_settings())
        layout.addLayout(self._status_row())
        layout.addStretch(1)

    def _own_settings(self) -> QWidget:
        """What acts on the chosen loss only, in room enough for any loss, so that nothing below it moves."""
        area = QWidget()
        column = QVBoxLayout(area)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        for part in self._own_parts():
            column.addWidget(part)
        column.addStretch(1)
        heights = (
            sum(part.sizeHint().height() + column.spacing() for part in self._shown_for(loss)) for loss in LOSS_SPECS
        )
        area.setFixedHeight(max(heights) - column.spacing())
        return area

    def _own_parts(self) -> list[QWidget]:
        """All that may be hidden, from top to bottom."""
        sliders = [slider for name, slider in self._sliders.items() if name not in (*_COMMON, "margin")]
        return [self._sliders["margin"], self._what_if, self._mining_row, *sliders]

    def _shown_for(self, loss: LossName) -> list[QWidget]:
        spec = LOSS_SPECS[loss]
        shown: list[QWidget] = [self._sliders[name] for name in spec.settings]
        if loss in TRIPLET_MARGIN:
            shown.append(self._what_if)
        if spec.mined:
            shown.append(self._mining_row)
        return shown

    def _fill_mining_row(self) -> None:
        label = QLabel(tr("mining"))
        label.setToolTip(_MINING)
        label.setBuddy(self._mining)
        labels = [label, *(slider.label for slider in self._sliders.values())]
        margins = (label.fontMetrics().horizontalAdvance(margin_words(loss)[0]) for loss in LOSS_SPECS)
        width = max(*(each.sizeHint().width() for each in labels), *margins)
        for each in labels:
            each.setFixedWidth(width)
        row = QHBoxLayout(self._mining_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT // 2)
        row.addWidget(label)
        row.addWidget(self._mining_mark)
        row.addWidget(self._mining, 1)

    def _status_row(self) -> QHBoxLayout:
        self._find_rate.setText(tr("Find rate…"))
        self._find_rate.setObjectName("find_rate")
        self._find_rate.setToolTip(_FIND_RATE)
        self._find_rate.setAccessibleName(tr("Find a learning rate"))
        self._reset.setText(tr("Defaults"))
        self._reset.setObjectName("reset_settings")
        self._reset.setToolTip(tr("Put all live settings back to what suits the metric loss."))
        self._reset.setAccessibleName(tr("Reset the live settings to their defaults"))
        self._status.setMinimumHeight(2 * self._status.fontMetrics().lineSpacing())  # nothing jumps at two lines
        self._status.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.addWidget(self._status, 1)
        row.addWidget(self._find_rate)
        row.addWidget(self._reset)
        return row

    def _connect(self) -> None:
        for name, slider in self._sliders.items():
            slider.value_requested.connect(lambda value, name=name: self._change({name: value}))
            slider.problem_changed.connect(self._on_problem)
        self._sliders["margin"].moved.connect(self._what_if.set_value)
        self._mining.edited.connect(lambda: self._change({"mining": self._mining.value()}))
        self._reset.clicked.connect(self._reset_all)
        self._find_rate.clicked.connect(self.find_rate_requested)

    def _on_problem(self, problem: str) -> None:
        if problem:
            self._status.complain(problem)
        else:
            self._update_status()

    def _reset_all(self) -> None:
        defaults = default_hyperparameters(self._loss)
        if self._values == defaults:
            return
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
        waiting = [tr(spec.label) for spec in SETTING_SPECS if self._sliders[spec.name].is_requested()]
        if self._mining_mark.is_on():
            waiting.append(tr("mining"))
        if waiting:
            self._status.tell(tr("Requested for the next step: {waiting}.").format(waiting=", ".join(waiting)))
        else:
            self._status.tell(_LIVE if self._live else _NEXT_RUN)
