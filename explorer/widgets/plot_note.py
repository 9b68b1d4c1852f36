"""A few words in a corner of a plot."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from explorer import theme

Floats = NDArray[np.float64]
_COLUMNS = 32
"""Places across the note at which a line may cross it."""
_GROUND = 0.8
"""Opacity of what lies behind the words, so that they read over a curve."""
_SMALL = 0.9
"""Size of the words, of the plot's font."""


class PlotNote(pg.GraphicsObject):  # type: ignore[misc] # pyqtgraph has no types
    """Lines of text in one corner of a view, in pixels, however far it is zoomed.

    Parameters
    ----------
    view
        Where it stands.
    corners
        Where it may stand, the best place first: one horizontal and one vertical alignment each.
    """

    def __init__(self, view: pg.ViewBox, corners: Sequence[Qt.AlignmentFlag]) -> None:
        super().__init__(view)
        self._view, self._corners, self._corner = view, corners, corners[0]
        self._lines: tuple[str, ...] = ()
        self._line: tuple[Floats, Floats] = np.empty(0), np.empty(0)
        self._text, self._ground = QColor(), QColor()
        self._font = QFont()
        self.setZValue(5)
        view.sigResized.connect(self._on_changed)

    def set_lines(self, *lines: str) -> None:
        """Say something else; nothing without lines."""
        if lines != self._lines:
            self._lines = lines
            self._on_changed()

    def avoid(self, x: Floats, y: Floats) -> None:
        """Stand in the first corner that a line through points [K] in axis coordinates, x ascending, does not cross."""
        self._line = x, y
        self._on_changed()

    def lines(self) -> tuple[str, ...]:
        """What it says."""
        return self._lines

    def set_theme(self, text: QColor, ground: QColor, font: QFont) -> None:
        """Take colours and font of the palette."""
        self._text, self._ground, self._font = text, QColor(ground), QFont(font)
        self._ground.setAlphaF(_GROUND)
        self._font.setPointSizeF(font.pointSizeF() * _SMALL)
        self._on_changed()

    def boundingRect(self) -> QRectF:
        """The corner it fills."""
        return self._area(self._corner)

    def _area(self, corner: Qt.AlignmentFlag) -> QRectF:
        metrics = QFontMetricsF(self._font)
        width = max((metrics.horizontalAdvance(line) for line in self._lines), default=0.0)
        room = self._view.rect().adjusted(theme.UNIT / 2, theme.UNIT / 2, -theme.UNIT / 2, -theme.UNIT / 2)
        area = QRectF(0, 0, width, metrics.height() * len(self._lines))
        right, bottom = corner & Qt.AlignmentFlag.AlignRight, corner & Qt.AlignmentFlag.AlignBottom
        area.moveLeft(room.right() - area.width() if right else room.left())
        area.moveTop(room.bottom() - area.height() if bottom else room.top())
        return area

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the lines."""
        area = self.boundingRect()
        painter.fillRect(area, self._ground)
        painter.setFont(self._font)
        painter.setPen(self._text)
        side = Qt.AlignmentFlag.AlignRight if self._corner & Qt.AlignmentFlag.AlignRight else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignTop), "\n".join(self._lines))

    def _is_free(self, corner: Qt.AlignmentFlag) -> bool:
        x, y = self._line
        if not len(x):
            return True
        area = self._view.mapToView(self._area(corner)).boundingRect()
        rows = np.interp(np.linspace(area.left(), area.right(), _COLUMNS), x, y)
        return not bool(((rows >= area.top()) & (rows <= area.bottom())).any())

    def _on_changed(self) -> None:
        self.prepareGeometryChange()
        self._corner = next(filter(self._is_free, self._corners), self._corners[0])
        self.update()
