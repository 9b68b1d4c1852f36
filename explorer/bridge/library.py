"""Reads data sets and stored runs behind the window."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from core.data.dataset import Dataset
from core.hyperparameters import Hyperparameters
from core.training.records import HealthWarning, StepRecord, TrainingSnapshot
from explorer import formats
from explorer.bridge.hold import RunHold
from explorer.bridge.long_work import Progress, StageWatcher
from explorer.bridge.tasks import Failure, TaskThread
from explorer.core_words import in_words
from explorer.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.data.edit_file import Edits
    from core.distances import LinearDistance
    from core.evaluation.calibration import CalibrationMethod
    from core.following.follower import Seen
    from core.runs import Exclusion, Run, ThresholdChoice

Lines = list[dict[str, Any]]


@dataclass(frozen=True, eq=False)
class OpenedRun:
    """A stored run, read whole."""

    run: "Run"
    records: tuple[StepRecord, ...]
    changes: tuple[tuple[int, Hyperparameters, Hyperparameters], ...]
    """Every change of a live setting: step, old, new."""
    warnings: tuple[HealthWarning, ...]
    """What looked ill while it was trained, in the order of the steps."""
    snapshot: TrainingSnapshot | None
    """The newest one; None where the run was never evaluated."""
    threshold: "ThresholdChoice | None"
    dataset: Dataset
    """The images it was trained on; where they are gone, their names and where they were."""
    dataset_problem: str
    """Why they are gone, in one sentence."""
    sample_ids: tuple[str, ...]
    """Ids by the positions that snapshots use."""
    exclusions: "tuple[Exclusion, ...]" = ()
    """Images that no evaluation of the held-out part counts."""
    calibration: "CalibrationMethod" = "platt"
    """How distances become probabilities."""
    read_only: bool = False
    """Whether another process trains it."""
    seen: "Seen | None" = None
    """From where on to follow it; None where nobody trains it, as far as can be told."""


class _Reading(StageWatcher):
    """Hears how far the listing of data or the opening of a run is, and ends it when it was cancelled."""

    def listed(self, images: int) -> None:
        """Take how many images were found; how many there are nobody knows."""
        self.staged(tr("listing images, {count} so far").format(count=formats.count(images)))


class LibraryBridge(QObject):
    """Lists data and opens runs."""

    dataset_listed = Signal(str, object)
    """What was asked for, and its Dataset."""
    listing_failed = Signal(str, str)
    """One sentence, and details."""
    listing_cancelled = Signal()
    run_opened = Signal(object)
    """OpenedRun"""
    run_failed = Signal(str, str)
    """One sentence, and details."""
    run_cancelled = Signal()
    progressed = Signal(object)
    """Progress of a listing or an opening that is under way; None when there is none any more."""
    threshold_failed = Signal(str, str)
    """One sentence, and details."""
    exclusions_failed = Signal(str, str)
    """One sentence, and details."""
    edits_read = Signal(str, object)
    """What data set was asked for, and the Edits that stand beside it."""
    edits_unreadable = Signal(str, str, str)
    """The data set, one sentence, and details."""
    edits_failed = Signal(str, str, str)
    """The data set whose edits were not kept, one sentence, and details."""
    calibration_stored = Signal()
    calibration_failed = Signal(str, str)
    """One sentence, and details."""

    def __init__(self, tasks: TaskThread, hold: RunHold | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._hold = tasks, hold or RunHold()
        self._changes = 0
        """Of edits, that were kept or are to be."""
        self._read_only: Path | None = None
        """Of the run that was opened last, where another process trains it."""
        self._readings: dict[str, _Reading] = {}
        """What is under way, by the key of its job."""
        self._told: Progress | None = None

    def list_dataset(self, data: str, *, allow_outside: bool = False) -> None:
        """List a built-in data set or a folder; a newer request makes an older one stale."""
        self._read(
            "list data",
            lambda reading: _list(data, reading, allow_outside=allow_outside),
            lambda dataset: self.dataset_listed.emit(data, dataset),
            lambda failure: self.listing_failed.emit(failure.message, failure.details),
            self.listing_cancelled.emit,
        )

    def read_edits(self, data: str) -> None:
        """Read what a person changed of a data set; a newer request makes an older one stale."""
        self._tasks.submit(
            "read edits",
            lambda: _read_edits(data),
            lambda edits: self.edits_read.emit(data, edits),
            lambda failure: self.edits_unreadable.emit(data, failure.message, failure.details),
        )

    def open_run(self, path: Path) -> None:
        """Read a stored run; a newer request makes an older one stale."""
        self._read(
            "open run",
            lambda reading: _open_run(path, reading),
            self._tell_opened,
            lambda failure: self.run_failed.emit(failure.message, failure.details),
            self.run_cancelled.emit,
        )

    def cancel(self) -> None:
        """End the listing and the opening that are under way; each tells when it has ended."""
        for reading in self._readings.values():
            reading.stop()

    def tick(self) -> None:
        """Tell how far what is under way is."""
        self._tell(next((reading.progress for reading in self._readings.values()), None))

    def _read(
        self,
        key: str,
        job: "Callable[[_Reading], Any]",
        done: "Callable[[Any], None]",
        failed: "Callable[[Failure], None]",
        cancelled: "Callable[[], None]",
    ) -> None:
        """Do what may take long; it makes an earlier one of the same key stale, and ends it."""
        if key in self._readings:
            self._end(key)
        reading = self._readings[key] = _Reading()
        reading.staged(tr("reading"))

        def take(found: object) -> None:
            self._end(key)
            if found is None:
                cancelled()
            else:
                done(found)

        def complain(failure: Failure) -> None:
            self._end(key)
            failed(failure)

        self._tasks.submit(key, lambda: reading.run(lambda: job(reading)), take, complain)

    def _end(self, key: str) -> None:
        """Be done with a reading. What follows is told as something new: it can be cancelled even if this one was."""
        self._readings.pop(key).stop()
        self._tell(None)

    def _tell(self, progress: Progress | None) -> None:
        if progress != self._told:
            self._told = progress
            self.progressed.emit(progress)

    def _tell_opened(self, opened: OpenedRun) -> None:
        self._read_only = opened.run.path if opened.read_only else None
        self.run_opened.emit(opened)

    def _writable(self, path: Path) -> "Run":
        """The run at `path`; refuses one that another process trains, as long as it does."""
        from core.errors import InputError
        from core.files import is_held
        from core.runs import Run

        if path == self._read_only and is_held(path):
            raise InputError(
                tr("{path}: not kept, since the run is read only while another process trains it").format(path=path)
            )
        return Run.open(path)

    def store_threshold(self, path: Path, choice: "ThresholdChoice", fitted: "LinearDistance | None" = None) -> None:
        """Keep the threshold with the run and the fitted distance it is for, even if the window is closed meanwhile."""
        self._tasks.submit(
            f"threshold of {path}",
            self._hold.guarded(path, lambda: _store_threshold(self._writable(path), choice, fitted)),
            lambda _result: None,
            lambda failure: self.threshold_failed.emit(failure.message, failure.details),
            lasting=True,
        )

    def store_exclusions(self, path: Path, exclusions: "Sequence[Exclusion]") -> None:
        """Keep which images are excluded with the run, even if the window is closed meanwhile."""
        self._tasks.submit(
            f"exclusions of {path}",
            self._hold.guarded(path, lambda: self._writable(path).save_exclusions(exclusions)),
            lambda _result: None,
            lambda failure: self.exclusions_failed.emit(failure.message, failure.details),
            lasting=True,
        )

    def store_edits(self, data: str, before: "Edits", after: "Edits") -> None:
        """Keep what a person changed beside a data set, even if the window is closed meanwhile."""
        self._changes += 1
        self._tasks.submit(
            f"edits {self._changes}",  # none is stale: each follows on the one before
            lambda: _change_edits(data, before, after),
            lambda _result: None,
            lambda failure: self.edits_failed.emit(data, failure.message, failure.details),
            lasting=True,
        )

    def store_calibration(self, path: Path, method: "CalibrationMethod") -> None:
        """Keep with the run how distances become probabilities, even if the window is closed meanwhile."""
        self._tasks.submit(
            f"calibration of {path}",
            self._hold.guarded(path, lambda: self._writable(path).choose_calibration(method)),
            lambda _result: self.calibration_stored.emit(),
            lambda failure: self.calibration_failed.emit(failure.message, failure.details),
            lasting=True,
        )


def _list(data: str, reading: _Reading, *, allow_outside: bool) -> Dataset:
    from core.data.sources import list_dataset

    return list_dataset(data, allow_outside=allow_outside, watch=reading.listed)


def _read_edits(data: str) -> "Edits":
    from core.data.edit_file import read_edits
    from core.data.sources import edit_file_of

    return read_edits(edit_file_of(data))


def _change_edits(data: str, before: "Edits", after: "Edits") -> None:
    from core.data.edit_file import change_edits
    from core.data.sources import edit_file_of

    change_edits(edit_file_of(data), before, after)


def _open_run(path: Path, reading: _Reading) -> OpenedRun:
    from core.files import is_held
    from core.following.follower import Seen
    from core.following.writer import is_written
    from core.runs import Run
    from core.training.outcome import load_records, load_snapshot

    run = Run.open(path)
    events = run.events()  # first: what comes while the rest is read is told by who follows the run
    steps, checkpoints, sample_ids = run.snapshot_steps(), run.checkpoint_steps(), run.samples().ids
    dataset, problem = _images_of(run, reading)
    records = load_records(run, lambda share: reading.staged(tr("reading the steps of the run"), share))
    snapshot = max(steps, default=None)
    seen = Seen(len(records), len(events), snapshot, max(checkpoints, default=None))
    return OpenedRun(
        run=run,
        records=records,
        changes=_changes(run, events),
        warnings=_warnings(run, events),
        snapshot=None
        if snapshot is None
        else load_snapshot(run, snapshot, lambda share: reading.staged(tr("measuring pairs"), share)),
        threshold=run.threshold(),
        dataset=dataset,
        dataset_problem=problem,
        sample_ids=sample_ids,
        exclusions=run.exclusions(),
        calibration=run.calibration_method(),
        read_only=is_held(path),
        seen=seen if is_written(run, events) else None,
    )


def _images_of(run: "Run", reading: _Reading) -> tuple[Dataset, str]:
    """The data set of a run, and why it is not at hand any more."""
    from core.data.dataset import Sample
    from core.data.sources import LIST_SUFFIXES
    from core.errors import InputError

    try:
        return _list(run.config.data, reading, allow_outside=run.config.allow_outside), ""
    except InputError as error:
        known, data = run.samples(), Path(run.config.data)
        folder = data.parent if data.suffix.lower() in LIST_SUFFIXES else data
        samples = (Sample(name, int(label), folder / name) for name, label in zip(known.ids, known.labels, strict=True))
        return Dataset(run.info.data.name, run.info.data.classes, tuple(samples)), in_words(str(error))


def _changes(run: "Run", events: Lines) -> tuple[tuple[int, Hyperparameters, Hyperparameters], ...]:
    from core.run_content import checked
    from core.training.checkpoint import Change

    file = run.path / "events.jsonl"
    found = [checked(Change, line, file) for line in events if line.get("event") == "hyperparameters"]
    return tuple((change.step, change.old, change.new) for change in found)


def _warnings(run: "Run", events: Lines) -> tuple[HealthWarning, ...]:
    from core.errors import InputError

    found = [line for line in events if line.get("event") == "warning"]
    try:
        return tuple(HealthWarning(int(line["step"]), str(line["seen"]), str(line["advice"])) for line in found)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            tr("{value}: damaged, a warning has no {error}").format(value=run.path / "events.jsonl", error=error)
        ) from error


def _store_threshold(run: "Run", choice: "ThresholdChoice", fitted: "LinearDistance | None") -> None:
    if fitted is not None and not run.distance_path(fitted.name, choice.step).is_file():
        from core.stored_distances import save_distance

        save_distance(run, fitted, choice.step)
    run.choose_threshold(choice)
