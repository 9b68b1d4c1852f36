"""What keys do in a plot, as the mouse does it, and the frame that says that it has the keyboard."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

_STEP = 0.1
"""Share of what is seen that an arrow key moves it by."""
_ZOOM = 1.25
_MOVES: Mapping[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Up: (0, 1),
}
_ZOOMS: Mapping[int, float] = {Qt.Key.Key_Plus: 1 / _ZOOM, Qt.Key.Key_Equal: 1 / _ZOOM, Qt.Key.Key_Minus: _ZOOM}


def move_by_key(view: Any, key: int) -> bool:
    """Pan or zoom pyqtgraph's `view` by an arrow key, plus or minus; says whether the key does that."""
    if key in _ZOOMS:
        view.scaleBy((_ZOOMS[key], _ZOOMS[key]))
        return True
    if key in _MOVES:
        seen, (right, up) = view.viewRect(), _MOVES[key]
        view.translateBy(x=right * _STEP * seen.width(), y=up * _STEP * seen.height())
        return True
    return False


def paint_focus(widget: QWidget) -> None:
    """Draw a frame just inside a widget."""
    with QPainter(widget) as painter:
        painter.setPen(QPen(widget.palette().color(QPalette.ColorRole.Highlight), 2))
        painter.drawRect(widget.rect().adjusted(1, 1, -1, -1))
