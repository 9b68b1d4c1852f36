"""Small crosses at the lower edge of a plot: steps at which something went wrong."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from explorer import theme

_ARM = 3
"""Half the size of a cross, pixels."""


class StepCrosses(pg.GraphicsObject):  # type: ignore[misc] # pyqtgraph has no types
    """A cross for each step, drawn in pixels over a view; crosses that would cover one another are drawn once."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view)
        self._view = view
        self._steps: NDArray[np.float64] = np.empty(0)
        self._colour = QColor()
        view.sigRangeChanged.connect(self._on_view_changed)
        view.sigResized.connect(self._on_view_changed)

    def set_steps(self, steps: NDArray[np.float64]) -> None:
        """Mark these steps [n]."""
        if len(steps) != len(self._steps):
            self._steps = steps
            self.update()

    def set_colour(self, colour: QColor) -> None:
        """Take the colour of a theme."""
        self._colour = colour
        self.update()

    def places(self) -> list[int]:
        """Where the crosses stand, in pixels from the left."""
        room, (left, right) = self.boundingRect(), self._view.viewRange()[0]
        seen = self._steps[(self._steps >= left) & (self._steps <= right)]
        pixels = room.left() + (seen - left) / (right - left) * room.width()
        columns = np.unique(pixels // (2 * _ARM)) * 2 * _ARM + _ARM
        return [int(column) for column in columns]

    def boundingRect(self) -> QRectF:
        """The whole view."""
        return QRectF(self._view.rect())

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the crosses."""
        if not len(self._steps):
            return
        painter.setPen(QPen(self._colour, 2))
        middle = self.boundingRect().bottom() - theme.UNIT / 2
        for place in self.places():
            for slope in (-1, 1):
                painter.drawLine(
                    QPointF(place - _ARM, middle - slope * _ARM), QPointF(place + _ARM, middle + slope * _ARM)
                )

    def _on_view_changed(self) -> None:
        self.prepareGeometryChange()
        self.update()
