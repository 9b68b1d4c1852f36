"""Turns snapshots into layouts: PCA at once in a thread, UMAP and t-SNE in the projection process."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from core.projection.settings import ProjectionSettings
from core.training.records import TrainingSnapshot
from explorer.bridge.long_work import StageWatcher
from explorer.bridge.tasks import Failure, TaskThread
from explorer.core_words import in_words
from explorer.translation import tr

if TYPE_CHECKING:
    from core.distances import Distance
    from core.projection.messages import ProjectionProgress, ProjectionResult, WorkerMessage
    from core.projection.methods import Method
    from core.projection.worker import ProjectionWorker

WORK_SHARE = 0.05
"""Share of the time that refreshing the map may keep the projection process busy while training."""

PATIENCE_S = 3.0
"""How long an unwanted drawing may hold up a wanted one: a new process takes about as long until it draws."""

_WAITS = tr("Waiting for the former layout to end …")
_NAMES = {"pca": "PCA", "umap": "UMAP", "tsne": "t-SNE"}


@dataclass(frozen=True, eq=False)
class Layout:
    """A snapshot's embeddings, drawn."""

    snapshot: TrainingSnapshot
    method: "Method"
    xy: NDArray[np.float32]
    """[N, 2]"""


@dataclass(frozen=True, eq=False)
class _Request:
    """What the projection process works on."""

    snapshot: TrainingSnapshot
    method: "Method"
    generation: int


MakeWorker = Callable[[], "ProjectionWorker"]


def make_worker() -> "ProjectionWorker":
    """The projection process and the thread that serves it, not yet started."""
    from core.projection.worker import ProjectionWorker

    return ProjectionWorker()


class MapBridge(QObject):
    """Keeps the map near the newest snapshot without letting it cost more than its share."""

    layout_ready = Signal(object)
    """Layout"""
    working = Signal(object)
    """What is being computed, in words; None when nothing is that anybody waits for."""
    progressed = Signal(str, object, object)
    """How far it is: the words, the share of the stage that they name, and the seconds left of it; None: not known."""
    failed = Signal(str, str)
    """One sentence, and details."""

    def __init__(
        self,
        tasks: TaskThread,
        make: MakeWorker = make_worker,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._make, self._clock = tasks, make, clock
        self._worker: ProjectionWorker | None = None
        self._method: Method = "umap"
        self._settings = ProjectionSettings()
        self._afresh = False
        """Whether the next layout is not to go on from the one that is shown."""
        self._snapshot: TrainingSnapshot | None = None
        self._distance: str | Distance = "cosine"
        self._shown: Layout | None = None
        self._generation = 0
        """Raised when what is under way is no longer wanted."""
        self._under_way: _Request | None = None
        self._watched: StageWatcher | None = None
        """How far it is, where anybody waits for it."""
        self._given_up_at = 0.0
        """When interest was lost in what is under way."""
        self._waiting = False
        self._not_before = 0.0

    @property
    def busy(self) -> bool:
        """Whether the process draws, or a snapshot waits to be drawn by it."""
        return self._worker is not None and (self._waiting or self._under_way is not None)

    def start(self) -> None:
        """Start the projection process and have it import and compile UMAP."""
        self._worker = self._make()
        self._worker.start()
        self._worker.warm_up()

    def show(self, snapshot: TrainingSnapshot | None, distance: "str | Distance" = "cosine") -> None:
        """Draw another snapshot by a distance; no snapshot forgets the layout, because another run is shown.

        One with the same embeddings is not drawn again: only its curve is another, such as without excluded images.
        """
        before, self._snapshot = self._snapshot, snapshot
        if _name(distance) != _name(self._distance):
            self._lose_interest()
            self._not_before = 0.0
        elif snapshot is not None and before is not None and snapshot.embeddings is before.embeddings:
            return
        self._distance = distance
        if snapshot is None:
            self._lose_interest()
            self._shown = None
            self._not_before = 0.0
        else:
            self._draw(snapshot)

    def set_method(self, method: "Method") -> None:
        """Draw by another method from now on; by the same again where its drawing was cancelled or has failed."""
        if method == self._method and not self._is_given_up():
            return
        self._method = method
        self._lose_interest()
        self._not_before = 0.0
        if self._snapshot is not None:
            self._draw(self._snapshot)

    def set_settings(self, settings: ProjectionSettings) -> None:
        """Draw by other settings from now on, and from the beginning, since a refresh would hardly move the points."""
        if settings == self._settings:
            return
        self._settings, self._afresh = settings, True
        if self._method == "pca":  # which has none
            return
        self._lose_interest()
        self._not_before = 0.0
        if self._snapshot is not None:
            self._draw(self._snapshot)

    def cancel(self) -> None:
        """End the work on the present layout; the next snapshot begins anew."""
        if self._under_way is not None and self._worker is not None:
            self._worker.cancel()
            self._under_way = None
        self._lose_interest()

    def hurry(self) -> None:
        """Training is over: nothing has to be spared for it."""
        self._not_before = 0.0

    def tick(self) -> None:
        """Take layouts that are done, and begin one that had to wait."""
        if self._worker is None:
            return
        for message in self._worker.poll():
            self._take(message)
        if self._is_held_up() and self._clock() >= self._given_up_at + PATIENCE_S:
            self._worker.cancel()
            self._under_way = None
        if self._waiting and self._under_way is None and self._clock() >= self._not_before:
            self._begin()

    def close(self) -> None:
        """End the projection process."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _is_given_up(self) -> bool:
        """Whether the process was to draw a picture, of which there is none and none will come."""
        shown = self._shown
        if self._method == "pca" or shown is None or self.busy:
            return False
        return self._afresh or shown.method != self._method

    def _draw(self, snapshot: TrainingSnapshot) -> None:
        shown = self._shown
        if self._method == "pca" or shown is None or shown.method != self._method:
            initial, distance = self._initial(snapshot, "pca"), self._distance
            self._tell("pca", snapshot, lambda: _pca(snapshot, initial, distance))
        self._waiting = self._method != "pca"
        if self._is_held_up():
            self.working.emit(_WAITS)

    def _is_held_up(self) -> bool:
        """Whether a drawing waits for one that nobody wants any more."""
        return self._waiting and self._under_way is not None and self._under_way.generation != self._generation

    def _begin(self) -> None:
        from core.projection.messages import ProjectionRequest

        snapshot = self._snapshot
        if self._worker is None or snapshot is None:
            return
        self._waiting = False
        initial = None if self._afresh else self._initial(snapshot, self._method)
        self._under_way = _Request(snapshot, self._method, self._generation)
        self._worker.submit(
            ProjectionRequest(
                generation=self._generation,
                embeddings=snapshot.embeddings,
                sample_ids=snapshot.sample_ids,
                method=self._method,
                initial=initial,
                distance=self._distance,
                settings=self._settings,
            )
        )
        self._watched = None
        if self._afresh or self._shown is None or self._shown.method != self._method:
            self._watched = StageWatcher(self._clock)
            self.working.emit(tr("{NAMES} is computing …").format(NAMES=_NAMES[self._method]))

    def _take(self, message: "WorkerMessage") -> None:
        from core.projection.messages import ProjectionFailed, ProjectionProgress, ProjectionResult

        if isinstance(message, ProjectionResult):
            self._take_result(message)
        elif isinstance(message, ProjectionProgress):
            self._take_progress(message)
        elif isinstance(message, ProjectionFailed):
            request = None if message.request is None else self._end_request()
            if request is None or request.generation == self._generation:
                self.failed.emit(tr("Map: {message}").format(message=in_words(message.message)), message.details)

    def _take_progress(self, told: "ProjectionProgress") -> None:
        if self._watched is None or self._under_way is None or told.generation != self._generation:
            return
        self._watched.staged(told.stage, told.share or 0.0)
        words = tr("{NAMES} is {stage} …").format(NAMES=_NAMES[self._under_way.method], stage=in_words(told.stage))
        self.progressed.emit(words, told.share, self._watched.progress.seconds_left)

    def _take_result(self, result: "ProjectionResult") -> None:
        request = self._end_request()
        if request is None or request.generation != self._generation:
            return
        self._afresh = False
        self._not_before = self._clock() + result.seconds * (1 / WORK_SHARE - 1)
        self._tell(request.method, request.snapshot, lambda: result.layout)

    def _end_request(self) -> _Request | None:
        request, self._under_way = self._under_way, None
        if request is not None and request.generation == self._generation:
            self.working.emit(None)
        return request

    def _tell(self, method: "Method", snapshot: TrainingSnapshot, draw: Callable[[], NDArray[np.float32]]) -> None:
        """Draw, lay the layout over the one that is shown, and hand it on; stale when another follows."""
        shown = self._shown
        self._tasks.submit(
            "layout",
            lambda: _laid_over(shown, snapshot, draw()),
            lambda xy: self._show(Layout(snapshot, method, xy)),
            self._complain,
        )

    def _show(self, layout: Layout) -> None:
        self._shown = layout
        self.layout_ready.emit(layout)

    def _initial(self, snapshot: TrainingSnapshot, method: str) -> NDArray[np.float32] | None:
        """The layout to go on from, where the same method has drawn the same images."""
        shown = self._shown
        if shown is None or shown.method != method:
            return None
        return shown.xy if np.array_equal(shown.snapshot.sample_ids, snapshot.sample_ids) else None

    def _lose_interest(self) -> None:
        """Let what is under way come to nothing. It may end, for `PATIENCE_S`: a new process would have to warm up."""
        self._tasks.forget("layout")
        if self._under_way is not None and self._under_way.generation == self._generation:
            self._given_up_at = self._clock()
        self._generation += 1
        self._waiting = False
        self.working.emit(None)

    def _complain(self, failure: Failure) -> None:
        self.failed.emit(tr("Map: {message}").format(message=failure.message), failure.details)


def _name(distance: "str | Distance") -> str:
    return distance if isinstance(distance, str) else distance.name


def _pca(
    snapshot: TrainingSnapshot, initial: NDArray[np.float32] | None, distance: "str | Distance"
) -> NDArray[np.float32]:
    from core.projection.methods import project

    return project(snapshot.embeddings, "pca", initial, distance=distance)


def _laid_over(shown: Layout | None, snapshot: TrainingSnapshot, xy: NDArray[np.float32]) -> NDArray[np.float32]:
    from core.projection.alignment import align

    return xy if shown is None else align(xy, shown.xy, snapshot.sample_ids, shown.snapshot.sample_ids)
