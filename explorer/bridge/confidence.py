"""Measures behind the window how far a curve's figures may be off, and the figures that take time themselves."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.evaluation.curve import VerificationCurve
from core.evaluation.curve_figures import curve_figures
from core.evaluation.intervals import Confidence
from core.training.records import TrainingSnapshot
from explorer.bridge.tasks import Failure, TaskThread
from explorer.bridge.watch import Watcher
from explorer.translation import tr

if TYPE_CHECKING:
    from core.config import DistanceName
    from core.distances import LinearDistance
    from core.watch import Watch


@dataclass(frozen=True, eq=False)
class ConfidenceWish:
    """A curve whose intervals are wanted, and what it is over."""

    snapshot: TrainingSnapshot
    curve: VerificationCurve
    """Of the snapshot."""
    rule: "DistanceName | LinearDistance"
    """The distance it is by."""


def measure_confidence(wish: ConfidenceWish, watch: "Watch") -> Confidence:
    """Measure the intervals of a curve.

    Raises
    ------
    Cancelled
        where `watch` said so.
    """
    from core.evaluation.confidence import confidence_of

    return confidence_of(wish.snapshot.evaluated(), wish.rule, curve=wish.curve, watch=watch)


class ConfidenceBridge(QObject):
    """One curve at a time; a newer one ends what is under way for an older one."""

    described = Signal(object, object)
    """VerificationCurve and its CurveFigures"""
    measured = Signal(object, object)
    """VerificationCurve and its Confidence"""
    progress = Signal(object)
    """float, the share of the intervals that is done; None where nothing is under way."""
    failed = Signal(str, str)
    """One sentence, and details."""

    def __init__(self, tasks: TaskThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._watcher: Watcher | None = None

    @property
    def is_measuring(self) -> bool:
        """Whether intervals are under way."""
        return self._watcher is not None

    def describe(self, curve: VerificationCurve) -> None:
        """Measure the figures of a curve; `described` or `failed` follows, unless another curve takes its place."""
        self._tasks.submit(
            "figures",
            lambda: curve_figures(curve),
            lambda found: self.described.emit(curve, found),
            lambda failure: self.failed.emit(failure.message, failure.details),
        )

    def measure(self, wish: ConfidenceWish) -> None:
        """Measure intervals; `measured` or `failed` follows, unless they are stopped."""
        self.stop()
        watcher = self._watcher = Watcher()

        def take(found: Confidence | None) -> None:
            self._end()
            if found is not None:
                self.measured.emit(wish.curve, found)

        def complain(failure: Failure) -> None:
            self._end()
            self.failed.emit(tr("Intervals: {message}").format(message=failure.message), failure.details)

        self._tasks.submit("intervals", lambda: watcher.run(lambda: measure_confidence(wish, watcher)), take, complain)
        self.progress.emit(0.0)

    def stop(self) -> None:
        """End the measurement of intervals; nothing follows."""
        if self._watcher is not None:
            self._watcher.stop()
            self._tasks.forget("intervals")
            self._end()

    def forget(self) -> None:
        """Let everything that is under way come to nothing."""
        self._tasks.forget("figures")
        self.stop()

    def tick(self) -> None:
        """Tell how far the intervals are."""
        if self._watcher is not None:
            self.progress.emit(self._watcher.share)

    def _end(self) -> None:
        self._watcher = None
        self.progress.emit(None)
