"""What runs in the projection process."""

import os
import signal
import threading
import time
import traceback
from dataclasses import dataclass
from multiprocessing import parent_process
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm  # type: ignore[import-untyped]

from core.projection.messages import ProjectionProgress, ProjectionRequest
from core.projection.methods import project
from core.projection.pipe import receive
from core.projection.progress import Throttled

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_MOST_THREADS = 8


@dataclass(frozen=True)
class Start:
    """Come up and listen: the task a process begins with, never sent."""


@dataclass(frozen=True)
class WarmUp:
    """Import and compile what UMAP needs."""


@dataclass(frozen=True, eq=False)
class Done:
    """A task has ended well."""

    layout: NDArray[np.float32] | None
    """None unless a layout was asked for."""
    seconds: float


@dataclass(frozen=True)
class Error:
    """A task has raised."""

    message: str
    details: str


Task = Start | WarmUp | ProjectionRequest
Answer = Done | Error | ProjectionProgress
"""The last comes any number of times before one of the others."""


def serve(connection: "Connection[Any, Any]") -> None:
    """Answer tasks one by one until the connection closes."""
    _be_modest()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    connection.send(Done(None, time.process_time()))
    while True:
        try:
            task = receive(connection)
        except EOFError:
            return
        connection.send(_answer(task, connection))


def _be_modest() -> None:
    """Leave cores and priority to training, and Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(10)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    threads = str(max(1, min(cores // 2, _MOST_THREADS)))
    # umap's progress bar would else make a semaphore, which a killed process leaves behind.
    tqdm.set_lock(threading.RLock())
    # Read when torch, scikit-learn and numba are imported, which only the first task does.
    os.environ.update(OMP_NUM_THREADS=threads, MKL_NUM_THREADS=threads, NUMBA_NUM_THREADS=threads)


def _end_with_parent() -> None:
    """A parent that is killed cannot stop its child, which would compute on for nobody."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answer(task: WarmUp | ProjectionRequest, connection: "Connection[Any, Any]") -> Answer:
    begin = time.perf_counter()
    try:
        layout = None
        if isinstance(task, WarmUp):
            _warm_up()
        else:
            layout = _draw(task, connection)
    except Exception as error:  # noqa: BLE001 - the border of the process: the parent reports it
        return Error(str(error) or type(error).__name__, traceback.format_exc())
    return Done(layout, time.perf_counter() - begin)


def _draw(request: ProjectionRequest, connection: "Connection[Any, Any]") -> NDArray[np.float32]:
    def report(stage: str, share: float | None) -> None:
        connection.send(ProjectionProgress(request.generation, stage, share))

    return project(
        request.embeddings,
        request.method,
        request.initial,
        request.seed,
        request.distance,
        request.settings,
        report=Throttled(report),
    )


def _warm_up() -> None:
    """Draw a tiny layout both ways: numba compiles the parallel and the reproducible loop apart."""
    points = np.random.default_rng(0).standard_normal((32, 8), dtype=np.float32)
    for seed in (None, 0):
        project(points, "umap", seed=seed)
