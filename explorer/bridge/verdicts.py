"""Many pairs judged behind the window, and the files of verdicts: what was looked at, and tables that are exported."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from explorer.bridge.hold import RunHold
from explorer.bridge.inference import Measure
from explorer.bridge.long_work import StageWatcher, Work
from explorer.bridge.tasks import TaskThread
from explorer.translation import tr

if TYPE_CHECKING:
    from core.looked_at import LookedAt
    from core.pair_verdicts import PairVerdicts

Match = Literal["names", "all"]


@dataclass(frozen=True, eq=False)
class PairWish:
    """Which pairs to judge, by what."""

    run_dir: Path
    sources: tuple[Path, ...]
    """A file of pairs, a folder, or two folders."""
    match: Match
    measure: Measure


@dataclass(frozen=True, eq=False)
class JudgedPairs:
    """Pairs that were judged, ready to be sorted."""

    wish: PairWish
    verdicts: "PairVerdicts"
    ranks: NDArray[np.int64]
    """[N], place of each image in the order of the names."""


def judging(wish: PairWish) -> Work:
    """Judge pairs with the newest checkpoint of a run; gives JudgedPairs, of what was done where that is cancelled."""

    def work(watcher: StageWatcher) -> JudgedPairs | None:
        from core.verification import Verifier
        from core.verify_pairs import list_pairs, verify_pairs

        watcher.staged(tr("listing the pairs"))
        listed = list_pairs(wish.sources, wish.match)
        watcher.staged(tr("loading the model"))
        verifier = Verifier.load(wish.run_dir)
        wish.measure.hand_to(verifier)
        watcher.staged(tr("looking at the images"))
        found = verify_pairs(verifier, listed, watcher)
        nothing_done = not found.judged.any() and not found.problems
        return None if nothing_done else JudgedPairs(wish, found, _ranks(listed.names))

    return work


def _ranks(names: Sequence[str]) -> NDArray[np.int64]:
    ranks = np.empty(len(names), dtype=np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return ranks


class VerdictFiles(QObject):
    """Reads and writes what was looked at in a run, and writes tables."""

    loaded = Signal(Path, object)
    """Folder of the run, and tuple[LookedAt, ...]"""
    load_failed = Signal(str, str)
    """One sentence, and details."""
    failed = Signal(str, str)
    """Something was not written: one sentence, and details."""
    exported = Signal(Path)

    def __init__(self, tasks: TaskThread, hold: RunHold | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._hold = tasks, hold or RunHold()

    def load(self, run_dir: Path) -> None:
        """Read what was looked at in a run; a newer request makes an older one stale."""
        self._tasks.submit(
            "load looks",
            lambda: _load(run_dir),
            lambda looks: self.loaded.emit(run_dir, looks),
            lambda failure: self.load_failed.emit(failure.message, failure.details),
        )

    def store(self, run_dir: Path, looks: "Sequence[LookedAt]") -> None:
        """Keep what was looked at with the run, even if the window is closed meanwhile."""
        self._write(f"looks of {run_dir}", self._hold.guarded(run_dir, lambda: _store(run_dir, looks)), lambda: None)

    def export(self, path: Path, text: Callable[[], str]) -> None:
        """Write a table that is made in the thread, even if the window is closed meanwhile."""
        self._write(f"export to {path}", lambda: _export(path, text), lambda: self.exported.emit(path))

    def _write(self, key: str, job: Callable[[], None], done: Callable[[], None]) -> None:
        self._tasks.submit(
            key,
            job,
            lambda _result: done(),
            lambda failure: self.failed.emit(failure.message, failure.details),
            lasting=True,
        )


def _load(run_dir: Path) -> "tuple[LookedAt, ...]":
    from core.looked_at import load_looks

    return load_looks(run_dir)


def _store(run_dir: Path, looks: "Sequence[LookedAt]") -> None:
    from core.errors import InputError
    from core.looked_at import save_looks

    try:
        save_looks(run_dir, looks)
    except OSError as error:
        raise InputError(
            tr("{run_dir}: the pairs looked at cannot be kept ({strerror})").format(
                run_dir=run_dir, strerror=error.strerror
            )
        ) from error


def _export(path: Path, text: Callable[[], str]) -> None:
    from core.errors import InputError
    from core.files import write_whole

    try:
        write_whole(path, text())
    except OSError as error:
        raise InputError(
            tr("{path}: the table cannot be saved ({strerror})").format(path=path, strerror=error.strerror)
        ) from error
