"""Real processes: exit codes, streams, signals, and kills at random moments."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from core.runs import Run
from core.training.checkpoint import load_newest_model
from core.training.records import Started
from tests.core.training.driving import drive, timeless
from tests.core.training.test_loop import RESULT_KEYS

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., "subprocess.Popen[str]"]:
    """Start `python -m core` in a folder of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}

    def run(*arguments: object) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "core", *map(str, arguments)]
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=environment
        )

    return run


def finish(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


def test_exit_codes_and_streams(start, trained, shapes) -> None:
    """All started at once; the verdict loads torch for seconds. Exit code 0 is what the signals below end with."""
    a, b = shapes / "images" / "circle" / "02.png", shapes / "images" / "square" / "05.png"
    different = start("verify", trained.path, a, b, "--threshold", "0", "--json")
    misuse = start("enrol", trained.path, "me", a)
    missing = start("train", "--data", "nowhere", "--json")

    code, out, err = finish(different)
    assert (code, err) == (1, "")
    assert json.loads(out)["same"] is False
    for process, words in ((misuse, "invalid choice: 'enrol'"), (missing, "nowhere: no such folder")):
        code, out, err = finish(process)
        assert (code, out) == (2, "")
        assert words in err
        assert err.count("\n") == 1


def steps_done(run: Path) -> int:
    file = run / "metrics.jsonl"
    return file.read_bytes().count(b"\n") if file.is_file() else 0


def wait_for(process: "subprocess.Popen[str]", condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        try:
            process.wait(0.002)
        except subprocess.TimeoutExpired:
            continue


def long_run(start, shapes, run: Path) -> "subprocess.Popen[str]":
    options = ["--data", shapes, "--image-size", 16, "--split", "closed", "--epochs", 1000, "--run", run, "--json"]
    return start("train", *options, "--set", "classes_per_batch=4", "--set", "samples_per_class=2")


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)], ids=["SIGTERM", "SIGINT"]
)
def test_a_signal_ends_a_run_with_a_checkpoint_and_json(start, shapes, tmp_path, number) -> None:
    run = tmp_path / "run"
    process = long_run(start, shapes, run)
    wait_for(process, lambda: steps_done(run) >= 7)
    process.send_signal(number)
    code, out, err = finish(process)
    assert code == 0
    assert "Traceback" not in err
    result = json.loads(out)
    assert list(result) == RESULT_KEYS
    assert result["auc"] is not None
    assert Run.open(run).newest_checkpoint() == result["steps"] == steps_done(run)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
@pytest.mark.parametrize("kill", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 6))])
def test_a_killed_run_opens_and_goes_on(start, shapes, tiny, tmp_path, kill) -> None:
    """Killed at a random moment after its first checkpoint: each step stands once, as if nothing had happened."""
    run = tmp_path / "run"
    process = long_run(start, shapes, run)
    try:
        wait_for(process, lambda: steps_done(run) >= random.Random(kill).randint(6, 60))
        deadline = time.perf_counter() + random.random() * 0.05
        while time.perf_counter() < deadline:
            pass
    finally:
        process.kill()
        process.communicate()

    opened = Run.open(run)
    done = [line["step"] for line in opened.metrics()]
    assert done == list(range(1, len(done) + 1))
    newest = opened.newest_checkpoint()
    load_newest_model(opened)
    opened.threshold()
    goal = len(done) + 3
    resumed = drive(opened.config, run, lambda controls: {goal: lambda: controls.stop(evaluate=False)}, resume=True)
    assert resumed.of(Started)[0].step == newest
    assert [line["step"] for line in resumed.run.metrics()] == list(range(1, goal + 1))
    plain = drive(opened.config, tmp_path / "plain", lambda controls: {goal: lambda: controls.stop(evaluate=False)})
    assert timeless(resumed.run.metrics()) == timeless(plain.run.metrics())
