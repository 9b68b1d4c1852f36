"""Work on many images by a few threads, since decoders let other threads run."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

from core.errors import Cancelled

Progress = Callable[[int, int], None]
"""Takes what is done and how much there is."""

_MAX_THREADS = 8
_REPORT_INTERVAL = 0.05  # seconds


def in_threads(
    work: Callable[[int], None],
    total: int,
    progress: Progress,
    cancelled: Callable[[], bool] | None,
) -> None:
    """Call `work` with 0 .. total - 1 from a few threads, while this one reports and listens.

    Parameters
    ----------
    work
        Called once with each number.
    total
        How many there are.
    progress
        Called with the numbers done and `total`, from the calling thread, about every 50 ms.
    cancelled
        Asked as often; the work ends where it answers yes.

    Raises
    ------
    Cancelled
        where `cancelled` answered yes; or whatever `work`, `progress` or `cancelled` raise.
    """
    threads = min(_MAX_THREADS, os.cpu_count() or 1)
    done = [0] * threads
    stop = threading.Event()

    def share(first: int) -> None:
        for index in range(first, total, threads):
            if stop.is_set():
                return
            work(index)
            done[first] += 1

    with ThreadPoolExecutor(threads, thread_name_prefix="decode") as pool:
        running = {pool.submit(share, first) for first in range(threads)}
        try:
            while running:
                finished, running = wait(running, timeout=_REPORT_INTERVAL, return_when=FIRST_EXCEPTION)
                for future in finished:
                    future.result()
                progress(sum(done), total)
                if cancelled is not None and cancelled():
                    raise Cancelled
        finally:
            stop.set()
