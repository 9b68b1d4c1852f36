"""Real mouse events where QTest is too coarse: moves with a button down, and the wheel."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.widgets.plot import Plot


def move(widget: QWidget, at: QPoint, buttons: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """Move the pointer to a place in the widget."""
    where, none = QPointF(widget.mapToGlobal(at)), Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(at), where, Qt.MouseButton.NoButton, buttons, none)
    QApplication.sendEvent(widget, event)


def drag(qtbot: QtBot, widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Press the left button at one place and release it at another."""
    move(widget, start)
    qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.25, 0.5, 0.75, 1.0):
        move(widget, start + (end - start) * share, Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)


def wheel(widget: QWidget, at: QPoint, notches: int = 1) -> None:
    """Turn the wheel over a place."""
    event = QWheelEvent(
        QPointF(at),
        QPointF(widget.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def centre(plot: Plot) -> QPoint:
    """The middle of a plot's view, in its viewport."""
    return plot.mapFromScene(plot.view.sceneBoundingRect().center())


def pixel(plot: Plot, x: float, y: float) -> QPoint:
    """Where a point in axis coordinates lies in a plot's viewport."""
    return plot.mapFromScene(plot.view.mapViewToScene(QPointF(x, y)))
