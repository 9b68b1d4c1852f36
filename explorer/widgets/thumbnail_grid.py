"""Thumbnails of any number of images; only those that are seen are asked for, and a bounded number is kept."""

from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QWidget

from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.grid_view import GridView
from explorer.widgets.model_index import NO_INDEX, Index
from explorer.widgets.row_selection import numbers_in, rows_of, selection_of
from explorer.widgets.sample_drag import ImageProvider, SampleImage, drag_sample
from explorer.widgets.thumbnail_cell import THUMBNAIL_SIDE, GridItem, ThumbnailCell

_KEPT = 1500
"""Thumbnails; more than the largest screen shows at once, 120 MB at most."""
_ASK_MS = 40
"""How long what comes into view is gathered before it is asked for."""


class ThumbnailGrid(GridView):
    """Thumbnails of the items; selected ones are reported, and one can be dragged out as an image file or image.

    An index is an item's number among all of them, whatever the filter shows.
    """

    thumbnails_needed = Signal(tuple)
    """Indexes seen whose thumbnails are missing; what was asked for before is no longer urgent."""
    selection_changed = Signal(tuple)
    """Indexes the user has selected, ascending."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QSize(THUMBNAIL_SIDE + 2 * UNIT, THUMBNAIL_SIDE + 4 * UNIT), parent)
        self.setObjectName("thumbnail_grid")
        self.setAccessibleName(tr("Images"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setItemDelegate(ThumbnailCell(self))
        self._thumbnails = _Thumbnails(self)
        self._asked: frozenset[int] = frozenset()
        self._selected: tuple[int, ...] = ()
        self._ask_timer = QTimer(self, singleShot=True, interval=_ASK_MS)
        self._ask_timer.timeout.connect(self._ask)
        self.setModel(self._thumbnails)
        self._thumbnails.missed.connect(self._ask_soon)

    def set_items(self, count: int, describe: Callable[[int], GridItem]) -> None:
        """Show items 0 to `count` - 1, which are described when they are seen; forget the thumbnails of others."""
        self._asked, self._selected = frozenset(), ()
        self._thumbnails.show(count, describe)

    @property
    def shown(self) -> NDArray[np.intp]:
        """Indexes of the items that are shown, in their order."""
        return self._thumbnails.shown

    def show_only(self, indexes: NDArray[np.intp]) -> None:
        """Show the items with these indexes in this order."""
        self._asked = frozenset()
        self._thumbnails.filter(indexes)
        self.set_selection(self._selected)

    def describe_again(self) -> None:
        """Draw what is seen anew: something else is to be said of the items."""
        self.viewport().update()

    def set_thumbnail(self, index: int, image: QImage) -> None:
        """Deliver a thumbnail; a null image stands for one that cannot be read."""
        self._thumbnails.keep(index, image)

    def set_image_provider(self, provider: ImageProvider) -> None:
        """Say where the images come from that are dragged out."""
        self._thumbnails.provider = provider

    def set_selection(self, indexes: Sequence[int]) -> None:
        """Select these items, now or when a filter shows them; emits nothing."""
        self._selected = tuple(indexes)
        rows = rows_of(self._thumbnails.shown, self._selected)
        model = self.selectionModel()
        model.blockSignals(True)
        model.select(selection_of(self._thumbnails, rows), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        model.blockSignals(False)
        if len(rows):
            self._bring(rows)
        self.viewport().update()

    def _bring(self, rows: NDArray[np.intp]) -> None:
        """Show the first of the selected rows, unless one of them is seen."""
        seen = self.visible_rows()
        if not ((rows >= seen.start) & (rows < seen.stop)).any():
            self.scrollTo(self._thumbnails.index(int(rows[0])))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Report the selection."""
        super().selectionChanged(selected, deselected)
        self._selected = numbers_in(self.selectionModel().selection(), self._thumbnails.shown)
        self.selection_changed.emit(self._selected)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Take the image under the mouse along."""
        index = self.currentIndex()
        sample = self._thumbnails.sample(index)
        if sample is not None:
            drag_sample(self, sample, QPixmap(index.data(Qt.ItemDataRole.DecorationRole) or QPixmap()))

    def _ask_soon(self) -> None:
        if not self._ask_timer.isActive():
            self._ask_timer.start()

    def _ask(self) -> None:
        missing = self._thumbnails.missing(self.visible_rows()) if self.isVisible() else frozenset()
        if not missing <= self._asked:
            self._asked = missing
            self.thumbnails_needed.emit(tuple(sorted(missing)))


class _Thumbnails(QAbstractListModel):
    """The items that a filter has left, and the thumbnails that were used last."""

    missed = Signal()
    """A thumbnail was to be drawn that is not there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.provider: ImageProvider = lambda _index: None
        self.shown = np.empty(0, np.intp)
        self._describe: Callable[[int], GridItem] = lambda _index: GridItem("", 0, "")
        self._kept: OrderedDict[int, QPixmap] = OrderedDict()

    def show(self, count: int, describe: Callable[[int], GridItem]) -> None:
        self.beginResetModel()
        self._describe, self.shown = describe, np.arange(count)
        self._kept.clear()
        self.endResetModel()

    def filter(self, indexes: NDArray[np.intp]) -> None:
        self.beginResetModel()
        self.shown = indexes
        self.endResetModel()

    def keep(self, index: int, image: QImage) -> None:
        largest = 2 * THUMBNAIL_SIDE
        if max(image.width(), image.height()) > largest:
            image = image.scaled(
                largest, largest, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        self._kept[index] = QPixmap.fromImage(image)
        self._kept.move_to_end(index)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        for row in np.flatnonzero(self.shown == index).tolist():
            self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])

    def missing(self, rows: range) -> frozenset[int]:
        return frozenset(index for index in self.shown[rows.start : rows.stop].tolist() if index not in self._kept)

    def sample(self, index: Index) -> SampleImage | None:
        return self.provider(int(self.shown[index.row()])) if index.isValid() else None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = int(self.shown[index.row()])
        item = self._describe(place)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return item.name
            case Qt.ItemDataRole.DecorationRole:
                return self._thumbnail(place)
            case Qt.ItemDataRole.ToolTipRole:
                about = tr("{id}\nclass {class_name}").format(id=item.id, class_name=item.class_name)
                return f"{about}\n{item.note}" if item.note else about
            case Qt.ItemDataRole.AccessibleTextRole:
                return tr("{id}, class {class_name}").format(id=item.id, class_name=item.class_name)
            case Qt.ItemDataRole.UserRole:
                return item
        return None

    def _thumbnail(self, place: int) -> QPixmap | None:
        if place not in self._kept:
            self.missed.emit()
            return None
        self._kept.move_to_end(place)
        return self._kept[place]
