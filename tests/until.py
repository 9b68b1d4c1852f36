"""Waiting for another process or thread, where nothing tells that it has done what is waited for."""

import time
from collections.abc import Callable


def until(
    condition: Callable[[], object], seconds: float, what: str = "what is waited for", every: float = 0.01
) -> None:
    """Ask again and again until the condition holds; fail the test where it does not within some seconds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what} did not happen within {seconds:.0f} s"
        time.sleep(every)
