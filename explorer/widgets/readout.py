"""What stands beside the pointer while it hovers."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from explorer import theme

_GAP = 2 * theme.UNIT


def place_beside(note: QWidget, pointer: QPoint, room: QRect) -> None:
    """Move a note beside the pointer: to the right of it or else to the left, and never out of the room."""
    x = pointer.x() + _GAP
    if x + note.width() > room.right():
        x = pointer.x() - _GAP - note.width()
    y = min(pointer.y() + _GAP, room.bottom() - note.height())
    note.move(max(room.left(), x), max(room.top(), y))


class Readout(QLabel):
    """A small text beside the pointer that never leaves its parent and never takes the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.digits_font())
        self.setAutoFillBackground(True)
        self.setFrameStyle(QFrame.Shape.StyledPanel | QFrame.Shadow.Plain)
        self.setMargin(theme.UNIT // 2)
        self.hide()

    def show_beside(self, pointer: QPoint, text: str) -> None:
        """Appear with a text beside a position of the parent."""
        self.setText(text)
        self.adjustSize()
        place_beside(self, pointer, self._room.rect())
        self.show()
