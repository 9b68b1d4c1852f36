"""Writes a model behind the window, in a process of its own: torch's exporter holds every thread of its own up."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from core.errors import InputError
from core.program import own_command
from explorer.bridge.long_work import StageWatcher, Work
from explorer.translation import tr

LOOKS_AFTER_S = 0.1
"""Between two looks at what the process says, and so the most that a cancel waits."""
ENDS_WITHIN_S = 5.0
"""A process that was asked to end and does not is killed."""


@dataclass(frozen=True)
class Written:
    """What was written."""

    files: tuple[Path, ...]
    """The one that was asked for first."""


def export(run_dir: Path, target: str, *, force: bool) -> Work:
    """Export a run as `metric-explorer export` does; gives Written."""
    options = ["--json", "--progress", *(["--force"] if force else [])]
    return partial(told, [*own_command(), "export", str(run_dir), target, *options])


def told(command: Sequence[str], watcher: StageWatcher) -> Written:
    """Run a command that writes JSON: progress as lines on stderr, what it wrote on stdout.

    Raises
    ------
    InputError
        with the sentence that the command ended with.
    Cancelled
        where `watcher` said so; the process is gone then.
    """
    watcher.staged(tr("starting"))
    with TemporaryDirectory() as folder:
        said, complaints = Path(folder) / "out", Path(folder) / "error"
        with said.open("wb") as out, complaints.open("wb") as error, complaints.open("rb") as heard:
            process = _start(command, out, error)
            try:
                lines = _Lines(heard)
                while (code := _code(process)) is None:
                    lines.tell(watcher)
            finally:
                _end(process)
            lines.tell(watcher)
        if code:
            raise InputError(lines.sentence or tr("the process that exports ended with code {code}").format(code=code))
        return Written(tuple(Path(file) for file in json.loads(said.read_text(encoding="utf-8"))["files"]))


class _Lines:
    """What a process says on stderr, as far as it has come."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._rest = b""
        self.sentence = ""
        """The newest line that is not about progress."""

    def tell(self, watcher: StageWatcher) -> None:
        """Hand on what has come since the last time."""
        *whole, self._rest = (self._rest + self._stream.read()).split(b"\n")
        progress = watcher.progress
        stage, share = progress.stage, progress.share
        for line in (line.decode("utf-8", errors="replace") for line in whole):
            if line.startswith("{"):
                content = json.loads(line)
                stage, share = str(content["stage"]), float(content["share"])
            elif line.strip():
                self.sentence = line.strip()
        watcher.staged(stage, share)


def _start(command: Sequence[str], out: BinaryIO, error: BinaryIO) -> "subprocess.Popen[bytes]":
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows, where a console would flash up
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=error, creationflags=hidden)


def _code(process: "subprocess.Popen[bytes]") -> int | None:
    """Its exit code; None where it does not end within a moment."""
    try:
        return process.wait(LOOKS_AFTER_S)
    except subprocess.TimeoutExpired:
        return None


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End what is still running."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(ENDS_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
