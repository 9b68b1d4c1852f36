"""Work of a picture that would stall the window: it is done in a thread, and only the newest wish counts."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 15
"""Between two looks whether the work is done."""

Job = Callable[[], Any]
Done = Callable[[Any], None]


class Behind(QObject):
    """Does one job at a time; of those that are asked for meanwhile, the newest is done next and the others never."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._running: tuple[Future[Any], Done] | None = None
        self._next: tuple[Job, Done] | None = None
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._running is not None

    def do(self, job: Job, done: Done) -> None:
        """Do `job` in the thread and hand its result to `done` on this one; an error is raised here."""
        self._next = (job, done)
        if not self.busy:
            self._begin()

    def _begin(self) -> None:
        if self._next is None:
            self._timer.stop()
            return
        (job, done), self._next = self._next, None
        thread = ThreadPoolExecutor(1, thread_name_prefix="lab")
        self._running = (thread.submit(job), done)
        thread.shutdown(wait=False)  # it ends with its job, whoever is still there to see it
        self._timer.start()

    def _look(self) -> None:
        if self._running is not None and self._running[0].done():
            (future, done), self._running = self._running, None
            self._begin()
            done(future.result())
