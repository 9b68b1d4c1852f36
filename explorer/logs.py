"""Where the log of the window goes: a file that the platform keeps, and problems to the terminal in one line each."""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QStandardPaths, QtMsgType, qInstallMessageHandler

_FILE = "metric-explorer.log"
_BYTES, _OLDER = 1_000_000, 3
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_OFFSCREEN = "This plugin does not support "
"""How the offscreen platform begins what it says of things it has no use for."""


def log_file() -> Path:
    """Where the log is: below the application's own folder for local data."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)) / _FILE


def start_logging(file: Path, *, debug: bool) -> None:
    """Log to a file that never grows large, and problems to stderr; with `debug` everything, with tracebacks."""
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    terminal = logging.StreamHandler(sys.stderr)
    terminal.setLevel(logging.DEBUG if debug else logging.ERROR)
    terminal.setFormatter(logging.Formatter("%(name)s: %(message)s") if debug else _OneLine())
    root.addHandler(terminal)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        kept = RotatingFileHandler(file, maxBytes=_BYTES, backupCount=_OLDER, encoding="utf-8")
    except OSError as error:
        logging.getLogger(__name__).error("%s: no log is kept (%s)", file, error.strerror)
    else:
        kept.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(kept)
    logging.captureWarnings(True)
    qInstallMessageHandler(_log_qt)


class _OneLine(logging.Formatter):
    """The sentence without its traceback, which stands in the file."""

    def format(self, record: logging.LogRecord) -> str:
        return f"metric-explorer: {record.getMessage()}"


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    level = logging.DEBUG if message.startswith(_OFFSCREEN) else _LEVELS.get(kind, logging.WARNING)
    logging.getLogger("qt").log(level, "%s", message)
