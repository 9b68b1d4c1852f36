"""One row of small pictures, a taste of a data set."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer import theme
from explorer.translation import tr

MOST = 8
_SIDE = 4 * theme.UNIT - 2


class ThumbnailStrip(QWidget):
    """Up to eight images in a row, each in a square that keeps its aspect; hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: tuple[QImage, ...] = ()
        self.setAccessibleName(tr("Some images of the data set"))
        self.setToolTip(tr("Some images of the data set."))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_images(self, images: Sequence[QImage]) -> None:
        """Show the first eight of `images`; none hides the strip."""
        self._images = tuple(images[:MOST])
        self.setVisible(bool(self._images))
        self.update()

    def images(self) -> tuple[QImage, ...]:
        """The images shown."""
        return self._images

    def sizeHint(self) -> QSize:
        """A row of eight."""
        return QSize(MOST * (_SIDE + theme.UNIT // 4), _SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as many as have room."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        gap = theme.UNIT // 4
        for place, image in enumerate(self._images):
            cell = QRect(place * (_SIDE + gap), 0, _SIDE, _SIDE)
            if cell.right() >= self.width():
                break
            shown = QRect(cell.topLeft(), image.size().scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio))
            shown.moveCenter(cell.center())
            painter.drawImage(shown, image)
