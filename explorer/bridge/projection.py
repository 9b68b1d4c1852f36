"""Turns snapshots into layouts: PCA at once in a thread, UMAP and t-SNE in the projection process."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from core.training.records import TrainingSnapshot
from explorer.bridge.tasks import Failure, TaskThread

if TYPE_CHECKING:
    from core.projection.messages import ProjectionResult, WorkerMessage
    from core.projection.methods import Method
    from core.projection.worker import ProjectionWorker

WORK_SHARE = 0.2
"""Share of the time that refreshing the map may keep the projection process busy while training."""

_NAMES = {"pca": "PCA", "umap": "UMAP", "tsne": "t-SNE"}


@dataclass(frozen=True, eq=False)
class Layout:
    """A snapshot's embeddings, drawn."""

    snapshot: TrainingSnapshot
    method: "Method"
    xy: NDArray[np.float32]
    """[N, 2]"""


class MapBridge(QObject):
    """Keeps the map near the newest snapshot without letting it cost more than its share."""

    layout_ready = Signal(object)
    """Layout"""
    working = Signal(object)
    """What is being computed, in words; None when nothing is."""
    failed = Signal(str, str)

    def __init__(
        self,
        tasks: TaskThread,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._clock = clock
        self._worker: ProjectionWorker | None = None
        self._method: Method = "umap"
        self._snapshot: TrainingSnapshot | None = None
        self._requested: TrainingSnapshot | None = None
        self._shown: Layout | None = None
        self._generation = 0
        self._busy = False
        self._waiting = False
        self._not_before = 0.0

    def start(self) -> None:
        """Start the projection process and have it import and compile UMAP."""
        from core.projection.worker import ProjectionWorker

        self._worker = ProjectionWorker()
        self._worker.start()
        self._worker.warm_up()

    def show(self, snapshot: TrainingSnapshot | None) -> None:
        """Draw another snapshot; None forgets the layout, because another run is shown."""
        self._snapshot = snapshot
        if snapshot is None:
            self._forget()
        else:
            self._draw()

    def set_method(self, method: "Method") -> None:
        """Draw by another method from now on."""
        if method != self._method:
            self._method = method
            self._give_up_work()
            self._draw()

    def cancel(self) -> None:
        """End the work on the present layout; the next snapshot begins anew."""
        self._give_up_work()
        self.working.emit(None)

    def tick(self) -> None:
        """Take layouts that are done, and begin one that had to wait."""
        if self._worker is None:
            return
        for message in self._worker.poll():
            self._take(message)
        if self._waiting and not self._busy and self._clock() >= self._not_before:
            self._begin()

    def close(self) -> None:
        """End the projection process."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _draw(self) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            return
        if self._method == "pca" or self._shown is None or self._shown.method != self._method:
            initial = self._initial(snapshot, "pca")
            self._tasks.submit(
                "pca", lambda: _pca(snapshot, initial), lambda xy: self._show(snapshot, "pca", xy), self._complain
            )
        self._waiting = self._method != "pca"

    def _begin(self) -> None:
        from core.projection.messages import ProjectionRequest

        if self._worker is None or self._snapshot is None:
            return
        self._waiting, self._busy, self._requested = False, True, self._snapshot
        self._generation += 1
        self._worker.submit(
            ProjectionRequest(
                generation=self._generation,
                embeddings=self._snapshot.embeddings,
                sample_ids=self._snapshot.sample_ids,
                method=self._method,
                initial=self._initial(self._snapshot, self._method),
            )
        )
        if self._shown is None or self._shown.method != self._method:
            self.working.emit(f"{_NAMES[self._method]} is computing …")

    def _take(self, message: "WorkerMessage") -> None:
        from core.projection.messages import ProjectionFailed, ProjectionResult

        if isinstance(message, ProjectionResult):
            if message.request.generation == self._generation:
                self._take_result(message)
        elif isinstance(message, ProjectionFailed):
            self._busy = False
            self.working.emit(None)
            self.failed.emit(message.message, message.details)

    def _take_result(self, result: "ProjectionResult") -> None:
        self._busy = False
        self._not_before = self._clock() + result.seconds * (1 / WORK_SHARE - 1)
        self.working.emit(None)
        if self._requested is not None:
            self._show(self._requested, self._method, result.layout)

    def _show(self, snapshot: TrainingSnapshot, method: "Method", xy: NDArray[np.float32]) -> None:
        from core.projection.alignment import align

        if self._snapshot is None:
            return
        if self._shown is not None:
            xy = align(xy, self._shown.xy, snapshot.sample_ids, self._shown.snapshot.sample_ids)
        self._shown = Layout(snapshot, method, xy)
        self.layout_ready.emit(self._shown)

    def _initial(self, snapshot: TrainingSnapshot, method: str) -> NDArray[np.float32] | None:
        """The layout to go on from, where the same method has drawn the same images."""
        shown = self._shown
        same = shown is not None and shown.method == method
        if shown is None or not same or not np.array_equal(shown.snapshot.sample_ids, snapshot.sample_ids):
            return None
        return shown.xy

    def _give_up_work(self) -> None:
        self._tasks.forget("pca")
        self._waiting = False
        self._generation += 1
        if self._busy and self._worker is not None:
            self._worker.cancel()
        self._busy = False

    def _forget(self) -> None:
        self._give_up_work()
        self._shown = None
        self._not_before = 0.0
        self.working.emit(None)

    def _complain(self, failure: Failure) -> None:
        self.failed.emit(failure.message, failure.details)


def _pca(snapshot: TrainingSnapshot, initial: NDArray[np.float32] | None) -> NDArray[np.float32]:
    from core.projection.methods import project

    return project(snapshot.embeddings, "pca", initial)
