"""Runs and distances beside one another, on the same images: curves, and whether they differ at all."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from core.config import DistanceName
from explorer import theme
from explorer.core_words import in_words
from explorer.panels.comparison_plot import ComparisonPlot, candidate_pen
from explorer.panels.comparison_words import COLUMNS, difference_rows, sentences
from explorer.panels.distance_field import DISTANCE_LABELS
from explorer.reports import CandidateChoice
from explorer.translation import tr
from explorer.widgets.data_table import DataTable
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.message import Message
from explorer.widgets.offering import offer

if TYPE_CHECKING:
    from core.evaluation.comparison import Comparison

_LINE = QSize(28, 12)
_EMPTY = tr(
    "The curves will stand here over one another, and below them whether the candidates differ. Add a second run, or "
    "another distance of this run, then press Compare."
)
_TOO_FEW = tr("Add another run or distance first: a comparison takes at least two.")
_OUTDATED = tr("The list has changed since: curves and numbers are of what it held before. Compare again.")
_COMPARE = tr(
    "Measure all of them on the images that every run holds out, and their differences on the same identities."
)
_REMOVE_HELP = tr("Take the chosen candidate off the list.")
_NONE_CHOSEN = tr("Choose a candidate in the list first.")
_WIDTH = 27 * theme.UNIT


class CompareTab(QWidget):
    """A list of candidates, their curves, and their differences."""

    folder_requested = Signal()
    """The user wants to choose a run folder; `add` follows."""
    compare_requested = Signal(tuple)
    """CandidateChoices, in their order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: list[CandidateChoice] = []
        self._asked: list[CandidateChoice] = []
        """What the newest comparison is of."""
        self._run_dir: Path | None = None
        self._busy = ""
        self._list = QListWidget()
        self._add_run, self._add_distance = QPushButton(tr("Add run")), QPushButton(tr("Add distance"))
        self._remove, self._compare = QPushButton(tr("Remove")), QPushButton(tr("Compare"))
        self._told, self._outdated = Message(), Message()
        self.plot, self._table = ComparisonPlot(), DataTable(tr("differences"), COLUMNS, stretched=len(COLUMNS) - 1)
        self._differences = QWidget()
        self._pages = QStackedLayout()
        self._arrange()
        self._name()
        self._connect()
        self.set_recent(())
        self.set_run(None, "cosine")

    def set_run(self, run_dir: Path | None, distance: DistanceName) -> None:
        """Begin anew with the run that the window shows, by its distance."""
        self._run_dir = run_dir
        self._choices = [] if run_dir is None else [CandidateChoice(run_dir, distance)]
        self._asked = []
        self._pages.setCurrentIndex(0)
        self._differences.hide()
        self._told.tell("")
        self._refresh()

    def set_recent(self, runs: Sequence[str]) -> None:
        """Offer run folders, the newest first."""
        menu = self._add_run.menu() or QMenu(self._add_run)
        menu.clear()
        menu.addAction(tr("Choose a folder…"), self.folder_requested.emit)
        if runs:
            menu.addSeparator()
        for run in runs:
            action = QAction(Path(run).name, menu)
            action.setToolTip(run)
            action.triggered.connect(lambda _checked=False, run=run: self.add(CandidateChoice(Path(run))))
            menu.addAction(action)
        menu.setToolTipsVisible(True)
        self._add_run.setMenu(menu)

    def add(self, choice: CandidateChoice) -> None:
        """Add a candidate; one that is there already stays alone."""
        if choice not in self._choices:
            self._choices.append(choice)
            self._refresh()

    def set_busy(self, reason: str) -> None:
        """Say why nothing can be compared now; empty where it can."""
        self._busy = reason
        self._refresh_buttons()

    def show_comparison(self, found: "Comparison") -> None:
        """Show curves and differences."""
        names = [f"{place + 1}  {name}" for place, name in enumerate(found.names)]
        self.plot.show_curves(names, found.curves)
        self._table.set_rows(list(difference_rows(found)))
        self._told.tell(" ".join([*sentences(found), *map(in_words, found.notes)]))
        self._told.setToolTip("\n".join([*sentences(found), *map(in_words, found.notes)]))
        self._pages.setCurrentIndex(1)
        self._differences.show()
        self._tell_change()

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.UNIT // 2)
        buttons.addWidget(self._add_run)
        buttons.addWidget(self._add_distance)
        below = QHBoxLayout()
        below.setSpacing(theme.UNIT // 2)
        below.addWidget(self._remove)
        below.addWidget(self._compare)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, theme.UNIT // 2, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(buttons)
        column.addWidget(self._list, 1)
        column.addLayout(below)
        side.setMinimumWidth(_WIDTH)
        upper = QWidget()
        row = QHBoxLayout(upper)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT // 2)
        row.addWidget(side)
        row.addLayout(self._pages, 1)
        self._pages.addWidget(EmptyState(_EMPTY))
        self._pages.addWidget(self.plot)
        halves = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        halves.addWidget(upper)
        halves.addWidget(self._make_differences())
        halves.setSizes([6_000, 4_000])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(halves)

    def _make_differences(self) -> QWidget:
        column = QVBoxLayout(self._differences)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        for widget in (self._outdated, self._told):
            column.addWidget(widget)
        column.addWidget(self._table, 1)
        return self._differences

    def _name(self) -> None:
        self._list.setObjectName("candidates")
        self._list.setAccessibleName(tr("What is compared"))
        self._list.setToolTip(tr("What is compared. Delete removes the chosen one."))
        self._list.setIconSize(_LINE)
        self._list.setMinimumHeight(6 * theme.UNIT)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        helps = {
            self._add_run: ("add_run_button", tr("Add another run, by its folder or from those used of late.")),
            self._add_distance: ("add_distance_button", tr("Add another distance of the run that the window shows.")),
            self._remove: ("remove_button", _REMOVE_HELP),
            self._compare: ("compare_button", _COMPARE),
        }
        for button, (name, help_text) in helps.items():
            button.setObjectName(name)
            button.setToolTip(help_text)
        menu = QMenu(self._add_distance)
        for name, label in DISTANCE_LABELS.items():
            action = menu.addAction(label)
            action.triggered.connect(lambda _checked=False, name=name: self._add_own(name))
        self._add_distance.setMenu(menu)

    def _connect(self) -> None:
        self._remove.clicked.connect(self._drop)
        self._compare.clicked.connect(self._ask)
        self._list.currentRowChanged.connect(lambda _row: self._refresh_buttons())
        delete = QAction(tr("Remove"), self._list)
        delete.setShortcut(QKeySequence.StandardKey.Delete)
        delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        delete.triggered.connect(self._drop)
        self._list.addAction(delete)

    def _ask(self) -> None:
        self._asked = list(self._choices)
        self.compare_requested.emit(tuple(self._choices))

    def _add_own(self, distance: DistanceName) -> None:
        if self._run_dir is not None:
            self.add(CandidateChoice(self._run_dir, distance))

    def _drop(self) -> None:
        row = self._list.currentRow()
        if 0 <= row < len(self._choices):
            del self._choices[row]
            self._refresh()

    def _refresh(self) -> None:
        self._list.clear()
        for place, choice in enumerate(self._choices):
            label = tr("its own distance") if choice.distance is None else DISTANCE_LABELS[choice.distance]
            item = QListWidgetItem(_sample(place), f"{place + 1}  {choice.run_dir.name}\n{label}")
            item.setToolTip(f"{choice.run_dir}\n{label}")
            self._list.addItem(item)
        self._refresh_buttons()
        self._tell_change()

    def _tell_change(self) -> None:
        self._outdated.tell(_OUTDATED if self._asked and self._choices != self._asked else "")

    def _refresh_buttons(self) -> None:
        offer(self._remove, _REMOVE_HELP, "" if self._list.currentRow() >= 0 else _NONE_CHOSEN)
        self._add_distance.setEnabled(self._run_dir is not None)
        reason = self._busy or (_TOO_FEW if len(self._choices) < 2 else "")
        self._compare.setEnabled(not reason)
        self._compare.setToolTip(tr("Not now: {reason}").format(reason=reason) if reason else _COMPARE)


def _sample(place: int) -> QIcon:
    """A piece of the candidate's line."""
    picture = QPixmap(_LINE)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setPen(candidate_pen(place))
        painter.drawLine(0, _LINE.height() // 2, _LINE.width(), _LINE.height() // 2)
    return QIcon(picture)
