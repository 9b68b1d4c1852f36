"""Threads that each compute alone: torch would share every small piece of work among all of them."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import torch

_STARTING = threading.Lock()


@contextmanager
def lone_workers(count: int, name: str) -> Iterator[ThreadPoolExecutor]:
    """Give `count` threads in which torch uses no others; to share the work, they would wait for one another."""
    ready = threading.Barrier(count + 1)

    def start() -> None:
        torch.set_num_threads(1)  # of this thread, but also of threads that will first use torch later
        ready.wait()

    with ThreadPoolExecutor(count, name, start) as pool:
        with _STARTING:
            before, all_started = torch.get_num_threads(), False
            try:
                for _ in range(count):
                    pool.submit(int)
                ready.wait()
                all_started = True
            finally:
                if not all_started:
                    ready.abort()  # a thread that has started would wait for ever
                torch.set_num_threads(before)
        yield pool
