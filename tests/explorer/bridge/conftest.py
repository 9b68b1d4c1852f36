from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from explorer.bridge.tasks import TaskThread

Settle = Callable[[], None]


@pytest.fixture
def tasks() -> Iterator[TaskThread]:
    thread = TaskThread("test", lambda: None)
    yield thread
    thread.close()


@pytest.fixture
def settle(qtbot: QtBot, tasks: TaskThread) -> Settle:
    """Wait for all jobs and hand their results over."""

    def done() -> bool:
        tasks.poll()
        return not tasks.busy

    return lambda: qtbot.waitUntil(done, timeout=20_000)
