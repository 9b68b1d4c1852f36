"""Vertical marks with a text on a plot: what was changed at which step."""

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from explorer import theme

_NEAR = 5
"""Pixels from a mark at which its text belongs to the pointer."""


class StepMarks(pg.GraphicsObject):  # type: ignore[misc] # pyqtgraph has no types
    """All marks of one plot, drawn in pixels over its view.

    Lines are always drawn. A text is drawn where it has room, newest first; the others are told by `texts_at`.
    """

    def __init__(self, view: pg.ViewBox, *, labelled: bool) -> None:
        super().__init__(view)
        self._view = view
        self._labelled = labelled
        self._marks: dict[float, str] = {}
        self._told: dict[float, str] = {}
        self._line, self._text, self._ground = QColor(), QColor(), QColor()
        self._font = QFont()
        view.sigRangeChanged.connect(self._on_view_changed)
        view.sigResized.connect(self._on_view_changed)

    def add(self, step: float, text: str, told: str = "") -> None:
        """Mark a step; several texts of one step stand together. The pointer is told `told`, where that says more."""
        for texts, new in ((self._marks, text), (self._told, told or text)):
            before = texts.get(step)
            texts[step] = f"{before}, {new}" if before else new
        self._marks = dict(sorted(self._marks.items()))
        self.update()

    def clear(self) -> None:
        """Take all marks away."""
        self._marks.clear()
        self._told.clear()
        self.update()

    def set_theme(self, line: QColor, text: QColor, ground: QColor, font: QFont) -> None:
        """Take colours and font of the palette."""
        self._line, self._text, self._ground, self._font = line, text, ground, font
        self.update()

    def texts_at(self, x: float) -> list[str]:
        """Texts of the marks under or close beside `x`, in axis coordinates."""
        place = self._pixel(x)
        return [self._told[step] for step in self._marks if abs(self._pixel(step) - place) <= _NEAR]

    def labels(self) -> list[tuple[QRectF, str]]:
        """Texts that have room and where they stand, newest first, in pixels of the view."""
        metrics, room, gap = QFontMetricsF(self._font), self.boundingRect(), theme.UNIT / 2
        lines = [self._pixel(step) for step in self._marks]
        limit = room.right()  # no text reaches over the mark or the text to its right
        placed: list[tuple[QRectF, str]] = []
        for place, text in reversed(list(enumerate(self._marks.values()))):
            line, before = lines[place], lines[place - 1] if place else room.left()
            width = metrics.horizontalAdvance(text)
            if room.left() <= line and line + gap + width <= limit:
                placed.append((QRectF(line + gap, gap, width, metrics.height()), text))
            elif line - gap - width >= max(before, room.left()) and line <= limit:
                placed.append((QRectF(line - gap - width, gap, width, metrics.height()), text))
            limit = min(limit, line, *(rect.left() for rect, _ in placed[-1:]))
        return placed

    def boundingRect(self) -> QRectF:
        """The whole view."""
        return QRectF(self._view.rect())

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw lines and texts."""
        room = self.boundingRect()
        painter.setPen(QPen(self._line, 1, Qt.PenStyle.DashLine))
        for step in self._marks:
            x = round(self._pixel(step))
            if room.left() <= x <= room.right():
                painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
        if self._labelled:
            painter.setPen(self._text)
            painter.setFont(self._font)
            for place, text in self.labels():
                painter.fillRect(place, self._ground)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)

    def _pixel(self, x: float) -> float:
        return float(self._view.mapFromView(QPointF(x, 0.0)).x())

    def _on_view_changed(self) -> None:
        self.prepareGeometryChange()
        self.update()
