"""Measures open-set rates behind the window, with progress and cancel."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.training.records import TrainingSnapshot
from explorer.bridge.tasks import Failure, TaskThread
from explorer.bridge.watch import Watcher

if TYPE_CHECKING:
    from core.distances import Distance
    from core.evaluation.open_set import OpenSetRates
    from core.evaluation.open_set_points import EnrolmentRule


@dataclass(frozen=True, eq=False)
class RatesWish:
    """Rates that are wanted."""

    snapshot: TrainingSnapshot
    distance: "str | Distance"
    shots: int
    """Images that each identity is enrolled by."""
    rule: "EnrolmentRule"


class RatesBridge(QObject):
    """One measurement at a time; a newer wish ends what is under way."""

    measured = Signal(object, object)
    """RatesWish and OpenSetRates"""
    failed = Signal(str, str)
    """One sentence, and details."""
    progress = Signal(object)
    """float, the share that is measured; None where nothing is under way."""

    def __init__(self, tasks: TaskThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._watcher: Watcher | None = None

    @property
    def is_measuring(self) -> bool:
        """Whether a measurement is under way."""
        return self._watcher is not None

    def measure(self, wish: RatesWish) -> None:
        """Measure; `measured` or `failed` follows, unless it is stopped."""
        self.stop()
        watcher = self._watcher = Watcher()

        def take(found: "OpenSetRates | None") -> None:
            self._end()
            if found is not None:
                self.measured.emit(wish, found)

        def complain(failure: Failure) -> None:
            self._end()
            self.failed.emit(failure.message, failure.details)

        self._tasks.submit("rates", lambda: watcher.run(lambda: _measured(wish, watcher)), take, complain)
        self.progress.emit(0.0)

    def stop(self) -> None:
        """End the measurement; nothing follows."""
        if self._watcher is not None:
            self._watcher.stop()
            self._tasks.forget("rates")
            self._end()

    def tick(self) -> None:
        """Tell how far the measurement is."""
        if self._watcher is not None:
            self.progress.emit(self._watcher.share)

    def _end(self) -> None:
        self._watcher = None
        self.progress.emit(None)


def _measured(wish: RatesWish, watcher: Watcher) -> "OpenSetRates":
    from core.evaluation.open_set import OpenSetSettings
    from core.gallery.rates import rates_of_snapshot

    return rates_of_snapshot(wish.snapshot, wish.distance, OpenSetSettings(wish.shots, wish.rule), watch=watcher)
