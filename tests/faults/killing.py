"""Training in a process of its own that is killed at a chosen instant; forked from one that has imported all."""

import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from core.config import RunConfig
from core.training import checkpoint
from core.training.controls import Controls
from core.training.records import Finished, Started
from tests.core.training.driving import AGAIN, CHANGED, Plan, drive

PATIENCE = 120.0
_TOUCHING = ("open", "os.rename", "os.remove", "os.mkdir", "os.truncate")


@dataclass(frozen=True)
class Death:
    """When a process dies: just one of them is set."""

    seconds: float | None = None
    """After it was told to begin."""
    touch: int | None = None
    """At so manieth time that it opens, renames or deletes a file of its run, before it does."""
    share: float | None = None
    """When so much of the next checkpoint is written."""


@dataclass(frozen=True)
class Life:
    """What a process came to."""

    killed: bool
    started: int | None
    """Step that it went on from; None where it was killed before that."""


def any_death(chance: random.Random) -> Death:
    """One of the three kinds, at random."""
    match chance.randrange(3):
        case 0:
            return Death(seconds=chance.uniform(0, 0.8))
        case 1:
            return Death(touch=chance.randrange(60))
        case _:
            return Death(share=chance.random())


def changing(controls: Controls) -> Plan:
    """Live changes within epochs: one after its end would be lost with the process, as nobody is there to repeat it."""
    return {3: lambda: controls.apply(CHANGED), 10: lambda: controls.apply(AGAIN)}


@contextmanager
def forking() -> Iterator[Any]:
    """Processes that begin within milliseconds, since torch has been imported for all of them."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.killing"])
    yield context


def live(context: Any, config: RunConfig, path: Path, death: Death) -> Life:
    """Train a run, or go on with it, until it is done or the process dies."""
    here, there = context.Pipe()
    process = context.Process(target=_train, args=(there, config, path, death), daemon=True)
    process.start()
    there.close()
    try:
        assert here.poll(PATIENCE)
        here.recv()
        here.send("begin")
        process.join(PATIENCE if death.seconds is None else death.seconds)
        process.kill()
        process.join(PATIENCE)
        said = _all(here)
        finished = "finished" in said
        assert finished or process.exitcode == -signal.SIGKILL, f"ended by itself: {process.exitcode}, {said}"
        return Life(not finished, next((word for word in said if isinstance(word, int)), None))
    finally:
        here.close()
        process.kill()
        process.join()
        process.close()


def _all(connection: Connection) -> list[object]:
    """What the process has said before its end."""
    said: list[object] = []
    try:
        while True:
            said.append(connection.recv())
    except EOFError:
        return said


def _train(connection: Connection, config: RunConfig, path: Path, death: Death) -> None:
    import torch

    torch.set_num_threads(1)  # as in the process that compares
    connection.send("ready")
    connection.recv()
    if death.touch is not None:
        _die_at_touch(path, death.touch)
    if death.share is not None:
        _die_within_checkpoint(death.share)

    def tell(event: object, controls: object) -> None:
        if isinstance(event, Started):
            connection.send(event.step)

    driven = drive(config, path, changing, resume=True, on_event=tell)
    assert isinstance(driven.finished, Finished)
    connection.send("finished")


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_at_touch(path: Path, number: int) -> None:
    left = number

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in _TOUCHING and str(arguments[0]).startswith(str(path)):
            left -= 1
            if left < 0:
                _die()

    sys.addaudithook(count)


def _die_within_checkpoint(share: float) -> None:
    real = checkpoint.save_file

    def cut(tensors: Any, file: Path, metadata: Any) -> None:
        real(tensors, file, metadata)
        os.truncate(file, int(share * file.stat().st_size))
        _die()

    checkpoint.save_file = cut
