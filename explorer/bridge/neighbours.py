"""Looks up behind the window which images lie nearest to one of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from core.training.records import TrainingSnapshot
from explorer.bridge.long_work import StageWatcher, Work
from explorer.bridge.tasks import TaskThread
from explorer.translation import tr

if TYPE_CHECKING:
    from core.distances import Distance


@dataclass(frozen=True, eq=False)
class FoundNeighbours:
    """The images of a snapshot nearest to one of them, in the space of embeddings, nearest first."""

    sample_id: int
    """-1 where it is none of them."""
    sample_ids: NDArray[np.int64]
    """[K]"""
    labels: NDArray[np.int64]
    """[K]"""
    distances: NDArray[np.float64]
    """[K]"""


@dataclass(frozen=True, eq=False)
class FoundSuspects:
    """Images of a snapshot that are worth a second look, the most suspect first."""

    search: str
    sample_ids: NDArray[np.int64]
    """[K]"""
    labels: NDArray[np.int64]
    """[K]"""
    values: NDArray[np.float64]
    """[K], what makes them suspect"""


class NeighbourBridge(QObject):
    """Looks up one thing at a time; a newer wish makes an older one stale."""

    ready = Signal(object)
    """FoundNeighbours"""
    failed = Signal(str, str)
    """One sentence, and details."""

    def __init__(self, tasks: TaskThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks

    def look(self, snapshot: TrainingSnapshot, row: int, distance: "str | Distance") -> None:
        """Find the neighbours of the image in a row of the snapshot; `ready` or `failed` follows."""
        self._tasks.submit(
            "neighbours",
            lambda: _found(snapshot, row, distance),
            self.ready.emit,
            lambda failure: self.failed.emit(
                tr("Neighbours: {message}").format(message=failure.message), failure.details
            ),
        )

    def look_around(
        self, snapshot: TrainingSnapshot, embedding: NDArray[np.float32], distance: "str | Distance"
    ) -> None:
        """Find the images of the snapshot nearest to an embedding [D]; `ready` or `failed` follows."""
        self._tasks.submit(
            "neighbours",
            lambda: _found_around(snapshot, embedding, distance),
            self.ready.emit,
            lambda failure: self.failed.emit(
                tr("Neighbours: {message}").format(message=failure.message), failure.details
            ),
        )

    def forget(self) -> None:
        """What is under way is not wanted any more."""
        self._tasks.forget("neighbours")


def _found(snapshot: TrainingSnapshot, row: int, distance: "str | Distance") -> FoundNeighbours:
    from core.evaluation.image_scores import neighbours_of

    rows, distances = neighbours_of(snapshot.embeddings, row, distance)
    return FoundNeighbours(int(snapshot.sample_ids[row]), snapshot.sample_ids[rows], snapshot.labels[rows], distances)


def _found_around(
    snapshot: TrainingSnapshot, embedding: NDArray[np.float32], distance: "str | Distance"
) -> FoundNeighbours:
    from core.evaluation.image_scores import neighbours_to

    rows, distances = neighbours_to(snapshot.embeddings, embedding, distance)
    return FoundNeighbours(-1, snapshot.sample_ids[rows], snapshot.labels[rows], distances)


def search_in(snapshot: TrainingSnapshot, search: str, distance: "str | Distance") -> Work:
    """Work that finds 'label_errors' or 'near_duplicates' in a snapshot and returns FoundSuspects."""
    return lambda watcher: _suspects(snapshot, search, distance, watcher)


def _suspects(
    snapshot: TrainingSnapshot, search: str, distance: "str | Distance", watcher: StageWatcher
) -> FoundSuspects:
    from core.evaluation.suspects import near_duplicates, probable_label_errors

    watcher.staged(tr("comparing images"))
    if search == "label_errors":
        rows, values = probable_label_errors(snapshot.embeddings, snapshot.labels, distance, watcher)
    else:
        rows, values = near_duplicates(snapshot.embeddings, distance, watcher)
    return FoundSuspects(search, snapshot.sample_ids[rows], snapshot.labels[rows], values)
