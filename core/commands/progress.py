"""How far long work has come, for somebody who waits at a terminal."""

import json
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from core.watch import StageWatch, Watch


@contextmanager
def shown(what: str) -> Iterator[Watch]:
    """Give a watch that writes the share done, as `stages_shown` does."""
    with stages_shown() as tell:
        yield partial(tell, what)


@contextmanager
def stages_shown() -> Iterator[StageWatch]:
    """Give a watch that writes what is done and its share on one line of stderr, which goes when the work ends.

    It goes whether the work ends well or not. Nothing is written where stderr is no terminal.
    """
    if not sys.stderr.isatty():
        yield _unseen
        return
    written = ""

    def write(text: str) -> None:
        nonlocal written
        if text != written:
            print(f"\r{text:<{len(written)}}", end="", file=sys.stderr, flush=True)
            written = text

    try:
        yield lambda stage, share: write(f"{stage}: {int(100 * share)} %")
    finally:
        if written:
            print("\r" + " " * len(written) + "\r", end="", file=sys.stderr, flush=True)


def time_left(things: int, per_second: float) -> str:
    """How long so many things take, as the end of a sentence; empty where the rate is not known yet."""
    if per_second <= 0:
        return ""
    minutes, seconds = divmod(math.ceil(things / per_second), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s")]
    first = next((place for place, (count, _) in enumerate(parts) if count), 3)
    return ", " + " ".join(f"{count} {unit}" for count, unit in parts[first : first + 2]) + " left"


@contextmanager
def stages_told() -> Iterator[StageWatch]:
    """Give a watch that writes what is done and its share as lines of JSON on stderr, for another program."""
    said = ("", -1)

    def write(stage: str, share: float) -> None:
        nonlocal said
        if said != (now := (stage, int(100 * share))):
            said = now
            print(json.dumps({"stage": stage, "share": share}), file=sys.stderr, flush=True)

    yield write


def _unseen(stage: str, share: float) -> None:
    """Nobody sits at a terminal."""
