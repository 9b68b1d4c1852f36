"""One line of status: the newest message, its details one click away."""

import logging
from datetime import datetime

from PySide6.QtCore import QEvent, Qt
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

log = logging.getLogger(__name__)

_KEPT = 1_000
"""Messages in the log; older ones go."""


class StatusLine(QWidget):
    """Shows the newest message and keeps the earlier ones."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[str] = []
        self._message = ""
        self._problem = False
        self._log: MessageLog | None = None
        self._label = QLabel()
        self._label.setObjectName("status_message")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._details = QToolButton()
        self._details.setObjectName("status_details")
        self._details.setText("Details")
        self._details.setAccessibleName("All messages with their details")
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

    @property
    def is_problem(self) -> bool:
        """Whether the newest message is a problem."""
        return self._problem

    def add_work(self, line: QWidget) -> None:
        """Give the progress of long work a place before the message; it is as wide as that while it is shown."""
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.insertWidget(0, line, 1)

    def say(self, message: str, details: str = "") -> None:
        """Show a message."""
        self._show(message, details, problem=False)

    def complain(self, message: str, details: str = "") -> None:
        """Show a problem."""
        self._show(message, details, problem=True)

    def show_log(self) -> None:
        """Open all messages in a window beside this one."""
        if self._log is None:
            self._log = MessageLog(self.window())
            self._log.destroyed.connect(self._forget_log)
            self._log.show_entries(self._entries)
        self._log.show()
        self._log.raise_()
        self._log.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the message to the new width."""
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _show(self, message: str, details: str, *, problem: bool) -> None:
        self._message, self._problem = message, problem
        log.log(logging.WARNING if problem else logging.INFO, "%s", message)
        stamp = datetime.now().strftime("%H:%M:%S")
        entry = f"{stamp}  {self._text()}" + (f"\n{details.rstrip()}" if details else "")
        self._entries.append(entry)
        del self._entries[:-_KEPT]
        if self._log is not None:
            self._log.add_entry(entry)
        self._label.setToolTip(message)
        self._label.setAccessibleName(message)
        self._colour()
        self._elide()

    def _text(self) -> str:
        return f"{WARNING_SIGN} {self._message}" if self._problem else self._message

    def _colour(self) -> None:
        palette = self.palette()
        if self._problem:
            palette.setColor(palette.ColorRole.WindowText, problem_colour(palette))
        self._label.setPalette(palette)

    def _elide(self) -> None:
        first_line = self._text().partition("\n")[0]
        metrics = QFontMetrics(self._label.font())
        self._label.setText(metrics.elidedText(first_line, Qt.TextElideMode.ElideRight, max(0, self._label.width())))

    def _forget_log(self) -> None:
        self._log = None


class MessageLog(QDialog):
    """All messages so far, and those that come while it is open."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("message_log")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Messages")
        self.resize(80 * theme.UNIT, 48 * theme.UNIT)
        self._text = QPlainTextEdit()
        self._text.setObjectName("messages")
        self._text.setAccessibleName("Messages")
        self._text.setReadOnly(True)
        self._text.setFont(theme.digits_font())
        self._text.setMaximumBlockCount(20 * _KEPT)
        copy = QPushButton("Copy")
        copy.setObjectName("copy_messages")
        copy.setToolTip("Copy all messages to the clipboard")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text.toPlainText()))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(self._text)
        layout.addWidget(buttons)

    def show_entries(self, entries: list[str]) -> None:
        """Show messages, the newest last."""
        self._text.setPlainText("\n".join(entries))
        self._text.moveCursor(self._text.textCursor().MoveOperation.End)

    def add_entry(self, entry: str) -> None:
        """Add a message at the end."""
        self._text.appendPlainText(entry)
