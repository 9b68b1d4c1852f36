"""Reads and keeps the selections of a run behind the window."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.bridge.hold import RunHold
from explorer.bridge.tasks import Failure, TaskThread

if TYPE_CHECKING:
    from core.selections import SavedSelection

    Selections = tuple[SavedSelection, ...]


class SelectionsBridge(QObject):
    """What is kept is read after all that was to be kept before."""

    found = Signal(object, object)
    """Path of a run, and its tuple[SavedSelection, ...]."""
    unreadable = Signal(object, str, str)
    """Path of a run, one sentence, and details."""
    failed = Signal(str, str)
    """One sentence about what was not kept, and details."""
    set_aside = Signal(object)
    """Path that a file which could not be read has been given."""

    def __init__(self, tasks: TaskThread, hold: RunHold | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._hold = tasks, hold or RunHold()

    def read(self, run_dir: Path) -> None:
        """Read what is kept with a run; a newer request makes an older one stale."""
        self._tasks.submit(
            "selections",
            lambda: _read(run_dir),
            lambda selections: self.found.emit(run_dir, selections),
            lambda failure: self.unreadable.emit(run_dir, failure.message, failure.details),
        )

    def store(self, run_dir: Path, selections: "Selections") -> None:
        """Keep these with a run, even if the window is closed meanwhile."""
        self._tasks.submit(
            f"selections of {run_dir}",
            self._hold.guarded(run_dir, lambda: _store(run_dir, selections)),
            self._tell_aside,
            self._complain,
            lasting=True,
        )

    def _tell_aside(self, aside: Path | None) -> None:
        if aside is not None:
            self.set_aside.emit(aside)

    def _complain(self, failure: Failure) -> None:
        self.failed.emit(failure.message, failure.details)


def _read(run_dir: Path) -> "Selections":
    from core.selections import read_selections

    return read_selections(run_dir)


def _store(run_dir: Path, selections: "Selections") -> Path | None:
    from core.selections import write_selections

    return write_selections(run_dir, selections)
