"""The table of runs: sorted by its headers, searched, several chosen at once, names and notes written in place."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from core.run_list import ListedRun
from explorer.panels.comparison_plot import LINE_SIZE, candidate_icon
from explorer.panels.runs_rows import COLUMNS, DATE, NAME, NOTE, RunFilter, RunRows, column_width
from explorer.translation import tr
from explorer.widgets.tables import add_copy_actions, add_sort_actions, set_up_table

_Trigger = QAbstractItemView.EditTrigger


class RunTable(QTableView):
    """One row a run; what is chosen stays so while the list is read again."""

    run_opened = Signal(object)
    """ListedRun: a double click, or Enter."""
    edited = Signal(object, int, str)
    """ListedRun, NAME or NOTE, and what the user wrote there."""
    chosen_changed = Signal()
    shown_changed = Signal()
    """Other rows are seen: another list, or another search."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("runs"))
        self.setObjectName("runs_table")
        self._rows = RunRows(self)
        self._filter = RunFilter(self._rows, self)
        self._waiting: tuple[ListedRun, ...] | None = None
        """A list that came while something was written in the table."""
        self._marked: tuple[Path, ...] = ()
        self._quiet = False
        self.setModel(self._filter)
        set_up_table(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(_Trigger.EditKeyPressed | _Trigger.DoubleClicked)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIconSize(LINE_SIZE)
        self._set_up_headers()
        add_copy_actions(self, self.text)
        self._connect()

    def set_runs(self, runs: Sequence[ListedRun]) -> None:
        """Show other runs; not before what is being written is done."""
        if self.state() is QAbstractItemView.State.EditingState:
            self._waiting = tuple(runs)
            return
        column, height = max(self.currentIndex().column(), 0), self.verticalScrollBar().value()
        before = self.chosen()
        self._quiet = True
        self._rows.replace(runs)
        self._choose({run.path for run in before}, column)
        self._quiet = False
        self.verticalScrollBar().setValue(height)
        self.shown_changed.emit()
        if before != self.chosen():
            self.chosen_changed.emit()

    def show_only(self, text: str, *, archived: bool) -> None:
        """Show the runs in which every word of the text stands."""
        self._filter.show_only(text, archived=archived)
        self.shown_changed.emit()

    def runs(self) -> tuple[ListedRun, ...]:
        """All of them, seen or not."""
        return self._rows.runs

    def shown(self) -> int:
        """How many are seen."""
        return self._filter.rowCount()

    def chosen(self) -> tuple[ListedRun, ...]:
        """The runs that are chosen, in the order of the table."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._filter.run(row) for row in rows)

    def choose(self, paths: Sequence[Path]) -> None:
        """Choose runs by their folders; those that are not seen are left out."""
        self._choose(set(paths), 0)

    def mark(self, paths: Sequence[Path]) -> None:
        """Show before these names with which lines the runs are drawn, in this order."""
        self._marked = tuple(paths)
        ground, ratio = self.palette().color(QPalette.ColorRole.Base), self.devicePixelRatioF()
        self._rows.mark({path: candidate_icon(place, ground, ratio) for place, path in enumerate(paths)})

    def rename_chosen(self) -> None:
        """Let the user write another name for the run that is chosen."""
        rows = self.selectionModel().selectedRows()
        if len(rows) == 1:
            index = self._filter.index(rows[0].row(), NAME)
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.edit(index)

    def text(self, only_selected: bool = False) -> str:
        """Header and rows as they are written, separated by tabs."""
        chosen = {index.row() for index in self.selectionModel().selectedRows()} if only_selected else None
        rows = [row for row in range(self._filter.rowCount()) if chosen is None or row in chosen]
        lines = [[column.title for column in COLUMNS]]
        lines += [[str(self._filter.index(row, place).data()) for place in range(len(COLUMNS))] for row in rows]
        return "\n".join("\t".join(line) for line in lines)

    def edit(self, index: QModelIndex, trigger: _Trigger | None = None, event: QEvent | None = None) -> bool:  # type: ignore[override]
        """A double click writes notes only, since on a name it opens the run."""
        if trigger is None:
            super().edit(index)
            return True
        if trigger is _Trigger.DoubleClicked and index.column() != NOTE:
            return False
        return bool(super().edit(index, trigger, event))  # type: ignore[arg-type] # Qt has none for its own calls

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Show what came meanwhile."""
        super().closeEditor(editor, hint)
        if self._waiting is not None:
            QTimer.singleShot(0, self, self._take_waiting)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the lines on the ground of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.model() is not None:
            self.mark(self._marked)

    def _take_waiting(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.set_runs(waiting)

    def _choose(self, paths: set[Path], column: int) -> None:
        selection = QItemSelection()
        for row in range(self._filter.rowCount()):
            if self._filter.run(row).path in paths:
                index = self._filter.index(row, column)
                if selection.isEmpty():
                    self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
                selection.append(QItemSelectionRange(index))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)

    def _connect(self) -> None:
        self._rows.edited.connect(self.edited)
        self.activated.connect(lambda index: self.run_opened.emit(self._filter.run(index.row())))
        self.selectionModel().selectionChanged.connect(self._tell_chosen)

    def _tell_chosen(self) -> None:
        if not self._quiet:
            self.chosen_changed.emit()

    def _set_up_headers(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setSortIndicator(DATE, Qt.SortOrder.DescendingOrder)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, column in enumerate(COLUMNS):
            self.setColumnWidth(place, column_width(column, self.fontMetrics()))
        self.setSortingEnabled(True)
        add_sort_actions(self, (column.title for column in COLUMNS), header)
