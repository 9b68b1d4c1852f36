"""Between a job in another thread and the window that waits for it: how far it is, and that it shall end."""

from collections.abc import Callable
from typing import TypeVar

from core.errors import Cancelled

Result = TypeVar("Result")


class Watcher:
    """A `Watch` as core's long work takes it; the window's thread reads `share` and calls `stop`."""

    def __init__(self) -> None:
        self.share = 0.0
        """What is done, 0..1."""
        self._stopped = False

    def __call__(self, share: float) -> None:
        """Take the share that is done.

        Raises
        ------
        Cancelled
            where the window wants no more of it.
        """
        if self._stopped:
            raise Cancelled
        self.share = share

    def stop(self) -> None:
        """End the job when it asks next."""
        self._stopped = True

    def run(self, job: Callable[[], Result]) -> Result | None:
        """Do the job; None where it was stopped, also before it began."""
        try:
            self(0.0)
            return job()
        except Cancelled:
            return None
