"""What 'unknown' is worth: how often strangers are taken for somebody, and enrolled people are found."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer import formats, theme
from explorer.core_words import in_words
from explorer.icons import icon
from explorer.panels.gallery_view import RatesView, rate_words
from explorer.translation import tr
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.message import Message
from explorer.widgets.wheel import wheel_only_when_focused
from explorer.widgets.work_line import WorkLine

if TYPE_CHECKING:
    from core.evaluation.open_set_points import OpenSetPoint

_HELP = tr(
    "Half of the held-out identities are enrolled, the others are strangers, 20 times over; then all other images are "
    "looked up.\n\nThe more names are enrolled, the more often a stranger is near one of them: compare the number of "
    "names with yours. ± is the standard error over the 20 partings."
)
_SHOTS_HELP = tr(
    "By how many images each identity is enrolled in this measurement; take about as many as your names have."
)
_HEADS = (
    (tr("threshold"), tr("The largest distance at which a name is accepted.")),
    (tr("strangers"), tr("Share of the strangers' images that are taken for somebody: the false-alarm rate.")),
    (tr("found"), tr("Share of the enrolled people's images whose own name is the nearest and within the threshold.")),
    (tr("in first 5"), tr("The same where the own name is among the five nearest.")),
)
_FARS = (0.1, 0.01, 0.001)
_NO_RUN = tr("Open a run, or train one: its held-out identities tell what 'unknown' is worth.")


class RatesPage(QWidget):
    """Rates at the threshold in force and at others, what they were measured on, and a button that measures."""

    wanted = Signal(int)
    """Measure, with so many images for each identity."""
    cancelled = Signal()
    summary_changed = Signal(str)
    """The rates at the threshold in force, in one sentence; empty where they are not known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: RatesView | None = None
        self._threshold: float | None = None
        self._is_chosen = False
        self._grid, self._cells = QGridLayout(), [[QLabel() for _ in _HEADS] for _ in range(1 + len(_FARS))]
        self._empty, self._of, self._notes = EmptyState(_NO_RUN), Message(), Message()
        self._shots, self._measure, self._work = QSpinBox(), QToolButton(), WorkLine()
        self._stack = QStackedWidget()
        self._arrange()
        self._measure.clicked.connect(lambda: self.wanted.emit(self._shots.value()))
        self._work.cancel_requested.connect(self.cancelled)
        self._shots.valueChanged.connect(self._choose_shots)

    @property
    def shots(self) -> int:
        """Images that each identity is to be enrolled by."""
        return self._shots.value()

    def suggest_shots(self, count: int) -> None:
        """Take so many, unless the user has chosen a number."""
        if not self._is_chosen:
            self._shots.blockSignals(True)
            self._shots.setValue(count)
            self._shots.blockSignals(False)

    def set_rates(self, view: RatesView | None, missing: str = _NO_RUN) -> None:
        """Show rates; None where there are none, and why."""
        self._view = view
        self._empty.setText(missing)
        self._stack.setCurrentIndex(0 if view is None else 1)
        if view is not None:
            self._of.tell(view.provenance)
            self._notes.tell("\n".join(map(in_words, view.rates.notes)))
            for cells, far in zip(self._cells[1:], _FARS, strict=True):
                _fill(cells, view.rates.at_far(far), far)
        self._show_threshold()

    def set_threshold(self, threshold: float | None) -> None:
        """Tell the rates at another threshold."""
        self._threshold = threshold
        self._show_threshold()

    def set_measuring(self, share: float | None) -> None:
        """Show how far a measurement is; None where none is under way."""
        if share is None:
            self._work.end()
        elif self._work.isHidden():
            self._work.begin(tr("measuring"))
        else:
            self._work.show_progress(tr("measuring"), share, None)
        self._measure.setEnabled(share is None)

    def set_available(self, reason: str | None) -> None:
        """Say why nothing can be measured; None where it can."""
        self._measure.setEnabled(reason is None)
        self._measure.setToolTip(reason or tr("Measure on the held-out identities of the newest look at the model."))

    def _choose_shots(self, _count: int) -> None:
        self._is_chosen = True

    def _show_threshold(self) -> None:
        if self._view is None or self._threshold is None:
            self.summary_changed.emit("")
            return
        point, count = self._view.rates.at_threshold(self._threshold), self._view.rates.names
        _fill(self._cells[0], point, None)
        among = tr("1 name") if count == 1 else tr("{count} names").format(count=formats.count(count))
        self.summary_changed.emit(
            tr("Strangers taken for somebody {taken}, people found {found} (among {names})").format(
                taken=formats.rate(point.far.mean), found=formats.rate(point.dir[1].mean), names=among
            )
        )

    def _arrange(self) -> None:
        layout, page = QVBoxLayout(self), QWidget()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT // 2)
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.UNIT // 2)
        self._fill_grid()
        inner.addLayout(self._grid)
        inner.addWidget(self._of)
        inner.addWidget(self._notes)
        inner.addStretch(1)
        self._of.setObjectName("rates_of")
        self._of.setToolTip(_HELP)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._work)
        layout.addLayout(self._controls())

    def _fill_grid(self) -> None:
        grid = self._grid
        grid.setHorizontalSpacing(theme.UNIT)
        grid.setVerticalSpacing(theme.UNIT // 2)
        right = Qt.AlignmentFlag.AlignRight
        for column, (words, help_text) in enumerate(_HEADS):
            head = QLabel(words)
            head.setToolTip(f"{help_text}\n\n{_HELP}")
            grid.addWidget(head, 0, column, right)
            grid.setColumnStretch(column, 1)
        for row, cells in enumerate(self._cells, 1):
            for column, cell in enumerate(cells):
                cell.setFont(theme.digits_font())
                cell.setObjectName(f"rate_{row - 1}_{column}")
                grid.addWidget(cell, row, column, right)
        font = theme.digits_font()
        font.setBold(True)
        for cell in self._cells[0]:
            cell.setFont(font)
            cell.setToolTip(tr("At the threshold in force."))

    def _controls(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.UNIT)
        self._shots.setRange(1, 20)
        self._shots.setObjectName("rates_shots")
        self._shots.setAccessibleName(tr("images for each identity"))
        self._shots.setToolTip(_SHOTS_HELP)
        self._shots.setFont(theme.digits_font())
        wheel_only_when_focused(self._shots)
        self._measure.setText(tr("Measure"))
        self._measure.setIcon(icon("play"))
        self._measure.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._measure.setObjectName("measure_rates")
        self._measure.setAccessibleName(tr("measure open-set rates"))
        label = QLabel(tr("images for each:"))
        label.setToolTip(_SHOTS_HELP)
        row.addWidget(self._measure)
        row.addStretch(1)
        row.addWidget(label)
        row.addWidget(self._shots)
        return row


def _fill(cells: list[QLabel], point: "OpenSetPoint | None", far: float | None) -> None:
    """Write a row; one without a point says which rate is not known."""
    if point is None:
        texts = [formats.UNKNOWN, formats.rate(far), formats.UNKNOWN, formats.UNKNOWN]
        help_text = tr("There are too few images of strangers to tell so small a rate.")
    else:
        rates = (point.far, *point.dir.values())
        texts = [formats.distance(point.threshold), *(formats.rate(rate.mean) for rate in rates)]
        help_text = tr("strangers {}, found {}, in first 5 {}").format(*map(rate_words, rates))
    for cell, text in zip(cells, texts, strict=True):
        cell.setText(text)
        if far is not None:
            cell.setToolTip(help_text)
        else:
            cell.setToolTip(tr("At the threshold in force: {help_text}").format(help_text=help_text))
