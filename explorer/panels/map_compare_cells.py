"""Cells of the list of changed images: one with an image and its name, one with the images nearest to it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.theme import GENUINE, IMPOSTOR, UNIT, digits_font, muted
from explorer.widgets.model_index import Index

if TYPE_CHECKING:
    from explorer.panels.map_compare_rows import Near

Thumbnails = Callable[[int], QPixmap | None]
"""The picture of a sample, a null one where it cannot be read, None while it is awaited."""
SIDE = 4 * UNIT
HEIGHT = SIDE + UNIT
_GAP = UNIT // 2
_PALE = 0.35


class ImageCell(QStyledItemDelegate):
    """A thumbnail with the image's name; the image is in the user role."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        _paint_ground(painter, option)
        cell = option.rect
        square = QRect(cell.left() + _GAP, cell.top() + (cell.height() - SIDE) // 2, SIDE, SIDE)
        _paint_image(painter, option.palette, square, self._thumbnails(index.data(Qt.ItemDataRole.UserRole).sample_id))
        room = QRect(square.right() + UNIT, cell.top(), cell.right() - square.right() - UNIT, cell.height())
        painter.setPen(_ink(option))
        text = option.fontMetrics.elidedText(index.data(), Qt.TextElideMode.ElideLeft, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the thumbnail and a short name."""
        return QSize(SIDE + 10 * UNIT, HEIGHT)


class NearCell(QStyledItemDelegate):
    """How many are of another class, and as many thumbnails as have room, nearest first, of the user role's Nears.

    Pale ones are among the nearest in both looks, so those that came or went stand out.
    """

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        _paint_ground(painter, option)
        near: tuple[Near, ...] = index.data(Qt.ItemDataRole.UserRole)
        cell = option.rect
        painter.save()
        painter.setFont(digits_font())
        text = QRect(cell.left() + _GAP, cell.top(), _count_width(painter), cell.height())
        painter.setPen(_ink(option))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, index.data())
        left, top = text.right() + 3 * _GAP // 2, cell.top() + (cell.height() - SIDE) // 2
        for place in range(min(len(near), (cell.right() - left) // (SIDE + _GAP))):
            self._paint_one(painter, option, near[place], QRect(left + place * (SIDE + _GAP), top, SIDE, SIDE))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for three."""
        return QSize(5 * UNIT + 3 * (SIDE + _GAP), HEIGHT)

    def _paint_one(self, painter: QPainter, option: QStyleOptionViewItem, near: "Near", square: QRect) -> None:
        painter.setOpacity(_PALE if near.in_both else 1.0)
        _paint_image(painter, option.palette, square.adjusted(2, 2, -2, -2), self._thumbnails(near.sample_id))
        line = Qt.PenStyle.SolidLine if near.same_class else Qt.PenStyle.DashLine
        painter.setPen(QPen(GENUINE if near.same_class else IMPOSTOR, 2, line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(square.adjusted(1, 1, -1, -1))
        painter.setOpacity(1.0)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    widget: QWidget = option.widget
    widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)


def _paint_image(painter: QPainter, palette: QPalette, square: QRect, pixmap: QPixmap | None) -> None:
    if pixmap is None or pixmap.isNull():
        painter.fillRect(square, palette.color(QPalette.ColorRole.AlternateBase))
        painter.setPen(muted(palette))
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, "…" if pixmap is None else "?")
        return
    target = QRect(square.topLeft(), pixmap.size().scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio))
    target.moveCenter(square.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(target, pixmap)


def _ink(option: QStyleOptionViewItem) -> QColor:
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    return option.palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)


def _count_width(painter: QPainter) -> int:
    return painter.fontMetrics().horizontalAdvance("≠ 10")
