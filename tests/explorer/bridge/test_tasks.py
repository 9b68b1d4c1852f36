import logging
import threading

import pytest

from core.errors import InputError
from explorer.bridge.tasks import Failure, TaskThread
from tests.explorer.bridge.conftest import Settle


class Results:
    def __init__(self) -> None:
        self.done: list[object] = []
        self.failed: list[Failure] = []


@pytest.fixture
def results() -> Results:
    return Results()


def submit(tasks: TaskThread, results: Results, key: str, job: object, **options: bool) -> None:
    tasks.submit(key, job, results.done.append, results.failed.append, **options)  # type: ignore[arg-type]


def refuse() -> None:
    raise InputError("b.png: the file is empty")


def test_a_job_runs_in_its_thread_and_its_result_is_taken_by_polling(
    tasks: TaskThread, results: Results, settle: Settle
) -> None:
    ran = threading.Event()
    submit(tasks, results, "name", lambda: (ran.set(), threading.current_thread().name)[1])
    assert ran.wait(5)
    assert results.done == []
    settle()
    assert results.done == ["test_0"]


def test_a_newer_job_of_the_same_key_makes_an_older_result_stale(
    tasks: TaskThread, results: Results, settle: Settle
) -> None:
    gate = threading.Event()
    submit(tasks, results, "layout", lambda: (gate.wait(5), "old")[1])
    submit(tasks, results, "layout", lambda: "new")
    submit(tasks, results, "other", lambda: "other")
    gate.set()
    settle()
    assert results.done == ["new", "other"]


def test_a_forgotten_job_that_has_not_begun_never_does(tasks: TaskThread, results: Results, settle: Settle) -> None:
    gate, ran = threading.Event(), threading.Event()
    submit(tasks, results, "first", lambda: gate.wait(5))
    submit(tasks, results, "second", ran.set)
    tasks.forget("second")
    gate.set()
    settle()
    assert results.done == [True]
    assert not ran.is_set()


def test_a_failure_is_one_sentence_with_the_traceback_beside_it(
    tasks: TaskThread, results: Results, settle: Settle
) -> None:
    submit(tasks, results, "read", refuse)
    settle()
    assert results.done == []
    assert [failure.message for failure in results.failed] == ["b.png: the file is empty"]
    assert "Traceback" in results.failed[0].details


def test_an_unexpected_error_is_logged_with_its_traceback_even_if_nobody_waits_any_more(
    tasks: TaskThread, results: Results, settle: Settle, caplog: pytest.LogCaptureFixture
) -> None:
    gate = threading.Event()
    submit(tasks, results, "read", lambda: (gate.wait(5), 1 / 0))
    tasks.forget("read")
    gate.set()
    settle()
    assert results.failed == []
    assert [(record.levelno, record.exc_info is not None) for record in caplog.records] == [(logging.WARNING, True)]


def test_closing_waits_for_what_is_to_last_and_drops_the_rest(results: Results) -> None:
    tasks = TaskThread("test", lambda: None)
    gate, kept, dropped = threading.Event(), threading.Event(), threading.Event()
    submit(tasks, results, "running", lambda: gate.wait(5))
    submit(tasks, results, "threshold", kept.set, lasting=True)
    submit(tasks, results, "thumbnail", dropped.set)
    gate.set()
    tasks.close()
    assert kept.is_set()
    assert not dropped.is_set()
    assert results.done == []


def test_what_could_not_be_kept_at_the_end_is_logged(results: Results, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    tasks = TaskThread("test", lambda: None)
    submit(tasks, results, "threshold", refuse, lasting=True)
    tasks.close()
    assert [record.getMessage() for record in caplog.records] == ["threshold: b.png: the file is empty"]


def test_whoever_submits_wakes_the_one_who_polls(results: Results) -> None:
    woken: list[bool] = []
    tasks = TaskThread("test", lambda: woken.append(True))
    submit(tasks, results, "job", lambda: None)
    assert woken == [True]
    assert tasks.busy
    tasks.close()


def test_a_result_that_is_there_is_told_in_the_worker_thread(results: Results) -> None:
    told: list[str] = []
    tasks = TaskThread("look", lambda: None, lambda: told.append(threading.current_thread().name[:4]))
    gate = threading.Event()
    submit(tasks, results, "job", lambda: gate.wait(10))
    submit(tasks, results, "job that fails", refuse)
    gate.set()
    while tasks.busy:
        tasks.poll()
    tasks.close()
    assert told == ["look"] * 2
