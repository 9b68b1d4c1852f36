"""Reads data sets, thumbnails and stored runs behind the window."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.data.dataset import Dataset, Sample
from core.hyperparameters import Hyperparameters
from core.training.records import StepRecord, TrainingSnapshot
from explorer.bridge.tasks import TaskThread
from explorer.images import fit_within, to_qimage

if TYPE_CHECKING:
    from core.runs import Run, ThresholdChoice

THUMBNAIL_SIDE = 128
_CHUNK = 8


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
    """Lists data, loads thumbnails, opens runs."""

    dataset_listed = Signal(str, object)
    """What was asked for, and its Dataset."""
    listing_failed = Signal(str, str)
    thumbnail_ready = Signal(int, QImage)
    """Position in the listed data set, and its picture."""
    run_opened = Signal(object)
    """OpenedRun"""
    run_failed = Signal(str, str)

    def __init__(self, tasks: TaskThread, thumbnail_tasks: TaskThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._thumbnail_tasks = thumbnail_tasks
        self._samples: Sequence[Sample] = ()
        self._wanted: list[int] = []
        self._loading = False

    def list_dataset(self, data: str) -> None:
        """List a built-in data set or a folder; a newer request makes an older one stale."""
        self._tasks.submit(
            "list data",
            lambda: _list(data),
            lambda dataset: self._listed(data, dataset),
            lambda failure: self.listing_failed.emit(failure.message, failure.details),
        )

    def open_run(self, path: Path) -> None:
        """Read a stored run."""
        self._tasks.submit(
            "open run",
            lambda: _open_run(path),
            self._opened,
            lambda failure: self.run_failed.emit(failure.message, failure.details),
        )

    def want_thumbnails(self, positions: Sequence[int]) -> None:
        """Load these pictures of the listed data set next; earlier wishes not yet begun are dropped."""
        self._wanted = list(positions)
        self._load_next()

    def _listed(self, data: str, dataset: Dataset) -> None:
        self._show(dataset)
        self.dataset_listed.emit(data, dataset)

    def _opened(self, opened: OpenedRun) -> None:
        if opened.dataset is not None:
            self._show(opened.dataset)
        self.run_opened.emit(opened)

    def _show(self, dataset: Dataset) -> None:
        self._thumbnail_tasks.forget("thumbnails")
        self._samples, self._wanted, self._loading = dataset.samples, [], False

    def _load_next(self) -> None:
        if self._loading or not self._wanted:
            return
        chunk = [position for position in self._wanted[:_CHUNK] if position < len(self._samples)]
        del self._wanted[:_CHUNK]
        samples = [(position, self._samples[position]) for position in chunk]
        self._loading = True
        self._thumbnail_tasks.submit("thumbnails", lambda: _thumbnails(samples), self._loaded, lambda failure: None)

    def _loaded(self, pictures: list[tuple[int, QImage]]) -> None:
        self._loading = False
        for position, picture in pictures:
            self.thumbnail_ready.emit(position, picture)
        self._load_next()


def _list(data: str) -> Dataset:
    from core.data.sources import open_dataset

    return open_dataset(data)


def _thumbnails(samples: list[tuple[int, Sample]]) -> list[tuple[int, QImage]]:
    """Pictures of samples; one that cannot be read is left out, since the data report names it."""
    from core.data.images import ImageError, load_image

    pictures = []
    for position, sample in samples:
        try:
            pictures.append((position, fit_within(to_qimage(load_image(sample.image)), THUMBNAIL_SIDE)))
        except ImageError:
            pictures.append((position, QImage()))
    return pictures


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
