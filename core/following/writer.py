"""Whether somebody trains a run; without torch, for who only asks."""

import socket
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from core.files import hold_on
from core.runs import Run

RECENT_SECONDS = 600.0
"""A run on another machine is taken for alive while its newest line is not older."""


def is_written(run: Run, events: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a run is being trained by another process, as far as can be told; `events` are its lines so far."""
    marks = [line for line in events if line.get("event") in ("started", "finished", "failed")]
    if not marks or marks[-1]["event"] == "finished":
        return False
    held = hold_on(run.path)
    if held is not False:
        return bool(held) or (marks[-1]["event"] == "started" and age(run.path) <= RECENT_SECONDS)
    is_elsewhere = marks[-1]["event"] == "started" and not is_here(marks[-1])
    return is_elsewhere and age(run.path) <= RECENT_SECONDS


def is_here(begun: Mapping[str, Any] | None) -> bool:
    """Whether a run is, or was, trained on this machine; taken for granted of one that does not say."""
    return begun is None or begun.get("host", socket.gethostname()) == socket.gethostname()


def age(path: Path) -> float:
    """Seconds since the run's files of lines were written to, by this machine's clock."""
    times = [file.stat().st_mtime for name in ("metrics.jsonl", "events.jsonl") if (file := path / name).is_file()]
    return max(0.0, time.time() - max(times, default=0.0))
