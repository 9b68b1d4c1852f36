"""The last net: an exception that nobody caught reaches the log and the user once, and the window goes on."""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from core.errors import describe
from explorer.core_words import in_words
from explorer.translation import tr

log = logging.getLogger(__name__)


class ExceptionHook(QObject):
    """Takes the place of Python's hooks for exceptions, in all threads, until `remove`."""

    caught = Signal(str, str)
    """One sentence, and the traceback; one that comes again at once is not told again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = ""
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._take
        threading.excepthook = self._take_of_thread

    def remove(self) -> None:
        """Put back the hooks that were there before."""
        sys.excepthook, threading.excepthook = self._before

    def _take(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        if details == self._last:
            return
        self._last = details
        message = describe(error) if error is not None else f"unexpected {kind.__name__}"
        log.error("%s", message, exc_info=None if error is None else (kind, error, trace))
        said = in_words(message)
        self.caught.emit(tr("{message}; the window goes on").format(message=f"{said[:1].upper()}{said[1:]}"), details)

    def _take_of_thread(self, found: threading.ExceptHookArgs) -> None:
        if not issubclass(found.exc_type, SystemExit):
            self._take(found.exc_type, found.exc_value, found.exc_traceback)
