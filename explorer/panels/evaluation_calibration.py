"""From a distance to a probability: how well each way of it keeps what it promises, and which one verification uses."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from core.evaluation.calibration import CalibrationMethod
from explorer import formats, theme
from explorer.panels.reliability_plot import NAMES, ReliabilityPlots
from explorer.reports import Report
from explorer.translation import tr
from explorer.widgets.data_table import Column, DataTable
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.message import Message

_EMPTY = tr(
    "Here will stand how far the probability of 'same' can be believed, and a choice of the calibration that Verify "
    "uses. Press Evaluate to measure the run."
)
_HELPS: dict[CalibrationMethod, str] = {
    "platt": tr(
        "A logistic curve with two numbers: needs few pairs, and is smooth. Right where the curve follows the diagonal."
    ),
    "isotonic": tr(
        "Any curve that never rises with the distance: follows the pairs as they are, and needs thousands of "
        "them. Choose it where Platt's leaves the diagonal."
    ),
}


def _bits(value: float | None) -> str:
    return formats.UNKNOWN if value is None else f"{value:.3f}"


_COLUMNS = (
    Column(tr("calibration"), tr("How a distance becomes a probability.")),
    Column(tr("Cllr, bits"), tr("Cost of the log-likelihood ratios: 0 is perfect, 1 says nothing."), _bits),
)


class CalibrationTab(QWidget):
    """Reliability plots, the cost of each calibration, and the choice among them."""

    calibration_chosen = Signal(str)
    """The CalibrationMethod that verification is to use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plots = ReliabilityPlots()
        self._table = DataTable(tr("calibrations"), _COLUMNS)
        self._told, self._measured_on, self._in_force = Message(), Message(), Message()
        self._choices = QButtonGroup(self)
        self._buttons = {name: self._make_choice(name) for name in NAMES}
        halves = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        halves.addWidget(self.plots)
        halves.addWidget(self._make_side())
        halves.setStretchFactor(0, 1)
        halves.setSizes([10_000, 26 * theme.UNIT])
        self._pages = QStackedLayout(self)
        self._pages.addWidget(EmptyState(_EMPTY))
        self._pages.addWidget(halves)
        self._choices.buttonClicked.connect(lambda button: self.calibration_chosen.emit(button.property("calibration")))

    def show_report(self, report: Report | None) -> None:
        """Show the calibrations of an evaluation; None: there is none."""
        fits = () if report is None else tuple(report.calibrations)
        self._pages.setCurrentIndex(1 if fits else 0)
        if report is None or not fits:
            return
        self.plots.show_fits(fits)
        rows: list[tuple[str, float | None]] = [(NAMES[fit.method], fit.cllr) for fit in fits]
        rows.append((tr("least possible"), report.min_cllr))
        self._table.set_rows(rows)
        height = self._table.horizontalHeader().sizeHint().height() + 2 * self._table.frameWidth()
        self._table.setFixedHeight(height + len(rows) * self._table.verticalHeader().defaultSectionSize())
        self._told.tell(_verdict(report))
        self._measured_on.tell(report.calibrated_on)

    def set_choice(self, name: CalibrationMethod | None, unavailable: str = "") -> None:
        """Say which calibration verification uses, or why that cannot be chosen."""
        for each, button in self._buttons.items():
            button.setChecked(each == name)
            button.setEnabled(not unavailable)
            button.setToolTip(
                tr("Not now: {unavailable}").format(unavailable=unavailable) if unavailable else _HELPS[each]
            )
        self._in_force.tell(unavailable)

    def _make_choice(self, name: CalibrationMethod) -> QRadioButton:
        button = QRadioButton(NAMES[name])
        button.setObjectName(f"{name}_choice")
        button.setAccessibleName(tr("Verify uses the {NAMES} calibration").format(NAMES=NAMES[name]))
        button.setToolTip(_HELPS[name])
        button.setProperty("calibration", name)
        self._choices.addButton(button)
        return button

    def _make_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.UNIT, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(self._table)
        column.addWidget(self._told)
        column.addWidget(self._measured_on)
        column.addSpacing(theme.UNIT)
        column.addWidget(QLabel(tr("Verify takes its probability from")))
        for button in self._buttons.values():
            column.addWidget(button)
        column.addWidget(self._in_force)
        column.addStretch()
        side.setMinimumWidth(24 * theme.UNIT)
        return side


def _verdict(report: Report) -> str:
    """What the costs say, in a sentence."""
    costs = {fit.method: fit.cllr for fit in report.calibrations if fit.cllr is not None}
    if not costs or report.min_cllr is None or report.measured.parts is None:
        return ""  # on the pairs it was fitted to, isotonic regression always costs least
    best = min(costs, key=lambda name: costs[name])
    lost = max(0.0, costs[best] - report.min_cllr)
    return tr("{capitalize} costs least: {lost:.3f} bits more than the distances themselves must cost.").format(
        capitalize=NAMES[best].capitalize(), lost=lost
    )
