"""Names of the curves in a corner of a plot."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from explorer import theme

_LINE = 20
"""Length of the piece of line before a name, pixels."""


class PlotLegend(pg.GraphicsObject):  # type: ignore[misc] # pyqtgraph has no types
    """One row of line and name for each curve, at the top or bottom right of a view, drawn in pixels.

    It is left out where it would take more than the share `most` of the view's height, and hide the curves.
    """

    def __init__(
        self, view: pg.ViewBox, entries: Sequence[tuple[str, QPen]], *, at_bottom: bool = False, most: float = 1.0
    ) -> None:
        super().__init__(view)
        self._view, self._at_bottom, self._most = view, at_bottom, most
        self._entries = tuple(entries)
        self._text, self._ground = QColor(), QColor()
        self._font = QFont()
        self.setZValue(5)
        view.sigResized.connect(self._on_resized)

    def set_theme(self, text: QColor, ground: QColor, font: QFont) -> None:
        """Take colours and font of the palette."""
        self._text, self._ground, self._font = text, ground, font
        self._on_resized()

    def set_entries(self, entries: Sequence[tuple[str, QPen]]) -> None:
        """Name other curves; none at all leaves nothing to be seen."""
        self._entries = tuple(entries)
        self._on_resized()

    def boundingRect(self) -> QRectF:
        """The corner it fills."""
        metrics = QFontMetricsF(self._font)
        names = (metrics.horizontalAdvance(name) for name, _ in self._entries)
        width, height = _LINE + theme.UNIT + max(names, default=0.0), metrics.height() * len(self._entries)
        right = self._view.rect().right() - theme.UNIT / 2
        top = self._view.rect().bottom() - height - theme.UNIT / 2 if self._at_bottom else theme.UNIT / 2
        return QRectF(right - width, top, width, height)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw lines and names."""
        area = self.boundingRect()
        if not self._entries or area.height() > self._most * self._view.rect().height():
            return
        height = area.height() / len(self._entries)
        painter.fillRect(area, self._ground)
        painter.setFont(self._font)
        for row, (name, pen) in enumerate(self._entries):
            middle = round(area.top() + (row + 0.5) * height)
            painter.setPen(pen)
            painter.drawLine(QPointF(area.left(), middle), QPointF(area.left() + _LINE, middle))
            painter.setPen(self._text)
            place = QRectF(area.left() + _LINE + theme.UNIT, middle - height / 2, area.width(), height)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)

    def _on_resized(self) -> None:
        self.prepareGeometryChange()
        self.update()
