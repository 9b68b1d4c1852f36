"""Long work behind the window, one piece at a time, with progress and cancel."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from explorer.bridge.tasks import Failure, TaskThread
from explorer.bridge.watch import Watcher
from explorer.core_words import in_words
from explorer.time_left import TimeLeft

Work = Callable[["StageWatcher"], object]
"""Something long that returns what it found; tells the watcher how far it is."""


@dataclass(frozen=True)
class Progress:
    """How far the work is."""

    stage: str
    """What is being done."""
    share: float
    """Of the stage, 0 to 1."""
    seconds_left: float | None
    """Of the stage; None before it can be told."""


class StageWatcher(Watcher):
    """Hears which stage long work is in, how far that is, and ends it when it was cancelled."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._stage = ("", TimeLeft(clock))

    def staged(self, stage: str, share: float = 0.0) -> None:
        """Take what is being done, and the share of that which is done.

        Raises
        ------
        Cancelled
            where the window wants no more of it.
        """
        self(share)
        if stage != self._stage[0]:
            self._stage = (stage, TimeLeft(self._clock))

    @property
    def progress(self) -> Progress:
        """How far the work is."""
        (stage, left), share = self._stage, self.share
        return Progress(stage, share, left.at(share))


class WorkBridge(QObject):
    """One piece of work at a time, each of a kind that its receivers know."""

    finished = Signal(str, object)
    """Kind, and what the work returned."""
    failed = Signal(str, str, str)
    """Kind, one sentence, and details."""
    cancelled = Signal(str)
    """Kind: nothing came of it because that was asked for."""
    progressed = Signal(str, object)
    """Kind, and Progress."""

    def __init__(self, tasks: TaskThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._kind = ""
        self._watcher: StageWatcher | None = None
        self._told: Progress | None = None

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._watcher is not None

    def begin(self, kind: str, work: Work) -> None:
        """Do a piece of work; one that is under way is cancelled.

        One of `finished`, `failed` and `cancelled` follows, unless `forget` is called before.
        """
        self.forget()
        watcher = self._watcher = StageWatcher()
        self._kind, self._told = kind, None
        self._tasks.submit("evaluate", lambda: watcher.run(lambda: work(watcher)), self._take, self._complain)

    def cancel(self) -> None:
        """End what is under way; `cancelled` follows when it has ended."""
        if self._watcher is not None:
            self._watcher.stop()

    def forget(self) -> None:
        """End what is under way; nobody hears of it any more."""
        self.cancel()
        self._tasks.forget("evaluate")
        self._watcher = None

    def tick(self) -> None:
        """Tell how far the work is."""
        if self._watcher is not None and (progress := self._watcher.progress) != self._told:
            self._told = progress
            self.progressed.emit(self._kind, replace(progress, stage=in_words(progress.stage)))

    def _take(self, result: object) -> None:
        self._watcher = None
        if result is None:
            self.cancelled.emit(self._kind)
        else:
            self.finished.emit(self._kind, result)

    def _complain(self, failure: Failure) -> None:
        self._watcher = None
        self.failed.emit(self._kind, failure.message, failure.details)
