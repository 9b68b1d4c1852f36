"""One cell of the list of pairs: both images, the verdict, the distance, and whose images they are."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer import formats
from explorer.panels.pairs_view import ImagePair, PairImage, Verdict
from explorer.theme import GENUINE, IMPOSTOR, UNIT, digits_font, muted
from explorer.translation import tr
from explorer.widgets.mark_cache import SIDE as MARK_SIDE
from explorer.widgets.mark_cache import MarkCache
from explorer.widgets.model_index import Index
from explorer.widgets.slot_painter import ENLARGED

THUMBNAIL_SIDE = 10 * UNIT
"""Pixels."""
CELL_WIDTH = 34 * UNIT
CELL_HEIGHT = THUMBNAIL_SIDE + 2 * UNIT
_SIGN = 13
"""Pixels; diameter of the sign before the verdict."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, eq=False)
class PairCellView:
    """What a cell shows."""

    pair: ImagePair
    verdict: Verdict
    thumbnails: tuple[QPixmap | None, QPixmap | None]
    """None while one is awaited, null where the image cannot be read."""
    excluded: tuple[bool, bool]
    selected: tuple[bool, bool]
    """Which images are selected in the whole window."""


class PairCell(QStyledItemDelegate):
    """Draws a cell from its PairCellView (user role)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._marks = MarkCache()
        self._font = QFont()
        self._take_font(parent.font())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        view: PairCellView = index.data(Qt.ItemDataRole.UserRole)
        if option.font != self._font:
            self._take_font(option.font)
        cell: QRect = option.rect.adjusted(UNIT // 2, UNIT // 2, -UNIT // 2, -UNIT // 2)
        _paint_ground(painter, option, cell)
        left, right = image_squares(option.rect)
        for square, pixmap, excluded in zip((left, right), view.thumbnails, view.excluded, strict=True):
            _paint_image(painter, option.palette, square, pixmap)
            if excluded:
                self._paint_excluded(painter, option.palette, square)
        _paint_frame(painter, left.united(right), genuine=view.pair.genuine)
        for square, selected in zip((left, right), view.selected, strict=True):
            if selected and not option.state & QStyle.StateFlag.State_Selected:  # a chosen pair is marked as a whole
                _paint_selected(painter, option.palette, square)
        room = QRect(right.right() + UNIT + 2, left.top(), cell.right() - right.right() - UNIT - 4, THUMBNAIL_SIDE)
        painter.setClipRect(room)
        self._paint_text(painter, option.palette, room, view)
        painter.setClipping(False)

    def _take_font(self, font: QFont) -> None:
        self._font, self._bold, self._small, self._digits = QFont(font), QFont(font), QFont(font), digits_font()
        self._bold.setBold(True)
        for smaller in (self._small, self._digits, self._bold):
            smaller.setPointSizeF(font.pointSizeF() * 0.9)
        self._metrics = QFontMetrics(self._small)

    def _paint_text(self, painter: QPainter, palette: QPalette, room: QRect, view: PairCellView) -> None:
        """Verdict, distance, and identity with image twice, or once where it is one."""
        pair, height = view.pair, room.height() // 6
        line = QRect(room.left(), room.top(), room.width(), height)
        text = palette.color(QPalette.ColorRole.Text)
        paint_sign(painter, QPointF(line.left() + _SIGN / 2, line.center().y() + 0.5), view.verdict, text)
        painter.setPen(text)
        painter.setFont(self._bold if view.verdict.is_error else self._font)
        painter.drawText(line.adjusted(_SIGN + UNIT // 2, 0, 0, 0), _LEFT, view.verdict.words)
        line.translate(0, height)
        painter.setFont(self._digits)
        painter.drawText(line, _LEFT, formats.distance(pair.distance))
        painter.setFont(self._small)
        for image, with_identity in ((pair.first, True), (pair.second, not pair.genuine)):
            if with_identity:
                line.translate(0, height)
                self._paint_identity(painter, palette, line, image)
            line.translate(0, height)
            painter.setPen(muted(palette))
            painter.drawText(line, _LEFT, self._elided(image.short_name, line.width()))

    def _paint_identity(self, painter: QPainter, palette: QPalette, line: QRect, image: PairImage) -> None:
        mark = self._marks.mark(image.identity, palette, painter.device().devicePixelRatioF())
        painter.drawImage(QPointF(line.left(), line.center().y() - MARK_SIDE / 2 + 1), mark)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        room = line.adjusted(MARK_SIDE + UNIT // 2, 0, 0, 0)
        painter.drawText(room, _LEFT, self._elided(image.identity_name, room.width()))

    def _paint_excluded(self, painter: QPainter, palette: QPalette, square: QRect) -> None:
        veil = palette.color(QPalette.ColorRole.Base)
        veil.setAlphaF(0.75)
        painter.fillRect(square, veil)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.setFont(self._small)
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, tr("excluded"))

    def _elided(self, text: str, width: int) -> str:
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)


def image_squares(item: QRect) -> tuple[QRect, QRect]:
    """Where both images are drawn, of all that a cell has."""
    left = QRect(item.left() + UNIT, item.top() + UNIT, THUMBNAIL_SIDE, THUMBNAIL_SIDE)
    return left, left.translated(THUMBNAIL_SIDE + UNIT // 2, 0)


def paint_sign(painter: QPainter, centre: QPointF, verdict: Verdict, colour: QColor) -> None:
    """A cross in a full disc for an error, a tick in a ring for what is right."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius, arm = _SIGN / 2 - 1, _SIGN * 0.2
    inside = QColor(Qt.GlobalColor.black if colour.lightness() > 128 else Qt.GlobalColor.white)
    painter.setPen(QPen(colour, 1.2))
    painter.setBrush(colour if verdict.is_error else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius, radius)
    x, y = centre.x(), centre.y()
    if verdict.is_error:
        painter.setPen(QPen(inside, 1.8))
        painter.drawLine(QPointF(x - arm, y - arm), QPointF(x + arm, y + arm))
        painter.drawLine(QPointF(x - arm, y + arm), QPointF(x + arm, y - arm))
    else:
        painter.setPen(QPen(colour, 1.5))
        painter.drawPolyline(
            [QPointF(x - arm, y), QPointF(x - arm * 0.2, y + arm * 0.9), QPointF(x + arm * 1.1, y - arm)]
        )
    painter.restore()


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, cell: QRect) -> None:
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if selected:
        tint = QColor(option.palette.color(QPalette.ColorRole.Highlight))
        painter.setPen(QPen(tint, 2))
        tint.setAlphaF(0.2)
        painter.setBrush(tint)
        painter.drawRect(cell)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DotLine))
        painter.drawRect(cell)


def _paint_image(painter: QPainter, palette: QPalette, square: QRect, pixmap: QPixmap | None) -> None:
    painter.fillRect(square, palette.color(QPalette.ColorRole.AlternateBase))
    if pixmap is None or pixmap.isNull():
        painter.setPen(muted(palette))
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, "…" if pixmap is None else tr("not\nreadable"))
        return
    target = QRect(square.topLeft(), pixmap.size().scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio))
    target.moveCenter(square.center())
    smooth = target.width() < ENLARGED * pixmap.width()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.drawPixmap(target, pixmap)


def _paint_selected(painter: QPainter, palette: QPalette, square: QRect) -> None:
    """A bar below the image and a veil over it, in the colour of what is selected."""
    tint = QColor(palette.color(QPalette.ColorRole.Highlight))
    painter.fillRect(QRect(square.left(), square.bottom() - UNIT // 2 + 1, square.width(), UNIT // 2), tint)
    tint.setAlphaF(0.2)
    painter.fillRect(square, tint)


def _paint_frame(painter: QPainter, area: QRect, *, genuine: bool) -> None:
    """Genuine pairs are framed solid, impostor pairs dashed, each in its colour."""
    style = Qt.PenStyle.SolidLine if genuine else Qt.PenStyle.DashLine
    painter.setPen(QPen(GENUINE if genuine else IMPOSTOR, 2, style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(area).adjusted(-1, -1, 1, 1))
