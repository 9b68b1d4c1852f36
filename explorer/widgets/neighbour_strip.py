"""The images nearest to one, in a row with their distances; those of other classes stand out."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from explorer import formats
from explorer.theme import GENUINE, IMPOSTOR, UNIT, digits_font, muted
from explorer.translation import tr
from explorer.widgets.sample_drag import ImageProvider, drag_sample

_SIDE = 6 * UNIT
_GAP = UNIT
_FRAME = 2
_CLICK_HELP = tr("A click shows its neighbours; drag it to compare it with another image.")


@dataclass(frozen=True)
class NeighbourItem:
    """One image of the row."""

    sample_id: int
    name: str
    class_name: str
    distance: float
    same_class: bool = True
    caption: str = ""
    """What stands below it, in place of the distance."""
    note: str = ""
    """What else is to be said, in place of the distance."""

    def described(self) -> str:
        """In words, for the tooltip and for screen readers."""
        if self.note:
            return tr("{name}\nclass {class_name}\n{note}").format(
                name=self.name, class_name=self.class_name, note=self.note
            )
        kind = tr("same class") if self.same_class else tr("another class")
        return tr("{name}\nclass {class_name}, {kind}\ndistance {distance}").format(
            name=self.name, class_name=self.class_name, kind=kind, distance=formats.distance(self.distance)
        )


class NeighbourStrip(QWidget):
    """A row of as many images as have room; click or Return goes to one, the arrow keys move along.

    Parameters
    ----------
    side
        Of a picture, in pixels.
    with_classes
        Whether the name of its class stands below each distance.
    """

    chosen = Signal(int)
    """The user wants to see the neighbours of this sample."""

    def __init__(self, parent: QWidget | None = None, *, side: int = _SIDE, with_classes: bool = False) -> None:
        super().__init__(parent)
        self._provider: ImageProvider = lambda _sample_id: None
        self._side, self._lines = side, 2 if with_classes else 1
        self._gap = 2 * _GAP if with_classes else _GAP
        self._pressed = QPoint()
        self.setObjectName("neighbour_strip")
        self._items: tuple[NeighbourItem, ...] = ()
        self._images: dict[int, QImage] = {}
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_items(self, items: Sequence[NeighbourItem]) -> None:
        """Show these images, nearest first; pictures that are missing follow. None hides the strip."""
        self._items, self._current = tuple(items), 0
        shown = {item.sample_id for item in items}
        self._images = {sample_id: image for sample_id, image in self._images.items() if sample_id in shown}
        self.setVisible(bool(items))
        self._describe()
        self.update()

    def set_image(self, sample_id: int, image: QImage) -> None:
        """Give a sample its picture, a null one where it cannot be read."""
        self._images[sample_id] = image
        self.update()

    def set_image_provider(self, provider: ImageProvider) -> None:
        """Say where the images come from that are dragged out."""
        self._provider = provider

    def items(self) -> tuple[NeighbourItem, ...]:
        """What is shown."""
        return self._items

    def sizeHint(self) -> QSize:
        """Pictures with a line of text below."""
        return QSize(8 * (self._side + self._gap), self._side + 2 * _FRAME + self._text_height())

    def minimumSizeHint(self) -> QSize:
        """At least one picture."""
        return QSize(self._side, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as many as have room."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place, item in enumerate(self._items):
            cell = self._cell(place)
            if not self._has_room(cell):
                break
            self._paint_image(painter, cell, self._images.get(item.sample_id))
            self._paint_frame(painter, cell, item, focused=self.hasFocus() and place == self._current)
            self._paint_text(painter, cell, item)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where a drag may begin."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let an image be dragged out."""
        far = (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        place = self._place_at(self._pressed)
        if not event.buttons() & Qt.MouseButton.LeftButton or not far or place is None:
            return
        sample_id = self._items[place].sample_id
        self._pressed = QPoint(-1, -1)  # once; the release that follows is no click
        if (sample := self._provider(sample_id)) is not None:
            drag_sample(self, sample, QPixmap.fromImage(self._images.get(sample_id, QImage())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the image that was clicked."""
        place = self._place_at(event.position().toPoint())
        pressed = place is not None and self._cell(place).contains(self._pressed)
        if event.button() == Qt.MouseButton.LeftButton and place is not None and pressed:
            self.chosen.emit(self._items[place].sample_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along, or go to the image."""
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in moves and self._items:
            self._current = max(0, min(len(self._items) - 1, self._current + moves[Qt.Key(event.key())]))
            self._describe()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._items:
            self.chosen.emit(self._items[self._current].sample_id)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which image the keys go to."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys go elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say what is below the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._place_at(event.pos())
            text = self.toolTip() if place is None else "\n\n".join((self._items[place].described(), _CLICK_HELP))
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _describe(self) -> None:
        current = self._items[self._current].described().replace("\n", ", ") if self._items else ""
        self.setAccessibleName(tr("Neighbours: {current}").format(current=current) if current else tr("Neighbours"))

    def _place_at(self, position: QPoint) -> int | None:
        cells = (place for place in range(len(self._items)) if self._has_room(self._cell(place)))
        return next((place for place in cells if self._cell(place).contains(position)), None)

    def _cell(self, place: int) -> QRect:
        first = _FRAME + self._gap - _GAP
        return QRect(first + place * (self._side + self._gap), _FRAME, self._side, self._side)

    def _has_room(self, cell: QRect) -> bool:
        """Whether a picture, and what stands below it, is not cut off."""
        return cell.right() + self._gap - _GAP < self.width()

    def _text_height(self) -> int:
        return self._lines * self.fontMetrics().height() + UNIT // 2

    def _paint_text(self, painter: QPainter, cell: QRect, item: NeighbourItem) -> None:
        """Distance or caption below a picture, and the class where it is wanted."""
        painter.setFont(digits_font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        below = QRect(cell.left() - _GAP, cell.bottom() + _FRAME, cell.width() + 2 * _GAP, self._text_height())
        mark = "" if item.same_class else "≠ "
        text = item.caption or f"{mark}{formats.distance(item.distance)}"
        if self._lines == 1:
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)
            return
        upper = below.adjusted(0, 0, 0, -below.height() // 2)
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(self.font())
        lower = below.adjusted(_GAP // 2, below.height() // 2, -_GAP // 2, 0)
        name = self.fontMetrics().elidedText(item.class_name, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_image(self, painter: QPainter, cell: QRect, image: QImage | None) -> None:
        painter.fillRect(cell, self.palette().color(QPalette.ColorRole.Base))
        if image is None or image.isNull():
            painter.setFont(self.font())
            painter.setPen(muted(self.palette()))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, "…" if image is None else tr("not\nreadable"))
            return
        shown = QRect(cell.topLeft(), image.size().scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio))
        shown.moveCenter(cell.center())
        painter.drawImage(shown, image)

    def _paint_frame(self, painter: QPainter, cell: QRect, item: NeighbourItem, *, focused: bool) -> None:
        colour = GENUINE if item.same_class else IMPOSTOR
        style = Qt.PenStyle.SolidLine if item.same_class else Qt.PenStyle.DashLine
        painter.setPen(QPen(colour, _FRAME, style))
        painter.drawRect(cell.adjusted(-1, -1, 0, 0))
        if focused:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1))
            painter.drawRect(cell.adjusted(2, 2, -3, -3))
