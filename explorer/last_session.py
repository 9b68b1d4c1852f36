"""A mark on the disk for as long as the window runs; one that is found without its window tells of a crash."""

import faulthandler
import logging
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QLockFile

from explorer.translation import tr

log = logging.getLogger(__name__)

_LOCK, _NOTE, _FAULTS = "lock", "run.txt", "faults.txt"
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True)
class Crash:
    """A window that has ended without saying so."""

    began: datetime
    run: Path | None
    """The run that it showed last, where there is one still."""
    faults: str
    """Where every thread was, if the interpreter could still tell."""

    @property
    def sentence(self) -> str:
        """What happened, in words."""
        run = "" if self.run is None else tr(", with the run {name}").format(name=self.run.name)
        return tr("The window that was opened on {began:%d %b at %H:%M} ended unexpectedly{run}").format(
            began=self.began, run=run
        )


class SessionMark:
    """The mark of this window; `end` takes it away, and whoever is killed before leaves it.

    Where it cannot be written, the log says so, and nothing else is lost.
    """

    def __init__(self, home: Path) -> None:
        self._folder = home / f"{datetime.now():{_STAMP}}-{os.getpid()}"
        self._lock = QLockFile(str(self._folder / _LOCK))
        self._lock.setStaleLockTime(0)  # held as long as its process lives, however long that is
        self._faults: TextIO | None = None

    def begin(self) -> None:
        """Set the mark, and let faults of the interpreter be written beside it."""
        try:
            self._folder.mkdir(parents=True)
            self._faults = (self._folder / _FAULTS).open("w", encoding="utf-8")
        except OSError as error:
            log.warning("%s: a crash would not be noticed (%s)", self._folder, error.strerror)
            return
        self._lock.tryLock(0)
        faulthandler.enable(self._faults)

    def note_run(self, run: Path) -> None:
        """Remember the run that is shown."""
        if self._faults is None:
            return
        try:
            (self._folder / _NOTE).write_bytes(os.fsencode(run.absolute()))
        except OSError as error:
            log.warning("%s: the run shown is not noted (%s)", self._folder, error.strerror)

    def end(self) -> None:
        """Take the mark away: the window was closed as it should be."""
        if self._faults is None:
            return
        faulthandler.disable()
        self._faults.close()
        self._faults = None
        self._lock.unlock()
        shutil.rmtree(self._folder, ignore_errors=True)


def take_crash(home: Path) -> Crash | None:
    """The newest window that left its mark; the marks of all that have ended are taken away."""
    newest = None
    for folder, lock in _ended(home):
        newest = _crash(folder) or newest
        lock.unlock()
        shutil.rmtree(folder, ignore_errors=True)
    return newest


def _ended(home: Path) -> Iterator[tuple[Path, QLockFile]]:
    """Marks whose windows are gone, the oldest first, each held."""
    try:
        folders = sorted(home.iterdir())
    except OSError:  # no window was opened yet
        return
    for folder in folders:
        lock = QLockFile(str(folder / _LOCK))
        lock.setStaleLockTime(0)
        if folder.is_dir() and lock.tryLock(0):
            yield folder, lock


def _crash(folder: Path) -> Crash | None:
    try:
        began = datetime.strptime(folder.name.rpartition("-")[0], _STAMP)
    except ValueError:  # a folder that is no mark
        return None
    return Crash(began, _noted_run(folder / _NOTE), _read(folder / _FAULTS))


def _noted_run(note: Path) -> Path | None:
    try:
        named = Path(os.fsdecode(note.read_bytes()))
        return named if named.is_absolute() and named.is_dir() else None
    except (OSError, ValueError):  # none was shown, or the end came while it was written
        return None


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
