import threading

import pytest
from pytestqt.qtbot import QtBot

from core.errors import Cancelled, InputError
from explorer.bridge.long_work import Progress, StageWatcher, WorkBridge
from explorer.bridge.tasks import TaskThread
from tests.explorer.bridge.conftest import Settle
from tests.explorer.standins import Clock, heard


@pytest.fixture
def bridge(tasks: TaskThread) -> WorkBridge:
    return WorkBridge(tasks)


def listen(bridge: WorkBridge) -> list[tuple[object, ...]]:
    return heard(("finished", bridge.finished), ("failed", bridge.failed), ("cancelled", bridge.cancelled))


# --- how far it is


def test_the_time_left_of_a_stage_follows_from_what_it_took_so_far() -> None:
    clock = Clock()
    watcher = StageWatcher(clock)
    watcher.staged("measuring pairs", 0.0)
    clock.now += 10
    watcher.staged("measuring pairs", 0.25)
    assert watcher.progress == Progress("measuring pairs", 0.25, 30.0)


def test_no_time_is_told_before_it_can_be_known() -> None:
    clock = Clock()
    watcher = StageWatcher(clock)
    watcher.staged("measuring pairs", 0.25)
    clock.now += 1
    assert watcher.progress.seconds_left is None
    clock.now += 100
    watcher.staged("measuring pairs", 0.01)
    assert watcher.progress.seconds_left is None


def test_a_new_stage_begins_anew() -> None:
    clock = Clock()
    watcher = StageWatcher(clock)
    watcher.staged("embedding images", 0.9)
    clock.now += 50
    watcher.staged("measuring pairs", 0.5)
    assert watcher.progress == Progress("measuring pairs", 0.5, None)


def test_a_plain_watch_goes_on_with_the_stage() -> None:
    watcher = StageWatcher(Clock())
    watcher.staged("comparing")
    watcher(0.5)
    assert watcher.progress == Progress("comparing", 0.5, None)


def test_a_stopped_watcher_ends_the_work_at_its_next_word() -> None:
    watcher = StageWatcher()
    watcher.staged("comparing")
    watcher.stop()
    for tell in (lambda: watcher(0.5), lambda: watcher.staged("comparing", 0.5)):
        with pytest.raises(Cancelled):
            tell()


# --- the bridge


def test_what_the_work_returns_is_handed_over(bridge: WorkBridge, settle: Settle) -> None:
    found = listen(bridge)
    bridge.begin("evaluation", lambda _watcher: "report")
    assert bridge.busy
    settle()
    assert found == [("finished", "evaluation", "report")]
    assert not bridge.busy


def test_a_failure_is_one_sentence(bridge: WorkBridge, settle: Settle) -> None:
    found = listen(bridge)

    def fail(_watcher: StageWatcher) -> object:
        raise InputError("pairs.txt: the first line must be two counts, found 'x'")

    bridge.begin("protocol", fail)
    settle()
    ((name, kind, message, details),) = found
    assert (name, kind, message) == ("failed", "protocol", "pairs.txt: the first line must be two counts, found 'x'")
    assert "Traceback" in str(details)


def test_cancel_really_ends_the_work(bridge: WorkBridge, settle: Settle, qtbot: QtBot) -> None:
    found, begun, ended = listen(bridge), threading.Event(), threading.Event()

    def work(watcher: StageWatcher) -> object:
        try:
            while True:
                watcher.staged("measuring pairs", 0.5)
                begun.set()
        finally:
            ended.set()

    bridge.begin("evaluation", work)
    assert begun.wait(5)
    bridge.cancel()
    settle()
    assert ended.is_set()
    assert found == [("cancelled", "evaluation")]
    assert not bridge.busy


def test_nobody_hears_of_work_that_was_forgotten(bridge: WorkBridge, settle: Settle) -> None:
    found, gate = listen(bridge), threading.Event()
    bridge.begin("evaluation", lambda _watcher: gate.wait(5))
    bridge.forget()
    gate.set()
    settle()
    assert found == []


def test_newer_work_takes_the_place_of_older(bridge: WorkBridge, settle: Settle) -> None:
    found, begun = listen(bridge), threading.Event()

    def old(watcher: StageWatcher) -> object:
        while True:
            watcher(0.5)
            begun.set()

    bridge.begin("evaluation", old)
    assert begun.wait(5)
    bridge.begin("comparison", lambda _watcher: "new")
    settle()
    assert found == [("finished", "comparison", "new")]


def test_progress_is_told_where_it_is_new(bridge: WorkBridge, settle: Settle) -> None:
    told, gate, begun = heard(("progressed", bridge.progressed)), threading.Event(), threading.Event()

    def work(watcher: StageWatcher) -> object:
        watcher.staged("measuring pairs", 0.5)
        begun.set()
        return gate.wait(5)

    bridge.tick()
    bridge.begin("evaluation", work)
    assert begun.wait(5)
    bridge.tick()
    bridge.tick()
    gate.set()
    settle()
    bridge.tick()
    assert told == [("progressed", "evaluation", Progress("measuring pairs", 0.5, None))]
