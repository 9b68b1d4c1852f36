"""A line that must be seen until somebody has put it away."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from explorer import theme
from explorer.icons import icon
from explorer.translation import tr
from explorer.widgets.message import Message


class Notice(QWidget):
    """A problem in a panel with a button that puts it away; takes no space while there is none."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message = Message()
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QToolButton()
        close.setObjectName("dismiss_notice")
        close.setAccessibleName(tr("Dismiss the warning"))
        close.setToolTip(tr("Put this away; it stays in the messages, and its mark on the curves."))
        close.setIcon(icon("clear"))
        close.setAutoRaise(True)
        close.clicked.connect(self._dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT)
        layout.addWidget(self._message, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.clear()

    def warn(self, sentence: str) -> None:
        """Show a problem in place of an earlier one."""
        self._message.complain(sentence)
        self.setToolTip(sentence)
        self.show()

    def clear(self) -> None:
        """Take it away."""
        self._message.tell("")
        self.hide()

    def sentence(self) -> str:
        """What it says, empty where there is nothing."""
        return self._message.sentence()

    def minimumSizeHint(self) -> QSize:
        """One line: how high it must be follows from the width it gets, and no dock has to grow for a guess."""
        return QSize(super().minimumSizeHint().width(), self._message.fontMetrics().lineSpacing())

    def _dismiss(self) -> None:
        self.clear()
        self.dismissed.emit()
