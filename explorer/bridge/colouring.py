"""Measures behind the window what the map is coloured by."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from core.training.records import TrainingSnapshot
from explorer.bridge.tasks import Failure, TaskThread

if TYPE_CHECKING:
    from core.distances import Distance


@dataclass(frozen=True, eq=False)
class ImageValues:
    """A quantity of every image of a snapshot."""

    snapshot: TrainingSnapshot
    quantity: str
    values: NDArray[np.float64]
    """[N]"""


class ColouringBridge(QObject):
    """Measures one quantity at a time; a newer wish makes an older one stale."""

    ready = Signal(object)
    """ImageValues"""
    failed = Signal(str, str)
    """One sentence, and details."""

    def __init__(self, tasks: TaskThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks

    def measure(self, snapshot: TrainingSnapshot, quantity: str, distance: "str | Distance") -> None:
        """Measure a quantity of all images of a snapshot; `ready` or `failed` follows."""
        self._tasks.submit(
            "colouring",
            lambda: ImageValues(snapshot, quantity, _values(snapshot, quantity, distance)),
            self.ready.emit,
            self._complain,
        )

    def forget(self) -> None:
        """What is under way is not wanted any more."""
        self._tasks.forget("colouring")

    def _complain(self, failure: Failure) -> None:
        self.failed.emit(f"Colours of the map: {failure.message}", failure.details)


def _values(snapshot: TrainingSnapshot, quantity: str, distance: "str | Distance") -> NDArray[np.float64]:
    from core.evaluation.image_scores import centre_distances, foreign_neighbours

    measure = {"centre_distance": centre_distances, "foreign_neighbours": foreign_neighbours}[quantity]
    return measure(snapshot.embeddings, snapshot.labels, distance)
