"""The dialog of the learning-rate finder: the loss over the rate, a line to choose one by, and 'use it'."""

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from core.hyperparameters import SETTING_SPECS
from explorer import formats, theme
from explorer.translation import tr
from explorer.widgets.message import Message, QuietLabel
from explorer.widgets.number_rule import NumberRule
from explorer.widgets.plot import Plot, curve_pen
from explorer.widgets.plot_legend import PlotLegend
from explorer.widgets.work_line import WorkLine

if TYPE_CHECKING:
    from core.training.rate_finder import RateSearch

_RULE = NumberRule.of(next(spec for spec in SETTING_SPECS if spec.name == "learning_rate"))
_ABOUT = tr(
    "A model like that of the next run is trained for a moment, while the learning rate rises over the range of the "
    "slider; then it is thrown away. Where the loss falls fastest is a good peak for the schedule."
)
_FOUND = tr("The loss falls fastest at {rate}. Drag the line to choose another rate.")
_NOTHING = tr(
    "The loss does not clearly fall at any rate. Look at data and loss first; the line stands at the present rate."
)
_NOTHING_YET = tr("Nothing was kept of the search.")


class _RatePlot(Plot):
    """Loss over rate: each step, what is smoothed of them, and a line at the chosen rate."""

    def __init__(self) -> None:
        super().__init__(tr("loss over learning rate"))
        self._steps = pg.PlotDataItem(name=tr("each step"))
        self._smoothed = pg.PlotDataItem(name=tr("smoothed"), pen=curve_pen(theme.class_style(0).colour, width=3))
        self._legend = PlotLegend(self.view, ())
        self.line = self.add_line(0.0, movable=True)
        self.set_axes(tr("learning rate"), tr("loss"), log_x=True)
        self.set_home(x=(self.to_axis(_RULE.minimum), self.to_axis(_RULE.maximum)))
        for curve in (self._steps, self._smoothed):
            self.add_curve(curve)
        self.recoloured.connect(self._recolour)
        self.hovered.connect(self._on_hovered)
        self._found: RateSearch | None = None
        self._recolour()

    def show_search(self, found: "RateSearch") -> None:
        self._found = found
        self._steps.setData(found.rates, found.losses)
        self._smoothed.setData(found.rates, found.smoothed)
        self.fit()

    def _on_hovered(self, rate: float, _loss: float) -> None:
        if self._found is None or not len(self._found.rates):
            return
        place = int(abs(self._found.rates - rate).argmin())
        at, loss, smoothed = (values[place] for values in (self._found.rates, self._found.losses, self._found.smoothed))
        self.show_readout(
            float(at),
            tr("rate {at}\nloss {loss}\nsmoothed {smoothed}").format(
                at=_RULE.text(at), loss=formats.loss(loss), smoothed=formats.loss(smoothed)
            ),
        )

    def _recolour(self) -> None:
        pen = curve_pen(self.ink(0.35), width=1)
        self._steps.setPen(pen)
        self._legend.set_entries([(tr("each step"), pen), (tr("smoothed"), self._smoothed.opts["pen"])])
        self._legend.set_theme(self.ink(0.75), self.ink(0.0), self.font())


class RateSearchDialog(QDialog):
    """Blocks the window while a search is under way: nothing else may train meanwhile.

    It closes only when the search has ended, which it asks for where it is closed before.
    """

    cancel_requested = Signal()
    rate_chosen = Signal(float)
    """The user takes this rate."""

    def __init__(self, present: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._present, self._searching, self._closing = present, True, False
        self._plot, self._work, self._said = _RatePlot(), WorkLine(cancel_help=tr("End the search now.")), Message()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._use = QPushButton()
        self.setObjectName("rate_search_dialog")
        self.setWindowTitle(tr("Find a learning rate"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._arrange()
        self._work.cancel_requested.connect(self.cancel_requested)
        self._use.clicked.connect(self._take)
        self._buttons.rejected.connect(self.reject)
        self._plot.line.sigPositionChanged.connect(self._name_rate)
        self._plot.line.hide()
        self._work.begin(tr("waiting for its turn"))

    def show_progress(self, what: str, share: float, seconds_left: float | None) -> None:
        """Tell how far the search is."""
        self._work.show_progress(what, share, seconds_left)

    def show_result(self, found: "RateSearch") -> None:
        """Draw what was found, with the line at the suggestion."""
        self._plot.show_search(found)
        self._plot.line.show()
        if found.suggestion is None:
            self._said.complain(_NOTHING)
        else:
            self._said.tell(_FOUND.format(rate=_RULE.text(found.suggestion)))
        self._plot.line.setValue(self._plot.to_axis(found.suggestion or self._present))
        self._use.setEnabled(True)
        self._use.setDefault(True)
        self._end()

    def show_problem(self, sentence: str) -> None:
        """Say why nothing was found."""
        self._said.complain(sentence)
        self._end()

    def show_cancelled(self) -> None:
        """Say that the search was ended."""
        self._said.tell(_NOTHING_YET)
        self._end()

    def reject(self) -> None:
        """Close; a search that is under way ends first."""
        if self._searching:
            self._closing = True
            self._work.show_progress(tr("ending …"), None, None)
            self.cancel_requested.emit()
        else:
            super().reject()

    def _end(self) -> None:
        self._searching = False
        self._work.end()
        if self._closing:
            super().reject()

    @property
    def _rate(self) -> float:
        """Where the line stands, as the slider writes it."""
        value = self._plot.from_axis(self._plot.line.value(), 0)
        return float(f"{min(max(value, _RULE.minimum), _RULE.maximum):.2g}")

    def _name_rate(self) -> None:
        self._use.setText(tr("Use {rate}").format(rate=_RULE.text(self._rate)))

    def _take(self) -> None:
        self.rate_chosen.emit(self._rate)
        self.accept()

    def _arrange(self) -> None:
        about = QuietLabel()
        about.setText(_ABOUT)
        self._plot.setMinimumHeight(30 * theme.UNIT)
        self._use.setObjectName("use_rate_button")
        self._use.setText(tr("Use it"))
        self._use.setEnabled(False)
        self._use.setToolTip(tr("Put the learning rate's slider where the line stands."))
        self._buttons.addButton(self._use, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.button(QDialogButtonBox.StandardButton.Close).setToolTip(tr("Leave the learning rate as it is."))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.UNIT, 2 * theme.UNIT, 2 * theme.UNIT, 2 * theme.UNIT)
        column.setSpacing(theme.UNIT)
        column.addWidget(about)
        column.addWidget(self._plot, 1)
        for part in (self._work, self._said, self._buttons):
            column.addWidget(part)
        self.resize(80 * theme.UNIT, 62 * theme.UNIT)
