"""The images of a data set as a table of any length: only what is seen is ever written out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from core.data.columns import NO_CATEGORY, NumberColumn
from core.data.columns import Column as DataColumn
from core.data.findings import HELD_OUT, TRAINING
from explorer import formats, theme
from explorer.panels.data_images import KIND_NAMES, DataImages, Places
from explorer.panels.data_words import short
from explorer.translation import tr
from explorer.widgets.model_index import Index
from explorer.widgets.row_selection import numbers_in, rows_of, selection_of
from explorer.widgets.tables import TitledRows, set_up_table

_PART_NAMES = {TRAINING: tr("training"), HELD_OUT: tr("held out")}
_NOT_INSPECTED = tr("Press Inspect to know it.")
Key = Callable[[], NDArray[np.generic]]


@dataclass(frozen=True)
class _Column:
    title: str
    help: str
    text: Callable[[int], str]
    key: Key
    """What to sort by, [N]"""
    is_number: bool = False
    width: int = 12
    """In units."""


class ImageTable(QTableView):
    """A row an image; sorted by its headers. An index is a position in the samples of the data set."""

    selection_changed = Signal(tuple)
    """Indexes the user has selected, ascending."""
    sorted_anew = Signal()
    """The user wants another order, see `ordered`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("image_table")
        self.setAccessibleName(tr("Table of images"))
        self.setToolTip(tr("A click on a header sorts; Ctrl and Shift select several."))
        self._cells = _Cells(self)
        self.setModel(self._cells)
        set_up_table(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._selected: tuple[int, ...] = ()
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSectionsClickable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(lambda _section, _order: self.sorted_anew.emit())

    def set_images(self, images: DataImages) -> None:
        """Take the images of a data set; `show_only` says which of them are shown."""
        self._selected = ()
        self._cells.take(images)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for place, column in enumerate(self._cells.columns):
            self.setColumnWidth(place, column.width * theme.UNIT)

    def ordered(self, places: Places) -> Places:
        """The same images as the header says; in the order they came in where no column is chosen."""
        section = self.horizontalHeader().sortIndicatorSection()
        if not 0 <= section < len(self._cells.columns):
            return places
        ascending = self.horizontalHeader().sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        return self._cells.ordered(places, section, ascending=ascending)

    @property
    def shown(self) -> Places:
        """Indexes of the images that are shown, in their order."""
        return self._cells.shown

    def show_only(self, places: Places) -> None:
        """Show these images in this order."""
        self._cells.show(places)
        self.set_selection(self._selected)

    def describe_again(self) -> None:
        """Draw what is seen anew: something else is to be said of the images."""
        self._cells.forget_orders()
        self.viewport().update()

    def set_selection(self, indexes: tuple[int, ...]) -> None:
        """Select these images, now or when a filter shows them; emits nothing."""
        self._selected = indexes
        rows, model = rows_of(self._cells.shown, indexes), self.selectionModel()
        model.blockSignals(True)
        chosen = selection_of(self._cells, rows, len(self._cells.columns))
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        model.blockSignals(False)
        if len(rows):
            first, last = (self.rowAt(y) for y in (0, self.viewport().height() - 1))
            if not ((rows >= first) & (rows <= (last if last >= 0 else len(self._cells.shown)))).any():
                self.scrollTo(self._cells.index(int(rows[0]), 0))
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Report the selection."""
        super().selectionChanged(selected, deselected)
        self._selected = numbers_in(self.selectionModel().selection(), self._cells.shown)
        self.selection_changed.emit(self._selected)


class _Cells(TitledRows):
    """Writes the cells that are asked for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__((), parent)
        self.columns: tuple[_Column, ...] = ()
        self.shown: Places = np.empty(0, np.intp)
        self._ranks: dict[int, Places] = {}
        """Place of each image in the order of a column, by column."""

    def take(self, images: DataImages) -> None:
        self.beginResetModel()
        self.columns, self.shown = tuple(_columns(images)), np.empty(0, np.intp)
        self._ranks.clear()
        self.endResetModel()

    def show(self, places: Places) -> None:
        self.beginResetModel()
        self.shown = places
        self.endResetModel()

    def forget_orders(self) -> None:
        self._ranks.clear()

    def ordered(self, places: Places, section: int, *, ascending: bool) -> Places:
        if section not in self._ranks:
            self._ranks[section] = _ranks(self.columns[section].key())
        rank = self._ranks[section][places]
        last = np.iinfo(np.intp).max
        return places[np.argsort(rank if ascending else np.where(rank == last, last, -rank), kind="stable")]

    def count(self) -> int:
        return len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.columns[index.column()].text(int(self.shown[index.row()]))
        return super().data(index, role)


def _ranks(key: NDArray[np.generic]) -> Places:
    """Place of each value in their order; the largest number there is where it is not known, NaN."""
    order = np.argsort(key, kind="stable")
    ranks = np.empty(len(order), np.intp)
    ranks[order] = np.arange(len(order))
    if isinstance(key.dtype.type(), np.floating):
        ranks[np.isnan(key.astype(np.float64))] = np.iinfo(np.intp).max
    return ranks


def _columns(images: DataImages) -> Iterator[_Column]:
    yield _Column(
        tr("image"),
        tr("Path below the data folder."),
        lambda place: images.ids[place],
        lambda: np.array(images.ids, np.str_),
        width=24,
    )
    yield _Column(
        tr("class"),
        tr("The class, as you may have changed it."),
        lambda place: images.edited.classes[images.edited.labels[place]],
        lambda: _rank_of_names(images.edited.classes)[images.edited.labels],
    )
    yield _Column(
        tr("part"),
        tr("What a run with the settings in Run setup does with it."),
        lambda place: "" if images.parts is None else _PART_NAMES.get(int(images.parts[place]), tr("unused")),
        lambda: np.zeros(len(images.ids), np.int8) if images.parts is None else images.parts,
        width=14,
    )
    yield _Column(tr("edit"), tr("What you did to it here."), images.state_of, lambda: _edit_key(images))
    yield _Column(
        tr("pixels"),
        tr("Width × height, sorted by their product. {NOT_INSPECTED}").format(NOT_INSPECTED=_NOT_INSPECTED),
        _pixels(images),
        _area(images),
        True,
    )
    yield _Column(
        tr("size"),
        tr("Of the file. {NOT_INSPECTED}").format(NOT_INSPECTED=_NOT_INSPECTED),
        _size(images),
        _bytes(images),
        True,
    )
    yield _Column(
        tr("finding"),
        tr("What should be looked at. {NOT_INSPECTED}").format(NOT_INSPECTED=_NOT_INSPECTED),
        lambda place: ", ".join(KIND_NAMES[kind] for kind in images.kinds_of(place)),
        lambda: images.kind_bits,
        width=18,
    )
    for column in images.dataset.columns:
        name = short(column.name)
        key, numbers = _values(column), isinstance(column, NumberColumn)
        yield _Column(name, tr("{name}, a column of the data set.").format(name=name), column.text, key, numbers)


def _values(column: DataColumn) -> Key:
    if isinstance(column, NumberColumn):
        return lambda: column.values
    return lambda: np.where(column.codes == NO_CATEGORY, np.nan, column.codes)


def _rank_of_names(names: tuple[str, ...]) -> Places:
    rank = np.empty(len(names), np.intp)
    rank[np.argsort(np.array(names, np.str_), kind="stable")] = np.arange(len(names))
    return rank


def _edit_key(images: DataImages) -> NDArray[np.int8]:
    return images.edited.excluded.astype(np.int8) + 2 * images.edited.relabelled.astype(np.int8)


def _pixels(images: DataImages) -> Callable[[int], str]:
    def text(place: int) -> str:
        seen = images.inspection
        if seen is None:
            return formats.UNKNOWN
        width, height = int(seen.widths[place]), int(seen.heights[place])
        return f"{formats.count(width)} × {formats.count(height)}" if width else formats.UNKNOWN

    return text


def _area(images: DataImages) -> Key:
    def key() -> NDArray[np.int64]:
        seen = images.inspection
        none = np.zeros(len(images.ids), np.int64)
        return none if seen is None else seen.widths.astype(np.int64) * seen.heights

    return key


def _size(images: DataImages) -> Callable[[int], str]:
    def text(place: int) -> str:
        return formats.UNKNOWN if images.inspection is None else file_size(int(images.inspection.sizes[place]))

    return text


def _bytes(images: DataImages) -> Key:
    return lambda: np.zeros(len(images.ids), np.int64) if images.inspection is None else images.inspection.sizes


def file_size(count: int) -> str:
    """Bytes as '820 B', '12.3 kB' or '1.20 MB'."""
    if count < 1000:
        return f"{count} B"
    return (
        tr("{value:.1f} kB").format(value=count / 1000)
        if count < 1_000_000
        else tr("{value:.2f} MB").format(value=count / 1000000)
    )
