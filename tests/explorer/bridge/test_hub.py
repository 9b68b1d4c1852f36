import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from explorer.bridge import hub
from explorer.bridge.hub import TICK_MS, Bridges
from explorer.bridge.projection import MapBridge


@pytest.fixture
def bridges(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bridges]:
    monkeypatch.setattr(MapBridge, "start", lambda self: None)  # no process here
    monkeypatch.setattr(hub, "_QUIET_MS", 50)
    bridges = Bridges(lambda sample_id: None)
    yield bridges
    bridges.close()


def interval(bridges: Bridges) -> int:
    timer = bridges.findChild(QTimer)
    assert timer is not None
    return timer.interval() if timer.isActive() else 0


def test_loading_tells_when_torch_is_there(qtbot: QtBot, bridges: Bridges) -> None:
    done: list[bool] = []
    failed: list[object] = []
    bridges.load(lambda: done.append(True), failed.append)
    qtbot.waitUntil(lambda: done == [True], timeout=60_000)
    assert failed == []


def test_a_run_is_made_ready_for_once(qtbot: QtBot, bridges: Bridges, monkeypatch: pytest.MonkeyPatch) -> None:
    """The projection process starts with the first run that is shown, and no sooner."""
    started: list[str] = []
    monkeypatch.setattr(MapBridge, "start", lambda self: started.append("process"))
    monkeypatch.setattr(hub, "_import_heavy", lambda: 0)
    monkeypatch.setattr(hub, "_import_kernels", lambda: started.append("kernels"))
    failed: list[object] = []
    bridges.load(lambda: None, failed.append)
    qtbot.waitUntil(lambda: not bridges.jobs_wait)
    assert started == []
    for _ in range(2):
        bridges.expect_run(failed.append)
        qtbot.waitUntil(lambda: not bridges.jobs_wait)
    assert started == ["process", "kernels"]
    assert failed == []


def test_nothing_is_polled_while_nothing_is_under_way(
    qtbot: QtBot, bridges: Bridges, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "_import_heavy", lambda: 0)
    bridges.load(lambda: None, lambda failure: None)
    assert interval(bridges) == TICK_MS
    qtbot.waitUntil(lambda: interval(bridges) == 0)
    gate = threading.Event()
    bridges._threads["reading"].submit("job", lambda: gate.wait(10), lambda result: None, lambda failure: None)
    assert interval(bridges) == TICK_MS
    qtbot.waitSignal(bridges.ticked).wait()
    assert interval(bridges) == TICK_MS
    gate.set()
    qtbot.waitUntil(lambda: interval(bridges) == 0)
    bridges.wake()
    assert interval(bridges) == TICK_MS, "a panel has something to draw"
    bridges.close()
    bridges.wake()
    assert interval(bridges) == 0


def test_a_tick_hands_over_what_all_threads_have_done(qtbot: QtBot, bridges: Bridges) -> None:
    done: list[str] = []
    for tasks in bridges._threads.values():
        tasks.submit("job", lambda: threading.current_thread().name, done.append, lambda failure: None)
    qtbot.waitUntil(lambda: (bridges.tick(), len(done) == len(bridges._threads))[1])
    assert len(set(done)) == len(done)
