"""Two real processes, started by torchrun, against one: the same losses, and what happens when one is killed."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from core.config import make_config
from core.errors import InputError
from core.files import read_lines
from core.runs import Run
from core.training import gradients
from core.training.agreement import whole_state
from core.training.checkpoint import load_checkpoint
from core.training.launch import Launch, launch
from core.training.preparation import prepare_data
from core.training.trainer import TASKS, Trainer
from core.training.world import LOST, World, is_lost
from tests.core.conftest import TINY, draw_folder
from tests.core.training.driving import drive
from tests.core.training.two_processes import EXACT, LIVE, SHARDED, begin, checkpoint_of, found_by
from tests.until import until

CPU = torch.device("cpu")
PATIENCE = 240.0

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for the processes that torchrun started"),
]


def torchrun(*arguments: object, **options: Any) -> subprocess.Popen[str]:
    """Two processes; the options of torchrun go before `--`."""
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": os.getcwd(), "LOGLEVEL": "CRITICAL"}
    return subprocess.Popen(
        [*command, *map(str, arguments)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


# --- the same figures


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> dict[str, Any]:
    """Of a tiny run, in which some images have no mask."""
    folder = draw_folder(tmp_path_factory.mktemp("data") / "shapes")
    for number, mask in enumerate(sorted((folder / "masks").rglob("*.png"))):
        if number % 5 % 2:
            mask.unlink()
    return {**TINY, "data": str(folder)}


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    """Where two processes write what they found, beside their checkpoints."""
    return tmp_path_factory.mktemp("found") / "found.json"


@pytest.fixture(scope="module")
def both(settings, out, tmp_path_factory) -> tuple[dict[str, Any], dict[str, Any]]:
    """What two processes found, and what one finds."""
    with torchrun("-m", "tests.core.training.two_processes", json.dumps(settings), out) as process:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(gradients, "BUDGET", 1e9)
            patch.setattr(gradients, "FIRST_AT", 1)
            torch.set_num_threads(1)
            alone = json.loads(json.dumps(found_by(settings, World(), tmp_path_factory.mktemp("alone"))))
        said = process.communicate(timeout=PATIENCE)[1]
    assert process.returncode == 0, said
    return json.loads(out.read_text()), alone


def timeless(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    left_out = {"time", "seconds"}
    return [{name: value for name, value in record.items() if name not in left_out} for record in records]


def assert_close(found: list[dict[str, Any]], expected: list[dict[str, Any]], tolerance: float) -> None:
    assert len(found) == len(expected)
    for one, other in zip(timeless(found), timeless(expected), strict=True):
        for name, value in other.items():
            assert one[name] == (value if value is None else pytest.approx(value, rel=tolerance, abs=tolerance)), name


@pytest.mark.parametrize("name", EXACT)
def test_figures_and_weights_are_those_of_one_process(both, name) -> None:
    """Losses, triplets, norms of the tasks' gradients and weights of the balance, over up to 20 steps."""
    (found, weights), (expected, others) = (one[name] for one in both)
    assert_close(found, expected, 1e-9)
    assert weights == pytest.approx(others, rel=1e-9, abs=1e-12)


def test_a_task_left_out(both) -> None:
    assert_close(both[0]["without masks"], both[1]["without masks"], 1e-9)


def test_float32_stays_close(both) -> None:
    for found, expected in zip(both[0]["float32"], both[1]["float32"], strict=True):
        for name in ("total", "cls", "seg", "metric"):
            assert found[name] == (
                expected[name] if expected[name] is None else pytest.approx(expected[name], abs=1e-4)
            )


def test_a_look_that_is_shared_is_the_same_to_the_last_bit(both) -> None:
    assert both[0]["a look"] == [True, True, True]


def test_going_back_reaches_all(both) -> None:
    for found, expected in zip(both[0]["gone back"], both[1]["gone back"], strict=True):
        assert found["total"] == pytest.approx(expected["total"], rel=1e-9)


# --- the weights shared out


@pytest.mark.parametrize("name", SHARDED)
def test_two_processes_that_share_out_the_weights_find_what_one_does(both, name) -> None:
    """Steps, a checkpoint, a step, back to the checkpoint, and the same steps again."""
    (found, *rest), (expected, *others) = (one[name] for one in both)
    unmeasured = dict.fromkeys(f"{task}_gradient" for task in TASKS)
    assert_close(found, [{**record, **unmeasured} for record in expected], 1e-9)
    weights, looks, step, asked = rest
    assert weights == pytest.approx(others[0], rel=1e-9, abs=1e-12)
    assert looks == pytest.approx(np.array(others[1]), abs=1e-6)
    assert (step, asked) == tuple(others[2:])


@pytest.mark.parametrize("number", range(len(SHARDED)))
def test_one_process_goes_on_from_a_checkpoint_of_shared_out_weights(both, settings, out, number) -> None:
    (name, own), path = list(SHARDED.items())[number], checkpoint_of(out.parent / str(number))
    trainer, prepared = begin(make_config({**settings, "precision": "64", **own}), World())
    assert load_checkpoint(path, trainer).step == 4
    found = [asdict(trainer.step(prepared.batches.batch(4), LIVE))]
    assert found[0]["total"] == pytest.approx(both[0][name][0][4]["total"], rel=1e-9)
    assert len(load_file(path)) == len(whole_tensors(trainer))


def whole_tensors(trainer: Trainer) -> list[object]:
    """All that a checkpoint has but the two random states, which are one tensor each."""
    modules, moments = whole_state(trainer)
    return [*(t for state in modules.values() for t in state), *(t for s in moments.values() for t in s), 1, 2]


# --- one is killed


def workers(parent: int) -> dict[int, int]:
    """Process ids of torchrun's workers by their rank."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    found = {}
    for child in map(int, children):
        variables = Path(f"/proc/{child}/environ").read_bytes().split(b"\0")
        ranks = [int(text.removeprefix(b"RANK=")) for text in variables if text.startswith(b"RANK=")]
        found |= dict.fromkeys(ranks, child)
    return found


def begun(run: Path) -> list[int]:
    """Step from which each start of the run went on."""
    if not (run / "events.jsonl").is_file():
        return []
    return [line["step"] for line in read_lines(run / "events.jsonl") if line["event"] == "started"]


def kill_one(process: subprocess.Popen[str], run: Path, rank: int, start: int) -> None:
    """As soon as the run has a checkpoint of this start of it, counted from 1."""

    def has_checkpoint() -> bool:
        assert process.poll() is None, process.communicate()[1]
        found = begun(run)
        return len(found) >= start and bool(list(run.glob(f"checkpoints/step-{found[-1] + 8:06}.safetensors")))

    until(has_checkpoint, PATIENCE)
    os.kill(workers(process.pid)[rank], signal.SIGKILL)


@pytest.fixture(scope="module")
def killed(shapes, tmp_path_factory) -> tuple[Path, int, str]:
    """A run whose first process was killed, so that torchrun started all again, and then its second one.

    The run, torchrun's exit code and what was said.
    """
    run = tmp_path_factory.mktemp("runs") / "run"
    texts = [f"--set={name}={value}" for name, value in {**TINY, "epochs": 3000}.items()]
    command = ("--max-restarts", "1", "-m", "--", "core", "train", "--data", shapes, "--run", run, *texts)
    with torchrun(*command) as process:
        kill_one(process, run, rank=0, start=1)
        kill_one(process, run, rank=1, start=2)
        said = process.communicate(timeout=PATIENCE)[1]
    return run, process.returncode, said


def test_torchrun_starts_all_again_and_the_run_goes_on(killed) -> None:
    path, _, _ = killed
    first, second = begun(path)
    assert first == 0
    assert second >= 8
    steps = [line["step"] for line in Run.open(path).metrics()]
    assert steps == list(range(1, len(steps) + 1))


def test_killing_one_ends_all_with_one_sentence_and_one_process_goes_on(killed, tiny) -> None:
    path, code, said = killed
    assert code != 0
    assert said.count(LOST) == 1
    run = Run.open(path)
    assert (run.info.world_size, run.info.device) == (2, "2 × cpu")
    assert run.events()[-1]["message"] == LOST
    step = run.newest_checkpoint()
    driven = drive(
        tiny(epochs=3000), path, lambda controls: {step + 2: lambda: controls.stop(evaluate=False)}, resume=True
    )
    assert driven.finished.step == step + 2


# --- what is said


def test_a_batch_that_cannot_be_divided(tiny) -> None:
    with pytest.raises(InputError, match="a batch must be a multiple of the 3 processes, found 8 images"):
        prepare_data(tiny(), CPU, lambda event: None, lambda: False, share=(0, 3))


def test_the_place_of_a_process(monkeypatch) -> None:
    assert launch() is None
    for name, value in (("TORCHELASTIC_RUN_ID", "x"), ("RANK", "3"), ("WORLD_SIZE", "4"), ("LOCAL_RANK", "1")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LOCAL_WORLD_SIZE", "2")
    assert launch() == Launch(rank=3, size=4, local_rank=1, local_size=2, restarts=0)
    monkeypatch.setenv("WORLD_SIZE", "1")
    assert launch() is None


@pytest.mark.parametrize(
    ("error", "lost"),
    [
        (RuntimeError("[gloo/transport/tcp/pair.cc:538] Connection closed by peer [127.0.0.1]:1"), True),
        (torch.distributed.DistBackendError("NCCL error"), True),
        (RuntimeError("mat1 and mat2 shapes cannot be multiplied"), False),
        (ValueError("gloo"), False),
    ],
)
def test_what_means_that_another_process_has_ended(error, lost) -> None:
    assert is_lost(error) is lost


def test_a_world_of_one() -> None:
    world, rows = World(), torch.ones(2, 3)
    assert world.leads
    assert world.gather(rows) is rows
    assert world.sum(rows) is rows
    assert world.decide("x") == "x"
    assert world.collect(1) == [1]
    assert world.describe(CPU) == "cpu"
