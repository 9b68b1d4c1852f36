import os
import signal
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from explorer.signals import SignalWaker

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process cannot signal itself there")


@pytest.fixture
def loop(qtbot: QtBot) -> Iterator[QEventLoop]:
    """Its handler of a signal ends it."""
    loop = QEventLoop()
    before = signal.signal(signal.SIGUSR1, lambda *_: loop.quit())
    yield loop
    signal.signal(signal.SIGUSR1, before)


def test_a_signal_is_heard_while_no_event_comes(loop: QEventLoop) -> None:
    waker = SignalWaker(loop)
    giving_up = QTimer(singleShot=True, interval=20_000)
    giving_up.timeout.connect(loop.quit)
    giving_up.start()
    sender = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGUSR1))
    sender.start()
    loop.exec()
    sender.join()
    assert giving_up.isActive(), "the signal was not heard"
    giving_up.stop()
    waker.close()


def test_signals_are_left_as_they_were(loop: QEventLoop) -> None:
    waker = SignalWaker(loop)
    waker.close()
    assert signal.set_wakeup_fd(-1) == -1
