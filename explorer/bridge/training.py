"""Starts a training session or follows another process's; hands on what it says and carries the user's wishes."""

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from core.config import RunConfig
from core.files import is_held
from core.hyperparameters import Hyperparameters
from core.training import records
from explorer.bridge.imports import import_for_good
from explorer.bridge.tasks import Failure, TaskThread
from explorer.core_words import in_words
from explorer.translation import tr

if TYPE_CHECKING:
    from core.following.follower import Seen
    from core.following.session import FollowingSession
    from core.training.session import TrainingSession

_LOOK_MS = 2_000
"""Between two looks whether a run whose process died is trained again."""
_LAST = (records.Failed, records.Finished, records.Rewound)
MakeSession = Callable[[RunConfig, Path], "TrainingSession"]
MakeLaunched = Callable[[RunConfig, Path, int], "FollowingSession"]
MakeFollower = Callable[[Path, "Seen"], "FollowingSession"]


def make_session(config: RunConfig, run_dir: Path) -> "TrainingSession":
    """Session of a new run; imports what training needs where nobody has yet: with lightning comes torch's compiler."""
    import_for_good("core.training.session")
    from core.training.session import TrainingSession

    return TrainingSession(config, run_dir)


def make_launched(config: RunConfig, run_dir: Path, processes: int) -> "FollowingSession":
    """Session of a new run that torchrun trains in so many processes of this machine."""
    from core.following.child import TrainingChild, command
    from core.following.session import FollowingSession

    return FollowingSession(run_dir, child=TrainingChild(run_dir, command(config, run_dir, processes)))


def make_follower(run_dir: Path, seen: "Seen") -> "FollowingSession":
    """Session of a run that a process trains which is none of this window's."""
    from core.following.session import FollowingSession

    return FollowingSession(run_dir, seen)


class TrainingBridge(QObject):
    """One session at a time: a run that is trained here, or one that another process trains.

    `started` comes before the first step, `failed`, `finished` or `rewound` is the last of all and comes when the
    thread has ended: whoever hears it may start another run.
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
    rewound = Signal()
    """The run that was followed was taken back to a checkpoint, and is to be opened again."""
    found_again = Signal(object)
    """Path of the run that was followed last, whose process died: another one trains it now."""

    def __init__(
        self,
        tasks: TaskThread,
        make: MakeSession = make_session,
        parent: QObject | None = None,
        *,
        launched: MakeLaunched = make_launched,
        follower: MakeFollower = make_follower,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._make, self._make_launched, self._make_follower = make, launched, follower
        self._session: TrainingSession | FollowingSession | None = None
        self._followed: FollowingSession | None = None
        """The session, where it is of another process's run."""
        self._follows = False
        self._lost: Path | None = None
        """The run that was followed until its process died."""
        self._looks = QTimer(self, interval=_LOOK_MS)
        self._looks.timeout.connect(self._look_for_successor)
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
        """Whether a run is being prepared, trained or followed."""
        return self._starting or self._session is not None

    @property
    def follows(self) -> bool:
        """Whether that run is another process's, which goes on without this window."""
        return self.alive and self._follows

    def start(self, config: RunConfig, run_dir: Path, processes: int = 1) -> None:
        """Start a run; torch may have to be imported first, so this returns before the thread exists.

        With more than one process, torchrun trains it on as many GPUs of this machine.
        """
        if processes > 1:
            self._start(lambda: self._make_launched(config, run_dir, processes), self._begin)
        else:
            self._start(lambda: self._make(config, run_dir), self._begin)

    def follow(self, run_dir: Path, seen: "Seen") -> None:
        """Follow a run that another process trains, from what was `seen` of it on; `started` comes first here too."""
        if self.alive:
            return
        self._start(lambda: self._make_follower(run_dir, seen), self._begin_following)
        self._follows = True

    def leave(self) -> None:
        """Follow no longer; the run goes on, and nothing more is heard of it."""
        self._forget_lost()
        if not self.follows:
            return
        self._tasks.forget("start training")
        self._starting = False
        if self._followed is not None:
            self._followed.leave()
        self._session = self._followed = None
        self._events.clear()

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
        if self._starting and not self._follows:
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
            self._session = self._followed = None
            self.failed.emit(tr("training ended without a word; the log may say why"), "")

    def close(self) -> None:
        """End training after the present step and wait for it; the last checkpoint stays. What is followed goes on."""
        self._starting = False
        self._forget_lost()
        if self._followed is not None:
            self._followed.leave()
        elif self._session is not None:
            self._session.stop(evaluate=False)
        if self._session is not None:
            self._session.join()
        self._session = self._followed = None

    def _start(self, make: Callable[[], Any], begin: Callable[[Any], None]) -> None:
        if self.alive:
            return
        self._starting, self._wanted, self._follows = True, None, False
        self._forget_lost()
        self._tasks.submit("start training", make, begin, self._could_not_begin)

    def _begin_following(self, session: "FollowingSession") -> None:
        self._followed = session
        self._begin(session)

    def _begin(self, session: "TrainingSession | FollowingSession") -> None:
        self._starting, self._session, self._cursor = False, session, 0
        self._has_started = False
        self._events.clear()
        if self._wanted is not None:
            session.apply(self._wanted)
        session.start()

    def _look_for_successor(self) -> None:
        """Now and then: torchrun, or whoever watches over a run, may start it again."""
        path = self._lost
        if path is None:
            return

        def take(held: bool) -> None:
            if held and path == self._lost:
                self._forget_lost()
                self.found_again.emit(path)

        self._tasks.submit("look for a successor", lambda: is_held(path), take, lambda _failure: None)

    def _forget_lost(self) -> None:
        self._lost = None
        self._looks.stop()

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
            if self._followed is not None and isinstance(event, records.Failed):
                self._lost = self._followed.run_dir
                self._looks.start()
            self._session = self._followed = None
        if (signal := self._signals.get(type(event))) is not None:
            signal.emit(event)
        elif isinstance(event, records.Note):
            self.noted.emit(in_words(event.message))
        elif isinstance(event, records.Failed):
            self.failed.emit(in_words(event.message), event.details)
        elif isinstance(event, records.Rewound):
            self.rewound.emit()
