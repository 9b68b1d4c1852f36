"""What if: a share over a setting as a small curve, with the setting's present place on it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from explorer import formats, theme
from explorer.translation import tr

Floats = NDArray[np.float64]
_HEIGHT = 5 * theme.UNIT
"""Of the curve itself."""
_DOT = 4.0
_SMALL = 0.9
"""Size of the axes' texts, of the widget's font."""


class ShareCurve(QWidget):
    """Shares from 0 to 100 % over a setting; a sentence says the share at the present value.

    Parameters
    ----------
    name
        Of the setting, for the axis.
    colour
        Of the curve.
    of_what
        What the share is of, as in '37.0 % of triplets active at 0.20'.
    empty
        What will stand here, and how to get it.
    """

    def __init__(self, name: str, colour: QColor, of_what: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._colour, self._of_what, self._empty = name, colour, of_what, empty
        self._x: Floats = np.empty(0)
        self._y: Floats = np.empty(0)
        self._provenance = ""
        self._value = 0.0
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(empty)

    def set_curve(self, x: Floats, y: Floats, provenance: str) -> None:
        """Show shares `y` [n] at values `x` [n], ascending, and what they were measured on; empty ones for none."""
        self._x, self._y, self._provenance = x, y, provenance
        self._tell()

    def set_value(self, value: float) -> None:
        """Move the mark."""
        self._value = value
        self._tell()

    def sentence(self) -> str:
        """The share at the present value in words, empty where there is no curve."""
        return self._sentence(self._value) if len(self._x) else ""

    def share_at(self, value: float) -> float:
        """Height of the curve, read between two of its points where none stands there."""
        return float(np.interp(value, self._x, self._y))

    def sizeHint(self) -> QSize:
        """The sentence, the curve and the axis below it."""
        digits, small = QFontMetrics(theme.digits_font()), QFontMetrics(self._small_font())
        return QSize(30 * theme.UNIT, digits.height() + 4 + _HEIGHT + small.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """The same height, narrow."""
        return QSize(20 * theme.UNIT, self.sizeHint().height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the curve under the pointer."""
        super().mouseMoveEvent(event)
        plot = self._plot()
        if len(self._x) and plot.contains(event.position()):
            share = (event.position().x() - plot.left()) / plot.width()
            value = self._x[0] + share * (self._x[-1] - self._x[0])
            QToolTip.showText(event.globalPosition().toPoint() + QPoint(0, theme.UNIT), self._sentence(value), self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw sentence, curve and mark, or what will stand here."""
        painter = QPainter(self)
        if not len(self._x):
            painter.setPen(theme.muted(self.palette()))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(flags), self._empty)
            return
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.setFont(theme.digits_font())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), self.sentence())
        plot = self._plot()
        self._paint_axes(painter, plot)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_curve(painter, plot)

    def _paint_axes(self, painter: QPainter, plot: QRectF) -> None:
        text = theme.muted(self.palette())
        faint = QColor(text)
        faint.setAlphaF(0.2)
        painter.fillRect(plot, self.palette().color(QPalette.ColorRole.Base))
        painter.setPen(QPen(faint, 1))
        for share in (0.0, 0.5, 1.0):
            y = round(plot.bottom() - share * plot.height()) + 0.5
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            x = round(plot.left() + share * plot.width()) + 0.5
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        painter.setPen(text)
        painter.setFont(self._small_font())
        gutter = QRectF(0, plot.top() - 3, plot.left() - 4, plot.height() + 6)
        right = Qt.AlignmentFlag.AlignRight
        painter.drawText(gutter, int(right | Qt.AlignmentFlag.AlignTop), "100 %")
        painter.drawText(gutter, int(right | Qt.AlignmentFlag.AlignBottom), "0 %")
        below = QRectF(plot.left(), plot.bottom() + 1, plot.width(), self.height() - plot.bottom())
        for side, words in (
            (Qt.AlignmentFlag.AlignLeft, f"{self._x[0]:g}"),
            (Qt.AlignmentFlag.AlignHCenter, f"{self._name}, {self._provenance}"),
            (right, f"{self._x[-1]:g}"),
        ):
            painter.drawText(below, int(side | Qt.AlignmentFlag.AlignTop), words)

    def _paint_curve(self, painter: QPainter, plot: QRectF) -> None:
        line = [self._place(plot, x, y) for x, y in zip(self._x.tolist(), self._y.tolist(), strict=True)]
        below = QColor(self._colour)
        below.setAlphaF(0.2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(below)
        painter.drawPolygon(QPolygonF([plot.bottomLeft(), *line, plot.bottomRight()]))
        painter.setPen(QPen(self._colour, 2))
        painter.drawPolyline(QPolygonF(line))
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        mark = self._place(plot, self._value, self.share_at(self._value))
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(mark.x(), plot.top()), QPointF(mark.x(), plot.bottom()))
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(self._colour)
        painter.drawEllipse(mark, _DOT, _DOT)

    def _plot(self) -> QRectF:
        """Where the curve stands."""
        left = QFontMetrics(self._small_font()).horizontalAdvance("100 %") + 5.0
        top = QFontMetrics(theme.digits_font()).height() + 4.0
        return QRectF(left, top, self.width() - left - _DOT - 1, _HEIGHT)

    def _place(self, plot: QRectF, x: float, y: float) -> QPointF:
        share = (x - self._x[0]) / (self._x[-1] - self._x[0])
        return QPointF(plot.left() + share * plot.width(), plot.bottom() - y * plot.height())

    def _sentence(self, value: float) -> str:
        return tr("{share_at} of {of_what} at {value:.2f}").format(
            share_at=formats.rate(self.share_at(value)), of_what=self._of_what, value=value
        )

    def _tell(self) -> None:
        self.setAccessibleName(f"{self.sentence()}, {self._provenance}" if len(self._x) else self._empty)
        self.update()

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * _SMALL)
        return font
