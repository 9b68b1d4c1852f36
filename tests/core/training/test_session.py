"""The session as the window sees it: another thread, four channels, nothing left behind."""

import shutil
import threading
import time
from collections.abc import Callable

import pytest

from core.data import decode as decode_module
from core.hyperparameters import Hyperparameters
from core.training import trainer as trainer_module
from core.training.records import (
    Event,
    Failed,
    Finished,
    HyperparametersApplied,
    Paused,
    Preparing,
    Resumed,
    Started,
)
from core.training.session import TrainingSession

PATIENCE = 60.0


class Watched:
    """A session, and all that it has said."""

    def __init__(self, session: TrainingSession) -> None:
        self.session = session
        self.events: list[Event] = []
        self.steps: list[int] = []
        self._cursor = 0

    def look(self) -> None:
        records, self._cursor = self.session.records_since(self._cursor)
        self.steps += [record.step for record in records]
        self.events += self.session.take_events()

    def until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, f"nothing happened; last event {self.events[-1:]}"
            ended = self.session.join(0.005)
            self.look()
            assert not ended or condition(), f"ended by {self.events[-1:]}"

    def until_event(self, kind: type) -> Event:
        self.until(lambda: any(isinstance(event, kind) for event in self.events))
        return next(event for event in reversed(self.events) if isinstance(event, kind))


@pytest.fixture
def watched(tiny, tmp_path):
    """A session of 400 steps, ended whatever the test does."""
    session = TrainingSession(tiny(epochs=100), tmp_path / "run")
    yield Watched(session)
    if session.alive:
        session.stop(evaluate=False)
        assert session.join(PATIENCE)


def test_a_life(watched) -> None:
    session = watched.session
    session.start()
    assert session.alive
    watched.until(lambda: len(watched.steps) >= 3)

    session.pause()
    step = watched.until_event(Paused).step
    watched.look()
    assert watched.steps == list(range(1, step + 1))

    session.apply(Hyperparameters(margin=0.4))
    assert watched.until_event(HyperparametersApplied).step == step
    session.request_weights()
    watched.until(lambda: (snapshot := session.take_weights()) is not None and snapshot.step == step)
    watched.look()
    assert watched.steps[-1] == step  # all that, and not one step meanwhile

    session.resume()
    watched.until_event(Resumed)
    watched.until(lambda: len(watched.steps) > step + 4)
    assert session.take_snapshot().embeddings.shape == (48, 8)

    done = len(watched.steps)
    session.stop()
    finished = watched.until_event(Finished)
    assert session.join(PATIENCE)
    watched.look()
    assert finished.stopped
    assert watched.steps == list(range(1, finished.step + 1))
    assert finished.step >= done
    assert "training" not in [thread.name for thread in threading.enumerate()]


def test_stop_within_one_step(watched, monkeypatch) -> None:
    """Held within a step, told to stop: that step is the last one."""
    held, go_on = threading.Event(), threading.Event()
    real = trainer_module.task_terms

    def hold(*args, **kwargs):
        held.set()
        assert go_on.wait(PATIENCE)
        return real(*args, **kwargs)

    monkeypatch.setattr(trainer_module, "task_terms", hold)
    watched.session.start()
    assert held.wait(PATIENCE)
    watched.session.stop(evaluate=False)
    go_on.set()
    assert watched.until_event(Finished).step == 1


def test_stop_while_paused(watched) -> None:
    watched.session.start()
    watched.session.pause()
    watched.until_event(Paused)
    watched.session.stop(evaluate=False)
    assert watched.until_event(Finished).stopped


def test_stop_while_decoding(watched, monkeypatch, tmp_path) -> None:
    """Decoding is held until the stop is asked for, then given up within moments: no run, no thread."""
    told = threading.Event()
    real = decode_module.load_image

    def slow(*arguments):
        assert told.wait(PATIENCE)
        return real(*arguments)

    monkeypatch.setattr(decode_module, "load_image", slow)
    watched.session.start()
    watched.until(lambda: any(isinstance(event, Preparing) for event in watched.events))
    watched.session.stop()
    told.set()
    finished = watched.until_event(Finished)
    assert (finished.step, finished.stopped, dict(finished.result)) == (0, True, {})
    assert not (tmp_path / "run").exists()
    assert watched.session.join(PATIENCE)
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("decode")]


def fails(session: TrainingSession) -> Failed:
    watched = Watched(session)
    session.start()
    failed = watched.until_event(Failed)
    assert session.join(PATIENCE)
    watched.look()
    assert watched.events[-1] is failed  # the last word, said once
    assert "\n" not in failed.message
    assert "Traceback" in failed.details
    return failed


def test_missing_data(tiny, tmp_path) -> None:
    nowhere = tmp_path / "nowhere"
    failed = fails(TrainingSession(tiny(data=str(nowhere)), tmp_path / "run"))
    assert failed.message.startswith(f"{nowhere}: no such folder")


def test_an_error_nobody_thought_of(tiny, tmp_path, monkeypatch, caplog) -> None:
    """It is told in one sentence too, and its traceback goes to the log."""

    def broken(*args, **kwargs):
        raise RuntimeError("a tensor\nwent wrong")

    monkeypatch.setattr(trainer_module, "task_terms", broken)
    failed = fails(TrainingSession(tiny(), tmp_path / "run"))
    assert failed.message == "unexpected RuntimeError: a tensor"
    assert "training failed" in caplog.text


def test_out_of_memory(tiny, tmp_path, monkeypatch, caplog) -> None:
    def too_large(*args, **kwargs):
        raise RuntimeError("CUDA out of memory. Tried to allocate 20.00 GiB")

    monkeypatch.setattr(trainer_module, "task_terms", too_large)
    failed = fails(TrainingSession(tiny(), tmp_path / "run"))
    assert failed.message == "the device ran out of memory; use a smaller batch or image size"


def test_the_run_folder_is_deleted_while_it_trains(watched, tmp_path) -> None:
    """It ends by one sentence, and does not hang."""
    session = watched.session
    session.start()
    session.pause()
    watched.until_event(Paused)
    shutil.rmtree(tmp_path / "run")
    session.resume()
    failed = watched.until_event(Failed)
    assert (
        failed.message == f"{tmp_path / 'run'}: the run folder can no longer be written to (No such file or directory)"
    )
    assert session.join(PATIENCE)


def test_a_finished_run_says_so_again(trained, tiny) -> None:
    watched = Watched(TrainingSession(tiny(), trained.path, resume=True))
    watched.session.start()
    assert watched.until_event(Finished).result == trained.result()
    assert watched.session.join(PATIENCE)


def test_the_thread_gives_the_same_run(tiny, trained, tmp_path) -> None:
    """No thread, a thread: the same steps to the last bit."""
    watched = Watched(TrainingSession(tiny(), tmp_path / "run"))
    watched.session.start()
    watched.until_event(Finished)
    assert watched.session.join(PATIENCE)
    records, _ = watched.session.records_since(0)
    assert [record.total for record in records] == [line["total"] for line in trained.metrics()]
    assert isinstance(watched.events[-1], Finished)
    assert any(isinstance(event, Started) for event in watched.events)
