"""A quantity as colour: the scale, and the bar that says which colour means how much."""

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.theme import UNIT, ClassStyle, Shape, digits_font, muted
from explorer.translation import tr

STEPS = 32
"""Colours that the scale is cut into; the eye tells fewer apart."""
UNKNOWN = STEPS
"""Step of what has no value."""
_BAR = 2 * UNIT
_TICKS = 5


def scale_styles() -> list[ClassStyle]:
    """A disc for each step, and the grey one of what has no value.

    Viridis without its darkest tenth: readable with any kind of colour blindness, and on white and dark grey.
    """
    colours = pg.colormap.get("viridis").getLookupTable(0.1, 1.0, STEPS)
    return [*(ClassStyle(QColor(*colour), Shape.CIRCLE) for colour in colours.tolist()), unknown_style()]


def steps_of(values: NDArray[np.float64], low: float, high: float) -> NDArray[np.intp]:
    """Step of each value between two ends, which those beyond share; UNKNOWN where it is NaN, [N]."""
    share = (values - low) / (high - low) if high > low else np.where(np.isnan(values), np.nan, 0.5)
    known = np.nan_to_num(share).clip(0.0, 1.0)
    return np.where(np.isnan(share), UNKNOWN, np.minimum(known * STEPS, STEPS - 1)).astype(np.intp)


class ColourBar(QWidget):
    """The scale from bottom to top with a few values beside it, and a name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("colour_bar")
        self._name, self._ends = "", (0.0, 1.0)
        self._text: Callable[[float], str] = str
        self._has_unknown = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def show_scale(
        self, name: str, ends: tuple[float, float], text: Callable[[float], str], *, has_unknown: bool
    ) -> None:
        """Say what the colours mean: a name, the values of both ends, and how a value is written."""
        self._name, self._ends, self._text, self._has_unknown = name, ends, text, has_unknown
        self.setAccessibleName(
            tr("{name}, from {ends} to {ends_2}").format(name=name, ends=text(ends[0]), ends_2=text(ends[1]))
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for a few words."""
        return QSize(16 * UNIT, 24 * UNIT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bar, values and name."""
        painter = QPainter(self)
        line = QFontMetrics(self.font()).height()
        words = QRectF(0, 0, self.width(), 3 * line)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
        used = painter.boundingRect(words, wrap, self._name)
        painter.drawText(words, wrap, self._name)
        below = line + UNIT if self._has_unknown else 0
        bar = QRectF(UNIT // 2, used.bottom() + UNIT + line / 2, _BAR, 0)
        bar.setBottom(self.height() - below - UNIT - line / 2)
        fill_with_scale(painter, bar, bar.bottomLeft(), bar.topLeft())
        painter.setFont(digits_font())
        painter.setPen(muted(self.palette()))
        low, high = self._ends
        beside = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for share in np.linspace(0, 1, _TICKS).tolist():
            y = bar.bottom() - share * bar.height()
            painter.drawLine(int(bar.right()), int(y), int(bar.right()) + 4, int(y))
            place = QRectF(bar.right() + UNIT, y - line / 2, self.width() - bar.right() - UNIT, line)
            painter.drawText(place, beside, self._text(low + share * (high - low)))
        if self._has_unknown:
            patch = QRectF(bar.left(), self.height() - line, _BAR, line - 2)
            painter.fillRect(patch, unknown_style().colour)
            painter.setFont(self.font())
            painter.drawText(patch.adjusted(_BAR + UNIT, 0, self.width(), 0), beside, tr("no value"))


def fill_with_scale(painter: QPainter, bar: QRectF, low: QPointF, high: QPointF) -> None:
    """Paint the scale into a rectangle, from the place of the least value to that of the largest."""
    gradient = QLinearGradient(low, high)
    for step, style in enumerate(scale_styles()[:STEPS]):
        gradient.setColorAt(step / (STEPS - 1), style.colour)
    painter.fillRect(bar, gradient)


def unknown_style() -> ClassStyle:
    """The look of what has no value."""
    return ClassStyle(QColor("#8a8a8a"), Shape.CIRCLE)
