"""The table of verdicts on many pairs: sorted by its headers, a pair opened by double click or Enter."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from explorer import formats, theme
from explorer.panels.verdict_rows import (
    COLUMNS,
    DISTANCE,
    FIRST,
    LINE,
    PROBABILITY,
    SECOND,
    VERDICT,
    Shown,
    VerdictRows,
)
from explorer.translation import tr
from explorer.widgets.tables import add_sort_actions, set_up_table

if TYPE_CHECKING:
    from core.pair_verdicts import PairVerdicts

_WIDEST = {DISTANCE: "0.000", VERDICT: tr("not looked at"), PROBABILITY: "0.123 %"}
"""What a column must hold; looking at the rows would take time where there are many."""


class VerdictTable(QTableView):
    """One row a pair; the row that is chosen stays chosen while it is shown."""

    pair_opened = Signal(int)
    """Place of the pair in its list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("verdicts on pairs"))
        self.setObjectName("pair_verdicts")
        self._rows = VerdictRows(self)
        self.setModel(self._rows)
        set_up_table(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._set_up_headers()
        self._add_actions()
        self.activated.connect(lambda index: self.pair_opened.emit(self._rows.pair(index.row())))

    def show_verdicts(self, verdicts: "PairVerdicts | None", ranks: NDArray[np.int64], threshold: float | None) -> None:
        """Show other pairs; `ranks` is the place of each image in the order of names."""
        self._rows.show_verdicts(verdicts, ranks, threshold)
        listed = None if verdicts is None else verdicts.listed
        self.setColumnHidden(LINE, listed is None or listed.lines is None)
        if listed is not None and listed.lines is not None:
            self._fit(LINE, formats.count(int(listed.lines[-1])))
        self.scrollToTop()

    def set_threshold(self, threshold: float | None) -> None:
        """Judge by another threshold."""
        chosen = self.chosen()
        self._rows.set_threshold(threshold)
        self._choose(chosen)

    def show_only(self, shown: Shown) -> None:
        """Show the pairs of one verdict, or all."""
        chosen = self.chosen()
        self._rows.show_only(shown)
        self._choose(chosen)

    def chosen(self) -> int | None:
        """Place in the list of the pair that is chosen."""
        index = self.currentIndex()
        return self._rows.pair(index.row()) if index.isValid() else None

    def _choose(self, pair: int | None) -> None:
        row = None if pair is None or self.chosen() == pair else self._rows.row_of(pair)
        if row is not None:
            self.setCurrentIndex(self._rows.index(row, FIRST))

    def _set_up_headers(self) -> None:
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column, text in _WIDEST.items():
            self._fit(column, text)
        for column in (FIRST, SECOND):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def _fit(self, column: int, text: str) -> None:
        """Make a column so wide that it holds this text and its own title with the sign of the order."""
        digits = QFontMetrics(theme.digits_font())
        title = self.fontMetrics().horizontalAdvance(COLUMNS[column].title) + theme.UNIT
        self.setColumnWidth(column, max(digits.horizontalAdvance(text), title) + 3 * theme.UNIT // 2)

    def _add_actions(self) -> None:
        copy = QAction(tr("Copy"), self)
        copy.setObjectName("copy")
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self._copy)
        self.addAction(copy)
        add_sort_actions(self, (column.title for column in COLUMNS), self)

    def _copy(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            cells = (str(self._rows.index(index.row(), column).data()) for column in range(len(COLUMNS)))
            QGuiApplication.clipboard().setText("\t".join(cells))
