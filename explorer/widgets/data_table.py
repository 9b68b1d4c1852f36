"""A table of results: sorted by its headers, and copied as text."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from explorer import theme
from explorer.translation import tr

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_PADDING = theme.UNIT // 2
_LOOKED_AT = 50
"""Rows that decide how wide a column is."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Column:
    """One column: its title, what it tells, and how a value is written."""

    title: str
    help: str
    text: Callable[..., str] | None = None
    """Takes a value, None among them, of a column of numbers; None for a column of texts."""


class _Rows(QAbstractTableModel):
    """Rows of values, sorted by value and not by text; what is unknown stays at the end."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[tuple[object, ...]] = []
        self.origin: list[int] = []
        """Place of each row in what was handed in."""
        self._digits = theme.digits_font()
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

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: column.title,
            Qt.ItemDataRole.ToolTipRole: column.help,
            Qt.ItemDataRole.TextAlignmentRole: _LEFT if column.text is None else _RIGHT,
            Qt.ItemDataRole.SizeHintRole: self._title_sizes[section],
        }
        return answers.get(role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column, value = self.columns[index.column()], self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return str(value) if column.text is None else column.text(value)
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(value) if column.text is None else column.help
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if column.text is None else _RIGHT
        if role == Qt.ItemDataRole.FontRole and column.text is not None:
            return self._digits
        return None

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


class PaddedCells(QStyledItemDelegate):
    """Cells with room at both sides, so that a number at the right and a text at the left do not touch."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Fill the whole cell, and write within its margins."""
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        widget: QWidget = whole.widget
        widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, whole, painter, widget)
        inside = QStyleOptionViewItem(option)
        inside.rect = option.rect.adjusted(_PADDING, 0, -_PADDING, 0)
        super().paint(painter, inside, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The text and the margins."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + 2 * _PADDING, hint.height() + theme.UNIT // 2)


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
        self.setItemDelegate(PaddedCells(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setSortingEnabled(True)
        self._set_up_headers(stretched)
        self.activated.connect(lambda index: self.row_chosen.emit(self._rows.origin[index.row()]))
        add_copy_actions(self, self.text)
        self._add_sort_actions()

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

    def _add_sort_actions(self) -> None:
        """The menu sorts too, for those who have no mouse."""
        for place, column in enumerate(self._rows.columns):
            action = QAction(tr("Sort by {title}").format(title=column.title), self)
            action.setObjectName(f"sort_by_{place}")
            action.triggered.connect(lambda _checked=False, place=place: self._sort_by(place))
            self.addAction(action)

    def _sort_by(self, place: int) -> None:
        """Sort by a column, the other way round where it is sorted by that already."""
        header = self.horizontalHeader()
        ascending, descending = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        again = header.sortIndicatorSection() == place and header.sortIndicatorOrder() is ascending
        header.setSortIndicator(place, descending if again else ascending)

    def _set_up_headers(self, stretched: int) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setResizeContentsPrecision(_LOOKED_AT)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(self.fontMetrics().height() + theme.UNIT // 2)


def add_copy_actions(view: QAbstractItemView, text: Callable[[bool], str]) -> None:
    """Give a view 'Copy' (Ctrl+C) of the selection and 'Copy all' in its menu; `text` takes whether only selected."""
    copy = QAction(tr("Copy"), view)
    copy.setObjectName("copy")
    copy.setShortcut(QKeySequence.StandardKey.Copy)
    copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    copy.triggered.connect(lambda: _copy(text(view.selectionModel().hasSelection())))
    everything = QAction(tr("Copy all"), view)
    everything.setObjectName("copy_all")
    everything.triggered.connect(lambda: _copy(text(False)))
    view.addActions([copy, everything])
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def _is_unknown(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))
