"""Starts a training session, hands on what it says, and carries the user's wishes to it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance

from core.config import RunConfig
from core.hyperparameters import Hyperparameters
from core.training import records
from explorer.bridge.tasks import Failure, TaskThread

if TYPE_CHECKING:
    from core.training.session import TrainingSession


class TrainingBridge(QObject):
    """One training session at a time."""

    preparing = Signal(object)
    """records.Preparing"""
    started = Signal(object)
    """records.Started"""
    stepped = Signal(object)
    """list[records.StepRecord], in order, each once"""
    snapshot_taken = Signal(object)
    """records.TrainingSnapshot"""
    weights_taken = Signal(object)
    """records.ModelSnapshot"""
    paused = Signal(object)
    """records.Paused"""
    resumed = Signal(object)
    """records.Resumed"""
    applied = Signal(object)
    """records.HyperparametersApplied"""
    evaluated = Signal(object)
    """records.Evaluated"""
    noted = Signal(str)
    failed = Signal(str, str)
    """One sentence, and details."""
    finished = Signal(object)
    """records.Finished"""

    def __init__(self, tasks: TaskThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._session: TrainingSession | None = None
        self._cursor = 0
        self._starting = False
        self._signals: dict[type, SignalInstance] = {
            records.Preparing: self.preparing,
            records.Started: self.started,
            records.Paused: self.paused,
            records.Resumed: self.resumed,
            records.HyperparametersApplied: self.applied,
            records.Evaluated: self.evaluated,
            records.Finished: self.finished,
        }

    @property
    def alive(self) -> bool:
        """Whether a run is being prepared or trained."""
        return self._starting or self._session is not None

    def start(self, config: RunConfig, run_dir: Path, *, resume: bool = False) -> None:
        """Start a run; torch may have to be imported first, so this returns before the thread exists."""
        if self.alive:
            return
        self._starting = True
        self._tasks.submit(
            "start training", lambda: _make_session(config, run_dir, resume), self._begin, self._could_not_begin
        )

    def pause(self) -> None:
        """Wait after the present step."""
        if self._session is not None:
            self._session.pause()

    def resume(self) -> None:
        """Go on after a pause."""
        if self._session is not None:
            self._session.resume()

    def stop(self, *, evaluate: bool = True) -> None:
        """End after the present step; the model is kept."""
        if self._starting:
            self._tasks.forget("start training")
            self._starting = False
            self.finished.emit(records.Finished(step=0, stopped=True, result={}))
        elif self._session is not None:
            self._session.stop(evaluate=evaluate)

    def apply(self, hyperparameters: Hyperparameters) -> None:
        """Ask for other live settings; `applied` is the echo."""
        if self._session is not None:
            self._session.apply(hyperparameters)

    def request_weights(self) -> None:
        """Ask for a copy of the weights; `weights_taken` follows."""
        if self._session is not None:
            self._session.request_weights()

    def tick(self) -> None:
        """Hand on what the session has said since the last tick."""
        session = self._session
        if session is None:
            return
        ended = not session.alive
        steps, self._cursor = session.records_since(self._cursor)
        if steps:
            self.stepped.emit(steps)
        if (snapshot := session.take_snapshot()) is not None:
            self.snapshot_taken.emit(snapshot)
        if (weights := session.take_weights()) is not None:
            self.weights_taken.emit(weights)
        if ended:
            self._session = None
        for event in session.take_events():
            self._hand_on(event)

    def close(self) -> None:
        """End training after the present step and wait for it; the last checkpoint stays."""
        self._starting = False
        if self._session is not None:
            self._session.stop(evaluate=False)
            self._session.join()
            self._session = None

    def _begin(self, session: "TrainingSession") -> None:
        self._starting, self._session, self._cursor = False, session, 0
        session.start()

    def _could_not_begin(self, failure: Failure) -> None:
        self._starting = False
        self.failed.emit(failure.message, failure.details)

    def _hand_on(self, event: records.Event) -> None:
        if (signal := self._signals.get(type(event))) is not None:
            signal.emit(event)
        elif isinstance(event, records.Note):
            self.noted.emit(event.message)
        elif isinstance(event, records.Failed):
            self.failed.emit(event.message, event.details)


def _make_session(config: RunConfig, run_dir: Path, resume: bool) -> "TrainingSession":
    from core.training.session import TrainingSession

    return TrainingSession(config, run_dir, resume=resume)
