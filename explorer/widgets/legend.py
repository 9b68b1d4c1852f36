"""The list of classes with the mark, the name and the count of each."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractListModel, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from explorer import formats
from explorer.theme import UNIT, ClassStyle, class_style, digits_font, muted
from explorer.translation import tr
from explorer.widgets.marks import Surface, draw_mark
from explorer.widgets.model_index import NO_INDEX, Index

_SWATCH = 11.0
_ROLE_SHARE = Qt.ItemDataRole.UserRole
_ROLE_COUNT = Qt.ItemDataRole.UserRole + 1
_ROLE_CHOSEN = Qt.ItemDataRole.UserRole + 2
_ROLE_STYLE = Qt.ItemDataRole.UserRole + 3
_MODIFIERS_OF_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Legend(QListView):
    """Classes, one a line: mark, name, count and a bar for the count; scrolls where there are many.

    Parameters
    ----------
    doing
        What a click does, for the tooltip of each line.
    """

    class_clicked = Signal(int, Qt.KeyboardModifier)
    """A class was clicked, or Return or Space pressed on it."""
    class_hovered = Signal(int)
    """The mouse came over a class; -1: it left them all."""

    def __init__(self, doing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("legend")
        self.setAccessibleName(tr("Classes"))
        self._classes = _Classes(doing, self)
        self._over = -1
        self.setModel(self._classes)
        self.setItemDelegate(_Line(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.entered.connect(lambda index: self._set_over(index.row()))
        self.viewportEntered.connect(lambda: self._set_over(-1))

    def set_classes(
        self, names: Sequence[str], counts: NDArray[np.int64], styles: Sequence[ClassStyle] | None = None
    ) -> None:
        """Show these classes with the number of images of each, [C]; nothing happens if nothing has changed.

        They look as classes do everywhere, or as `styles` say where they stand for something else.
        """
        looks = tuple(map(class_style, range(len(names)))) if styles is None else tuple(styles)
        self._classes.show(tuple(names), counts, looks)

    def set_chosen(self, classes: frozenset[int]) -> None:
        """Mark these classes as the chosen ones; emits nothing."""
        self._classes.choose(classes)

    def sizeHint(self) -> QSize:
        """Wide enough for short names; many lines scroll."""
        return QSize(20 * UNIT, 24 * UNIT)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report a click."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.class_clicked.emit(index.row(), event.modifiers())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Space do what a click does."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and index.isValid():
            self.class_clicked.emit(index.row(), event.modifiers() & _MODIFIERS_OF_KEYS)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse is over no class any more."""
        super().leaveEvent(event)
        self._set_over(-1)

    def _set_over(self, row: int) -> None:
        if row != self._over:
            self._over = row
            self.class_hovered.emit(row)


class _Classes(QAbstractListModel):
    """Names and counts of the classes, and which of them are chosen."""

    def __init__(self, doing: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._doing = doing
        self._names: tuple[str, ...] = ()
        self._counts = np.empty(0, np.int64)
        self._styles: tuple[ClassStyle, ...] = ()
        self._chosen: frozenset[int] = frozenset()

    def show(self, names: tuple[str, ...], counts: NDArray[np.int64], styles: tuple[ClassStyle, ...]) -> None:
        if names == self._names and np.array_equal(counts, self._counts) and styles == self._styles:
            return
        self.beginResetModel()
        self._names, self._counts, self._styles, self._chosen = names, counts, styles, frozenset()
        self.endResetModel()

    def choose(self, classes: frozenset[int]) -> None:
        if classes != self._chosen and self._names:
            self._chosen = classes
            self.dataChanged.emit(self.index(0), self.index(len(self._names) - 1), [_ROLE_CHOSEN])

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = index.row()
        count = int(self._counts[row])
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._names[row]
            case Qt.ItemDataRole.ToolTipRole:
                return tr("{names}: {count} images.\n{doing}").format(
                    names=self._names[row], count=formats.count(count), doing=self._doing
                )
            case Qt.ItemDataRole.AccessibleTextRole:
                return tr("{names}, {count} images").format(names=self._names[row], count=count)
            case _ if role == _ROLE_COUNT:
                return count
            case _ if role == _ROLE_SHARE:
                return count / max(1, int(self._counts.max()))
            case _ if role == _ROLE_CHOSEN:
                return row in self._chosen
            case _ if role == _ROLE_STYLE:
                return self._styles[row]
        return None


class _Line(QStyledItemDelegate):
    """Draws one class."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(12 * UNIT, QFontMetrics(option.font).height() + UNIT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRectF(option.rect)
        self._paint_ground(painter, option, chosen=bool(index.data(_ROLE_CHOSEN)))
        style: ClassStyle = index.data(_ROLE_STYLE)
        inner = line.adjusted(UNIT / 2, 0, -UNIT / 2, 0)
        painter.translate(inner.left() + UNIT, inner.center().y())
        palette = option.palette
        surface = Surface(palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text))
        draw_mark(painter, style, _SWATCH, surface)
        painter.translate(-inner.left() - UNIT, -inner.center().y())
        inner.setLeft(inner.left() + 2.25 * UNIT)
        self._paint_bar(painter, inner, style.colour, float(index.data(_ROLE_SHARE)))
        self._paint_text(painter, option, inner, index)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, *, chosen: bool) -> None:
        highlight = QColor(option.palette.color(QPalette.ColorRole.Highlight))
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        highlight.setAlphaF(0.3 if chosen else 0.12)
        if chosen or over or focus:
            painter.fillRect(option.rect, highlight)
        if chosen:  # a colour alone would not be enough
            text = option.palette.color(QPalette.ColorRole.Text)
            painter.fillRect(option.rect.left(), option.rect.top(), 3, option.rect.height(), text)

    def _paint_bar(self, painter: QPainter, area: QRectF, colour: QColor, share: float) -> None:
        faded = QColor(colour)
        faded.setAlphaF(0.55)
        painter.fillRect(QRectF(area.left(), area.bottom() - 3, area.width() * share, 2), faded)

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, area: QRectF, index: Index) -> None:
        figure = formats.count(int(index.data(_ROLE_COUNT)))
        digits = digits_font()
        digits.setPointSizeF(option.font.pointSizeF() * 0.9)
        width = QFontMetrics(digits).horizontalAdvance(figure)
        painter.setFont(digits)
        painter.setPen(muted(option.palette))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure)
        painter.setFont(option.font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        room = area.adjusted(0, 0, -width - UNIT, 0)
        name = QFontMetrics(option.font).elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
