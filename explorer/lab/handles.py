"""A plot with marks that are dragged, or moved by the arrow keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPen
from PySide6.QtWidgets import QWidget

from explorer.theme import Shape
from explorer.translation import tr
from explorer.widgets.marks import mark_path
from explorer.widgets.plot import Plot, Range, curve_pen
from explorer.widgets.plot_export import Table

Floats = NDArray[np.float64]
SIZE = 16
"""Of a handle, in pixels."""
_REACH = 14
"""Pixels from a handle within which a press takes hold of it."""
_ABOVE, _BELOW = 1.45, -0.45
"""Where a name is held, of its height from above."""
_NAME_GROUND = 0.75
"""Opacity of what lies behind a name, so that it reads over lines."""
_STEP, _LEAP = 0.01, 0.1
"""What an arrow key moves a handle by, and with Shift, of what is seen of the axis."""
_KEYS: Mapping[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Up: (0, 1),
}
_HOW = tr("Drag a mark, or choose it with Tab and move it with the arrow keys (Shift: ten times as far).")


def faint(colour: QColor, share: float) -> QColor:
    """A colour that lets through what lies below it."""
    made = QColor(colour)
    made.setAlphaF(share)
    return made


_AT = tr("{} at {}, {}")


@dataclass(frozen=True)
class Handle:
    """How a mark looks that can be moved."""

    name: str
    colour: QColor
    shape: Shape = Shape.CIRCLE
    is_written: bool = True
    """Whether its name stands beside it."""
    is_below: bool = False
    """Whether it stands below the mark in place of above, where an arrow would cross it."""


class HandlePlot(Plot):
    """A plot whose handles say where the user wants them, and stay where they are until somebody puts them there.

    Parameters
    ----------
    name
        See `Plot`.
    handles
        What can be moved; Tab goes through them in this order.
    x, y
        What 'fit' shows of both axes; no handle leaves it.
    fixed
        Whether the marks only show what is moved elsewhere.
    """

    moved = Signal(int, float, float)
    """The user wants the handle of this number here, in data units."""

    def __init__(
        self,
        name: str,
        handles: Sequence[Handle],
        x: Range,
        y: Range,
        *,
        fixed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._handles, self._is_fixed = tuple(handles), fixed or not handles
        self._limits = (x, y)
        self._places = np.zeros((len(self._handles), 2))
        self._held: int | None = None
        self._current = 0
        # pyqtgraph keeps drawn marks as long as symbol, pen and brush are the same objects.
        self._symbols = [mark_path(handle.shape, 1.0) for handle in self._handles]
        self._brushes = [QBrush(handle.colour) for handle in self._handles]
        self._pens = (QPen(), QPen())
        self._marks = pg.ScatterPlotItem(size=SIZE)
        self._marks.setZValue(25)
        self._names = {
            index: pg.TextItem(handle.name, anchor=(0.5, _BELOW if handle.is_below else _ABOVE))
            for index, handle in enumerate(self._handles)
            if handle.is_written
        }
        self.view.addItem(self._marks, ignoreBounds=True)
        for text in self._names.values():
            text.setZValue(14)
            self.view.addItem(text, ignoreBounds=True)
        self.setAntialiasing(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if self._is_fixed else Qt.FocusPolicy.StrongFocus)
        self.setToolTip("" if self._is_fixed else _HOW)
        self.recoloured.connect(self._recolour)
        self.set_home(x, y)
        self._recolour()

    def put(self, places: Floats) -> None:
        """Put all handles at their places [H, 2], in data units."""
        self._places = np.array(places, dtype=np.float64)
        self._draw()

    def table(self) -> Table:
        """Names and places of the handles, for the export."""
        rows = [(handle.name, x, y) for handle, (x, y) in zip(self._handles, self._places.tolist(), strict=True)]
        return Table(("mark", *self._labels), rows)

    # --- by mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the handle below the pointer; elsewhere, pan."""
        self._held = self._at(event.position().toPoint()) if event.button() == Qt.MouseButton.LeftButton else None
        if self._held is None:
            super().mousePressEvent(event)
            return
        self._current = self._held
        self._draw()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held."""
        position = event.position().toPoint()
        if self._held is not None:
            self._want(self._held, self.view.mapSceneToView(self.mapToScene(position)))
            event.accept()
            return
        over = self._at(position) is not None
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._held is None:
            super().mouseReleaseEvent(event)
        self._held = None
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit, unless it is a handle that was clicked."""
        if self._at(event.position().toPoint()) is None:
            super().mouseDoubleClickEvent(event)
        event.accept()

    # --- by keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the chosen handle."""
        if self._is_fixed or event.key() not in _KEYS:
            super().keyPressEvent(event)
            return
        share = _LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
        ranges = self.view.viewRange()
        steps = [share * (high - low) * way for (low, high), way in zip(ranges, _KEYS[event.key()], strict=True)]
        self._want(self._current, QPointF(*(self._places[self._current] + steps)))
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next handle, and from the last one on to the next control."""
        chosen = self._current + (1 if forward else -1)
        if not self.hasFocus() or not 0 <= chosen < len(self._handles):
            return bool(super().focusNextPrevChild(forward))
        self._current = chosen
        self._draw()
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the handle on the side that Tab comes from."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._current = 0
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._current = max(0, len(self._handles) - 1)
        self._draw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no handle as chosen."""
        super().focusOutEvent(event)
        if not self.closed:  # its last event comes when its marks are gone
            self._draw()

    # --- both

    def _at(self, position: QPoint) -> int | None:
        """The nearest handle within reach of a place in pixels; None where it cannot be moved."""
        if self._is_fixed:
            return None
        seen = [self.mapFromScene(self.view.mapViewToScene(QPointF(x, y))) for x, y in self._places.tolist()]
        apart = [(point - position).manhattanLength() for point in seen]
        nearest = int(np.argmin(apart))
        return nearest if apart[nearest] <= _REACH else None

    def _want(self, index: int, place: QPointF) -> None:
        (left, right), (bottom, top) = self._limits
        self.moved.emit(index, min(max(place.x(), left), right), min(max(place.y(), bottom), top))

    def _recolour(self) -> None:
        """Take the colours of the theme: the ground parts marks from what is below, the text marks the chosen one."""
        self._pens = curve_pen(self.ink(0.0), width=1.5), curve_pen(self.ink(1.0), width=3)
        for text in self._names.values():
            text.setColor(self.ink(1.0))
            text.fill = pg.mkBrush(faint(self.ink(0.0), _NAME_GROUND))
        self._draw()

    def _draw(self) -> None:
        chosen = self._current if self.hasFocus() else None
        pens = [self._pens[index == chosen] for index in range(len(self._handles))]
        if self._handles:
            self._marks.setData(pos=self._places, symbol=self._symbols, brush=self._brushes, pen=pens)
        for index, text in self._names.items():
            text.setPos(*self._places[index].tolist())
        how = "" if self._is_fixed else f"{_HOW} "
        self.setAccessibleDescription(how + self._places_in_words())

    def _places_in_words(self) -> str:
        named = zip(self._handles, self._places.tolist(), strict=True)
        return "; ".join(_AT.format(handle.name, f"{x:.2f}", f"{y:.2f}") for handle, (x, y) in named)
