"""A mouse over a plot: every event as the window system would deliver it, with its buttons and modifiers."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NO_KEY = Qt.KeyboardModifier.NoModifier


def move(widget: QWidget, at: QPoint, buttons: Qt.MouseButton = NO_BUTTON) -> None:
    """Move the mouse to a place."""
    _send(widget, QEvent.Type.MouseMove, at, NO_BUTTON, buttons, NO_KEY)


def press(widget: QWidget, at: QPoint, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    """Press the left button."""
    _send(widget, QEvent.Type.MouseButtonPress, at, LEFT, LEFT, modifiers)


def release(widget: QWidget, at: QPoint, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    """Let the left button go."""
    _send(widget, QEvent.Type.MouseButtonRelease, at, LEFT, NO_BUTTON, modifiers)


def click(widget: QWidget, at: QPoint, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    """Move to a place, press and let go."""
    move(widget, at)
    press(widget, at, modifiers)
    release(widget, at, modifiers)


def drag(widget: QWidget, *places: QPoint, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    """Press at the first place, move to each of the others in four steps, let go."""
    move(widget, places[0])
    press(widget, places[0], modifiers)
    for start, end in pairwise(places):
        for step in range(1, 5):
            move(widget, start + (end - start) * step / 4, LEFT)
    release(widget, places[-1], modifiers)


def leave(view: QAbstractScrollArea) -> None:
    """Take the mouse out of a view: its viewport and the view itself learn of it."""
    for widget in (view.viewport(), view):
        QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))


def _send(
    widget: QWidget,
    kind: QEvent.Type,
    at: QPoint,
    button: Qt.MouseButton,
    buttons: Qt.MouseButton,
    modifiers: Qt.KeyboardModifier,
) -> None:
    event = QMouseEvent(kind, QPointF(at), QPointF(widget.mapToGlobal(at)), button, buttons, modifiers)
    QApplication.sendEvent(widget, event)
