"""Tells the user through the desktop what has happened while the window was in the background."""

import html
import logging
import os
import shutil
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from explorer.icons import app_icon

log = logging.getLogger(__name__)

Post = Callable[[str, str], None]
"""Takes a title and a text, and returns at once."""

_NAME = "metric-explorer"
_SERVICE = "org.freedesktop.Notifications"
_SHOWN_MS = 10_000
_LONGEST = 400
"""Characters of a text; a desktop shows no more."""


class Notifier(QObject):
    """Posts what is told only while the user does not look at the window, and marks it in the task bar.

    Parameters
    ----------
    window
        that the user may look at.
    post
        What carries a notice to the desktop; the system's own way, if None.
    """

    def __init__(self, window: QWidget, post: Post | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._post = post or _posting(self)

    def tell(self, title: str, text: str) -> None:
        """Notify the user, unless the window is in front."""
        if self.is_in_front():
            return
        QApplication.alert(self._window)
        self._post(title, text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …")

    def is_in_front(self) -> bool:
        """Whether the user looks at the window, one of its panels or its dialogs."""
        return QApplication.activeWindow() is not None and not self._window.isMinimized()


def _posting(notifier: Notifier) -> Post:
    """The way of this system; none where nobody sees the window anyway."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return lambda _title, _text: None
    if sys.platform.startswith("linux") and "DBUS_SESSION_BUS_ADDRESS" in os.environ and shutil.which("gdbus"):
        return lambda title, text: _post_by_bus(notifier, title, text)
    tray = QSystemTrayIcon(app_icon(), notifier)
    tray.setToolTip(_NAME)
    return lambda title, text: _post_by_tray(tray, title, text)


def _post_by_bus(notifier: Notifier, title: str, text: str) -> None:
    """Ask the desktop's notification service; by a program, since PySide cannot send the unsigned number it takes."""
    process = QProcess(notifier)
    process.finished.connect(lambda code, _status: log.info("gdbus ended with exit code %s", code))
    process.finished.connect(process.deleteLater)
    process.start("gdbus", bus_call(title, text))


def bus_call(title: str, text: str) -> list[str]:
    """Arguments of `gdbus` for a notice, in the words of the freedesktop.org specification."""
    path, method = f"/{_SERVICE.replace('.', '/')}", f"{_SERVICE}.Notify"
    call = ["call", "--session", "--dest", _SERVICE, "--object-path", path, "--method", method, "--"]
    body = html.escape(text, quote=False)  # the service reads it as markup
    return [
        *call,
        _quoted(_NAME),
        "uint32 0",
        _quoted(_NAME),
        _quoted(title),
        _quoted(body),
        "@as []",
        "@a{sv} {}",
        f"{_SHOWN_MS}",
    ]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{escaped}'"


def _post_by_tray(tray: QSystemTrayIcon, title: str, text: str) -> None:
    if not QSystemTrayIcon.isSystemTrayAvailable():
        return  # the mark in the task bar has to do
    tray.show()  # only an icon that is shown can tell something
    tray.showMessage(title, text, app_icon(), _SHOWN_MS)
