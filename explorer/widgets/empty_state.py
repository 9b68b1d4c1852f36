"""What stands in a panel that has nothing to show yet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer import theme
from explorer.widgets.message import QuietLabel


class EmptyState(QuietLabel):
    """A quiet text in the middle: what will stand here, and how to get it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMargin(2 * theme.UNIT)
        self.setMinimumWidth(20 * theme.UNIT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
