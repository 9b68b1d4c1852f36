"""Works out behind the window what other margins would leave active."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from core.config import TrainingDistance
from core.training.records import TrainingSnapshot
from explorer.bridge.tasks import Failure, TaskThread
from explorer.translation import tr

MARGINS = np.concatenate([np.arange(20) / 40, np.arange(5, 10) / 10, np.arange(4, 9) / 4])
"""From 0 to 2, closest up to 0.5, where margins between triplets usually are."""


@dataclass(frozen=True, eq=False)
class ActiveShares:
    """Share of a snapshot's training triplets that each margin would leave active."""

    snapshot: TrainingSnapshot
    margins: NDArray[np.float64]
    """[M], in units of the distance, ascending"""
    shares: NDArray[np.float64]
    """[M]; NaN where the training images in the snapshot make no triplet, or make theirs by a list"""


class MarginBridge(QObject):
    """Looks at one snapshot at a time; a newer one makes an older one stale."""

    ready = Signal(object)
    """ActiveShares"""
    failed = Signal(str, str)
    """One sentence, and details."""

    def __init__(self, tasks: TaskThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks

    def look(self, snapshot: TrainingSnapshot, distance: TrainingDistance) -> None:
        """Work out the shares of a snapshot's training images."""
        self._tasks.submit(
            "margins",
            lambda: ActiveShares(snapshot, MARGINS, _shares(snapshot, distance)),
            self.ready.emit,
            self._complain,
        )

    def forget(self) -> None:
        """What is under way is not wanted any more."""
        self._tasks.forget("margins")

    def _complain(self, failure: Failure) -> None:
        self.failed.emit(tr("Margin: {message}").format(message=failure.message), failure.details)


def _shares(snapshot: TrainingSnapshot, distance: TrainingDistance) -> NDArray[np.float64]:
    from core.evaluation.margins import active_share

    training = ~snapshot.held_out
    if training.sum() < 2 or snapshot.pairs is not None:  # of a list, which triplets there are is not in a snapshot
        return np.full(len(MARGINS), np.nan)
    return active_share(snapshot.embeddings[training], snapshot.labels[training], MARGINS, distance)
