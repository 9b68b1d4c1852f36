"""Scrolling a panel must not change the controls that pass below the mouse."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class _WheelFilter(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()  # the parent gets it, so the panel scrolls
            return True
        return False


def wheel_only_when_focused(control: QWidget) -> None:
    """Let the wheel change `control` only after it was clicked or tabbed to."""
    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    control.installEventFilter(_WheelFilter(control))
