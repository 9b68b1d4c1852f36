import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.errors import InputError
from explorer.exception_hook import ExceptionHook
from explorer.widgets.status_line import StatusLine

Logged = list[logging.LogRecord]


@pytest.fixture
def hook(qtbot: QtBot) -> Iterator[ExceptionHook]:
    hook = ExceptionHook()
    yield hook
    hook.remove()


@pytest.fixture
def status(qtbot: QtBot, hook: ExceptionHook) -> StatusLine:
    status = StatusLine()
    qtbot.addWidget(status)
    hook.caught.connect(status.complain)
    return status


def fail() -> None:
    raise RuntimeError("a bug")


def logged_once(records: Logged, text: str) -> None:
    """Take the one record out of the list, which would fail the test."""
    [record] = records
    assert text in record.getMessage()
    assert record.exc_info
    records.clear()


def test_an_exception_in_a_slot_is_told_once_and_the_event_loop_goes_on(
    qtbot: QtBot, status: StatusLine, error_log: Logged
) -> None:
    turns: list[bool] = []
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: (turns.append(True), fail()))
    timer.start()
    qtbot.waitUntil(lambda: len(turns) > 5)
    timer.stop()
    assert status.message == "Unexpected RuntimeError: a bug; the window goes on"
    assert len(status.journal.entries) == 1
    assert "Traceback" in status.journal.entries[0].details
    logged_once(error_log, "unexpected RuntimeError: a bug")


def test_another_exception_is_told_too(qtbot: QtBot, status: StatusLine, error_log: Logged) -> None:
    def other() -> None:
        raise InputError("b.png: the file is empty")

    for slot in (fail, other):
        QTimer.singleShot(0, slot)
    qtbot.waitUntil(lambda: len(status.journal.entries) == 2)
    assert status.message == "B.png: the file is empty; the window goes on"
    assert len(error_log) == 2
    error_log.clear()


def test_an_exception_in_a_thread_reaches_the_window_on_its_own_thread(
    qtbot: QtBot, status: StatusLine, error_log: Logged
) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert status.message == ""
    qtbot.waitUntil(lambda: status.message != "")
    logged_once(error_log, "a bug")


def test_removing_puts_back_what_was_there(qapp: QApplication) -> None:
    before = sys.excepthook, threading.excepthook
    hook = ExceptionHook()
    assert sys.excepthook != before[0]
    hook.remove()
    assert (sys.excepthook, threading.excepthook) == before
