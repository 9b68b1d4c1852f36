"""Signed shares of a similarity as a picture to lay over an image, and the bar that says how to read it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer import theme
from explorer.translation import tr

_SIDE = 192
"""Pixels of the picture, so that its stripes are as wide whatever the size of the map."""
_STRIPE = 12
"""Pixels from one stripe to the next."""
_OPAQUE = 210
"""Alpha of the strongest region, of 255."""
_GAMMA = 0.7
"""Below 1 the weaker regions show more."""
_APART, _ALIKE = tr("held them apart"), tr("made them alike")
_HELP = tr(
    "Full teal regions brought the two images together, striped orange ones held them apart; the fuller the colour, "
    "the larger the share. What is clear had no say. Both images have the same scale."
)


def heat_overlay(heat: NDArray[np.float32], largest: float) -> QImage:
    """Colour a map [H, W] of shares from -`largest` to `largest`: above 0 plain, below 0 striped, 0 transparent."""
    rows, columns = (np.arange(_SIDE) * side // _SIDE for side in heat.shape)
    shares = heat[rows[:, None], columns] / largest if largest > 0 else np.zeros((_SIDE, _SIDE))
    return _coloured(shares)


class HeatLegend(QWidget):
    """The colours of a heat map from one end to the other, with what they mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("heat_legend")
        self.setAccessibleName(
            tr("heat map: striped orange {APART}, plain teal {ALIKE}").format(APART=_APART, ALIKE=_ALIKE)
        )
        self.setToolTip(_HELP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bar = _coloured(np.tile(np.linspace(-1.0, 1.0, 2 * _SIDE), (2 * _STRIPE, 1)))

    def sizeHint(self) -> QSize:
        """One line of text with a bar between two words."""
        return QSize(40 * theme.UNIT, self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """The words, and a short bar."""
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(_APART) + metrics.horizontalAdvance(_ALIKE)
        return QSize(words + 6 * theme.UNIT, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar between its words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeft | middle), _APART)
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignRight | middle), _ALIKE)
        metrics = self.fontMetrics()
        left, right = (metrics.horizontalAdvance(word) + theme.UNIT for word in (_APART, _ALIKE))
        bar = QRectF(left, 2, self.width() - left - right, self.height() - 4)
        painter.fillRect(bar, self.palette().color(QPalette.ColorRole.Base))
        painter.drawImage(bar, self._bar)
        painter.setPen(theme.muted(self.palette()))
        painter.drawRect(bar)


def _coloured(shares: NDArray[np.floating]) -> QImage:
    """Picture of shares [H, W] in -1..1."""
    height, width = shares.shape
    alpha = np.rint(_OPAQUE * np.abs(np.clip(shares, -1.0, 1.0)) ** _GAMMA).astype(np.uint32)
    stripes = (np.arange(height)[:, None] + np.arange(width)) % _STRIPE < _STRIPE // 2
    apart = shares < 0
    alpha[apart & ~stripes] //= 4
    colours = np.where(apart, theme.IMPOSTOR.rgb() & 0xFFFFFF, theme.GENUINE.rgb() & 0xFFFFFF).astype(np.uint32)
    pixels = np.ascontiguousarray((alpha << np.uint32(24)) | colours)
    # The copy owns its pixels; the first image only borrows the array's.
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()
