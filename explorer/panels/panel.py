"""What every panel that shows live data has in common: it redraws when told, not when data arrives."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget


class LivePanel(QWidget):
    """A panel that collects data cheaply and redraws once a tick of the scheduler, and only while visible."""

    due = Signal()
    """There is something new and somebody to see it, so the scheduler is to go round."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stale = False

    def mark_stale(self) -> None:
        """Say that something new should be drawn."""
        self._stale = True
        if self.isVisible():
            self.due.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what came while nobody saw it."""
        super().showEvent(event)
        if self._stale:
            self.due.emit()

    def redraw_if_due(self) -> bool:
        """Redraw if there is something new and somebody to see it; says whether it did."""
        if not self._stale or not self.isVisible():
            return False
        self._stale = False
        self.redraw()
        return True

    def redraw(self) -> None:
        """Draw the newest data, within 16 ms; a panel that draws nothing itself needs none of its own."""
