"""Measures behind the window how far a curve's figures may be off, and the figures that take time themselves."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from core.evaluation.curve import VerificationCurve
from core.evaluation.curve_figures import curve_figures
from core.evaluation.intervals import Confidence
from core.training.records import TrainingSnapshot
from explorer.bridge.newest import NewestBridge
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


class ConfidenceBridge(NewestBridge):
    """One curve at a time; a newer one ends what is under way for an older one."""

    described = Signal(object, object)
    """VerificationCurve and its CurveFigures"""
    measured = Signal(object, object)
    """VerificationCurve and its Confidence"""
    key = "intervals"
    failed_text = tr("Intervals: {message}")

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
        self._begin(
            lambda watcher: measure_confidence(wish, watcher), lambda found: self.measured.emit(wish.curve, found)
        )

    def forget(self) -> None:
        """Let everything that is under way come to nothing."""
        self._tasks.forget("figures")
        self.stop()
