"""What is dropped on the window: a run or embeddings, which are opened, or images, which are chosen."""

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from explorer.controllers.assembly import Controllers
from explorer.widgets.drops import local_paths


class DropController(QObject):
    """Takes files and folders; what cannot be used gets a sentence when it is dropped."""

    panel_wanted = Signal(str)
    """Name of the dock that shows what was dropped."""

    def __init__(self, window: QWidget, others: Controllers) -> None:
        super().__init__(window)
        self._others = others
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer a drag over the window, and take what is let go."""
        if isinstance(event, QDragEnterEvent):
            if local_paths(event.mimeData()):
                event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            event.acceptProposedAction()
            self._take(event.mimeData())
            return True
        return super().eventFilter(watched, event)

    def _take(self, mime: QMimeData) -> None:
        paths, others = local_paths(mime), self._others
        if others.embedded.open_dropped(paths):
            return
        if others.data.is_data(paths):
            self.panel_wanted.emit("setup")
            others.panels.setup.take_drop(mime)
        else:
            others.run.open_dropped(paths)
