"""The soak: short in the ordinary suite, for two minutes as a program of its own, and its verdict by hand."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from explorer.bridge.projection import MapBridge
from tests.explorer.tiny import draw_data, tiny_config
from tests.soak.measuring import Held, held
from tests.soak.person import Person
from tests.soak.soak import WARM_LOOPS, Soak

QUIET = Held(1_000.0, 900.0, 500.0, ("MainThread",), 3, (), ("/dev/null", "pipe"), 0, Counter())


def test_a_day_at_the_window_leaves_nothing_behind(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MapBridge, "start", lambda self: None)  # no projection process: it takes long to warm up
    monkeypatch.chdir(tmp_path)
    config = tiny_config(draw_data(tmp_path / "data"), epochs=1)
    before = held()
    with Person.at(tmp_path) as person:
        run = person.train(config, stop=False)
        names = person.image_names()
        person.verify(names[0], names[-1])
        person.enrol("Ada", names[:2])
        person.open(run)
        during = held()
    after = held()
    assert len(during.threads) > len(before.threads)
    assert during.widgets > 500
    assert after.threads == before.threads
    assert after.children == before.children
    assert after.widgets == before.widgets
    left = Counter(after.files) - Counter(before.files)
    assert not [name for name in left if str(tmp_path) in name], "a file of run or data is still open"
    assert left.total() <= 3, left  # what Python and torch open once
    assert person.complaints == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_minutes_break_no_bound(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.soak.soak", "--minutes", "2"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=580, cwd=Path(__file__).parents[2])
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert '"verdict": "held"' in ended.stdout.splitlines()[-1]


# --- the verdict


def soaked(*loops: Held, closed: Held = QUIET) -> Soak:
    return Soak([QUIET] * WARM_LOOPS + list(loops), [QUIET, closed])


def test_what_stays_the_same_holds_every_bound() -> None:
    assert soaked(*[QUIET] * 9).problems() == []
    assert soaked().problems() == []


@pytest.mark.parametrize(("last", "broken"), [(1_049.0, False), (1_050.0, True)])
def test_memory_may_grow_by_less_than_five_in_a_hundred(last: float, broken: bool) -> None:
    """Medians of the thirds: 1,000 and the last one."""
    found = soaked(*[QUIET] * 3, *[replace(QUIET, megabytes=3_000.0)] * 3, *[replace(QUIET, megabytes=last)] * 3)
    assert [problem.split(":")[0] for problem in found.problems()] == ["megabytes"] * broken


def test_one_loop_that_needs_more_is_not_growth() -> None:
    greedy = replace(QUIET, megabytes=2_000.0, native_threads=9, files=("a",) * 9)
    assert soaked(QUIET, QUIET, greedy, QUIET, QUIET, QUIET, QUIET, QUIET, greedy).problems() == []


def test_each_loop_that_leaves_something_is_named() -> None:
    loops = [replace(QUIET, files=("x",) * (3 + number), widgets=number) for number in range(9)]
    assert soaked(*loops).problems() == [
        f"files: at most 2 in the first {WARM_LOOPS} loops, 9 in the last ones",
        f"widgets: at most 0 in the first {WARM_LOOPS} loops, 6 in the last ones",
    ]


def test_what_a_closed_window_leaves_is_named() -> None:
    left = replace(QUIET, threads=("MainThread", "pairs_0"), children=("python projection",))
    assert soaked(closed=left).problems() == [
        "threads: 1 after the first window, 2 after the last",
        "children: 0 after the first window, 1 after the last",
        "the thread 'pairs_0' is left by a closed window",
        "the process 'python projection' is left by a closed window",
    ]


def test_an_exception_that_nobody_caught_breaks_it() -> None:
    found = soaked()
    found.failures.append("Unexpected KeyError")
    assert found.problems() == ["Unexpected KeyError"]
