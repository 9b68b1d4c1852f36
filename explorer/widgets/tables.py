"""What all tables of the window have in common: titles, numbers at the right, whole rows, the menu."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QAbstractTableModel, QObject, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionHeader,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from explorer import theme
from explorer.translation import tr
from explorer.widgets.model_index import NO_INDEX, Index

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_PADDING = theme.UNIT // 2
_TITLE_MARGIN = 2 * "\N{THIN SPACE}"
"""As wide as the padding, about; Qt knows no other margin of a title that stands at the right."""


class Titled(Protocol):
    """A column as its header and its cells need it."""

    @property
    def title(self) -> str:
        """What stands in the header."""

    @property
    def help(self) -> str:
        """What the column tells."""

    @property
    def is_number(self) -> bool:
        """Whether it stands at the right, in digits of one width."""


@dataclass(frozen=True)
class Heading:
    """A column that is told apart by its place alone."""

    title: str
    help: str
    is_number: bool = False


class TitledRows(QAbstractTableModel):
    """Rows below titles; a subclass says how many there are, and what stands in a cell."""

    columns: Sequence[Titled]

    def __init__(self, columns: Sequence[Titled], parent: QObject) -> None:
        super().__init__(parent)
        self.columns = columns
        self._digits = theme.digits_font()

    @abstractmethod
    def count(self) -> int:
        """How many rows are shown."""

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Rows that are shown."""
        return 0 if parent.isValid() else self.count()

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """All columns; a view may hide some."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title of a column, and what it tells."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: column.title,
            Qt.ItemDataRole.ToolTipRole: column.help,
            Qt.ItemDataRole.TextAlignmentRole: RIGHT if column.is_number else LEFT,
        }
        return answers.get(role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """How a cell is written; a subclass says what."""
        is_number = self.columns[index.column()].is_number
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if is_number else LEFT
        return self._digits if role == Qt.ItemDataRole.FontRole and is_number else None


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


class PaddedTitles(QHeaderView):
    """Titles with room at both sides, as the cells below them have it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """Write the title within its margins."""
        super().initStyleOptionForIndex(option, section)
        option.text = f"{_TITLE_MARGIN}{option.text}{_TITLE_MARGIN}"

    def sectionSizeFromContents(self, section: int) -> QSize:
        """The title and the margins."""
        size = super().sectionSizeFromContents(section)
        return QSize(size.width() + self.fontMetrics().horizontalAdvance(2 * _TITLE_MARGIN), size.height())


def set_up_table(table: QTableView) -> None:
    """Have a table of read-only rows look and react as all of the window do."""
    table.setItemDelegate(PaddedCells(table))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)  # Tab leaves the table
    table.setWordWrap(False)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setHorizontalHeader(PaddedTitles(table))
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(table.fontMetrics().height() + theme.UNIT // 2)


def add_sort_actions(table: QTableView, titles: Iterable[str], owner: QWidget) -> None:
    """Give the menu of the table or of its header, its owner, a line for each column: not everybody has a mouse."""
    for place, title in enumerate(titles):
        action = QAction(tr("Sort by {title}").format(title=title), owner)
        action.setObjectName(f"sort_by_{place}")
        action.triggered.connect(lambda _checked=False, place=place: _sort_by(table.horizontalHeader(), place))
        owner.addAction(action)
    owner.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


def _sort_by(header: QHeaderView, place: int) -> None:
    """Sort by a column, the other way round where it is sorted by that already."""
    ascending, descending = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
    again = header.sortIndicatorSection() == place and header.sortIndicatorOrder() is ascending
    header.setSortIndicator(place, descending if again else ascending)


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
