"""Training in a process that is started for the window: by torchrun, or by something that behaves as it does."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.config import RunConfig, make_config, parse_override
from core.errors import InputError
from core.following import session as following
from core.following.child import _KILLED_AFTER, TrainingChild, command
from core.following.session import FollowingSession
from core.runs import Run
from core.training.records import Failed, Finished, HyperparametersApplied, Preparing, Started
from tests.core.conftest import TINY, draw_folder
from tests.core.following.test_session import Eventually, Heard

ROOT = Path(__file__).parents[3]
TORCHRUN_SAYS = """\
W1122 16:20:00.123000 4242 torch/distributed/run.py:766]
W1122 16:20:00.123000 4242 torch/distributed/run.py:766] *****************************************
note: left out: 2
device: 'cuda' needs a CUDA device that torch can use, found none; 'auto' or 'cpu' works here
E1122 16:20:09.123000 4242 torch/distributed/elastic/multiprocessing/api.py:882] failed (exitcode: 2) local_rank: 0
Traceback (most recent call last):
  File "<frozen runpy>", line 198, in _run_module_as_main
torch.distributed.elastic.multiprocessing.errors.ChildFailedError:
============================================================
core FAILED
"""


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "INTERVAL", 0.02)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Callable[[str], Heard]]:
    """Follow a child that runs this Python text, with the run's folder as its argument."""
    sessions: list[FollowingSession] = []

    def begin(text: str) -> Heard:
        path = tmp_path / "run"
        child = TrainingChild(path, (sys.executable, "-c", text, str(path)))
        sessions.append(FollowingSession(path, child=child))
        sessions[-1].start()
        return Heard(sessions[-1])

    yield begin
    for session in sessions:
        session.leave()
        assert session.join(20)


def says(text: str, code: int) -> str:
    return f"import sys; sys.stdout.write({text!r}); sys.stdout.flush(); sys.exit({code})"


def test_the_command_says_all_that_is_set(tmp_path: Path) -> None:
    config = make_config(
        {"data": str(tmp_path / "a=b"), "margin": 0.35, "foreground": (1, 3), "augment": False, "loss": "arcface"}
    )
    words = command(config, tmp_path / "run", 4)
    assert words[:6] == (sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "4")
    assert words[6] == "--shutdown-timeout"
    assert int(words[7]) < _KILLED_AFTER  # who ends torchrun itself leaves its processes behind
    assert words[8:14] == ("-m", "--", "core", "train", "--run", str(tmp_path / "run"))
    given = dict(parse_override(word.removeprefix("--set=")) for word in words[14:])
    assert make_config(given) == config
    assert make_config(given).model_fields_set == config.model_fields_set


@pytest.mark.parametrize("config", [RunConfig(), make_config({"holdout": 0.3, "init": "a run", "ema": 0.5})])
def test_what_is_left_out_stays_so(tmp_path: Path, config: RunConfig) -> None:
    given = dict(parse_override(word.removeprefix("--set=")) for word in command(config, tmp_path, 2)[14:])
    assert make_config(given) == config


def test_a_failure_before_the_run_is_one_sentence_with_the_output_behind_it(launch, eventually: Eventually) -> None:
    heard = launch(says(TORCHRUN_SAYS, 1))
    eventually(lambda: heard.ended)
    failed = heard.events[-1]
    assert isinstance(failed, Failed)
    assert (
        failed.message
        == "device: 'cuda' needs a CUDA device that torch can use, found none; 'auto' or 'cpu' works here"
    )
    assert failed.details == TORCHRUN_SAYS
    assert (heard.session.run_dir / "train.log").read_text() == TORCHRUN_SAYS


def test_one_that_says_nothing_is_told_by_its_exit_code(launch, eventually: Eventually) -> None:
    heard = launch("import sys; sys.exit(3)")
    eventually(lambda: heard.ended)
    [failed] = heard.of(Failed)
    assert failed.message.endswith("run: torchrun ended with exit code 3; its output is in train.log")


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed the POSIX way")
def test_one_that_was_killed_is_told_by_the_signal(launch, eventually: Eventually) -> None:
    heard = launch("import os; os.kill(os.getpid(), 9)")
    eventually(lambda: heard.ended)
    [failed] = heard.of(Failed)
    assert "torchrun was ended by signal 9" in failed.message


def test_a_stop_before_the_first_step_ends_it(launch, eventually: Eventually) -> None:
    heard = launch("import time; print('decoding images', flush=True); time.sleep(60)")
    eventually(lambda: Preparing("decoding images", 0, 0) in heard.of(Preparing))
    heard.session.stop()
    eventually(lambda: heard.ended)
    assert heard.events[-1] == Finished(0, stopped=True, result={})


def test_one_that_does_not_end_when_it_should_is_ended(
    launch, eventually: Eventually, trained: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folder is that of a run that has begun."""
    monkeypatch.setattr(following, "TERMINATED_AFTER", 0.0)
    heard = launch(
        "import shutil, sys, time\n"
        f"run, target = {str(trained.path)!r}, sys.argv[1]\n"
        "shutil.copytree(run, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns('events.jsonl'))\n"
        "shutil.copy(run + '/events.jsonl', target)\n"
        "time.sleep(60)"
    )
    eventually(lambda: heard.of(Started))
    heard.session.stop(evaluate=False)
    eventually(lambda: heard.ended)
    assert not heard.of(Failed)


def test_a_folder_with_other_files_is_refused(launch, eventually: Eventually, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "letter.txt").write_text("dear")
    heard = launch("pass")
    eventually(lambda: heard.ended)
    assert "a run needs a new or an empty folder" in heard.of(Failed)[0].message


def test_what_cannot_be_started_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"training cannot be started \(No such file"):
        TrainingChild(tmp_path / "run", (str(tmp_path / "nothing"),)).start()


@pytest.mark.long
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="torchrun is for clusters and Linux")
def test_two_processes_of_torchrun_are_followed_adjusted_and_stopped(tmp_path: Path, eventually: Eventually) -> None:
    draw_folder(tmp_path / "data")
    config = make_config({**TINY, "data": str(tmp_path / "data"), "device": "cpu", "epochs": 100_000})
    path = tmp_path / "run"
    heard = Heard(FollowingSession(path, child=TrainingChild(path, command(config, path, 2))))
    heard.session.start()
    heard.session.apply(config.hyperparameters.model_copy(update={"margin": 0.7}))  # which waits for the run
    try:
        eventually(lambda: heard.of(HyperparametersApplied) or heard.ended)
        heard.session.stop()
        eventually(lambda: heard.ended)
    finally:
        heard.session.leave()
        heard.session.join(30)
    assert not heard.of(Failed), heard.of(Failed)
    assert len(heard.of(Started)) == 1
    finished = heard.events[-1]
    assert isinstance(finished, Finished)
    assert [record.step for record in heard.records] == list(range(1, finished.step + 1))
    assert heard.weights[-1] == finished.step
    assert os.access(path / "train.log", os.R_OK)
