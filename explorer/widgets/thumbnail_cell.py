"""One cell of the thumbnail grid: the image, the mark of its class and the name of its file."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.theme import UNIT, muted
from explorer.translation import tr
from explorer.widgets.mark_cache import SIDE, MarkCache
from explorer.widgets.model_index import Index

THUMBNAIL_SIDE = 9 * UNIT
"""Pixels; what a thumbnail is shown at, so larger ones need not be delivered (twice this on a high-DPI screen)."""
_CAPTION = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class GridItem:
    """What a thumbnail stands for."""

    id: str
    """`core.data.dataset.Sample.id`"""
    class_index: int
    class_name: str
    note: str = ""
    """More to know, for the tooltip."""
    crossed: bool = False
    """Whether it counts no more: drawn faint, and crossed out."""

    @cached_property
    def name(self) -> str:
        """The file's name without folder and suffix."""
        return PurePosixPath(self.id).stem


class ThumbnailCell(QStyledItemDelegate):
    """Draws a cell from its GridItem (user role) and pixmap (decoration role, None while it is awaited)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._marks = MarkCache()
        self._small = QFont(parent.font())
        self._metrics = QFontMetrics(self._small)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        cell = option.rect
        square = QRect(cell.center().x() - THUMBNAIL_SIDE // 2, cell.top() + UNIT, THUMBNAIL_SIDE, THUMBNAIL_SIDE)
        item: GridItem = index.data(Qt.ItemDataRole.UserRole)
        self._paint_image(painter, option.palette, square, index.data(Qt.ItemDataRole.DecorationRole))
        if item.crossed:
            self._cross_out(painter, option.palette, square)
        self._paint_frame(painter, option, square)
        line = QRect(cell.left() + UNIT // 2, square.bottom() + 1, cell.width() - UNIT, 5 * UNIT // 2)
        self._paint_caption(painter, option, line, item)

    def _paint_image(self, painter: QPainter, palette: QPalette, square: QRect, pixmap: QPixmap | None) -> None:
        painter.fillRect(square, palette.color(QPalette.ColorRole.AlternateBase))
        if pixmap is None or pixmap.isNull():
            painter.setPen(muted(palette))
            painter.drawText(square, Qt.AlignmentFlag.AlignCenter, "…" if pixmap is None else tr("not\nreadable"))
            return
        size = pixmap.size().scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(square.topLeft(), size)
        target.moveCenter(square.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, pixmap)

    def _cross_out(self, painter: QPainter, palette: QPalette, square: QRect) -> None:
        veil = palette.color(QPalette.ColorRole.Base)
        veil.setAlphaF(0.65)
        painter.fillRect(square, veil)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
        painter.drawLine(square.topLeft(), square.bottomRight())
        painter.drawLine(square.topRight(), square.bottomLeft())

    def _paint_frame(self, painter: QPainter, option: QStyleOptionViewItem, square: QRect) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if not selected and not focused:
            return
        role = QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.Text
        painter.setPen(QPen(option.palette.color(role), 3 if selected else 1))
        painter.drawRect(square.adjusted(-2, -2, 1, 1))

    def _paint_caption(self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, item: GridItem) -> None:
        palette = option.palette
        mark = self._marks.mark(item.class_index, palette, painter.device().devicePixelRatioF())
        painter.drawImage(QPointF(line.left(), line.center().y() - SIDE / 2 + 1), mark)
        self._follow_font(option.font)
        painter.setFont(self._small)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        room = line.adjusted(SIDE + 2, 0, 0, 0)
        name = self._metrics.elidedText(item.name, Qt.TextElideMode.ElideLeft, room.width())
        painter.drawText(room, _CAPTION, name)

    def _follow_font(self, font: QFont) -> None:
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.85)
        if small != self._small:
            self._small, self._metrics = small, QFontMetrics(small)
