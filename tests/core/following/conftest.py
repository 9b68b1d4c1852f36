"""A run folder that the test writes to, as training would."""

import json
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest

from core.files import held_alone
from core.runs import Run
from tests.core.stored_runs import step_line
from tests.until import until

PATIENCE = 60.0
"""Seconds; a process that loads torch takes a part of them where others do so too."""


class Written:
    """A run that a process trains which is this test."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run = Run.open(path)

    def held(self) -> AbstractContextManager[None]:
        """As long as its process lives."""
        return held_alone(self.path)

    def steps(self, *numbers: int) -> None:
        with (self.path / "metrics.jsonl").open("a") as file:
            file.writelines(json.dumps(step_line(number, 1)) + "\n" for number in numbers)

    def event(self, event: str, step: int = 0, **details: object) -> None:
        self.run.append_event(event, step, **details)

    def look(self, step: int) -> None:
        """The newest snapshot is also that of another step."""
        shutil.copy(self.run.snapshot_path(self.run.snapshot_steps()[-1]), self.run.snapshot_path(step))

    def checkpoint(self, step: int) -> None:
        shutil.copy(self.run.checkpoint_path(self.run.checkpoint_steps()[-1]), self.run.checkpoint_path(step))


@pytest.fixture
def written(trained: Run, tmp_path: Path) -> Written:
    """A run of 8 steps that was just begun: its files are those of a finished one, without its lines."""
    path = Path(shutil.copytree(trained.path, tmp_path / "run"))
    for name in ("metrics.jsonl", "events.jsonl"):
        (path / name).write_text("")
    return Written(path)


@pytest.fixture
def eventually() -> Callable[[Callable[[], object]], None]:
    """Wait until something is so."""
    return partial(until, seconds=PATIENCE)
