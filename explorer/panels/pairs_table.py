"""Who is mistaken for whom: errors of the threshold by pair of identities."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from explorer import formats
from explorer.panels.pairs_view import ConfusionRow
from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.data_table import Column, DataTable
from explorer.widgets.message import Message
from explorer.widgets.search_field import SearchField

_COLUMNS = (
    Column(
        tr("identities"),
        tr(
            "What the threshold takes for the same, or not.\n"
            "3 = 8: impostor pairs of these two that it accepts, 3 taken for 8 or 8 for 3.\n"
            "3 ≠ 3: genuine pairs of this one that it rejects, 3 not recognised."
        ),
    ),
    Column(tr("errors"), tr("Pairs that the threshold is wrong about."), formats.count),
    Column(tr("pairs"), tr("All pairs of these identities."), formats.count),
    Column(tr("rate"), tr("Share of these pairs that the threshold is wrong about."), formats.rate),
)


class ConfusionTable(QWidget):
    """A row for each pair of identities with errors; choosing one shows its pairs of images."""

    row_chosen = Signal()
    """The user has chosen a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ConfusionRow, ...] = ()
        self._shown: tuple[ConfusionRow, ...] = ()
        self._table = _Table(self)
        self._search = SearchField(
            "search_identities",
            tr("Search identities"),
            tr("Search by identity"),
            tr("Shows only rows of identities whose name is this or, where none is, contains it."),
        )
        self._note = Message()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, UNIT // 2, 0)
        column.setSpacing(UNIT // 2)
        for widget in (self._search, self._table, self._note):
            column.addWidget(widget)
        self.setMinimumWidth(30 * UNIT)
        self._search.textChanged.connect(self._filter)
        self._table.row_selected.connect(lambda _place: self.row_chosen.emit())

    def show_rows(self, rows: Sequence[ConfusionRow], note: str) -> None:
        """Show these; the row that is chosen stays so where it is among them. The note stands below them."""
        self._rows = tuple(rows)
        self._note.tell(note)
        self._filter()

    def whole_width(self) -> int:
        """Pixels at which no identity is cut."""
        metrics, table = self._table.fontMetrics(), self._table
        longest = max((metrics.horizontalAdvance(row.sign) for row in self._rows), default=0)
        headings = table.horizontalHeader()
        figures = sum(
            max(table.sizeHintForColumn(column), headings.sectionSizeHint(column)) for column in range(1, len(_COLUMNS))
        )
        return longest + figures + table.verticalScrollBar().sizeHint().width() + 4 * UNIT

    def chosen(self) -> ConfusionRow | None:
        """The row that is chosen."""
        place = self._table.selected()
        return None if place is None else self._shown[place]

    def _filter(self) -> None:
        chosen = self.chosen()
        self._shown = matching(self._rows, self._search.text())
        self._table.set_rows([(row.sign, row.errors, row.pairs, row.rate) for row in self._shown])
        if chosen is not None:
            same = [(row.first, row.second) == (chosen.first, chosen.second) for row in self._shown]
            self._table.select(same.index(True) if True in same else None)


def matching(rows: Sequence[ConfusionRow], text: str) -> tuple[ConfusionRow, ...]:
    """Rows of identities with this name, else with a name that contains it, whatever the case."""
    wanted = text.strip().lower()
    names = [(row.first_name.lower(), row.second_name.lower()) for row in rows]
    exact = tuple(row for row, pair in zip(rows, names, strict=True) if wanted in pair)
    return exact or tuple(row for row, pair in zip(rows, names, strict=True) if any(wanted in name for name in pair))


class _Table(DataTable):
    """Tells which row is chosen, by mouse or arrows."""

    row_selected = Signal(int)
    """Place of the row in what was handed in."""

    _telling = True  # Qt calls `selectionChanged` already while the table is being made

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("identities mistaken for one another"), _COLUMNS, parent=parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def selected(self) -> int | None:
        rows = self.selectionModel().selectedRows()
        return self._rows.origin[rows[0].row()] if rows else None

    def select(self, place: int | None) -> None:
        """Choose a row or none; emits nothing."""
        self._telling = False
        if place is None:
            self.clearSelection()
        else:
            self.selectRow(self._rows.origin.index(place))
        self._telling = True

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        place = self.selected()
        if self._telling and place is not None:
            self.row_selected.emit(place)
