"""What is drawn in a plane beside its handles: lines, arrows, circles and clouds of points."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from explorer.lab.handles import Floats
from explorer.theme import class_style
from explorer.widgets.marks import mark_path
from explorer.widgets.plot import curve_pen

_HEAD, _SHORT = 0.035, 0.4
"""Length of an arrow's head: of the width of what is seen, and of a short arrow."""
_SPREAD = 0.45
"""Half the angle of an arrow's head, radians."""
_CLOUD_SIZE = 9
"""Of a point, in pixels."""


class Lines(pg.PlotCurveItem):  # type: ignore[misc] # pyqtgraph has no types
    """Straight lines."""

    def __init__(self, pen: QPen) -> None:
        super().__init__(pen=pen, connect="pairs", antialias=True)

    def show_lines(self, starts: Floats, ends: Floats) -> None:
        """Draw lines between points, both [N, 2]."""
        x, y = np.stack([starts, ends], axis=1).reshape(-1, 2).T
        self.setData(x, y, connect="pairs")


class Arrows(Lines):
    """Arrows; those without length are points, and not seen.

    Parameters
    ----------
    pen
        Of shaft and head.
    width
        Of the plane, in its own units.
    """

    def __init__(self, pen: QPen, width: float) -> None:
        super().__init__(pen)
        self._head = _HEAD * width
        self.setZValue(20)

    def show_arrows(self, starts: Floats, steps: Floats) -> None:
        """Draw arrows from points along steps, both [N, 2]."""
        ends = starts + steps
        lengths = np.linalg.norm(steps, axis=1, keepdims=True)
        back = -steps / np.maximum(lengths, 1e-12) * np.minimum(self._head, _SHORT * lengths)
        heads = [back @ _turn(angle) for angle in (_SPREAD, -_SPREAD)]
        self.show_lines(np.concatenate([starts, ends, ends]), np.concatenate([ends, *(ends + head for head in heads)]))


class Circle(QGraphicsPathItem):
    """A circle about a point, or what lies between two of them."""

    def __init__(self, pen: QPen, fill: QColor | None = None) -> None:
        super().__init__()
        self.setPen(pen)
        if fill is not None:
            self.setBrush(fill)

    def show_circle(self, centre: Floats, radius: float, inner: float = 0.0) -> None:
        """Draw it about a point [2], with a hole of radius `inner`."""
        middle, path = QPointF(*centre.tolist()), QPainterPath()
        for each in (radius, inner):
            path.addEllipse(middle, each, each)
        self.setPath(path)


class Cloud(pg.ScatterPlotItem):  # type: ignore[misc] # pyqtgraph has no types
    """Points in the colours and shapes of their classes."""

    def __init__(self, size: int = _CLOUD_SIZE) -> None:
        super().__init__(size=size, antialias=True)
        self.setZValue(10)

    def show_points(self, points: Floats, classes: NDArray[np.intp], ground: QColor) -> None:
        """Draw points [N, 2] of classes [N], apart from one another by the colour of the ground."""
        styles = [class_style(index) for index in range(int(classes.max()) + 1)]
        symbols = [mark_path(style.shape, 1.0) for style in styles]
        brushes = [QBrush(style.colour) for style in styles]
        self.setData(
            pos=points,
            symbol=[symbols[index] for index in classes],
            brush=[brushes[index] for index in classes],
            pen=curve_pen(ground, width=1),
        )


class Rings(pg.ScatterPlotItem):  # type: ignore[misc] # pyqtgraph has no types
    """Circles of a size in pixels around points that are meant."""

    def __init__(self, size: int = 2 * _CLOUD_SIZE) -> None:
        super().__init__(size=size, brush=None, antialias=True)
        self.setZValue(11)

    def show_rings(self, points: Floats, colour: QColor) -> None:
        """Draw them around points [N, 2]."""
        self.setData(pos=points, pen=curve_pen(colour, width=1.5))


def dashed(colour: QColor, width: float = 2.0) -> QPen:
    """A dashed line, as impostor pairs have it."""
    return curve_pen(colour, Qt.PenStyle.DashLine, width)


def _turn(angle: float) -> Floats:
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
