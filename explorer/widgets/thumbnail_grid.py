"""Thumbnails of any number of images; only those that are seen are asked for, and a bounded number is kept."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.theme import UNIT, class_style, muted
from explorer.widgets.grid_view import GridView, Index
from explorer.widgets.marks import Surface, draw_mark
from explorer.widgets.sample_drag import ImageProvider, SampleImage, drag_sample

THUMBNAIL_SIDE = 9 * UNIT
"""Pixels; what a thumbnail is shown at, so larger ones need not be delivered (twice this on a high-DPI screen)."""
_KEPT = 1500
"""Thumbnails; more than the largest screen shows at once, 120 MB at most."""
_ASK_MS = 40
"""How long what comes into view is gathered before it is asked for."""


@dataclass(frozen=True)
class GridItem:
    """What a thumbnail stands for."""

    id: str
    """`core.data.dataset.Sample.id`"""
    class_index: int
    class_name: str
    note: str = ""
    """More to know, for the tooltip."""


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
        self.setAccessibleName("Images")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setItemDelegate(_Cell(self))
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

    def show_only(self, indexes: NDArray[np.intp]) -> None:
        """Show the items with these indexes in this order."""
        self._asked = frozenset()
        self._thumbnails.filter(indexes)
        self.set_selection(self._selected)

    def set_thumbnail(self, index: int, image: QImage) -> None:
        """Deliver a thumbnail; a null image stands for one that cannot be read."""
        self._thumbnails.keep(index, image)

    def set_image_provider(self, provider: ImageProvider) -> None:
        """Say where the images come from that are dragged out."""
        self._thumbnails.provider = provider

    def set_selection(self, indexes: Sequence[int]) -> None:
        """Select these items, now or when a filter shows them; emits nothing."""
        self._selected = tuple(indexes)
        rows = np.flatnonzero(np.isin(self._thumbnails.shown, np.array(self._selected, np.intp)))
        selection = QItemSelection()
        for run in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1):
            if len(run):
                selection.select(self._thumbnails.index(int(run[0])), self._thumbnails.index(int(run[-1])))
        model = self.selectionModel()
        model.blockSignals(True)
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        model.blockSignals(False)
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Report the selection."""
        super().selectionChanged(selected, deselected)
        ranges = self.selectionModel().selection()
        runs = [ranges.at(i) for i in range(ranges.count())]
        chosen = [self._thumbnails.shown[run.top() : run.bottom() + 1] for run in runs]
        self._selected = tuple(np.unique(np.concatenate(chosen)).tolist()) if chosen else ()
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

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = int(self.shown[index.row()])
        item = self._describe(place)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return PurePosixPath(item.id).stem
            case Qt.ItemDataRole.DecorationRole:
                return self._thumbnail(place)
            case Qt.ItemDataRole.ToolTipRole:
                about = f"{item.id}\nclass {item.class_name}"
                return f"{about}\n{item.note}" if item.note else about
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{item.id}, class {item.class_name}"
            case Qt.ItemDataRole.UserRole:
                return item.class_index
        return None

    def _thumbnail(self, place: int) -> QPixmap | None:
        if place not in self._kept:
            self.missed.emit()
            return None
        self._kept.move_to_end(place)
        return self._kept[place]


class _Cell(QStyledItemDelegate):
    """Draws a thumbnail, the mark of its class and the name of its file."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        cell = QRect(option.rect)
        square = QRect(cell.center().x() - THUMBNAIL_SIDE // 2, cell.top() + UNIT, THUMBNAIL_SIDE, THUMBNAIL_SIDE)
        self._paint_image(painter, option.palette, square, index.data(Qt.ItemDataRole.DecorationRole))
        self._paint_frame(painter, option, square)
        self._paint_caption(painter, option, square, index)
        painter.restore()

    def _paint_image(self, painter: QPainter, palette: QPalette, square: QRect, pixmap: QPixmap | None) -> None:
        painter.fillRect(square, palette.color(QPalette.ColorRole.AlternateBase))
        if pixmap is None or pixmap.isNull():
            painter.setPen(muted(palette))
            painter.drawText(square, Qt.AlignmentFlag.AlignCenter, "…" if pixmap is None else "not\nreadable")
            return
        size = pixmap.size().scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(square.topLeft(), size)
        target.moveCenter(square.center())
        painter.drawPixmap(target, pixmap)

    def _paint_frame(self, painter: QPainter, option: QStyleOptionViewItem, square: QRect) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if not selected and not focused:
            return
        colour = QColor(option.palette.color(QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.Text))
        painter.setPen(QPen(colour, 3 if selected else 1))
        painter.drawRect(square.adjusted(-2, -2, 1, 1))

    def _paint_caption(self, painter: QPainter, option: QStyleOptionViewItem, square: QRect, index: Index) -> None:
        line = QRect(option.rect.left() + UNIT // 2, square.bottom() + 1, option.rect.width() - UNIT, 5 * UNIT // 2)
        palette = option.palette
        surface = Surface(palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(line.left() + UNIT // 2, line.center().y() + 1)
        draw_mark(painter, class_style(int(index.data(Qt.ItemDataRole.UserRole))), UNIT, surface)
        painter.restore()
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        room = line.adjusted(UNIT + 4, 0, 0, 0)
        name = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideLeft, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
