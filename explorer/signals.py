"""Signals of the system, heard while the window rests."""

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier


class SignalWaker:
    """Lets the handlers of signals run at once; without it they would wait for the next event that Python hears of.

    Made on the main thread, closed once.
    """

    def __init__(self, parent: QObject) -> None:
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, parent)
        self._notifier.activated.connect(self._drain)
        self._before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)

    def close(self) -> None:
        """Leave signals as they were."""
        signal.set_wakeup_fd(self._before)
        self._notifier.setEnabled(False)
        self._read.close()
        self._write.close()

    def _drain(self) -> None:
        """Take what the signals wrote; Python has called their handlers before this line."""
        self._read.recv(4096)
