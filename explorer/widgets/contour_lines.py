"""Lines of equal density over a map."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPalette, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

_HALO = 2.0
"""Pixels that the ground shows beside a line, which parts it from the points."""


@dataclass(frozen=True, eq=False)
class ContourLine:
    """Closed lines that look alike."""

    loops: tuple[NDArray[np.float32], ...]
    """[V, 2], in item coordinates"""
    width: float
    """In pixels."""
    colour: QColor | None = None
    """None: that of the text."""


class ContourLines(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """Lines that keep their width however far the map is zoomed."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[ContourLine, list[QPolygonF]]] = []
        self._area = QRectF()

    def set_lines(self, lines: Sequence[ContourLine]) -> None:
        """Show these lines, later ones over earlier ones."""
        self.prepareGeometryChange()
        self._lines = [(line, list(map(_polygon, line.loops))) for line in lines]
        self._area = QRectF()
        for _, polygons in self._lines:
            for polygon in polygons:
                self._area = self._area.united(polygon.boundingRect())
        self.update()

    def boundingRect(self) -> QRectF:
        """Around all lines, with room for their width."""
        if self._area.isNull():
            return self._area
        across, down = self.pixelVectors()
        pixel = max(across.length(), down.length()) if across is not None and down is not None else 0.0
        return self._area.adjusted(-4 * pixel, -4 * pixel, 4 * pixel, 4 * pixel)

    def viewTransformChanged(self) -> None:
        """A pixel is of another size."""
        super().viewTransformChanged()
        self.prepareGeometryChange()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw all lines on their grounds first, so that none cuts through another."""
        view, on_screen = self.getViewWidget(), self.deviceTransform_()
        if view is None or on_screen is None:
            return
        palette = view.palette()
        ground, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        to_device = painter.transform()
        larger = to_device.m11() / on_screen.m11()  # in an exported picture
        painter.save()
        painter.resetTransform()
        shown = [(line, [to_device.map(polygon) for polygon in polygons]) for line, polygons in self._lines]
        draw = _draw_on_screen if math.isclose(larger, 1, rel_tol=1e-6) and not _is_vectors(painter) else _draw
        for line, polygons in shown:
            draw(painter, polygons, ground, larger * (line.width + _HALO))
        for line, polygons in shown:
            draw(painter, polygons, line.colour or text, larger * line.width)
        painter.restore()


def _is_vectors(painter: QPainter) -> bool:
    return painter.paintEngine().type() == QPaintEngine.Type.SVG


def _draw(painter: QPainter, polygons: Sequence[QPolygonF], colour: QColor, width: float) -> None:
    painter.setPen(QPen(colour, width))
    for polygon in polygons:
        painter.drawPolyline(polygon)


def _draw_on_screen(painter: QPainter, polygons: Sequence[QPolygonF], colour: QColor, width: float) -> None:
    """Draw a wide line as several of one pixel beside each other, which Qt does ten times as fast."""
    reach = max(0.0, (width - 1) / 2)
    for across, down in ((-reach, 0), (reach, 0), (0, -reach), (0, reach)) if reach else ((0, 0),):
        painter.setTransform(QTransform.fromTranslate(across, down))
        _draw(painter, polygons, colour, 1.0)


def _polygon(loop: NDArray[np.float32]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in loop.tolist()])
