"""What an image slot may hold, and how it looks in each of its states."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from explorer import theme
from explorer.translation import tr
from explorer.widgets.message import WARNING_SIGN, breakable, problem_colour

_INVITATION = tr("Drop an image here,\npaste it, or click")
READING = tr("reading…")
_PADDING = (theme.UNIT, theme.UNIT // 2, -theme.UNIT, -theme.UNIT // 2)
ENLARGED = 3
"""From this factor on pixels are shown as they are instead of being blurred."""


@dataclass(frozen=True, eq=False)
class SlotContent:
    """What a slot holds; the default is empty."""

    image: QImage | None = None
    caption: str = ""
    overlay: QImage | None = None
    problem: str = ""
    waiting: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to clear."""
        return self.image is None and not self.problem and not self.waiting


@dataclass(frozen=True)
class SlotLook:
    """State of the control itself."""

    name: str
    drag_over: bool
    focused: bool


def paint_slot(slot: QWidget, content: SlotContent, look: SlotLook) -> None:
    """Draw the whole slot; call it from paintEvent only."""
    painter = QPainter(slot)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_frame(painter, slot, look, dashed=content.image is None)
    inner = slot.rect().adjusted(*_PADDING)
    if content.image is not None:
        _paint_image(painter, slot, inner, content)
    elif content.problem:
        colour = problem_colour(slot.palette())
        _paint_text(painter, inner, f"{WARNING_SIGN} {content.problem}", colour)
    else:
        _paint_text(painter, inner, READING if content.waiting else _INVITATION, theme.muted(slot.palette()))
    _paint_name(painter, slot, look.name)


def _paint_frame(painter: QPainter, slot: QWidget, look: SlotLook, *, dashed: bool) -> None:
    palette = slot.palette()
    highlight = palette.color(QPalette.ColorRole.Highlight)
    background = palette.color(QPalette.ColorRole.Base)
    strong = look.drag_over or look.focused
    pen = QPen(highlight if strong else theme.muted(palette), 2 if strong else 1)
    if dashed and not look.drag_over:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(background)
    frame = slot.rect().adjusted(1, 1, -2, -2)
    painter.drawRoundedRect(frame, theme.UNIT / 2, theme.UNIT / 2)
    if look.drag_over:
        tint = QColor(highlight)
        tint.setAlphaF(0.2)
        painter.setBrush(tint)
        painter.drawRoundedRect(frame, theme.UNIT / 2, theme.UNIT / 2)


def _paint_image(painter: QPainter, slot: QWidget, inner: QRect, content: SlotContent) -> None:
    caption_height = painter.fontMetrics().height() if content.caption else 0
    area = inner.adjusted(0, 0, 0, -caption_height)
    if content.image is None or content.image.isNull() or area.isEmpty():
        return
    size = content.image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    frame = QRect(area.topLeft(), size.expandedTo(QSize(1, 1)))
    frame.moveCenter(area.center())
    for layer in (content.image, content.overlay):
        if layer is not None:
            painter.drawImage(frame, _fitted(layer, frame.size() * slot.devicePixelRatioF()))
    painter.setPen(slot.palette().color(QPalette.ColorRole.Text))
    line = QRect(inner.left(), area.bottom() + 1, inner.width(), caption_height + 2)
    text = painter.fontMetrics().elidedText(content.caption, Qt.TextElideMode.ElideMiddle, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)


def _fitted(image: QImage, size: QSize) -> QImage:
    enlarged = size.width() >= ENLARGED * image.width()
    mode = Qt.TransformationMode.FastTransformation if enlarged else Qt.TransformationMode.SmoothTransformation
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, mode)


def _paint_text(painter: QPainter, area: QRect, text: str, colour: QColor) -> None:
    flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
    shown = breakable(text)
    if painter.fontMetrics().boundingRect(area, flags, shown).height() > area.height():
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
    painter.setPen(colour)
    painter.setClipRect(area)  # the tooltip holds what has no room
    painter.drawText(area, flags, shown)
    painter.setClipping(False)


def _paint_name(painter: QPainter, slot: QWidget, name: str) -> None:
    palette = slot.palette()
    badge = QRect(theme.UNIT // 2, theme.UNIT // 2, 2 * theme.UNIT + 2, 2 * theme.UNIT + 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.Window))
    painter.drawRoundedRect(badge, theme.UNIT / 2, theme.UNIT / 2)
    font = slot.font()
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(palette.color(QPalette.ColorRole.WindowText))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, name)
