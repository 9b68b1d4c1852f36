"""Long measurements behind the window, with progress and cancel: evaluations, protocols, comparisons."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.errors import Cancelled
from explorer.bridge.tasks import Failure, TaskThread

Work = Callable[["Watcher"], Any]
"""Something long; tells the watcher how far it is, which asks it to end where nobody wants it any more."""

_TELLS_AFTER_S = 3.0
"""The time that is left is guessed when so much time has been spent,"""
_TELLS_FROM = 0.05
"""and so large a share of the stage is done."""


@dataclass(frozen=True)
class Progress:
    """How far a measurement is."""

    stage: str
    """What is being done."""
    share: float | None
    """Of the stage, 0 to 1; None where it is not known."""
    seconds_left: float | None
    """Of the stage; None before it can be told."""


class Watcher:
    """What core calls while it measures: it hears how far the work is, and ends it when it was cancelled.

    Called in the thread of the work, read in the window's.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._cancelled = threading.Event()
        self._stage = ("", clock())
        self._share: float | None = None

    def __call__(self, share: float) -> None:
        """Hear the share of the stage that is done.

        Raises
        ------
        Cancelled
            where the work is not wanted any more.
        """
        self.staged(self._stage[0], share)

    def staged(self, stage: str, share: float | None) -> None:
        """Hear what is being done, and the share of that which is done; None where that is not known.

        Raises
        ------
        Cancelled
            where the work is not wanted any more.
        """
        if self._cancelled.is_set():
            raise Cancelled
        if stage != self._stage[0]:
            self._stage = (stage, self._clock())
        self._share = share

    def cancel(self) -> None:
        """End the work as soon as it asks."""
        self._cancelled.set()

    @property
    def progress(self) -> Progress:
        """How far the work is."""
        (stage, since), share = self._stage, self._share
        spent = self._clock() - since
        if share is None or share < _TELLS_FROM or spent < _TELLS_AFTER_S:
            return Progress(stage, share, None)
        return Progress(stage, share, spent * (1 - share) / share)


@dataclass(frozen=True, eq=False)
class _Given:
    """What a piece of work came to; no result where it was cancelled."""

    result: Any
    cancelled: bool = False


class EvaluatingBridge(QObject):
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
        self._watcher: Watcher | None = None
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
        watcher = self._watcher = Watcher()
        self._kind, self._told = kind, None
        self._tasks.submit("evaluate", lambda: _watched(work, watcher), self._take, self._complain)

    def cancel(self) -> None:
        """End what is under way; `cancelled` follows when it has ended."""
        if self._watcher is not None:
            self._watcher.cancel()

    def forget(self) -> None:
        """End what is under way; nobody hears of it any more."""
        self.cancel()
        self._tasks.forget("evaluate")
        self._watcher = None

    def tick(self) -> None:
        """Tell how far the work is."""
        if self._watcher is not None and (progress := self._watcher.progress) != self._told:
            self._told = progress
            self.progressed.emit(self._kind, progress)

    def _take(self, given: _Given) -> None:
        self._watcher = None
        if given.cancelled:
            self.cancelled.emit(self._kind)
        else:
            self.finished.emit(self._kind, given.result)

    def _complain(self, failure: Failure) -> None:
        self._watcher = None
        self.failed.emit(self._kind, failure.message, failure.details)


def _watched(work: Work, watcher: Watcher) -> _Given:
    try:
        return _Given(work(watcher))
    except Cancelled:
        return _Given(None, cancelled=True)
