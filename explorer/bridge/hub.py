"""All bridges of a window, the threads they share, and the one place that polls and ends them."""

from collections.abc import Callable

from core.data.dataset import ImageFile
from explorer.bridge.inference import InferenceBridge
from explorer.bridge.library import LibraryBridge
from explorer.bridge.pictures import PictureBridge
from explorer.bridge.projection import MapBridge
from explorer.bridge.tasks import Failure, TaskThread
from explorer.bridge.training import TrainingBridge

PICTURE_OWNERS = ("grid", "preview", "hover")


class Bridges:
    """Made on the window's thread, ticked 30 times a second, closed once."""

    def __init__(self, find_sample: Callable[[str], ImageFile | None]) -> None:
        self._compute, self._reading = TaskThread("compute"), TaskThread("reading")
        self._looking, self._painting = TaskThread("inference"), TaskThread("pictures")
        self.training = TrainingBridge(self._compute)
        self.maps = MapBridge(self._compute)
        self.library = LibraryBridge(self._reading)
        self.inference = InferenceBridge(self._looking, find_sample)
        self.pictures = {owner: PictureBridge(self._painting, owner) for owner in PICTURE_OWNERS}

    def load(self, done: Callable[[], None], failed: Callable[[Failure], None]) -> None:
        """Import what training and inference need behind the window, and warm up the projection process."""
        self.maps.start()
        self._compute.submit("imports", _import_heavy, lambda _result: done(), failed)

    def tick(self) -> None:
        """Take everything that came in since the last tick."""
        for tasks in (self._compute, self._reading, self._looking, self._painting):
            tasks.poll()
        self.training.tick()
        self.maps.tick()

    def close(self) -> None:
        """End all threads and processes; a run that trains keeps its last step."""
        self.training.close()
        self.maps.close()
        for tasks in (self._compute, self._reading, self._looking, self._painting):
            tasks.close()


def _import_heavy() -> None:
    import core.training.session
    import core.verification  # noqa: F401
