"""How soon the window is on the screen, and what it takes of the machine while nobody does anything.

    python -m tests.benchmarks.startup [--starts 5] [--idle 10]

Linux, with Xvfb. The command is started on a display of its own, once unmeasured, so that files are in the cache; then
the middle of the screen is looked at every 20 ms until a window covers it. The bar: 1.0 s on two cores. The same window
then tells when all panels are there, and when torch is loaded, too. Once it has become quiet, its processor time is
counted over so many seconds, in per cent of one core, and its memory: of the window, and of the processes that it has
started. Resident memory counts in each process what they share, proportional memory counts that once. The bars: no
processor time, as far as the ticks tell that Linux counts in, and 900 MB with the built-in digits open.
"""

import argparse
import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.report import report

STEP = 0.02
"""Seconds between two looks at the screen."""
QUIET = 3.0
"""Seconds with less than a hundredth of a core in which what was begun has come to an end."""
PATIENCE = 120.0
"""Seconds until a window must be there, and quiet."""
TICKS = os.sysconf("SC_CLK_TCK")
SIZE = (1280, 800)


@contextmanager
def display() -> Iterator[str]:
    """An empty, black screen of the window's size."""
    reading, writing = os.pipe()
    size = f"{SIZE[0]}x{SIZE[1]}x24"
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            yield f":{pipe.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


class Screen:
    """Looks at the middle of a display; nothing of ours is on it."""

    def __init__(self, name: str) -> None:
        os.environ["DISPLAY"], os.environ["QT_QPA_PLATFORM"] = name, "xcb"
        from PySide6.QtGui import QGuiApplication

        self._application = QGuiApplication([])
        self._screen = QGuiApplication.primaryScreen()

    def is_covered(self) -> bool:
        """Whether something was painted there: the empty screen is black, and no theme's window is."""
        picture = self._screen.grabWindow(0, SIZE[0] // 2, SIZE[1] // 2, 64, 64).toImage()
        return not picture.isNull() and all(picture.pixel(at, at) & 0xFFFFFF for at in (0, 31, 63))


@contextmanager
def started(command: list[str], home: Path, display: str) -> Iterator[tuple[subprocess.Popen[str], float]]:
    """A program and the moment of its start; it is ended as a person ends it."""
    environment = os.environ | {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "DISPLAY": display}
    environment |= {"NUMBA_CACHE_DIR": str(home / "numba"), "QT_QPA_PLATFORM": "xcb"}
    begun = time.monotonic()
    program = subprocess.Popen(
        command, env=environment, cwd=home, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        yield program, begun
    finally:
        program.terminate()
        program.wait(30)


def seconds_to_window(screen: Screen, home: Path, display: str) -> float:
    """From the command to the first look at a screen that is covered."""
    while screen.is_covered():  # by the window before
        time.sleep(STEP)
    command = [str(Path(sys.executable).parent / "metric-explorer")]
    with started(command, home, display) as (program, begun):
        while not screen.is_covered():
            if program.poll() is not None or time.monotonic() - begun > PATIENCE:
                raise RuntimeError("no window came")
            time.sleep(STEP)
        return time.monotonic() - begun


def stages(program: subprocess.Popen[str], begun: float) -> dict[str, float]:
    """Seconds from the start to each stage that the window tells of."""
    assert program.stdout is not None
    told = ""
    while "ready" not in told:
        there, _, _ = select.select([program.stdout], [], [], PATIENCE)
        if not there or program.poll() is not None:
            raise RuntimeError(f"the window was not ready, but {told.split()[::2]}")
        told += os.read(program.stdout.fileno(), 1_000).decode()
    lines = (line.split() for line in told.splitlines())
    return {name: float(moment) - begun for name, moment in lines}


# --- what Linux says of processes


def children(pid: int) -> list[int]:
    """Every process that this one has started, and those that they have."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found += [child, *children(child)]
    return found


def processor_seconds(pid: int) -> float:
    """User and system time so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid: int) -> dict[str, float]:
    """MB (10^6 bytes): Rss and Pss."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    values = {line.split(":")[0]: int(line.split()[1]) * 1024 / 1e6 for line in lines[1:]}
    return {name: values[name] for name in ("Rss", "Pss")}


def idle_share(pids: list[int], seconds: float) -> list[float]:
    """Per cent of one core that each process takes."""
    before = [processor_seconds(pid) for pid in pids]
    time.sleep(seconds)
    return [100 * (processor_seconds(pid) - was) / seconds for pid, was in zip(pids, before, strict=True)]


def wait_until_quiet(pid: int) -> None:
    """Until the window and its processes rest."""
    end = time.monotonic() + PATIENCE
    while sum(idle_share([pid, *children(pid)], QUIET)) > 1:
        if time.monotonic() > end:
            raise RuntimeError("the window does not come to rest")


def report_rest(program: subprocess.Popen[str], idle: float) -> None:
    """What the window takes while it rests, digits open."""
    wait_until_quiet(program.pid)
    own, others = program.pid, children(program.pid)
    of_window, *of_others = idle_share([own, *others], idle)
    report("idle, processor", of_window, None, "% of a core", bar=0, resolution=100 / TICKS / idle)
    report("idle, processor of its processes", sum(of_others), None, "% of a core", bar=0, processes=len(others))
    found = [memory(pid) for pid in (own, *others)]
    report("memory, window", found[0]["Rss"], None, "MB resident", proportional=round(found[0]["Pss"], 1), bar=900)
    each = [round(one["Rss"], 1) for one in found[1:]]
    report("memory, all processes", sum(one["Pss"] for one in found), None, "MB proportional", resident_of_others=each)


def measure(display_name: str, home: Path, starts: int, idle: float) -> None:
    """All of it, on one display."""
    screen = Screen(display_name)
    seconds_to_window(screen, home, display_name)
    first = [seconds_to_window(screen, home, display_name) for _ in range(starts)]
    each = [round(value, 3) for value in first]
    report("first window", statistics.median(first), None, "s", bar=1.0, starts=each)
    probe = [sys.executable, str(Path(__file__).with_name("startup_probe.py"))]
    told = []
    for number in range(starts):
        with started(probe, home, display_name) as (program, begun):
            told.append(stages(program, begun))
            if number == starts - 1:
                for name in ("painted", "built", "ready"):
                    values = [one[name] for one in told]
                    each = [round(value, 3) for value in values]
                    report(f"{name}, as the window tells", statistics.median(values), None, "s", bar=None, starts=each)
                report_rest(program, idle)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--idle", type=float, default=10.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, display() as name:
        measure(name, Path(home), options.starts, options.idle)


if __name__ == "__main__":
    main()
