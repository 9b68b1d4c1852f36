"""A grid of equal cells over a list model of any length.

QListView lays out every item before it shows one: 0.4 to 0.9 s at 100,000 items, again at every resize. Here a
position is a division.
"""

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from explorer.widgets.model_index import Index

_Action = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint


class GridView(QAbstractItemView):
    """Cells from left to right and from top to bottom; scrolls vertically, by pixels.

    Parameters
    ----------
    cell
        Smallest size of a cell; cells become wider so that they fill the row.
    """

    def __init__(self, cell: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell = cell
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or the columns would jump
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def visible_rows(self) -> range:
        """Rows of the model that are at least partly seen."""
        columns = self._columns()
        first = self.verticalOffset() // self._cell.height() * columns
        end = -(-(self.verticalOffset() + self.viewport().height()) // self._cell.height()) * columns
        return range(first, min(end, self._count()))

    def visualRect(self, index: Index) -> QRect:
        """Where an item lies in the viewport."""
        if not index.isValid():
            return QRect()
        row, column = divmod(index.row(), self._columns())
        width = self.viewport().width()
        left, right = (width * edge // self._columns() for edge in (column, column + 1))
        return QRect(left, row * self._cell.height() - self.verticalOffset(), right - left, self._cell.height())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The item at a position of the viewport."""
        columns = self._columns()
        row = (point.y() + self.verticalOffset()) // self._cell.height()
        column = self._column_at(point.x())
        place = row * columns + column
        inside = 0 <= column < columns and 0 <= place < self._count()
        return self.model().index(place, 0) if inside else QModelIndex()

    def scrollTo(self, index: Index, hint: _Hint = _Hint.EnsureVisible) -> None:
        """Scroll so far that the item is seen."""
        cell, bar = self.visualRect(index), self.verticalScrollBar()
        if hint == _Hint.PositionAtTop or cell.top() < 0:
            bar.setValue(bar.value() + cell.top())
        elif cell.bottom() >= self.viewport().height():
            bar.setValue(bar.value() + cell.bottom() + 1 - self.viewport().height())

    def horizontalOffset(self) -> int:
        """Nothing lies beside the view."""
        return 0

    def verticalOffset(self) -> int:
        """How far the view is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """No item is hidden."""
        return False

    def moveCursor(self, action: _Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where the arrow keys, Home, End and the page keys lead."""
        count, columns = self._count(), self._columns()
        if not count:
            return QModelIndex()
        page = max(1, self.viewport().height() // self._cell.height()) * columns
        steps = {
            _Action.MoveLeft: -1,
            _Action.MovePrevious: -1,
            _Action.MoveRight: 1,
            _Action.MoveNext: 1,
            _Action.MoveUp: -columns,
            _Action.MoveDown: columns,
            _Action.MovePageUp: -page,
            _Action.MovePageDown: page,
            _Action.MoveHome: -count,
            _Action.MoveEnd: count,
        }
        place = self.currentIndex().row() + steps[action] if self.currentIndex().isValid() else 0
        return self.model().index(min(max(place, 0), count - 1), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the items in a rectangle of the viewport."""
        area = rect.normalized().translated(0, self.verticalOffset())
        columns, height = self._columns(), self._cell.height()
        left, right = (min(max(self._column_at(x), 0), columns - 1) for x in (area.left(), area.right()))
        selection = QItemSelection()
        for row in range(max(0, area.top() // height), area.bottom() // height + 1):
            first, last = row * columns + left, min(row * columns + right, self._count() - 1)
            if first <= last:
                selection.select(self.model().index(first, 0), self.model().index(last, 0))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What is to be painted again when the selection changes."""
        region = QRegion()
        for row in self.visible_rows():
            index = self.model().index(row, 0)
            if selection.contains(index):
                region += self.visualRect(index)
        return region

    def updateGeometries(self) -> None:
        """Fit the scroll bar to the number of rows."""
        super().updateGeometries()
        rows = -(-self._count() // self._columns())
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setSingleStep(self._cell.height() // 2)
        bar.setPageStep(room)
        bar.setRange(0, max(0, rows * self._cell.height() - room))

    def reset(self) -> None:
        """The model has other items: begin at the top."""
        super().reset()
        self.updateGeometries()
        self.verticalScrollBar().setValue(0)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is drawn already, and draw only the rows that come into view."""
        self.scrollDirtyRegion(dx, dy)
        self.viewport().scroll(dx, dy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the topmost item while the number of columns changes."""
        top = self.verticalOffset() // self._cell.height() * self._columns_in(event.oldSize().width())
        super().resizeEvent(event)
        self.updateGeometries()
        if 0 < top < self._count():
            self.scrollTo(self.model().index(top, 0), _Hint.PositionAtTop)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells that are seen."""
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        state = option.state
        for row in self.visible_rows():
            index = self.model().index(row, 0)
            option.rect = self.visualRect(index)
            if not option.rect.intersects(event.rect()):
                continue
            option.state = state
            if self.selectionModel().isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if index == self.currentIndex() and self.hasFocus():
                option.state |= QStyle.StateFlag.State_HasFocus
            self.itemDelegate().paint(painter, option, index)

    def _count(self) -> int:
        return self.model().rowCount() if self.model() is not None else 0

    def _columns(self) -> int:
        return self._columns_in(self.viewport().width())

    def _columns_in(self, width: int) -> int:
        return max(1, width // self._cell.width())

    def _column_at(self, x: int) -> int:
        """The column whose rounded edges, as in `visualRect`, have this pixel between them."""
        return ((x + 1) * self._columns() - 1) // max(1, self.viewport().width())
