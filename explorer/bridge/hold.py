"""Which run this window may write to: the first window that shows a run holds it."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn, TypeVar

from core.errors import InputError
from core.files import held_alone
from explorer.translation import tr

_HELD = "evaluation"
"""Folder of a run that is locked: it has what a person chooses. Training locks the run's own."""
T = TypeVar("T")


class RunHold:
    """The hold of one window on the run that it shows; used on the window's thread.

    It is a lock of the system, which goes with a killed process. Where there is none to be had (Windows, some network
    drives, a folder that is not ours), nobody is kept out.
    """

    def __init__(self) -> None:
        self._lock = ExitStack()
        self._refused: set[Path] = set()
        """Runs that another window had when this one showed them; what was chosen there since is not known here."""

    def take(self, run_dir: Path | None) -> None:
        """Let go of the former run and hold this one, unless another window does."""
        self.release()
        if run_dir is None:
            return
        self._refused.discard(run_dir)
        try:
            self._lock.enter_context(held_alone(run_dir / _HELD))
        except InputError:
            self._refused.add(run_dir)
        except OSError:  # no such folder, or not ours to look into
            return

    def release(self) -> None:
        """Hold no run."""
        self._lock.close()

    def refusal(self, run_dir: Path) -> str:
        """Why nothing is written to this run, in one sentence; empty where it may be."""
        if run_dir not in self._refused:
            return ""
        return tr(
            "{run_dir}: not kept, since another window had this run first; close it there and open it here again"
        ).format(run_dir=run_dir)

    def guarded(self, run_dir: Path, job: Callable[[], T]) -> Callable[[], T]:
        """A job that writes to a run, or one that refuses to where the run is only to be read."""
        reason = self.refusal(run_dir)

        def refuse() -> NoReturn:
            raise InputError(reason)

        return refuse if reason else job
