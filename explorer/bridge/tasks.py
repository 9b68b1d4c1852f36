"""One worker thread for jobs that would stall the window; their results are taken by polling."""

import logging
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from core.errors import InputError, describe
from explorer.core_words import in_words

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
    lasting: bool


class TaskThread:
    """Runs jobs one after the other in a thread of its own.

    A job has a key; a newer job of the same key makes the result of an older one stale, and a stale result is dropped.
    `wake` is called when there is something to poll for, `landed` in the worker thread when a result is there.
    """

    def __init__(self, name: str, wake: Callable[[], None], landed: Callable[[], None] | None = None) -> None:
        self._wake, self._landed = wake, landed
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._jobs: deque[_Job] = deque()
        self._generations: dict[str, int] = {}

    @property
    def busy(self) -> bool:
        """Whether a job waits or runs."""
        return bool(self._jobs)

    def submit(
        self,
        key: str,
        job: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Failure], None],
        *,
        lasting: bool = False,
    ) -> None:
        """Run `job` in the thread; later `poll` calls `done` with its result, or `failed`.

        A `lasting` job is done even if the thread is to end: it keeps something that the user wants kept.
        """
        self.forget(key)
        future = self._executor.submit(job)
        self._jobs.append(_Job(future, self._generations[key], key, done, failed, lasting))
        if (landed := self._landed) is not None:
            future.add_done_callback(lambda _future: landed())
        self._wake()

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
            if job.future.cancelled():
                continue
            error = job.future.exception()
            if error is not None:
                _log_failure(job.key, error)
            if job.generation != self._generations[job.key]:
                continue
            if error is None:
                job.done(job.future.result())
            else:
                job.failed(Failure(in_words(describe(error)), "".join(traceback.format_exception(error))))

    def close(self) -> None:
        """End the thread when the running job and the lasting ones are done; the others are dropped."""
        for job in self._jobs:
            if not job.lasting:
                job.future.cancel()
        self._executor.shutdown(wait=True)
        for job in self._jobs:
            if job.lasting and not job.future.cancelled() and (error := job.future.exception()) is not None:
                _log_failure(job.key, error)
        self._jobs.clear()


def _log_failure(key: str, error: BaseException) -> None:
    """What the user did is worth a line, anything else a traceback."""
    if isinstance(error, InputError):
        log.info("%s: %s", key, error)
    else:
        log.warning("%s failed", key, exc_info=error)
