"""Verdicts on many pairs as the rows of a table: which, in which order; a million of them in the time of a frame."""

import html
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from explorer import formats
from explorer.core_words import in_words
from explorer.translation import tr
from explorer.widgets.model_index import Index
from explorer.widgets.tables import Heading, TitledRows

if TYPE_CHECKING:
    from core.pair_verdicts import PairVerdicts

Shown = Literal["all", "same", "different", "unreadable", "unseen", "wrong"]

LINE, FIRST, SECOND, DISTANCE, VERDICT, PROBABILITY = range(6)
COLUMNS = (
    Heading(tr("line"), tr("Line of the pairs file."), True),
    Heading("A", tr("The one image. Double click or Enter opens the pair in Verify.")),
    Heading("B", tr("The other image. Double click or Enter opens the pair in Verify.")),
    Heading(tr("distance"), tr("Between the embeddings of the two; smaller is more alike."), True),
    Heading(
        tr("verdict"),
        tr(
            "Same where the distance is at most the window's threshold; moving that judges anew at once.\n"
            "✓ and ✗: whether that is what the pairs file says in its column same."
        ),
    ),
    Heading(tr("P(same)"), tr("Calibrated probability that the two are the same, if half of all pairs were."), True),
)
_WORDS = (tr("same"), tr("different"), tr("not readable"), tr("not looked at"))


class VerdictRows(TitledRows):
    """Rows of `PairVerdicts`; sorting and filtering move positions, never rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(COLUMNS, parent)
        self._verdicts: PairVerdicts | None = None
        self._ranks = np.empty(0, np.int64)
        self._threshold: float | None = None
        self._words = np.empty(0, np.int8)
        self._shown: Shown = "all"
        self._sorted_by = (-1, Qt.SortOrder.AscendingOrder)
        self._sorted = np.empty(0, np.int64)
        """All pairs in the order of the column."""
        self._rows = np.empty(0, np.int64)
        """Those of them that are shown."""

    def show_verdicts(self, verdicts: "PairVerdicts | None", ranks: NDArray[np.int64], threshold: float | None) -> None:
        """Show other pairs, in the order of the list; `ranks` is the place of each image in the order of names."""
        self.beginResetModel()
        self._verdicts, self._ranks, self._threshold = verdicts, ranks, threshold
        self._judge()
        self._sort()
        self._filter()
        self.endResetModel()

    def set_threshold(self, threshold: float | None) -> None:
        """Judge by another threshold."""
        self._threshold = threshold
        self._judge()
        if self._shown == "all" and self._sorted_by[0] != VERDICT:
            self.dataChanged.emit(self.index(0, VERDICT), self.index(len(self._rows) - 1, VERDICT))
        else:
            self._arrange_anew()

    def show_only(self, shown: Shown) -> None:
        """Show the pairs of one verdict, or all."""
        if shown != self._shown:
            self._shown = shown
            self._arrange_anew()

    def pair(self, row: int) -> int:
        """Place in the list of the pair in a row."""
        return int(self._rows[row])

    def row_of(self, pair: int) -> int | None:
        """Row of a pair; None where it is not shown."""
        found = np.flatnonzero(self._rows == pair)
        return int(found[0]) if len(found) else None

    # --- what Qt asks

    def count(self) -> int:
        """Pairs that are shown."""
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell as it is written."""
        column, verdicts = index.column(), self._verdicts
        if verdicts is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(verdicts, self.pair(index.row()), column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(verdicts, self.pair(index.row()), column)
        return super().data(index, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, by the order of the list where it is none; what is unknown stays at the end."""
        self._sorted_by = (column, order)
        self.layoutAboutToBeChanged.emit()
        before = [(index, self.pair(index.row())) for index in self.persistentIndexList()]
        self._sort()
        self._filter()
        for index, pair in before:
            row = self.row_of(pair)
            self.changePersistentIndex(index, QModelIndex() if row is None else self.index(row, index.column()))
        self.layoutChanged.emit()

    # --- inside

    def _arrange_anew(self) -> None:
        """Another number of rows: Qt takes that only as another table."""
        self.beginResetModel()
        if self._sorted_by[0] == VERDICT:
            self._sort()
        self._filter()
        self.endResetModel()

    def _judge(self) -> None:
        limit = np.inf if self._threshold is None else self._threshold
        self._words = np.empty(0, np.int8) if self._verdicts is None else self._verdicts.words(limit)

    def _sort(self) -> None:
        verdicts, (column, order) = self._verdicts, self._sorted_by
        if verdicts is None or column <= LINE:
            self._sorted = np.arange(0 if verdicts is None else len(verdicts))
            if order is Qt.SortOrder.DescendingOrder:
                self._sorted = self._sorted[::-1]
            return
        keys = self._keys(verdicts, column)
        unknown = np.isnan(keys) if keys.dtype.kind == "f" else np.zeros(len(keys), np.bool_)
        known = np.flatnonzero(~unknown)
        placed = known[np.argsort(keys[known], kind=None if keys.dtype.kind == "f" else "stable")]
        if order is Qt.SortOrder.DescendingOrder:
            placed = placed[::-1]
        self._sorted = np.concatenate([placed, np.flatnonzero(unknown)])

    def _keys(self, verdicts: "PairVerdicts", column: int) -> NDArray[np.generic]:
        """[P], what a column is sorted by."""
        listed = verdicts.listed
        if column in (FIRST, SECOND):
            return self._ranks[listed.pairs[:, column - FIRST]]
        if column == VERDICT:
            return 2 * self._words + self.wrong()
        if column == PROBABILITY and verdicts.probabilities is not None:
            return verdicts.probabilities
        return verdicts.distances

    def wrong(self) -> NDArray[np.bool_]:
        """[P], pairs whose verdict is not what the list says."""
        verdicts = self._verdicts
        if verdicts is None or verdicts.listed.same is None or self._threshold is None:
            return np.zeros(len(self._words), np.bool_)
        said = verdicts.listed.same
        found: NDArray[np.bool_] = ((self._words == 0) & (said == 0)) | ((self._words == 1) & (said == 1))
        return found

    def _filter(self) -> None:
        if self._shown == "all":
            self._rows = self._sorted
            return
        kinds = {"same": 0, "different": 1, "unreadable": 2, "unseen": 3}
        wanted = self.wrong() if self._shown == "wrong" else self._words == kinds[self._shown]
        if self._threshold is None and self._shown in ("same", "different"):
            wanted = np.zeros(len(self._words), np.bool_)
        self._rows = self._sorted[wanted[self._sorted]]

    def _text(self, verdicts: "PairVerdicts", pair: int, column: int) -> str:
        listed = verdicts.listed
        if column in (FIRST, SECOND):
            return listed.names[int(listed.pairs[pair, column - FIRST])]
        if column == LINE:
            return "" if listed.lines is None else formats.count(int(listed.lines[pair]))
        if column == DISTANCE:
            return formats.distance(float(verdicts.distances[pair]))
        if column == PROBABILITY:
            return formats.rate(None if verdicts.probabilities is None else float(verdicts.probabilities[pair]))
        return self._verdict(verdicts, pair)

    def _verdict(self, verdicts: "PairVerdicts", pair: int) -> str:
        """The verdict, and whether it is what the list says."""
        word, said = int(self._words[pair]), verdicts.listed.same
        if word > 1:
            return _WORDS[word]
        if self._threshold is None:
            return formats.UNKNOWN
        if said is None or said[pair] < 0:
            return _WORDS[word]
        return f"{_WORDS[word]} {'✗' if said[pair] == word else '✓'}"

    def _tooltip(self, verdicts: "PairVerdicts", pair: int, column: int) -> str:
        if column in (FIRST, SECOND):
            return plain_tip(str(verdicts.listed.files[verdicts.listed.pairs[pair, column - FIRST]]))
        if column == VERDICT and (problem := verdicts.problem(pair)) is not None:
            return plain_tip(in_words(problem))
        return COLUMNS[column].help


def plain_tip(text: str) -> str:
    """A text from outside as a tooltip: Qt would take one with tags for rich text."""
    return f"<p>{html.escape(text)}</p>"
