"""A table of results: sorted by its headers, and copied as text."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from explorer import theme
from explorer.widgets.model_index import Index
from explorer.widgets.tables import TitledRows, add_copy_actions, add_sort_actions, set_up_table

_LOOKED_AT = 50
"""Rows that decide how wide a column is."""


@dataclass(frozen=True)
class Column:
    """One column: its title, what it tells, and how a value is written."""

    title: str
    help: str
    text: Callable[..., str] | None = None
    """Takes a value, None among them, of a column of numbers; None for a column of texts."""

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers."""
        return self.text is not None


class _Rows(TitledRows):
    """Rows of values, sorted by value and not by text; what is unknown stays at the end."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(columns, parent)
        self.columns: tuple[Column, ...] = tuple(columns)
        self.rows: list[tuple[object, ...]] = []
        self.origin: list[int] = []
        """Place of each row in what was handed in."""
        metrics = parent.fontMetrics()
        # Qt leaves no room for the sign of the order beside a title that stands at the right.
        self._title_sizes = [
            QSize(metrics.horizontalAdvance(column.title) + 4 * theme.UNIT, metrics.height() + theme.UNIT)
            for column in self.columns
        ]

    def replace(self, rows: Sequence[Sequence[object]]) -> None:
        self.beginResetModel()
        self.rows = [tuple(row) for row in rows]
        self.origin = list(range(len(rows)))
        self.endResetModel()

    def count(self) -> int:
        return len(self.rows)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.SizeHintRole and orientation is Qt.Orientation.Horizontal:
            return self._title_sizes[section]
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column, value = self.columns[index.column()], self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return str(value) if column.text is None else column.text(value)
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(value) if column.text is None else column.help
        return super().data(index, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not self.rows:
            return
        self.layoutAboutToBeChanged.emit()
        before = [self.origin[index.row()] for index in self.persistentIndexList()]
        together = sorted(zip(self.origin, self.rows, strict=True))
        if column >= 0:
            known = [pair for pair in together if not _is_unknown(pair[1][column])]
            known.sort(key=lambda pair: pair[1][column], reverse=order is Qt.SortOrder.DescendingOrder)  # type: ignore[arg-type,return-value]
            together = known + [pair for pair in together if _is_unknown(pair[1][column])]
        self.origin, self.rows = [pair[0] for pair in together], [pair[1] for pair in together]
        place = {origin: row for row, origin in enumerate(self.origin)}
        old = self.persistentIndexList()
        new = [self.index(place[origin], index.column()) for origin, index in zip(before, old, strict=True)]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()


class DataTable(QTableView):
    """Rows that are sorted by a click on a header and copied by Ctrl+C, header included.

    Parameters
    ----------
    name
        What the table holds, for screen readers.
    columns
        What the rows hold.
    stretched
        The column that takes what width is left.
    """

    row_chosen = Signal(int)
    """The user activated this row (place in what was handed in) by a double click or Enter."""

    def __init__(self, name: str, columns: Sequence[Column], stretched: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setObjectName(name.replace(" ", "_"))
        self._rows = _Rows(columns, self)
        self.setModel(self._rows)
        set_up_table(self)
        self.setSortingEnabled(True)
        self._set_up_headers(stretched)
        self.activated.connect(lambda index: self.row_chosen.emit(self._rows.origin[index.row()]))
        add_copy_actions(self, self.text)
        add_sort_actions(self, (column.title for column in columns), self)

    def set_rows(self, rows: Sequence[Sequence[object]]) -> None:
        """Show other rows, a value for each column, in this order until a header is clicked."""
        self._rows.replace(rows)
        header = self.horizontalHeader()
        if header.sortIndicatorSection() >= 0:
            self._rows.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def text(self, only_selected: bool = False) -> str:
        """Header and rows as they are written, separated by tabs."""
        chosen = {index.row() for index in self.selectionModel().selectedRows()} if only_selected else None
        rows = [row for row in range(self._rows.rowCount()) if chosen is None or row in chosen]
        columns = range(self._rows.columnCount())
        lines = [[column.title for column in self._rows.columns]]
        lines += [[str(self._rows.index(row, column).data()) for column in columns] for row in rows]
        return "\n".join("\t".join(line) for line in lines)

    def _set_up_headers(self, stretched: int) -> None:
        header = self.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setResizeContentsPrecision(_LOOKED_AT)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)


def _is_unknown(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))
