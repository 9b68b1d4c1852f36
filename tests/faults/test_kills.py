"""Killed at any instant, a run opens again, goes on from its last checkpoint and ends as one that never was."""

import json
import random
import sys
from pathlib import Path

import pytest
from safetensors.torch import load_file

from core.runs import Run
from tests.core.training.driving import assert_same_run, drive
from tests.faults.killing import Death, any_death, changing, forking, live

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed the POSIX way")

STEPS_PER_EPOCH = 4
KILLS_A_RUN = 10


@pytest.fixture(scope="module")
def context():
    with forking() as context:
        yield context


@pytest.fixture(scope="module")
def config(tiny):
    return tiny(epochs=4)


@pytest.fixture(scope="module")
def whole(config, tmp_path_factory) -> Run:
    """16 steps that nobody disturbed."""
    return drive(config, tmp_path_factory.mktemp("whole") / "run", changing).run


def test_a_killed_run_goes_on(context, config, whole, tmp_path) -> None:
    """One after the other: by the clock, at a file of its own, and in the middle of a checkpoint."""
    chance = random.Random(2)
    deaths = [Death(touch=chance.randrange(30)), Death(seconds=chance.uniform(0, 0.5)), Death(share=chance.random())]
    assert outlived(context, config, tmp_path / "run", whole, deaths) >= 2


@pytest.mark.slow
def test_a_hundred_kills(context, config, whole, tmp_path) -> None:
    chance = random.Random(0)
    kills = 0
    for run in range(100):
        deaths = [any_death(chance) for _ in range(min(KILLS_A_RUN, 100 - kills))]
        kills += outlived(context, config, tmp_path / f"run-{run}", whole, deaths)
        if kills == 100:
            return
    pytest.fail(f"only {kills} processes were killed before they ended")


def outlived(context, config, path: Path, whole: Run, deaths: list[Death]) -> int:
    """Train a run through these deaths and to its end; how many of them came before the end."""
    kills = saved = 0
    for death in [*deaths, Death()]:
        life = live(context, config, path, death)
        assert life.started in (None, saved)
        if not life.killed:
            break
        kills += 1
        saved = examined(path, at_least=saved)
    assert_same_run(whole, Run.open(path))
    assert not list(path.rglob(".*.tmp")), "what the killed left is removed"
    return kills


def examined(path: Path, at_least: int) -> int:
    """Step of the newest checkpoint of a run that was killed, once nothing is found to be half-written."""
    if not Run.exists(path):
        assert at_least == 0
        assert not path.exists() or all(entry.name.startswith(".") for entry in path.iterdir())
        return 0
    run = Run.open(path)
    for file in (file for file in path.rglob("*") if file.is_file() and not file.name.startswith(".")):
        read_wholly(file, run)
    newest = max(run.checkpoint_steps(), default=0)
    done = [line["step"] for line in run.metrics()]
    assert newest >= at_least
    assert done == list(range(1, len(done) + 1))
    assert newest <= len(done) <= newest + STEPS_PER_EPOCH, "no more is to be repeated than one epoch"
    return newest


def read_wholly(file: Path, run: Run) -> None:
    match file.suffix:
        case ".safetensors":
            assert load_file(file)
        case ".npz":
            assert len(run.load_snapshot(int(file.stem.removeprefix("step-"))))
        case ".json":
            json.loads(file.read_text())
        case ".jsonl":
            run.events() if file.name == "events.jsonl" else run.metrics()
        case _:
            pytest.fail(f"an unknown file: {file}")
