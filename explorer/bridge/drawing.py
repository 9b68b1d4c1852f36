"""Lays out embeddings one set after the other: PCA in a thread, UMAP and t-SNE in a process of their own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from explorer.bridge.projection import MakeWorker, make_worker
from explorer.bridge.tasks import Failure, TaskThread
from explorer.core_words import in_words
from explorer.translation import tr

if TYPE_CHECKING:
    from core.projection.messages import ProjectionRequest, WorkerMessage
    from core.projection.worker import ProjectionWorker

Done = Callable[[NDArray[np.float32]], None]
Failed = Callable[[Failure], None]


class Drawer:
    """One drawing at a time; the process starts with the first that needs it, and lives until `end`.

    `name` tells its jobs from those of others in the same thread.
    """

    def __init__(self, tasks: TaskThread, name: str, make: MakeWorker = make_worker) -> None:
        self._tasks, self._key, self._make = tasks, tr("drawing of {name}").format(name=name), make
        self._worker: ProjectionWorker | None = None
        self._asked: tuple[Done, Failed] | None = None
        """Who waits for the process."""

    @property
    def waits(self) -> bool:
        """Whether the process draws."""
        return self._asked is not None

    def draw(self, request: "ProjectionRequest", done: Done, failed: Failed) -> None:
        """Lay out; `done` or `failed` follows, unless `forget` or `end` is called before."""
        if request.method == "pca":
            from core.projection.methods import project

            def job() -> NDArray[np.float32]:
                return project(request.embeddings, "pca", request.initial, distance=request.distance)

            self._tasks.submit(self._key, job, done, failed)
            return
        if self._worker is None:
            self._worker = self._make()
            self._worker.start()
        self._asked = done, failed
        self._worker.submit(request)

    def tick(self) -> None:
        """Take a layout that is done."""
        if self._worker is not None:
            for message in self._worker.poll():
                self._take(message)

    def forget(self) -> None:
        """Give up what is being drawn."""
        self._tasks.forget(self._key)
        if self._asked is not None and self._worker is not None:
            self._worker.cancel()
        self._asked = None

    def end(self) -> None:
        """Give up, and end the process."""
        self._tasks.forget(self._key)
        self._asked = None
        worker, self._worker = self._worker, None
        if worker is not None:  # it may take a while to end
            self._tasks.submit(f"end of {self._key}", worker.close, lambda _: None, lambda _: None, lasting=True)

    def _take(self, message: "WorkerMessage") -> None:
        from core.projection.messages import ProjectionFailed, ProjectionResult

        if self._asked is None:
            return
        done, failed = self._asked
        if isinstance(message, ProjectionResult):
            self._asked = None
            done(message.layout)
        elif isinstance(message, ProjectionFailed):
            self._asked = None
            failed(Failure(in_words(message.message), message.details))
