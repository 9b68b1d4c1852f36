"""One worker thread for jobs that would stall the window; their results are taken by polling."""

import logging
import threading
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from core.errors import describe

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Failure:
    """A job that did not work out."""

    message: str
    """One sentence for the user."""
    details: str
    """The traceback."""


@dataclass(frozen=True)
class _Job:
    future: "Future[Any]"
    generation: int
    key: str
    done: Callable[[Any], None]
    failed: Callable[[Failure], None]


class TaskThread:
    """Runs jobs one after the other in a thread of its own.

    A job has a key; a newer job of the same key makes the result of an older one stale, and a stale result is dropped.
    """

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._jobs: deque[_Job] = deque()
        self._generations: dict[str, int] = {}
        self._cancelled = threading.Event()

    @property
    def busy(self) -> bool:
        """Whether a job waits or runs."""
        return bool(self._jobs)

    def cancelled(self) -> bool:
        """Whether the thread is being closed: a long job asks this now and then."""
        return self._cancelled.is_set()

    def submit(
        self,
        key: str,
        job: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Failure], None],
    ) -> None:
        """Run `job` in the thread; later `poll` calls `done` with its result, or `failed`."""
        self.forget(key)
        self._jobs.append(_Job(self._executor.submit(job), self._generations[key], key, done, failed))

    def forget(self, key: str) -> None:
        """Make every earlier job of this key stale; one that has not begun never will."""
        self._generations[key] = self._generations.get(key, 0) + 1
        for job in self._jobs:
            if job.key == key:
                job.future.cancel()

    def poll(self) -> None:
        """Hand over the results that are there, in the calling thread."""
        while self._jobs and self._jobs[0].future.done():
            job = self._jobs.popleft()
            if job.future.cancelled() or job.generation != self._generations[job.key]:
                continue
            error = job.future.exception()
            if error is None:
                job.done(job.future.result())
            else:
                log.info("job %s failed", job.key, exc_info=error)
                job.failed(Failure(describe(error), "".join(traceback.format_exception(error))))

    def close(self) -> None:
        """End the thread; waiting jobs are dropped, the running one is asked to give up and waited for."""
        self._cancelled.set()
        self._jobs.clear()
        self._executor.shutdown(wait=True, cancel_futures=True)
