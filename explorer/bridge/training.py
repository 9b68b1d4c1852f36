"""Starts a training session, hands on what it says, and carries the user's wishes to it."""

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance

from core.config import RunConfig
from core.hyperparameters import Hyperparameters
from core.training import records
from explorer.bridge.tasks import Failure, TaskThread

if TYPE_CHECKING:
    from core.training.session import TrainingSession

_LAST = (records.Failed, records.Finished)
MakeSession = Callable[[RunConfig, Path], "TrainingSession"]


def make_session(config: RunConfig, run_dir: Path) -> "TrainingSession":
    """Session of a new run; imports torch where nobody has yet."""
    from core.training.session import TrainingSession

    return TrainingSession(config, run_dir)


class TrainingBridge(QObject):
    """One training session at a time.

    `started` comes before the first step, `failed` or `finished` is the last of all and comes when the thread has
    ended: whoever hears it may start another run.
    """

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
    warned = Signal(object)
    """records.HealthWarning"""
    noted = Signal(str)
    failed = Signal(str, str)
    """One sentence, and details."""
    finished = Signal(object)
    """records.Finished"""

    def __init__(
        self,
        tasks: TaskThread,
        make: MakeSession = make_session,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._make = tasks, make
        self._session: TrainingSession | None = None
        self._events: deque[records.Event] = deque()
        self._cursor = 0
        self._starting = False
        self._has_started = False
        self._wanted: Hyperparameters | None = None
        self._signals: dict[type, SignalInstance] = {
            records.Preparing: self.preparing,
            records.Started: self.started,
            records.Paused: self.paused,
            records.Resumed: self.resumed,
            records.HyperparametersApplied: self.applied,
            records.Evaluated: self.evaluated,
            records.HealthWarning: self.warned,
            records.Finished: self.finished,
        }

    @property
    def alive(self) -> bool:
        """Whether a run is being prepared or trained."""
        return self._starting or self._session is not None

    def start(self, config: RunConfig, run_dir: Path) -> None:
        """Start a run; torch may have to be imported first, so this returns before the thread exists."""
        if self.alive:
            return
        self._starting, self._wanted = True, None
        self._tasks.submit("start training", lambda: self._make(config, run_dir), self._begin, self._could_not_begin)

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
        elif self._starting:
            self._wanted = hyperparameters

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
        # Events are taken before the steps, so that no event is handed on ahead of the step it follows.
        self._events.extend(session.take_events())
        if not self._has_started:
            self._announce(ended)
        steps, self._cursor = session.records_since(self._cursor)
        if steps:
            self.stepped.emit(steps)
        if (snapshot := session.take_snapshot()) is not None:
            self.snapshot_taken.emit(snapshot)
        if (weights := session.take_weights()) is not None:
            self.weights_taken.emit(weights)
        for event in self._due(ended):
            self._hand_on(event)
        if ended and self._session is session:
            self._session = None
            self.failed.emit("training ended without a word; the log may say why", "")

    def close(self) -> None:
        """End training after the present step and wait for it; the last checkpoint stays."""
        self._starting = False
        if self._session is not None:
            self._session.stop(evaluate=False)
            self._session.join()
            self._session = None

    def _begin(self, session: "TrainingSession") -> None:
        self._starting, self._session, self._cursor = False, session, 0
        self._has_started = False
        self._events.clear()
        if self._wanted is not None:
            session.apply(self._wanted)
        session.start()

    def _could_not_begin(self, failure: Failure) -> None:
        self._starting = False
        self.failed.emit(failure.message, failure.details)

    def _announce(self, ended: bool) -> None:
        """Hand on what came before the first step."""
        for event in self._due(ended):
            self._hand_on(event)
            if isinstance(event, records.Started):
                self._has_started = True
                return

    def _due(self, ended: bool) -> Iterator[records.Event]:
        """Events in order; the last one waits for the end of the thread."""
        while self._events and (ended or not isinstance(self._events[0], _LAST)):
            yield self._events.popleft()

    def _hand_on(self, event: records.Event) -> None:
        if isinstance(event, _LAST):
            self._session = None
        if (signal := self._signals.get(type(event))) is not None:
            signal.emit(event)
        elif isinstance(event, records.Note):
            self.noted.emit(event.message)
        elif isinstance(event, records.Failed):
            self.failed.emit(event.message, event.details)
