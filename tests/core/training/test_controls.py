"""Requests of other threads to the training thread."""

import threading
import time

import pytest

from core.hyperparameters import Hyperparameters
from core.training import controls as module
from core.training.controls import Controls


def test_nothing_is_asked_at_first() -> None:
    controls = Controls()
    assert not controls.paused
    assert not controls.stopping
    assert not controls.abandoned()
    assert controls.take_hyperparameters() is None
    assert not controls.take_weights_request()


def test_pause_and_resume() -> None:
    controls = Controls()
    controls.pause()
    assert controls.paused
    controls.resume()
    assert not controls.paused


def test_who_waits_sees_that_it_was_asked_to_go_on() -> None:
    """Also where it was not paused by anybody, and more than once."""
    controls = Controls()
    before = controls.resumptions
    controls.resume()
    controls.resume()
    assert controls.resumptions == before + 2


def test_a_wait_has_an_end() -> None:
    controls = Controls()
    controls.wait(at_most=0.0)
    controls.apply(Hyperparameters())
    controls.wait()  # what was asked before ends it at once


def test_stop_ends_a_pause() -> None:
    controls = Controls()
    controls.pause()
    controls.stop()
    assert controls.stopping
    assert not controls.paused
    assert not controls.abandoned()


def test_a_second_stop_may_leave_the_evaluation_out() -> None:
    controls = Controls()
    controls.stop()
    controls.stop(evaluate=False)
    assert controls.abandoned()


def test_the_newest_wish_for_settings_counts() -> None:
    controls = Controls()
    controls.apply(Hyperparameters(margin=0.3))
    controls.apply(Hyperparameters(margin=0.4))
    assert controls.take_hyperparameters() == Hyperparameters(margin=0.4)
    assert controls.take_hyperparameters() is None


def test_weights_at_most_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    controls = Controls()
    controls.request_weights()
    assert controls.take_weights_request()
    assert not controls.take_weights_request()  # given
    controls.request_weights()
    assert not controls.take_weights_request()  # too early
    now = 100.0 + module.WEIGHTS_INTERVAL
    assert controls.take_weights_request()  # and not forgotten


def test_a_wish_before_the_wait_is_not_missed() -> None:
    controls = Controls()
    controls.pause()
    controls.wait()  # returns at once, since pausing was news


@pytest.mark.parametrize("wish", ["resume", "stop", "apply"])
def test_a_wish_ends_the_wait(wish: str) -> None:
    controls = Controls()
    controls.pause()
    controls.wait()
    woken = threading.Event()

    def sleep() -> None:
        controls.wait()
        woken.set()

    thread = threading.Thread(target=sleep)
    thread.start()
    assert not woken.wait(0.05)
    {"resume": controls.resume, "stop": controls.stop, "apply": lambda: controls.apply(Hyperparameters())}[wish]()
    assert woken.wait(5)
    thread.join()


def test_waiting_ends_when_weights_come_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WEIGHTS_INTERVAL", 0.05)
    controls = Controls()
    controls.request_weights()
    assert controls.take_weights_request()
    controls.request_weights()
    controls.wait()  # the request itself
    controls.wait()  # nothing new, but they come due
    assert controls.take_weights_request()
