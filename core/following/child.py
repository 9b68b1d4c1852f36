"""Training in several processes on this machine, started by torchrun, with its output kept in the run's folder."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from core.config import RunConfig
from core.errors import InputError, printable
from core.run_folders import TRAIN_LOG, check_run_folder
from core.training.records import Failed

_TAIL = 64 * 1024
"""Bytes at the end of the output that are looked at."""
_KILLED_AFTER = 20.0
"""Seconds that it gets to end after a signal."""
_WORKERS_KILLED_AFTER = 12
"""Seconds that torchrun gives its processes; they are in sessions of their own, so that nobody else can end them."""
_NOISE = re.compile(r"^(\[?[DIWEF]\d{4} |\[rank\d+\]:|\*+$|=+$|-+$|Traceback |  |Root Cause|Failures:|torch\.|note: )")
"""How lines begin that torchrun writes around what its processes say."""


def command(config: RunConfig, run_dir: Path, processes: int) -> tuple[str, ...]:
    """The command that trains a run in so many processes of this machine."""
    settings = config.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    settings |= settings.pop("hyperparameters", {})
    return (
        *(sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(processes)),
        *("--shutdown-timeout", str(_WORKERS_KILLED_AFTER)),
        *("-m", "--"),  # or torchrun would take --run for an abbreviation of an option of its own
        *("core", "train", "--run", str(run_dir)),
        *(f"--set={name}={_text(value)}" for name, value in settings.items()),
    )


class TrainingChild:
    """A process that trains a run, with all the processes that it starts.

    Parameters
    ----------
    run_dir
        Folder of the run, new or empty; its output goes to train.log there.
    arguments
        What to start, such as `command` says.
    """

    def __init__(self, run_dir: Path, arguments: Sequence[str]) -> None:
        self.log = run_dir / TRAIN_LOG
        self._run_dir, self._arguments = run_dir, tuple(arguments)
        self._process: subprocess.Popen[bytes] | None = None
        self._ends_at: float | None = None

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl+C in the window's terminal is not for it.

        Raises
        ------
        InputError
            where the folder cannot be used, or the process not be started.
        """
        check_run_folder(self._run_dir, resume=False)
        try:
            self._run_dir.mkdir(parents=True, exist_ok=True)
            with self.log.open("ab") as output:
                self._process = subprocess.Popen(
                    self._arguments,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
        except OSError as error:
            raise InputError(f"{self._run_dir}: training cannot be started ({error.strerror})") from error

    @property
    def alive(self) -> bool:
        """Whether it runs; one whose time is over is ended."""
        process = self._process
        if process is None or process.poll() is not None:
            return False
        if self._ends_at is not None and time.monotonic() > self._ends_at:
            self.end()
        return process.poll() is None

    def terminate(self) -> None:
        """Ask it to end, whatever it is at."""
        if self._process is not None:
            self._process.terminate()
            self.end_within(_KILLED_AFTER)

    def end_within(self, seconds: float) -> None:
        """End it if it has not ended by then."""
        self._ends_at = time.monotonic() + seconds

    def end(self) -> None:
        """End it, and all that it started, if it still runs."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(_KILLED_AFTER)
        except subprocess.TimeoutExpired:
            _kill_all(process)
            process.wait()

    def newest_line(self) -> str:
        """What its processes said last."""
        said = self._said()
        return printable(said[-1], 100) if said else "starting the processes"

    def failure(self) -> Failed:
        """Why it ended, in one sentence, with its output as details."""
        code = None if self._process is None else self._process.poll()
        if said := self._said():
            return Failed(printable(said[-1]), self._output())
        how = f"was ended by signal {-code}" if code is not None and code < 0 else f"ended with exit code {code}"
        return Failed(f"{self._run_dir}: torchrun {how}; its output is in {TRAIN_LOG}", self._output())

    def _said(self) -> list[str]:
        """Lines of its processes, without those of torchrun, which ends with a traceback of its own."""
        said, _, _ = self._output().partition("Traceback (most recent call last)")
        return [line.strip() for line in said.splitlines() if line.strip() and not _NOISE.match(line)]

    def _output(self) -> str:
        try:
            with self.log.open("rb") as file:
                file.seek(max(0, self.log.stat().st_size - _TAIL))
                return file.read().decode("utf-8", "replace")
        except OSError:
            return ""


def _kill_all(process: "subprocess.Popen[bytes]") -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def _text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
