"""Drops as Qt delivers them: an enter event that finds its target, then the drop itself."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget


def files(*paths: Path) -> QMimeData:
    """What a file manager offers."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def enter(widget: QWidget, mime: QMimeData) -> bool:
    """Drag over the middle of `widget`; says whether it, or a parent, would take the drop."""
    event = QDragEnterEvent(_middle(widget), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, _NONE)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drop(widget: QWidget, mime: QMimeData) -> bool:
    """Drag over `widget` and let go; says whether somebody took it."""
    if not enter(widget, mime):
        return False
    event = QDropEvent(QPointF(_middle(widget)), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, _NONE)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


_NONE = Qt.KeyboardModifier.NoModifier


def _middle(widget: QWidget) -> QPoint:
    return widget.rect().center()
