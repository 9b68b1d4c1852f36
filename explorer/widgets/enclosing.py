"""Enclosing points with the mouse: a rectangle or a freehand line, drawn while the button is down."""

from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

_NEAR = 2.0
"""Pixels that a freehand line must go on before it gets another corner."""


class Tool(Enum):
    """What a drag on the map does."""

    MOVE = "move"
    RECTANGLE = "rectangle"
    LASSO = "lasso"


class Enclosure:
    """What has been enclosed so far, in pixels of the picture."""

    def __init__(self, tool: Tool, start: QPointF) -> None:
        self._tool = tool
        self._corners = [start]

    def extend(self, place: QPointF) -> None:
        """Go on to where the mouse is now."""
        if self._tool is Tool.RECTANGLE:
            self._corners[1:] = [place]
        elif (place - self._corners[-1]).manhattanLength() >= _NEAR:
            self._corners.append(place)

    def path(self) -> QPainterPath:
        """The closed outline."""
        path = QPainterPath()
        if self._tool is Tool.RECTANGLE:
            path.addRect(QRectF(self._corners[0], self._corners[-1]).normalized())
        else:
            path.addPolygon(QPolygonF(self._corners))
            path.closeSubpath()
        return path

    def mask(self, size: QSize) -> NDArray[np.uint8]:
        """Which pixels of a picture of this size lie inside, uint8 [H, W], 255 where they do."""
        image = QImage(size, QImage.Format.Format_Grayscale8)
        image.fill(0)
        with QPainter(image) as painter:
            painter.fillPath(self.path(), QColor(Qt.GlobalColor.white))
        rows = np.array(image.constBits(), np.uint8).reshape(size.height(), image.bytesPerLine())
        return rows[:, : size.width()]

    def draw(self, painter: QPainter, colour: QColor) -> None:
        """Draw outline and a light fill."""
        fill = QColor(colour)
        fill.setAlphaF(0.1)
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(fill)
        painter.drawPath(self.path())
