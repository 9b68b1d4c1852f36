import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from explorer.lab.behind import Behind


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def test_the_result_arrives_on_the_threads_own_side(qtbot: QtBot, owner: QObject) -> None:
    threads, done = [], []

    def job() -> int:
        threads.append(threading.current_thread())
        return 42

    behind = Behind(owner)
    behind.do(job, lambda result: done.append((result, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(done))
    assert done == [(42, threading.main_thread())]
    assert threads[0] is not threading.main_thread()
    assert not behind.busy


def test_of_wishes_that_come_while_one_is_done_only_the_newest_is_done(qtbot: QtBot, owner: QObject) -> None:
    gate, begun, done = threading.Event(), [], []

    def job(name: str) -> str:
        begun.append(name)
        gate.wait(5)
        return name

    behind = Behind(owner)
    for name in ("first", "second", "third"):
        behind.do(lambda name=name: job(name), done.append)
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 2)
    assert begun == done == ["first", "third"]


def test_an_error_is_raised_on_this_side(qtbot: QtBot, owner: QObject) -> None:
    def fail() -> None:
        raise ArithmeticError("no")

    behind = Behind(owner)
    with qtbot.captureExceptions() as raised:
        behind.do(fail, lambda _result: None)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ArithmeticError
    assert not behind.busy
