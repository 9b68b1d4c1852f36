"""How far long work has come, for somebody who waits at a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def shown(what: str) -> Iterator[Callable[[float], None]]:
    """Give a watch that writes the share done on one line of stderr, which goes when the work ends, well or not.

    Nothing is written where stderr is no terminal.
    """
    if not sys.stderr.isatty():
        yield _unseen
        return
    percent = -1

    def watch(share: float) -> None:
        nonlocal percent
        if int(100 * share) != percent:
            percent = int(100 * share)
            print(f"\r{what}: {percent} %", end="", file=sys.stderr, flush=True)

    try:
        yield watch
    finally:
        if percent >= 0:
            print("\r" + " " * len(f"{what}: 100 %") + "\r", end="", file=sys.stderr, flush=True)


def _unseen(share: float) -> None:
    """Nobody sits at a terminal."""
