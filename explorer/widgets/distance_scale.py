"""Where a distance lies against the threshold, on one line."""

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer import formats, theme

_MARK = 5
"""Half the width of the distance's mark, pixels."""


class DistanceScale(QWidget):
    """A bar from 0 on: accepted up to the threshold (plain), refused beyond it (hatched), a mark at the distance."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._distance: float | None = None
        self._threshold: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("distance and threshold on a scale")

    def set_values(self, distance: float | None, threshold: float | None) -> None:
        """Show a distance and a threshold; None leaves either out."""
        self._distance, self._threshold = distance, threshold
        self.setToolTip(
            f"distance {formats.distance(distance)}, threshold {formats.distance(threshold)}: a pair left of the "
            "threshold is accepted as the same; the farther from it, the clearer the case."
        )
        self.update()

    def end(self) -> float:
        """Right end of the scale: 1, or the next whole number that holds both values."""
        known = [value for value in (self._distance, self._threshold) if value is not None and math.isfinite(value)]
        return float(max(1, *(math.ceil(value) for value in known))) if known else 1.0

    def position(self, value: float) -> float:
        """Where a value lies, pixels from the left; values off the scale lie at its ends."""
        left, right = _MARK + 1.0, self.width() - _MARK - 1.0
        share = 0.0 if value == -math.inf else min(max(value / self.end(), 0.0), 1.0)
        return left + share * (right - left)

    def sizeHint(self) -> QSize:
        """A bar with room for marks above and figures below."""
        return QSize(30 * theme.UNIT, 2 * theme.UNIT + self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """The same height, narrow."""
        return QSize(12 * theme.UNIT, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bar, marks and figures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(self.position(0), theme.UNIT, self.position(self.end()) - self.position(0), theme.UNIT)
        self._paint_zones(painter, bar)
        self._paint_figures(painter, bar)
        if self._distance is not None:
            self._paint_mark(painter, bar, self.position(self._distance))

    def _paint_zones(self, painter: QPainter, bar: QRectF) -> None:
        painter.setPen(QPen(theme.muted(self.palette()), 1))
        painter.drawRect(bar)
        if self._threshold is None:
            return
        place = self.position(self._threshold)
        accepted, refused = QRectF(bar), QRectF(bar)
        accepted.setRight(place)
        refused.setLeft(place)
        painter.fillRect(accepted, _faint(theme.GENUINE, 0.6))
        painter.fillRect(refused, QBrush(_faint(theme.IMPOSTOR, 0.8), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.WindowText), 2))
        painter.drawLine(QPointF(place, bar.top() - 3), QPointF(place, bar.bottom() + 3))

    def _paint_figures(self, painter: QPainter, bar: QRectF) -> None:
        line = QRectF(0, bar.bottom() + 2, self.width(), self.height() - bar.bottom() - 2)
        painter.setPen(theme.muted(self.palette()))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, "0")
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, f"{self.end():.0f}")
        if self._threshold is not None:
            text = "threshold"
            width = painter.fontMetrics().horizontalAdvance(text)
            margin = 2 * theme.UNIT
            left = min(max(self.position(self._threshold) - width / 2, margin), self.width() - width - margin)
            painter.drawText(QRectF(left, line.top(), width + 1, line.height()), Qt.AlignmentFlag.AlignLeft, text)

    def _paint_mark(self, painter: QPainter, bar: QRectF, place: float) -> None:
        tip = QPointF(place, bar.center().y())
        top = bar.top() - theme.UNIT + 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawPolygon(QPolygonF([tip, QPointF(place - _MARK, top), QPointF(place + _MARK, top)]))


def _faint(colour: QColor, alpha: float) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(alpha)
    return faint
