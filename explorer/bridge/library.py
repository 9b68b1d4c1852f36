"""Reads data sets and stored runs behind the window."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from core.data.dataset import Dataset
from core.hyperparameters import Hyperparameters
from core.training.records import StepRecord, TrainingSnapshot
from explorer.bridge.tasks import TaskThread

if TYPE_CHECKING:
    from core.runs import Run, ThresholdChoice


@dataclass(frozen=True)
class OpenedRun:
    """A stored run, read whole."""

    run: "Run"
    records: tuple[StepRecord, ...]
    changes: tuple[tuple[int, Hyperparameters, Hyperparameters], ...]
    """Every change of a live setting: step, old, new."""
    snapshot: TrainingSnapshot | None
    threshold: "ThresholdChoice | None"
    dataset: Dataset | None
    """The images it was trained on; None where they are gone."""
    dataset_problem: str
    sample_ids: tuple[str, ...]
    """Ids by the positions that snapshots use."""


class LibraryBridge(QObject):
    """Lists data and opens runs."""

    dataset_listed = Signal(str, object)
    """What was asked for, and its Dataset."""
    listing_failed = Signal(str, str)
    run_opened = Signal(object)
    """OpenedRun"""
    run_failed = Signal(str, str)

    def __init__(self, tasks: TaskThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks

    def list_dataset(self, data: str) -> None:
        """List a built-in data set or a folder; a newer request makes an older one stale."""
        self._tasks.submit(
            "list data",
            lambda: _list(data),
            lambda dataset: self.dataset_listed.emit(data, dataset),
            lambda failure: self.listing_failed.emit(failure.message, failure.details),
        )

    def open_run(self, path: Path) -> None:
        """Read a stored run."""
        self._tasks.submit(
            "open run",
            lambda: _open_run(path),
            self.run_opened.emit,
            lambda failure: self.run_failed.emit(failure.message, failure.details),
        )

    def store_threshold(self, path: Path, choice: "ThresholdChoice") -> None:
        """Keep the threshold with the run."""
        self._tasks.submit(
            "threshold",
            lambda: _store_threshold(path, choice),
            lambda _result: None,
            lambda failure: self.run_failed.emit(f"The threshold was not kept: {failure.message}", failure.details),
        )


def _list(data: str) -> Dataset:
    from core.data.sources import open_dataset

    return open_dataset(data)


def _open_run(path: Path) -> OpenedRun:
    from core.data.sources import open_dataset
    from core.errors import InputError
    from core.runs import Run
    from core.training.outcome import load_snapshot

    run = Run.open(path)
    steps = run.snapshot_steps()
    dataset, problem = None, ""
    try:
        dataset = open_dataset(run.config.data)
    except InputError as error:
        problem = str(error)
    return OpenedRun(
        run=run,
        records=tuple(StepRecord(**line) for line in run.metrics()),
        changes=tuple(_change(line) for line in run.events() if line["event"] == "hyperparameters"),
        snapshot=load_snapshot(run, steps[-1]) if steps else None,
        threshold=run.threshold(),
        dataset=dataset,
        dataset_problem=problem,
        sample_ids=run.samples().ids,
    )


def _change(line: dict[str, Any]) -> tuple[int, Hyperparameters, Hyperparameters]:
    return int(line["step"]), Hyperparameters(**line["old"]), Hyperparameters(**line["new"])


def _store_threshold(path: Path, choice: "ThresholdChoice") -> None:
    from core.runs import Run

    Run.open(path).choose_threshold(choice)
