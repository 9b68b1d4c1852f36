"""The pairs that were looked at one by one: what was found, and what somebody wrote beside it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QImage, QKeySequence, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from explorer import theme
from explorer.dialogs import save_file
from explorer.images import fit_within
from explorer.panels.looked_at_rows import (
    COLUMNS,
    NOTE,
    PAIR,
    PROBABILITY,
    SIDE,
    VERDICT,
    WHEN,
    LookedAtRows,
    NoteCells,
    PairCells,
)
from explorer.translation import tr
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.message import Message
from explorer.widgets.tables import set_up_table

if TYPE_CHECKING:
    from core.looked_at import LookedAt, LookedAtImage

_EMPTY = tr(
    "Every pair that you look at in Verify will stand here with its verdict, and a note if you write one. "
    "It is kept with the run.\n\nDrop two images on the slots of Verify, while a run trains or one is open."
)
_WIDEST = {VERDICT: "0.000 ≤ 0.000", PROBABILITY: "0.123 %", WHEN: "00-00 00:00"}
_NOTHING = tr("Choose a pair in the table first.")
_HELPS = {
    "open_look": tr("Put the pair into Verify again."),
    "remove_looks": tr("Take the chosen pairs off this list. Ctrl+Z takes that back."),
    "export_looks": tr("Write the list as a CSV file."),
}


class LookedAtPage(QWidget):
    """A table with the newest pair on top."""

    opened = Signal(object)
    """LookedAt, to be put into Verify."""
    remove_requested = Signal(tuple)
    """LookedAts"""
    note_written = Signal(object, str)
    """LookedAt, and its new note."""
    export_requested = Signal(Path)
    pictures_needed = Signal(tuple)
    """LookedAtImages that are seen; answer with `set_picture`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = LookedAtRows(self)
        self._view, self._problem = _View(self._rows, self), Message()
        self._open, self._remove = QPushButton(tr("Open in Verify")), QPushButton(tr("Remove"))
        self._export = QPushButton(tr("Export CSV …"))
        self._pages = QStackedLayout()
        self._waiting: Sequence[LookedAt] | None = None
        """What is to be shown when the note has been written."""
        self._arrange()
        self._connect()
        self.show_looks(())

    def show_looks(self, looks: "Sequence[LookedAt]") -> None:
        """Show these, the newest first; those that are chosen stay so, and a note that is being written too."""
        if self._view.is_editing():
            self._waiting = looks
            return
        self._waiting = None
        chosen = {look.pair for look in self.chosen()}
        self._rows.show_looks(looks)
        self._view.choose([row for row in range(len(looks)) if self._rows.look(row).pair in chosen])
        self._pages.setCurrentIndex(1 if looks else 0)
        self._follow_choice()
        self._ask_for_pictures()

    def set_picture(self, image: "LookedAtImage", picture: QImage) -> None:
        """Deliver a thumbnail; a null one stands for an image that cannot be read."""
        side = round(SIDE * self.devicePixelRatioF())
        self._rows.set_picture(image, QPixmap.fromImage(fit_within(picture, side)))

    def forget_pictures(self) -> None:
        """Drop all thumbnails: another run is shown."""
        self._rows.forget_pictures()

    def show_problem(self, sentence: str) -> None:
        """Say why nothing is kept; empty where it is."""
        self._problem.complain(sentence)

    def chosen(self) -> "tuple[LookedAt, ...]":
        """The pairs that are chosen."""
        rows = sorted(index.row() for index in self._view.selectionModel().selectedRows())
        return tuple(self._rows.look(row) for row in rows)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the pictures that are seen now."""
        super().showEvent(event)
        self._ask_for_pictures()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the pictures that are seen now."""
        super().resizeEvent(event)
        self._ask_for_pictures()

    def _arrange(self) -> None:
        content, column = QWidget(), QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(self._problem)
        column.addLayout(self._pages, 1)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.UNIT // 2)
        inside.addWidget(self._view, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.UNIT)
        for button, name in zip((self._open, self._remove, self._export), _HELPS, strict=True):
            button.setObjectName(name)
            button.setAutoDefault(False)
            row.addWidget(button)
        self._export.setToolTip(_HELPS["export_looks"])
        row.insertStretch(2, 1)
        inside.addLayout(row)
        self._pages.addWidget(EmptyState(_EMPTY))
        self._pages.addWidget(content)

    def _connect(self) -> None:
        view = self._view
        view.activated.connect(lambda index: self._open_row(index.row(), index.column()))
        view.selectionModel().selectionChanged.connect(lambda *_: self._follow_choice())
        view.verticalScrollBar().valueChanged.connect(lambda _value: self._ask_for_pictures())
        view.edited.connect(self._show_waiting)
        view.remove_action.triggered.connect(self._ask_to_remove)
        self._rows.note_written.connect(self.note_written)
        self._rows.modelReset.connect(self._ask_for_pictures)
        self._open.clicked.connect(self._open_chosen)
        self._remove.clicked.connect(self._ask_to_remove)
        self._export.clicked.connect(self._ask_where)

    def _show_waiting(self) -> None:
        if self._waiting is not None:
            self.show_looks(self._waiting)

    def _open_row(self, row: int, column: int) -> None:
        if column != NOTE:  # that is written by a double click
            self.opened.emit(self._rows.look(row))

    def _open_chosen(self) -> None:
        if chosen := self.chosen():
            self.opened.emit(chosen[0])

    def _ask_to_remove(self) -> None:
        if chosen := self.chosen():
            self.remove_requested.emit(chosen)

    def _ask_where(self) -> None:
        save_file(
            self,
            tr("Export the pairs looked at"),
            "pairs-looked-at.csv",
            "csv",
            lambda path: self.export_requested.emit(Path(path)),
        )

    def _follow_choice(self) -> None:
        count = len(self.chosen())
        for button, name, possible in (
            (self._open, "open_look", count == 1),
            (self._remove, "remove_looks", count > 0),
        ):
            button.setEnabled(possible)
            button.setToolTip(_HELPS[name] if possible else f"{_NOTHING}\n\n{_HELPS[name]}")

    def _ask_for_pictures(self) -> None:
        if self.isVisible():
            looks = (self._rows.look(row) for row in self._view.rows_seen())
            images = dict.fromkeys(image for look in looks for image in (look.a, look.b))
            wanted = tuple(image for image in images if self._rows.picture(image) is None)
            if wanted:
                self.pictures_needed.emit(wanted)


class _View(QTableView):
    """Rows with two lines of text beside two thumbnails."""

    edited = Signal()
    """A note is no longer being written."""

    def __init__(self, rows: LookedAtRows, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("pairs looked at"))
        self.setObjectName("pairs_looked_at")
        self.setModel(rows)
        set_up_table(self)
        self.setWordWrap(True)
        self.setItemDelegateForColumn(PAIR, PairCells(self))
        notes = NoteCells(self)
        self.setItemDelegateForColumn(NOTE, notes)
        notes.closeEditor.connect(self.edited, Qt.ConnectionType.QueuedConnection)  # it is still open by then
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.remove_action = QAction(tr("Remove"), self)
        self.remove_action.setObjectName("remove_look")
        self.remove_action.setShortcut(QKeySequence.StandardKey.Delete)
        self.remove_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addAction(self.remove_action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._set_up_headers()

    def choose(self, rows: Sequence[int]) -> None:
        """Choose these rows."""
        mode = self.selectionMode()
        self.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        for row in rows:
            self.selectRow(row)
        self.setSelectionMode(mode)

    def is_editing(self) -> bool:
        """Whether a note is being written."""
        return self.state() is QAbstractItemView.State.EditingState

    def rows_seen(self) -> range:
        """Rows within the view."""
        count = self.model().rowCount()
        if not count:
            return range(0)
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return range(max(first, 0), (last if last >= 0 else count - 1) + 1)

    def _set_up_headers(self) -> None:
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column, text in _WIDEST.items():
            room = max(metrics.horizontalAdvance(text), metrics.horizontalAdvance(COLUMNS[column].title) + theme.UNIT)
            self.setColumnWidth(column, room + 2 * theme.UNIT)
        for column in (PAIR, NOTE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.verticalHeader().setDefaultSectionSize(SIDE + theme.UNIT)
