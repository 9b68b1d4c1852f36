"""One measurement at a time behind the window, with progress; a newer one ends what is under way for an older one."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from explorer.bridge.tasks import Failure, TaskThread
from explorer.bridge.watch import Watcher

Found = TypeVar("Found")


class NewestBridge(QObject):
    """What the bridges have in common that answer the newest wish alone."""

    failed = Signal(str, str)
    """One sentence, and details."""
    progress = Signal(object)
    """float, the share that is measured; None where nothing is under way."""

    key: str
    """Of its jobs, among those of the thread."""
    failed_text = "{message}"
    """What a failure's sentence stands in."""

    def __init__(self, tasks: TaskThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._watcher: Watcher | None = None

    @property
    def is_measuring(self) -> bool:
        """Whether a measurement is under way."""
        return self._watcher is not None

    def stop(self) -> None:
        """End the measurement; nothing follows."""
        if self._watcher is not None:
            self._watcher.stop()
            self._tasks.forget(self.key)
            self._end()

    def tick(self) -> None:
        """Tell how far the measurement is."""
        if self._watcher is not None:
            self.progress.emit(self._watcher.share)

    def _begin(self, job: Callable[[Watcher], Found], take: Callable[[Found], None]) -> None:
        """Do a job; `take` or `failed` follows, unless it is stopped or another takes its place."""
        self.stop()
        watcher = self._watcher = Watcher()

        def done(found: Found | None) -> None:
            self._end()
            if found is not None:
                take(found)

        self._tasks.submit(self.key, lambda: watcher.run(lambda: job(watcher)), done, self._complain)
        self.progress.emit(0.0)

    def _complain(self, failure: Failure) -> None:
        self._end()
        self.failed.emit(self.failed_text.format(message=failure.message), failure.details)

    def _end(self) -> None:
        self._watcher = None
        self.progress.emit(None)
