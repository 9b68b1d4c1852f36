"""Where a distance lies among those of genuine and impostor pairs, and against the threshold."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.evaluation.figures import Densities
from explorer import formats, theme
from explorer.translation import tr

_MARK = 5
"""Half the width of the distance's mark, pixels."""
_PLATE = 0.75
"""Opacity of what is behind a name."""
_FILL = 0.25
"""Opacity below a density's line."""
_GAP = 4.0
"""Pixels between two words."""
_EMPTY = tr("genuine and impostor pairs come with the first curve")
_HELP = tr(
    "The triangle is this pair, the upright line the threshold: pairs left of it are accepted as the same. The hills "
    "are the distances of the held-out genuine (solid) and impostor pairs (dashed), each with an area of 1."
)


class DistanceScale(QWidget):
    """An axis of distances: densities of both kinds of pairs over it, a line at the threshold, a mark at the pair."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._distance: float | None = None
        self._threshold: float | None = None
        self._densities: Densities | None = None
        self.setObjectName("distance_scale")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(14 * theme.UNIT)
        self.setToolTip(_HELP)
        self._describe()

    def set_values(self, distance: float | None, threshold: float | None) -> None:
        """Show a distance and a threshold; None leaves either out."""
        self._distance, self._threshold = distance, threshold
        self._describe()
        self.update()

    def set_densities(self, densities: Densities | None) -> None:
        """Show how densely the pairs of each kind lie; None where there is no curve."""
        self._densities = densities
        self.update()

    def end(self) -> float:
        """Right end of the scale: that of the densities, else 1, or the next whole number that holds both values."""
        known = [value for value in (self._distance, self._threshold) if value is not None and math.isfinite(value)]
        if self._densities is not None:
            return float(max(self._densities.distances[-1], *known, 0.0))
        return float(max(1, *(math.ceil(value) for value in known))) if known else 1.0

    def position(self, value: float) -> float:
        """Where a value lies, pixels from the left; values off the scale lie at its ends."""
        left, right = _MARK + 1.0, self.width() - _MARK - 1.0
        share = 0.0 if value == -math.inf else min(max(value / self.end(), 0.0), 1.0)
        return left + share * (right - left)

    def sizeHint(self) -> QSize:
        """Hills with room for the mark above and figures below."""
        return QSize(30 * theme.UNIT, 4 * theme.UNIT + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """The same height, narrow."""
        return QSize(12 * theme.UNIT, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw hills, axis, threshold and mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bottom = self.height() - self.fontMetrics().height()
        left, right = self.position(0), self.position(self.end())
        plot = QRectF(left, theme.UNIT / 2, right - left, bottom - theme.UNIT / 2)
        if self._densities is None:
            painter.setPen(theme.muted(self.palette()))
            room = plot.adjusted(0, theme.UNIT / 2, 0, 0)
            text = self.fontMetrics().elidedText(_EMPTY, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        else:
            self._paint_hills(painter, plot, self._densities)
        painter.setPen(QPen(theme.muted(self.palette()), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        self._paint_threshold(painter, plot)
        self._paint_figures(painter, plot)
        if self._distance is not None:
            self._paint_mark(painter, plot, self.position(self._distance))
        if self._densities is not None:
            self._paint_names(painter, plot, self._densities)

    def _paint_hills(self, painter: QPainter, plot: QRectF, found: Densities) -> None:
        top = plot.top() + theme.UNIT
        peak = max(float(found.genuine.max()), float(found.impostor.max()))
        kinds = (
            (found.impostor, theme.IMPOSTOR, Qt.PenStyle.DashLine),
            (found.genuine, theme.GENUINE, Qt.PenStyle.SolidLine),
        )
        for density, colour, style in kinds:
            line = [
                QPointF(self.position(x), plot.bottom() - y / peak * (plot.bottom() - top))
                for x, y in zip(found.distances.tolist(), density.tolist(), strict=True)
            ]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_faint(colour, _FILL))
            feet = (QPointF(end.x(), plot.bottom()) for end in (line[-1], line[0]))
            painter.drawPolygon(QPolygonF([*line, *feet]))
            painter.setPen(QPen(colour, 1.5, style))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(line))

    def _paint_names(self, painter: QPainter, plot: QRectF, found: Densities) -> None:
        """Name both hills at their feet, side by side where the hills are too near to one another."""
        font = self.font()
        font.setPointSizeF(0.85 * font.pointSizeF())
        metrics = QFontMetricsF(font)
        names = (tr("genuine"), tr("impostor"))
        widths = [metrics.horizontalAdvance(name) for name in names]
        peaks = [self.position(float(found.distances[kind.argmax()])) for kind in (found.genuine, found.impostor)]
        lefts = _apart(peaks, widths, plot)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        ground = self.palette().color(QPalette.ColorRole.Window)
        ground.setAlphaF(_PLATE)
        for name, left, width in zip(names, lefts, widths, strict=True):
            high = metrics.ascent()
            painter.fillRect(QRectF(left - 2, plot.bottom() - high - 1, width + 4, high), ground)  # lines cross it else
            painter.drawText(QPointF(left, plot.bottom() - metrics.descent()), name)
        painter.setFont(self.font())

    def _paint_threshold(self, painter: QPainter, plot: QRectF) -> None:
        if self._threshold is not None:
            place = self.position(self._threshold)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.WindowText), 1))
            painter.drawLine(QPointF(place, plot.top()), QPointF(place, plot.bottom() + 3))

    def _paint_figures(self, painter: QPainter, plot: QRectF) -> None:
        line = QRectF(0, plot.bottom() + 1, self.width(), self.height() - plot.bottom() - 1)
        painter.setPen(theme.muted(self.palette()))
        end = f"{self.end():.3g}"
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), "0")
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), end)
        if self._threshold is None:
            return
        metrics = QFontMetricsF(self.font())
        width = metrics.horizontalAdvance(tr("threshold"))
        first = metrics.horizontalAdvance("0") + theme.UNIT
        last = self.width() - metrics.horizontalAdvance(end) - theme.UNIT - width
        left = min(max(self.position(self._threshold) - width / 2, first), last)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        place = QRectF(left, line.top(), width + 1, line.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), tr("threshold"))

    def _paint_mark(self, painter: QPainter, plot: QRectF, place: float) -> None:
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        tip = QPointF(place, plot.top() + theme.UNIT)
        painter.setPen(QPen(ink, 1.5, Qt.PenStyle.DotLine))
        painter.drawLine(tip, QPointF(place, plot.bottom()))
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Window), 1))
        painter.setBrush(ink)
        top = plot.top() - 1
        painter.drawPolygon(QPolygonF([tip, QPointF(place - _MARK, top), QPointF(place + _MARK, top)]))

    def _describe(self) -> None:
        shown = formats.distance(self._distance), formats.distance(self._threshold)
        self.setAccessibleName(
            tr("distance {shown} and threshold {shown_2} among the distances of known pairs").format(
                shown=shown[0], shown_2=shown[1]
            )
        )


def _apart(centres: list[float], widths: list[float], room: QRectF) -> list[float]:
    """Left ends of two words about their centres, inside the room and not over one another."""
    swapped = centres[0] > centres[1]
    (near, far), (near_width, far_width) = (each[::-1] if swapped else each for each in (centres, widths))
    left, right = near - near_width / 2, far - far_width / 2
    overlap = max(0.0, left + near_width + _GAP - right)
    left, right = left - overlap / 2, right + overlap / 2
    left = max(left, room.left())
    right = min(max(right, left + near_width + _GAP), room.right() - far_width)
    left = min(left, right - near_width - _GAP)
    return [right, left] if swapped else [left, right]


def _faint(colour: QColor, alpha: float) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(alpha)
    return faint
