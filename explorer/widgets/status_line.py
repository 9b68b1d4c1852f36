"""One line of status: the newest message, all of them one click away."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from explorer import theme
from explorer.translation import tr
from explorer.widgets.journal import Journal
from explorer.widgets.message import WARNING_SIGN, problem_colour

_LOG_HELP = tr("Show all messages so far, with details to copy.")


class StatusLine(QWidget):
    """Shows the newest message, keeps all in its journal, and says how many problems nobody has seen in the log."""

    log_requested = Signal()
    """The user wants to see all messages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.journal = Journal(self)
        self._message = ""
        self._problem = False
        self._label = QLabel()
        self._label.setObjectName("status_message")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._details = QToolButton()
        self._details.setObjectName("status_details")
        self._details.setAutoRaise(True)
        self._details.clicked.connect(self.log_requested)
        self.journal.unread_changed.connect(self._show_unread)
        self._show_unread(0)
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
        self.journal.add(message, details, is_problem=problem)
        self._label.setToolTip(message)
        self._label.setAccessibleName(message)
        self._colour()
        self._elide()

    def _show_unread(self, count: int) -> None:
        """Mark what nobody has seen by a sign and its number."""
        problems = tr("{count} unread problem{value}").format(count=count, value="s" if count > 1 else "")
        self._details.setText(
            tr("{WARNING_SIGN} {count}  Log").format(WARNING_SIGN=WARNING_SIGN, count=count) if count else tr("Log")
        )
        self._details.setAccessibleName(
            tr("All messages, {problems}").format(problems=problems) if count else tr("All messages")
        )
        self._details.setToolTip(f"{problems[:1].upper()}{problems[1:]}. {_LOG_HELP}" if count else _LOG_HELP)

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
