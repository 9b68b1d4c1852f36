"""The small card beside the mouse that shows the image of a point."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.readout import place_beside

_SIDE = 12 * UNIT


class HoverCard(QFrame):
    """An image and what it is, over another widget; it never takes the mouse and never leaves its parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setObjectName("hover_card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAutoFillBackground(True)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self._image = QLabel("…", alignment=Qt.AlignmentFlag.AlignCenter)
        self._image.setFixedSize(_SIDE, _SIDE)
        self._text = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._text.setFixedWidth(_SIDE + 4 * UNIT)
        self._image.setAccessibleName(tr("Image of the point below the mouse"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self._image, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._text)
        self.hide()

    def show_text(self, text: str, beside: QPoint) -> None:
        """Appear beside a position of the parent; the image follows."""
        self._image.setPixmap(QPixmap())
        self._image.setText("…")
        self._text.setText(text)
        self.adjustSize()
        place_beside(self, beside, self._room.rect())
        self.show()
        self.raise_()

    def show_image(self, image: QImage, text: str) -> None:
        """Fill in the image, or that it cannot be read where it is null, and a fuller text."""
        self._image.setText(tr("not readable"))
        if not image.isNull():
            self._image.setPixmap(self._sharp(image))
        self._text.setText(text)
        bottom = self.geometry().bottom()
        self.adjustSize()
        self.move(self.x(), max(0, min(self.y(), bottom - self.height() + 1)))

    def text(self) -> str:
        """What is written below the image."""
        return self._text.text()

    def pixmap(self) -> QPixmap:
        """The image as shown, null while it is awaited."""
        return self._image.pixmap()

    def _sharp(self, image: QImage) -> QPixmap:
        ratio = self.devicePixelRatioF()
        side = round(_SIDE * ratio)
        pixmap = QPixmap.fromImage(
            image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
