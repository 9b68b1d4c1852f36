"""The list of pairs: chosen by mouse or arrows, compared by Enter, with a menu for all that can be done with one."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QImage, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from explorer.images import fit_within
from explorer.panels.pairs_actions import add_exclusions
from explorer.panels.pairs_cell import CELL_HEIGHT, CELL_WIDTH, THUMBNAIL_SIDE, PairCell, PairCellView, image_squares
from explorer.panels.pairs_view import ImagePair
from explorer.translation import tr
from explorer.widgets.grid_view import GridView
from explorer.widgets.model_index import NO_INDEX, Index
from explorer.widgets.sample_drag import ImageProvider, drag_sample

_KEPT = 1000
"""Thumbnails, 100 MB at most; more than a list of pairs has images."""
_ASK_MS = 40
"""How long what comes into view is gathered before it is asked for."""
_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class PairList(GridView):
    """Pairs side by side; only thumbnails that are seen are asked for."""

    thumbnails_needed = Signal(tuple)
    """Samples seen whose thumbnails are missing; what was asked for before is no longer urgent."""
    pair_selected = Signal(object)
    """The user has selected this ImagePair."""
    compare_requested = Signal(object)
    """ImagePair, to be looked at in Verify."""
    map_requested = Signal(object)
    """ImagePair, to be shown on the map."""
    exclude_requested = Signal(int)
    """Sample whose label is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QSize(CELL_WIDTH, CELL_HEIGHT), parent)
        self.setObjectName("pair_list")
        self.setAccessibleName(tr("Pairs of images"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(PairCell(self))
        self.setMinimumWidth(CELL_WIDTH + self.verticalScrollBar().sizeHint().width() + 2 * self.frameWidth())
        self._pairs = _Pairs(self)
        self._telling = True
        self._provider: ImageProvider = lambda _sample: None
        self._pressed = QPoint()
        self.setDragEnabled(True)
        self._asked: frozenset[int] = frozenset()
        self._ask_timer = QTimer(self, singleShot=True, interval=_ASK_MS)
        self._ask_timer.timeout.connect(self._ask)
        self.setModel(self._pairs)
        self._pairs.missed.connect(self._ask_soon)
        self.doubleClicked.connect(lambda _index: self._compare())

    def show_pairs(self, pairs: Sequence[ImagePair]) -> None:
        """Show these; the one that is chosen stays so where it is among them."""
        chosen = self.chosen()
        self._asked = frozenset()
        self._pairs.show(tuple(pairs))
        if chosen is not None:
            self.choose(chosen.samples)

    def set_threshold(self, threshold: float) -> None:
        """Judge by another threshold."""
        self._pairs.threshold = threshold
        self.viewport().update()

    def set_excluded(self, samples: frozenset[int]) -> None:
        """Mark these images as excluded."""
        self._pairs.excluded = samples
        self.viewport().update()

    def set_selected(self, samples: frozenset[int]) -> None:
        """Mark these images, which are selected in the whole window, in whatever pairs they are."""
        self._pairs.selected = samples
        self.viewport().update()

    def set_thumbnail(self, sample: int, image: QImage) -> None:
        """Deliver a thumbnail; a null image stands for one that cannot be read."""
        # At the size it is drawn at: to shrink it at every repaint would cost more than the rest of the cell.
        self._pairs.keep(sample, fit_within(image, round(THUMBNAIL_SIDE * self.devicePixelRatioF())))
        self.viewport().update()

    def set_image_provider(self, provider: ImageProvider) -> None:
        """Say where the images come from that are dragged out."""
        self._provider = provider

    def forget(self) -> None:
        """Drop pairs and thumbnails: another run is shown."""
        self._pairs.forget()

    def chosen(self) -> ImagePair | None:
        """The pair that is chosen."""
        rows = self.selectionModel().selectedIndexes()
        return self._pairs.pairs[rows[0].row()] if rows else None

    def choose(self, samples: Sequence[int]) -> None:
        """Choose the pair of these two images, or none where it is not shown; emits nothing."""
        wanted = set(samples)
        row = next((row for row, pair in enumerate(self._pairs.pairs) if set(pair.samples) == wanted), None)
        self._telling = False
        if row is None:
            self.clearSelection()
        else:
            self._choose_row(row)
        self._telling = True

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell which pair the user has chosen."""
        super().selectionChanged(selected, deselected)
        pair = self.chosen()
        if self._telling and pair is not None:
            self.pair_selected.emit(pair)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter compares; the arrows go from pair to pair."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._compare()
        elif event.key() in _ARROWS and self._pairs.pairs and self.chosen() is None:
            self._choose_row(max(0, self.currentIndex().row()))  # which Qt would step over
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note which image a drag would take along."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Take the image under the mouse along."""
        index = self.indexAt(self._pressed)
        if not index.isValid():
            return
        squares = image_squares(self.visualRect(index))
        for sample, square in zip(self._pairs.pairs[index.row()].samples, squares, strict=True):
            carried = self._provider(sample) if square.contains(self._pressed) else None
            if carried is not None:
                drag_sample(self, carried, self._pairs.thumbnail(sample) or QPixmap())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the pair below the mouse, or the chosen one."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            self._choose_row(index.row())
            menu = self.menu(self._pairs.pairs[index.row()])
            menu.popup(self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos())

    def menu(self, pair: ImagePair) -> QMenu:
        """What can be done with a pair; it deletes itself when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        menu.addAction(tr("Compare in Verify"), lambda: self.compare_requested.emit(pair))
        menu.addAction(tr("Show on the map"), lambda: self.map_requested.emit(pair))
        menu.addSeparator()
        add_exclusions(menu, pair, self._pairs.excluded, self.exclude_requested.emit)
        return menu

    def _choose_row(self, row: int) -> None:
        index = self._pairs.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def _compare(self) -> None:
        pair = self.chosen()
        if pair is not None:
            self.compare_requested.emit(pair)

    def _ask_soon(self) -> None:
        if not self._ask_timer.isActive():
            self._ask_timer.start()

    def _ask(self) -> None:
        missing = self._pairs.missing(self.visible_rows()) if self.isVisible() else ()
        if not self._asked.issuperset(missing):
            self._asked = frozenset(missing)
            self.thumbnails_needed.emit(missing)


class _Pairs(QAbstractListModel):
    """The pairs, and the thumbnails that were used last."""

    missed = Signal()
    """A thumbnail was to be drawn that is not there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pairs: tuple[ImagePair, ...] = ()
        self.threshold = float("-inf")
        self.excluded: frozenset[int] = frozenset()
        self.selected: frozenset[int] = frozenset()
        self._kept: OrderedDict[int, QPixmap] = OrderedDict()

    def show(self, pairs: tuple[ImagePair, ...]) -> None:
        self.beginResetModel()
        self.pairs = pairs
        self.endResetModel()

    def forget(self) -> None:
        self._kept.clear()
        self.show(())

    def keep(self, sample: int, image: QImage) -> None:
        self._kept[sample] = QPixmap.fromImage(image)
        self._kept.move_to_end(sample)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def missing(self, rows: range) -> tuple[int, ...]:
        """Samples in these rows without a thumbnail, from the top, each once."""
        samples = (sample for pair in self.pairs[rows.start : rows.stop] for sample in pair.samples)
        return tuple(dict.fromkeys(sample for sample in samples if sample not in self._kept))

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.pairs)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        pair = self.pairs[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tr("{short_name} and {short_name_2}").format(
                    short_name=pair.first.short_name, short_name_2=pair.second.short_name
                )
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return pair.described(self.threshold)
            case Qt.ItemDataRole.UserRole:
                first, second = pair.samples
                return PairCellView(
                    pair,
                    pair.verdict(self.threshold),
                    (self.thumbnail(first), self.thumbnail(second)),
                    (first in self.excluded, second in self.excluded),
                    (first in self.selected, second in self.selected),
                )
        return None

    def thumbnail(self, sample: int) -> QPixmap | None:
        if sample not in self._kept:
            self.missed.emit()
            return None
        self._kept.move_to_end(sample)
        return self._kept[sample]
