"""All bridges of a window, the threads they share, and the one timer that polls them."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from core.data.dataset import ImageFile
from explorer.bridge.colouring import ColouringBridge
from explorer.bridge.confidence import ConfidenceBridge
from explorer.bridge.contours import ContourBridge
from explorer.bridge.gallery import GalleryBridge
from explorer.bridge.history import HistoryBridge
from explorer.bridge.hold import RunHold
from explorer.bridge.identifying import IdentifyingBridge
from explorer.bridge.imports import import_for_good
from explorer.bridge.inference import InferenceBridge, OpenModel, open_model
from explorer.bridge.library import LibraryBridge
from explorer.bridge.long_work import WorkBridge
from explorer.bridge.map_compare import MapCompareBridge
from explorer.bridge.margins import MarginBridge
from explorer.bridge.measuring import MeasuringBridge
from explorer.bridge.neighbours import NeighbourBridge
from explorer.bridge.open_set import RatesBridge
from explorer.bridge.pairs import PairsBridge
from explorer.bridge.pictures import PictureBridge
from explorer.bridge.projection import MakeWorker, MapBridge, make_worker
from explorer.bridge.runs import RunsBridge
from explorer.bridge.selections import SelectionsBridge
from explorer.bridge.tasks import Failure, TaskThread
from explorer.bridge.training import MakeFollower, MakeSession, TrainingBridge, make_follower, make_session
from explorer.bridge.verdicts import VerdictFiles

PICTURE_OWNERS = ("grid", "preview", "hover", "pairs", "neighbours", "map", "verify", "looked at", "changes")
TICK_MS = 33
"""Between two looks while something is under way; whoever starts something wakes the timer."""
_QUIET_MS = 1_000
"""So long after the last work the panels may still have something to redraw; then the timer stops."""


@dataclass(frozen=True)
class FarEnds:
    """What stands at the other end of bridges: a training session, a projection process, a model."""

    session: MakeSession = make_session
    follower: MakeFollower = make_follower
    worker: MakeWorker = make_worker
    model: OpenModel = open_model


class Bridges(QObject):
    """Made on the window's thread, polled there by its own timer, closed once."""

    ticked = Signal()
    """Everything that came in was handed on."""
    _seen = Signal()
    """The inference thread has a result, which somebody waits for who has just dropped an image."""

    def __init__(
        self,
        find_sample: Callable[[str], ImageFile | None],
        parent: QObject | None = None,
        far_ends: FarEnds | None = None,
    ) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._since_work = QElapsedTimer()
        self._polls = self._expects_run = False
        self.gpus = 0
        """CUDA devices of this machine; known when all is loaded."""
        self._threads: dict[str, TaskThread] = {}
        self._works: list[WorkBridge] = []
        looking = self._threads["inference"] = TaskThread("inference", self.wake, self._seen.emit)
        self._seen.connect(self._take_seen, Qt.ConnectionType.QueuedConnection)
        compute, reading, painting = self._thread("compute"), self._thread("reading"), self._thread("pictures")
        ends = far_ends or FarEnds()
        self.training = TrainingBridge(compute, ends.session, follower=ends.follower)
        self.maps = MapBridge(compute, ends.worker)
        self.margins = MarginBridge(compute)
        self.colouring = ColouringBridge(self._thread("colouring"))
        self.contours = ContourBridge(compute)
        self.neighbours = NeighbourBridge(compute)
        self.searching = self.add_work("suspects")
        self.history = HistoryBridge(compute, ends.worker)
        self.map_compare = MapCompareBridge(self._thread("comparing"), ends.worker)
        self.measuring = MeasuringBridge(self._thread("measuring"))
        self.confidence = ConfidenceBridge(self._thread("intervals"))
        self.pairs = PairsBridge(self._thread("pairs"))
        self.evaluating = self.add_work("evaluating")
        self.embedded = self.add_work("embedded")
        self.downloads = self.add_work("downloads")
        self.exporting = self.add_work("exporting")
        self.taking = self.add_work("taking")
        self.verdicts = self.add_work("verdicts")
        self.inspecting = self.add_work("inspecting")
        self.sorting = self.add_work("sorting")
        self.finding = self.add_work("finding")
        self.scalars = self.add_work("scalars")
        self.hold = RunHold()
        self.library = LibraryBridge(reading, self.hold)
        self.runs = RunsBridge(self._thread("listing"), reading)
        self.selections = SelectionsBridge(reading, self.hold)
        self.verdict_files = VerdictFiles(reading, self.hold)
        self.inference = InferenceBridge(looking, find_sample, ends.model)
        self.gallery = GalleryBridge(self._thread("gallery"), self.inference, find_sample, self.hold)
        self.identifying = IdentifyingBridge(self.gallery, self.inference, find_sample)
        self.open_set = RatesBridge(self._thread("rates"))
        self.pictures = {owner: PictureBridge(painting, owner) for owner in PICTURE_OWNERS}

    def add_work(self, thread: str) -> WorkBridge:
        """Make a bridge for long work in the thread of that name."""
        self._works.append(WorkBridge(self._thread(thread)))
        return self._works[-1]

    def load(self, done: Callable[[], None], failed: Callable[[Failure], None]) -> None:
        """Import torch, and what a model is looked at with, behind the window."""
        self._polls = True

        def take(gpus: int) -> None:
            self.gpus = gpus
            done()

        self._thread("compute").submit("imports", _import_heavy, take, failed)

    def expect_run(self, failed: Callable[[Failure], None]) -> None:
        """Import what a run is drawn with, and warm up the projection process, where that was not done before.

        A window that shows data alone needs neither, and they take as much memory as all the rest.
        """
        if not self._expects_run:
            self._expects_run = True
            self.maps.start()
            self._thread("compute").submit("kernels", _import_kernels, lambda _done: None, failed)

    def wake(self) -> None:
        """Poll: something is under way, or to be drawn."""
        self._since_work.start()
        if self._polls and not self._timer.isActive():
            self._timer.start()

    @property
    def jobs_wait(self) -> bool:
        """Whether any thread has something to do or to hand over."""
        return any(tasks.busy for tasks in self._threads.values())

    def tick(self) -> None:
        """Take everything that came in since the last tick."""
        for tasks in self._threads.values():
            tasks.poll()
        self.training.tick()
        self.maps.tick()
        self.pairs.tick()
        self.history.tick()
        self.map_compare.tick()
        for work in self._works:
            work.tick()
        self.library.tick()
        self.confidence.tick()
        self.open_set.tick()
        self.ticked.emit()
        draws = self.maps.busy or self.history.busy or self.map_compare.busy
        if self.training.alive or draws or self.jobs_wait:
            self.wake()
        elif self._since_work.hasExpired(_QUIET_MS):
            self._timer.stop()

    def close(self) -> None:
        """End all threads and processes; a run that trains keeps its last step."""
        self._polls = False
        self._timer.stop()
        self.training.close()
        self.maps.close()
        self.history.close()
        self.map_compare.leave()
        self.pairs.cancel()
        self.colouring.stop()
        self.library.cancel()
        for work in self._works:
            work.forget()
        self.confidence.forget()
        self.open_set.stop()
        for tasks in self._threads.values():
            tasks.close()
        self.hold.release()

    def _thread(self, name: str) -> TaskThread:
        """The thread of that name; what shares one is done one after the other."""
        if name not in self._threads:
            self._threads[name] = TaskThread(name, self.wake)
        return self._threads[name]

    @Slot()
    def _take_seen(self) -> None:
        """Hand on what the inference thread has found, without waiting for the next tick."""
        self._thread("inference").poll()


def _import_heavy() -> int:
    """Import, and give the number of CUDA devices."""
    import_for_good("core.verification", "core.evaluate", "core.gallery.rates", "core.gallery.gallery")
    from torch.cuda import device_count

    return device_count()


def _import_kernels() -> None:
    import_for_good("explorer.widgets.raster_kernels")  # compiled here, not when the first map is drawn
