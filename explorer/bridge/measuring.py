"""Measures snapshots by another distance than the run's own, behind the window."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.config import DistanceName, FittedDistance, is_fitted
from core.evaluation.curve import VerificationCurve
from core.training.records import TrainingSnapshot
from explorer.bridge.tasks import Failure, TaskThread

if TYPE_CHECKING:
    from core.distances import LinearDistance


@dataclass(frozen=True, eq=False)
class Wish:
    """A snapshot to be measured by a distance."""

    run_dir: Path
    snapshot: TrainingSnapshot
    distance: DistanceName
    excluded: frozenset[int] = frozenset()
    """Sample ids of the images to leave out."""


@dataclass(frozen=True, eq=False)
class Measured:
    """A snapshot with its curve by a distance."""

    snapshot: TrainingSnapshot
    distance: DistanceName
    fitted: "LinearDistance | None"
    """The fit of that distance to the snapshot's training images; None where it needs none."""


def measure_by(wish: Wish) -> Measured:
    """Fit the distance where it has to be, and measure the held-out images by it.

    Raises
    ------
    InputError
        where the training images of the snapshot are too few, or the distance kept with the run is damaged.
    """
    from core.training.probe import measured

    snapshot = wish.snapshot
    fitted = _fitted(wish, wish.distance) if is_fitted(wish.distance) else None
    rule = wish.distance if fitted is None else fitted
    return Measured(measured(snapshot, rule, wish.excluded), wish.distance, fitted)


def _fitted(wish: Wish, name: FittedDistance) -> "LinearDistance":
    """The distance that is kept with the run for this step, since verification goes by it; else fitted now."""
    from core.fitted_distances import fit_distance
    from core.runs import Run
    from core.stored_distances import load_distance

    snapshot = wish.snapshot
    if Run.exists(wish.run_dir):
        run = Run.open(wish.run_dir)
        if run.distance_path(name, snapshot.step).is_file():
            return load_distance(run, name, snapshot.step)
    return fit_distance(name, snapshot.embeddings[~snapshot.held_out], snapshot.labels[~snapshot.held_out])


class MeasuringBridge(QObject):
    """One measurement at a time; of the wishes that come meanwhile, the newest is next.

    A wish for another distance, for other images left out, or for none, makes what is under way stale; a newer
    snapshot does not, or a distance that takes longer to fit than an epoch would never be seen.
    """

    measured = Signal(object)
    """Measured"""
    failed = Signal(str, str)
    """One sentence, and details."""
    working = Signal(bool)
    """Whether something is being measured that somebody waits for."""
    rate_measured = Signal(object)
    """VerificationCurve on which a rate is known now."""
    rate_failed = Signal(str, str)
    """One sentence, and details."""

    def __init__(
        self, tasks: TaskThread, measure: Callable[[Wish], Measured] = measure_by, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks, self._measure = tasks, measure
        self._under_way: Wish | None = None
        self._next: Wish | None = None

    def ask(self, wish: Wish) -> None:
        """Measure a snapshot; `measured` or `failed` follows, unless another wish takes its place."""
        now = self._under_way
        if now is not None and _aim(now) == _aim(wish):
            self._next = wish
        else:
            self._begin(wish)

    def measure_rate(self, curve: VerificationCurve, fpr: float) -> None:
        """Measure the pairs near an FPR; `rate_measured` or `rate_failed` follows, unless another is asked for."""
        self._tasks.submit(
            "rate",
            lambda: curve.tpr_at_fpr(fpr),
            lambda point: self.rate_measured.emit(curve),
            lambda failure: self.rate_failed.emit(failure.message, failure.details),
        )

    def forget(self) -> None:
        """Let what is under way come to nothing."""
        self._tasks.forget("measure")
        self._tasks.forget("rate")
        if self._under_way is not None:
            self._under_way = self._next = None
            self.working.emit(False)

    def _begin(self, wish: Wish) -> None:
        self._under_way, self._next = wish, None
        self._tasks.submit("measure", lambda: self._measure(wish), self._take, self._complain)
        self.working.emit(True)

    def _take(self, found: Measured) -> None:
        self._end()
        self.measured.emit(found)

    def _complain(self, failure: Failure) -> None:
        self._next = None  # the same again, most likely
        self._end()
        self.failed.emit(failure.message, failure.details)

    def _end(self) -> None:
        self._under_way = None
        if self._next is not None:
            self._begin(self._next)
        else:
            self.working.emit(False)


def _aim(wish: Wish) -> tuple[Path, DistanceName, frozenset[int]]:
    return wish.run_dir, wish.distance, wish.excluded
