"""Lists runs, reads several of them, and changes their folders, all behind the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QFile, QObject, Signal

from core.errors import InputError
from core.run_list import ListedRun, list_runs
from explorer import formats
from explorer.bridge.long_work import StageWatcher, Work
from explorer.bridge.tasks import Failure, TaskThread
from explorer.core_words import in_words
from explorer.run_details import RunDetails
from explorer.translation import tr

if TYPE_CHECKING:
    from core.evaluation.curve import RocPoints

Action = Callable[[Path], Any]
"""What is done to one run; raises InputError where that is not possible."""


@dataclass(frozen=True)
class Outcome:
    """What became of an action on several runs."""

    done: tuple[tuple[Path, Any], ...]
    """Runs that it was done to, and what it returned."""
    problems: tuple[str, ...]
    """A sentence for each of the others."""


@dataclass(frozen=True)
class Removed:
    """Where a run is that was deleted."""

    place: Path | None
    """None where the system does not say."""
    beside: bool
    """Whether that is beside the other runs, since the volume has no trash."""


class RunsBridge(QObject):
    """Lists in a thread of its own; changes in the thread that keeps things, after what was to be kept before."""

    listed = Signal(object, object)
    """Folder, and tuple[ListedRun, ...]."""
    unlisted = Signal(object, str, str)
    """Folder, one sentence, and details."""
    read = Signal(object)
    """tuple[RunDetails, ...]"""
    failed = Signal(str, str)
    """One sentence, and details."""

    def __init__(self, listing: TaskThread, keeping: TaskThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listing, self._keeping = listing, keeping
        self._changes = 0

    def list_below(self, root: Path) -> None:
        """List the runs below a folder; none where there is no such folder yet."""
        self._listing.submit(
            "list runs",
            lambda: list_runs(root) if root.exists() else (),
            lambda runs: self.listed.emit(root, runs),
            lambda failure: self.unlisted.emit(root, failure.message, failure.details),
        )

    def read_runs(self, runs: Sequence[ListedRun]) -> None:
        """Read the curves of runs; a newer request makes an older one stale."""
        self._listing.submit("read runs", lambda: tuple(map(read_details, runs)), self.read.emit, self._complain)

    def act(self, paths: Sequence[Path], action: Action, done: Callable[[Outcome], None]) -> None:
        """Do something to each run, even if the window is closed meanwhile; then call `done`."""
        self._changes += 1  # each counts: none makes an earlier one stale
        self._keeping.submit(
            f"change {self._changes} of runs", lambda: _each(paths, action), done, self._complain, lasting=True
        )

    def _complain(self, failure: Failure) -> None:
        self.failed.emit(failure.message, failure.details)


def remove(path: Path) -> Removed:
    """Move a run to the system's trash; to one beside the runs where their volume has none.

    Raises
    ------
    InputError
        where the run is being trained, or can be moved to neither.
    """
    from core.run_keeping import move_aside, untrained

    with untrained(path):
        file = QFile(str(path.absolute()))
        if file.moveToTrash():
            place = Path(file.fileName())
            return Removed(place if place != path.absolute() and place.exists() else None, beside=False)
        return Removed(move_aside(path), beside=True)


def read_details(run: ListedRun) -> RunDetails:
    """Figures of every step of a run and its newest curve, as far as they can be read."""
    from core.scalars import read_scalars

    scalars, problem = None, ""
    try:
        scalars = read_scalars(run.path)
    except InputError as error:
        problem = in_words(str(error))
    try:
        roc = None if run.figures is None else _roc(run.path, run.figures.step)
    except InputError as error:
        return RunDetails(run, scalars, None, problem or in_words(str(error)))
    return RunDetails(run, scalars, roc, problem)


def _roc(path: Path, step: int) -> "RocPoints":
    """The points that an evaluation keeps, and before them the one that accepts nothing."""
    from core.evaluation.curve import RocPoints
    from core.files import read_json

    file = path / "evaluation" / f"step-{step:06d}.json"
    content = read_json(file)
    try:
        columns = [np.array(content["curve"][name], np.float64) for name in ("thresholds", "fpr", "tpr")]
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            tr("{file}: damaged, it has no points of a curve ({error})").format(file=file, error=error)
        ) from error
    thresholds, fpr, tpr = columns
    rates = np.concatenate([fpr.ravel(), tpr.ravel()])
    if not thresholds.ndim == fpr.ndim == tpr.ndim == 1 or not len(thresholds) == len(fpr) == len(tpr):
        raise InputError(tr("{file}: damaged, thresholds, fpr and tpr of its curve must be as many").format(file=file))
    if not ((rates >= 0) & (rates <= 1)).all() or (np.diff(fpr) < 0).any():
        raise InputError(tr("{file}: damaged, the rates of its curve must ascend from 0 to 1").format(file=file))
    return RocPoints(np.insert(thresholds, 0, -np.inf), np.insert(fpr, 0, 0.0), np.insert(tpr, 0, 0.0))


def _each(paths: Sequence[Path], action: Action) -> Outcome:
    done, problems = [], []
    for path in paths:
        try:
            done.append((path, action(path)))
        except InputError as error:
            problems.append(in_words(str(error)))
    return Outcome(tuple(done), tuple(problems))


def scalars_events(paths: Sequence[Path], folder: Path) -> Work:
    """Write event files of runs, a folder each; gives a sentence."""

    def work(watcher: StageWatcher) -> str:
        from core.tensorboard import write_tensorboard

        for place, path in enumerate(paths):
            stage = tr("writing {name} ({value} of {paths})").format(name=path.name, value=place + 1, paths=len(paths))
            write_tensorboard(path, folder / path.name, partial(watcher.staged, stage))
        runs = tr("1 run") if len(paths) == 1 else tr("{paths} runs").format(paths=len(paths))
        return tr("Wrote {runs}; look at them by: tensorboard --logdir {folder}").format(runs=runs, folder=folder)

    return work


def scalars_csv(path: Path, file: Path) -> Work:
    """Write the figures of every step of a run as a table; gives a sentence."""

    def work(watcher: StageWatcher) -> str:
        from core.scalars import write_scalars_csv

        steps = write_scalars_csv(path, file, partial(watcher.staged, tr("writing {name}").format(name=file.name)))
        return tr("Wrote {steps} steps to {file}").format(steps=formats.count(steps), file=file)

    return work
