"""One line of status: the newest message, its details one click away."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer import theme
from explorer.widgets.message import WARNING_SIGN, problem_colour

_KEPT = 1_000
"""Messages in the log; older ones go."""


class StatusLine(QWidget):
    """Shows the newest message and keeps the earlier ones."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[str] = []
        self._message = ""
        self._label = QLabel()
        self._label.setObjectName("status_message")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._details = QToolButton()
        self._details.setObjectName("status_details")
        self._details.setText("Details")
        self._details.setAutoRaise(True)
        self._details.setToolTip("Show all messages so far, with details to copy")
        self._details.clicked.connect(self.show_log)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.UNIT, 0, theme.UNIT, 0)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._details)

    @property
    def message(self) -> str:
        """The newest message."""
        return self._message

    def say(self, message: str, details: str = "") -> None:
        """Show a message."""
        self._label.setPalette(self.palette())
        self._show(message, details)

    def complain(self, message: str, details: str = "") -> None:
        """Show a problem."""
        palette = self.palette()
        palette.setColor(palette.ColorRole.WindowText, problem_colour(palette))
        self._label.setPalette(palette)
        self._show(f"{WARNING_SIGN} {message}", details)

    def show_log(self) -> None:
        """Open all messages in a window beside this one."""
        dialog = QDialog(self.window())
        dialog.setObjectName("message_log")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Messages")
        dialog.resize(80 * theme.UNIT, 48 * theme.UNIT)
        text = QPlainTextEdit("\n".join(self._entries))
        text.setReadOnly(True)
        text.setFont(theme.digits_font())
        copy = QPushButton("Copy")
        copy.setToolTip("Copy all messages to the clipboard")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text.toPlainText()))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(dialog.close)
        layout = QVBoxLayout(dialog)
        layout.addWidget(text)
        layout.addWidget(buttons)
        dialog.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the message to the new width."""
        super().resizeEvent(event)
        self._elide()

    def _show(self, message: str, details: str) -> None:
        self._message = message
        stamp = datetime.now().strftime("%H:%M:%S")
        self._entries.append(f"{stamp}  {message}" + (f"\n{details.rstrip()}" if details else ""))
        del self._entries[:-_KEPT]
        self._label.setToolTip(message)
        self._elide()

    def _elide(self) -> None:
        first_line = self._message.splitlines()[0] if self._message else ""
        metrics = QFontMetrics(self._label.font())
        self._label.setText(metrics.elidedText(first_line, Qt.TextElideMode.ElideRight, max(0, self._label.width())))
