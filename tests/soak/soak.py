"""Uses the real window for as long as is asked for, and tells whether anything is left behind or grows.

    python -m tests.soak.soak --minutes 20

A first window is used once, so that everything is imported, compiled and cached. In a second one a tiny run is started,
paused, changed, and stopped or finished; maps, verdicts, a gallery, an evaluation, a comparison, an export and an
earlier run follow, again and again until the time is up. One JSON object a line says what the process holds; the last
one is the verdict. Exit code 1 where a bound is broken: memory may grow by less than 5 %, and of threads, processes,
files and widgets nothing may be left.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from core.process import settle
from tests.soak.measuring import Held, held

if TYPE_CHECKING:
    from collections import Counter

    from core.config import RunConfig
    from tests.soak.person import Person

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
WARM_LOOPS = 4
"""Of the second window, until its caches are full."""
GROWTH = 0.05
"""Share of the memory by which it may grow."""
THOROUGH_EVERY = 4
"""Loops from one to the next in which the projection process draws and is ended, and another one writes a report."""
KEPT_RUNS = 3
COUNTED = ("threads", "native threads", "children", "files", "widgets")
"""Of these nothing may be left."""


@dataclass
class Soak:
    """What has been measured so far."""

    loops: list[Held] = field(default_factory=list)
    """After each loop of the second window."""
    closed: list[Held] = field(default_factory=list)
    """After each window."""
    failures: list[str] = field(default_factory=list)
    """Exceptions that nobody caught."""

    def problems(self) -> list[str]:
        """Which bounds are broken, in words."""
        return [*self.failures, *self._left_by_loops(), *self._left_by_windows(), *self._grown()]

    def more_objects(self) -> dict[str, int]:
        """Of which types there are more after the last loop than in the middle of the time."""
        if len(self.loops) < 2:
            return {}
        more: Counter[str] = self.loops[-1].objects - self.loops[len(self.loops) // 2 - 1].objects
        return dict(more.most_common(20))

    def _left_by_loops(self) -> Iterator[str]:
        warm, steady = self.loops[:WARM_LOOPS], self.loops[WARM_LOOPS:]
        for name in COUNTED:
            most = max((loop.figures()[name] for loop in warm), default=0)
            # The fewest of the last three: what is on its way out at one moment is not left.
            last = min((loop.figures()[name] for loop in steady[-3:]), default=0)
            if last > most:
                yield f"{name}: at most {most:.0f} in the first {WARM_LOOPS} loops, {last:.0f} in the last ones"

    def _left_by_windows(self) -> Iterator[str]:
        first, last = self.closed[0], self.closed[-1]
        for name in COUNTED:
            before, after = first.figures()[name], last.figures()[name]
            if after > before:
                yield f"{name}: {before:.0f} after the first window, {after:.0f} after the last"
        for thread in set(last.threads) - {"MainThread"}:
            yield f"the thread {thread!r} is left by a closed window"
        for child in last.children:
            yield f"the process {child!r} is left by a closed window"

    def _grown(self) -> Iterator[str]:
        """Compare the last third with the first by their medians, for one loop is not like another."""
        steady = self.loops[WARM_LOOPS:]
        third = len(steady) // 3
        if third < 1:
            return
        for name in ("megabytes", "children_megabytes"):
            values = [getattr(loop, name) for loop in steady]
            before, after = statistics.median(values[:third]), statistics.median(values[-third:])
            if after >= before * (1 + GROWTH):
                more = 100 * (after / before - 1)
                yield f"{name}: {before:.0f} at first, {after:.0f} at the end, {more:.1f} % more"


def soak(
    folder: Path, config: "RunConfig", go_on: Callable[[int], bool], *, thorough_every: int = THOROUGH_EVERY
) -> Soak:
    """Use one window once, then another one for as long as `go_on` says, which is told how many loops are done.

    Every so many loops are thorough; with 0 none is, and the projection process stays idle.
    """
    from tests.soak.person import Person

    found, runs = Soak(), []  # type: tuple[Soak, list[Path]]
    for window in (0, 1):
        done = 0
        with Person.at(folder) as person:
            while go_on(done) if window else done < 1:
                began = time.monotonic()
                thorough = thorough_every > 0 and done % thorough_every == 0
                _loop(person, config, folder, runs, thorough=thorough)
                done += 1
                now = held()
                found.loops += [now] * window
                _tell({"window": window, "loop": done, "seconds": round(time.monotonic() - began, 1), **now.figures()})
            complaints = person.complaints
        del person
        found.closed.append(held())
        _tell({"window": window, "closed": True, **found.closed[-1].figures(), "complaints": complaints})
    return found


def _loop(person: "Person", config: "RunConfig", folder: Path, runs: list[Path], *, thorough: bool) -> None:
    """All that a person does in a day."""
    run = person.train(config, stop=len(runs) % 2 == 1)
    names = person.image_names()
    person.project("pca")
    if thorough:
        person.project("umap")
        person.cancel_projection()
        person.export("report", folder / "report.html")
    person.look_round()
    person.verify(names[0], names[-1])
    person.move_threshold()
    person.enrol("Ada", names[:2])
    person.evaluate()
    if runs:
        person.compare([run, runs[-1]])
        person.compare_maps(runs[-1])
        person.open(runs[-1])
        person.verify(names[1], names[-2])
    runs.append(run)
    if len(runs) > KEPT_RUNS:
        shutil.rmtree(runs.pop(0))


def _tell(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Soak, tell, and return 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description="Use the window for long and see what is left behind.")
    parser.add_argument("--minutes", type=float, default=20.0)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for variable, place in (("METRIC_EXPLORER_CACHE", "decoded"), ("METRIC_EXPLORER_DATA", "downloaded")):
            os.environ[variable] = str(folder / place)
        found = _soak_as_a_program(folder, 60 * options.minutes)
    problems = found.problems()
    _tell({"loops": len(found.loops), "more objects": found.more_objects()})
    _tell({"verdict": "broken" if problems else "held", "problems": problems})
    return 1 if problems else 0


def _soak_as_a_program(folder: Path, seconds: float) -> Soak:
    settle()  # as the program does
    from PySide6.QtWidgets import QApplication

    from core.config import make_config
    from explorer.exception_hook import ExceptionHook

    application = QApplication([sys.argv[0]])
    hook = ExceptionHook()
    failures: list[str] = []
    hook.caught.connect(lambda message, details: failures.append(f"{message}\n{details}"))
    config = make_config({"data": "digits", "image_size": 16, "epochs": 1, "embedding_dim": 32, "device": "cpu"})
    end = time.monotonic() + seconds
    try:
        found = soak(folder, config, lambda _done: time.monotonic() < end)
    finally:
        hook.remove()
        application.quit()
    found.failures += failures
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
