"""Figures in groups: name, value, interval, and why one is missing or to be taken with care."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from explorer import theme
from explorer.translation import tr
from explorer.widgets.tables import PaddedCells, PaddedTitles, add_copy_actions

_HEADER = (tr("figure"), tr("value"), tr("95 % interval"), tr("note"))
_HELPS = (
    tr("What was measured; each row says in its tooltip what it means."),
    tr("Of these images."),
    tr("Between these limits lies what other images of as many identities would have shown, in 95 of 100 cases."),
    tr("Why a figure is missing, or what to know before relying on it."),
)
_INTERVAL = 2
_NUMBERS = (1, _INTERVAL)


@dataclass(frozen=True)
class FigureRow:
    """One figure as it is written."""

    name: str
    value: str = ""
    interval: str = ""
    note: str = ""
    help: str = ""


@dataclass(frozen=True)
class FigureGroup:
    """Figures that belong together."""

    title: str
    rows: tuple[FigureRow, ...]
    help: str = ""


class FigureTable(QTreeView):
    """A row for each figure below the name of its group; copied by Ctrl+C."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setObjectName(name.replace(" ", "_"))
        self._model = QStandardItemModel(0, len(_HEADER), self)
        self.setModel(self._model)
        self.setItemDelegate(PaddedCells(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(True)
        self.setIndentation(2 * theme.UNIT)
        self._name_columns()
        add_copy_actions(self, self.text)

    def show_groups(self, groups: Sequence[FigureGroup]) -> None:
        """Show other figures; a group that was closed stays closed."""
        closed = {
            self._model.item(row).text()
            for row in range(self._model.rowCount())
            if not self.isExpanded(self._model.index(row, 0))
        }
        self._model.removeRows(0, self._model.rowCount())
        for group in groups:
            self._add(group, is_open=group.title not in closed)
        self.setColumnHidden(_INTERVAL, not any(row.interval for group in groups for row in group.rows))

    def text(self, only_selected: bool = False) -> str:
        """Header and rows as they are written, separated by tabs; each row begins with its group."""
        lines: list[tuple[str, ...]] = [(tr("group"), *_HEADER)]
        for row in range(self._model.rowCount()):
            group = self._model.index(row, 0)
            for place in range(self._model.rowCount(group)):
                if not only_selected or self.selectionModel().isSelected(self._model.index(place, 0, group)):
                    lines.append((str(group.data()), *self._texts(group, place)))
        return "\n".join("\t".join(line) for line in lines)

    def _texts(self, group: QModelIndex, row: int) -> tuple[str, ...]:
        texts = (self._model.index(row, column, group).data() for column in range(len(_HEADER)))
        return tuple("" if text is None else str(text) for text in texts)

    def _name_columns(self) -> None:
        self._model.setHorizontalHeaderLabels(_HEADER)
        for column, help_text in enumerate(_HELPS):
            item = self._model.horizontalHeaderItem(column)
            item.setToolTip(help_text)
            side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        header = PaddedTitles(self)
        self.setHeader(header)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(_HEADER) - 1, QHeaderView.ResizeMode.Stretch)
        header.setSectionsMovable(False)

    def _add(self, group: FigureGroup, *, is_open: bool) -> None:
        title = QStandardItem(group.title)
        title.setToolTip(group.help)
        font = QFont(self.font())
        font.setBold(True)
        title.setFont(font)
        for row in group.rows:
            title.appendRow(_items(row))
        self._model.appendRow(title)
        index = title.index()
        self.setFirstColumnSpanned(index.row(), QModelIndex(), True)
        for place, row in enumerate(group.rows):
            if not (row.value or row.interval or row.note):
                self.setFirstColumnSpanned(place, index, True)
        self.setExpanded(index, is_open)


def _items(row: FigureRow) -> list[QStandardItem]:
    items = [QStandardItem(text) for text in (row.name, row.value, row.interval, row.note)]
    for column, item in enumerate(items):
        item.setToolTip("\n\n".join(part for part in (row.note, row.help) if part))
        if column in _NUMBERS:
            item.setFont(theme.digits_font())
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return items
