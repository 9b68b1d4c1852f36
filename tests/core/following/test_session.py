"""A run that another process trains, followed in a thread."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.following import session as following
from core.following.follower import Seen
from core.following.session import FollowingSession
from core.hyperparameters import Hyperparameters
from core.runs import Run
from core.training.control_file import FILE
from core.training.records import (
    Event,
    Failed,
    Finished,
    HyperparametersApplied,
    Note,
    Paused,
    Resumed,
    Rewound,
    Started,
    StepRecord,
)
from tests.core.conftest import TINY, draw_folder
from tests.core.following.conftest import Written

Eventually = Callable[[Callable[[], object]], None]
ROOT = Path(__file__).parents[3]
KNOWN = Seen(snapshot=8, checkpoint=8)


class Heard:
    """A session and all that it said."""

    def __init__(self, session: FollowingSession) -> None:
        self.session = session
        self.events: list[Event] = []
        self.records: list[StepRecord] = []
        self.looks: list[int] = []
        self.weights: list[int] = []

    def hear(self) -> "Heard":
        self.events += self.session.take_events()
        records, _ = self.session.records_since(len(self.records))
        self.records += records
        if (snapshot := self.session.take_snapshot()) is not None:
            self.looks.append(snapshot.step)
        if (weights := self.session.take_weights()) is not None:
            self.weights.append(weights.step)
        return self

    def of(self, kind: type) -> list[Event]:
        return [event for event in self.hear().events if isinstance(event, kind)]

    @property
    def ended(self) -> bool:
        alive = self.session.alive
        self.hear()
        return not alive


@pytest.fixture
def follow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Heard]]:
    sessions: list[FollowingSession] = []
    monkeypatch.setattr(following, "INTERVAL", 0.01)
    monkeypatch.setattr(following, "WEIGHTS_INTERVAL", 0.0)

    def begin(*arguments: object) -> Heard:
        sessions.append(FollowingSession(*arguments))  # type: ignore[arg-type]
        sessions[-1].start()
        return Heard(sessions[-1])

    yield begin
    for session in sessions:
        session.leave()
        assert session.join(10)


def live(**changes: float) -> Hyperparameters:
    """Live settings of the tiny run, or others."""
    return Hyperparameters.model_validate({"learning_rate": TINY["learning_rate"], **changes})


def begin(written: Written) -> None:
    written.event("started", 0, host=socket.gethostname(), total_steps=40, steps_per_epoch=4, batch_size=8)


def asked(written: Written) -> dict[str, object]:
    """What stands in the control file, which nobody takes here."""
    file = written.path / FILE
    return json.loads(file.read_text()) if file.is_file() else {}


def test_it_says_how_the_run_stands_and_then_what_is_new(written: Written, follow, eventually: Eventually) -> None:
    begin(written)
    written.steps(1, 2)
    written.event("paused", 2)
    with written.held():
        heard = follow(written.path, Seen(steps=2, events=2, snapshot=8, checkpoint=8))
        eventually(lambda: heard.of(Paused))
        assert [type(event) for event in heard.events] == [Started, Paused]
        written.event("resumed", 2)
        written.steps(3, 4)
        written.look(12)
        written.checkpoint(12)
        eventually(lambda: heard.hear().weights and heard.looks and heard.records)
        assert [record.step for record in heard.records] == [3, 4]
        assert (heard.looks, heard.weights) == ([12], [12])
        assert heard.of(Resumed) == [Resumed(2)]


def test_its_end_is_told_last_and_with_all_that_came_before(written: Written, follow, eventually: Eventually) -> None:
    begin(written)
    with written.held():
        heard = follow(written.path, KNOWN)
        eventually(lambda: heard.of(Started))
        written.event("finished", 40, stopped=False, result={"auc": 0.9})
        written.steps(*range(1, 41))
        eventually(lambda: len(heard.hear().records) == 40)
        assert heard.session.alive
        assert not heard.of(Finished)
    eventually(lambda: heard.ended)
    assert heard.hear().events[-1] == Finished(40, stopped=False, result={"auc": 0.9})


def test_a_run_that_failed_says_why(written: Written, follow, eventually: Eventually) -> None:
    begin(written)
    with written.held():
        heard = follow(written.path, KNOWN)
        written.event("failed", 3, message="the loss is not finite")
    eventually(lambda: heard.ended)
    assert heard.hear().events[-1] == Failed("the loss is not finite", "")


def test_a_process_that_ended_without_a_word_is_told_of(written: Written, follow, eventually: Eventually) -> None:
    begin(written)
    written.steps(1, 2)
    with written.held():
        heard = follow(written.path, KNOWN)
        eventually(lambda: heard.hear().records)
    eventually(lambda: heard.ended)
    assert heard.of(Failed) == [
        Failed(
            f"{written.path}: the process that wrote it has ended, train --resume goes on from step 8",
            "",
        )
    ]


def test_wishes_stand_in_the_control_file(written: Written, follow, eventually: Eventually) -> None:
    begin(written)
    with written.held():
        heard = follow(written.path, KNOWN)
        heard.session.apply(live(margin=0.3))
        eventually(lambda: asked(written))
        assert (asked(written)["settings"], asked(written)["command"]) == ({"margin": 0.3}, None)
        heard.session.apply(live(margin=0.3, alpha=0.5))
        heard.session.pause()
        eventually(lambda: asked(written).get("command"))
        assert asked(written)["settings"] == {"margin": 0.3, "alpha": 0.5}
        heard.session.apply(live(alpha=0.5))
        heard.session.stop(evaluate=False)
        eventually(lambda: asked(written).get("command") == "stop")
        assert asked(written)["settings"] == {"margin": 0.2, "alpha": 0.5}
        assert asked(written)["evaluate"] is False


def test_only_what_differs_is_asked_for_so_that_others_may_change_the_rest(
    written: Written, follow, eventually: Eventually
) -> None:
    begin(written)
    with written.held():
        heard = follow(written.path, KNOWN)
        theirs = live(beta=0.1)
        written.event("hyperparameters", 1, old=live().model_dump(), new=theirs.model_dump())
        eventually(lambda: heard.of(HyperparametersApplied))
        heard.session.apply(live(beta=0.1, margin=0.5))
        eventually(lambda: asked(written))
        assert asked(written)["settings"] == {"margin": 0.5}


def test_a_folder_that_takes_no_wish_is_told_and_followed_on(written: Written, follow, eventually: Eventually) -> None:
    begin(written)
    (written.path / FILE).mkdir()
    with written.held():
        heard = follow(written.path, KNOWN)
        heard.session.pause()
        eventually(lambda: heard.of(Note))
        assert "control.json: cannot be written" in heard.of(Note)[0].message
        written.steps(1)
        eventually(lambda: heard.hear().records)


def test_silence_is_remarked_with_what_is_known_of_the_process(
    written: Written, follow, eventually: Eventually, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "SILENCES", (0.05, 0.2))
    begin(written)
    with written.held():
        heard = follow(written.path, KNOWN)
        eventually(lambda: len(heard.of(Note)) == 2)
        assert heard.of(Note)[0] == Note("run: no line for 0 s; its process lives")


def test_of_another_machine_it_says_that_it_cannot_tell(
    written: Written, follow, eventually: Eventually, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "SILENCES", (0.05,))
    written.event("started", 0, host="elsewhere")
    heard = follow(written.path, KNOWN)
    eventually(lambda: heard.of(Note))
    assert heard.of(Note) == [Note("run: no line for 0 s; whether its process lives cannot be told from this machine")]
    written.event("finished", 3, stopped=True, result={})
    eventually(lambda: heard.ended)
    assert heard.of(Finished)


def test_a_run_that_went_back_ends_the_session(written: Written, follow, eventually: Eventually) -> None:
    begin(written)
    written.steps(*range(1, 8))
    with written.held():
        heard = follow(written.path, KNOWN)
        eventually(lambda: heard.hear().records)
        written.run.rewind(4, 0)
        eventually(lambda: heard.ended)
        assert heard.events[-1] == Rewound()


def test_a_run_that_is_moved_away_ends_it_by_a_sentence(written: Written, follow, eventually: Eventually) -> None:
    begin(written)
    with written.held():
        heard = follow(written.path, KNOWN)
        eventually(lambda: heard.of(Started))
        written.path.rename(written.path.with_name("elsewhere"))
        eventually(lambda: heard.ended)
        assert "was moved or deleted" in heard.of(Failed)[0].message


def test_a_folder_that_is_no_run_ends_it_by_a_sentence(tmp_path: Path, follow, eventually: Eventually) -> None:
    heard = follow(tmp_path, KNOWN)
    eventually(lambda: heard.ended)
    assert "not a run folder" in heard.of(Failed)[0].message


def test_to_leave_it_asks_nothing_of_the_run(written: Written, follow, eventually: Eventually) -> None:
    begin(written)
    with written.held():
        heard = follow(written.path, KNOWN)
        eventually(lambda: heard.of(Started))
        heard.session.leave()
        assert heard.session.join(10)
        assert asked(written) == {}
        assert not heard.of(Failed)


# --- a real process


@pytest.fixture(scope="module")
def headless(tmp_path_factory: pytest.TempPathFactory) -> Iterator["subprocess.Popen[bytes]"]:
    """`python -m core train` of a run that takes longer than its test; its folder is `args[-1]`."""
    home = tmp_path_factory.mktemp("headless")
    draw_folder(home / "data")
    settings = [f"--set={name}={value}" for name, value in {**TINY, "epochs": 100_000, "device": "cpu"}.items()]
    command = [sys.executable, "-m", "core", "train", f"--data={home / 'data'}", *settings, "--run", str(home / "run")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    with (home / "output").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=home, env=environment)
    yield process
    process.kill()
    process.wait()


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed the POSIX way")
def test_a_headless_run_is_followed_adjusted_paused_and_killed(
    headless: "subprocess.Popen[bytes]", follow, eventually: Eventually
) -> None:
    path = Path(str(headless.args[-1]))  # type: ignore[index]
    eventually(lambda: (path / "metrics.jsonl").is_file() and (path / "metrics.jsonl").stat().st_size)
    heard = follow(path)
    eventually(lambda: heard.hear().records and heard.looks and heard.weights)
    steps = [record.step for record in heard.records]
    assert steps == list(range(1, len(steps) + 1))

    heard.session.apply(live(margin=0.7))
    eventually(lambda: heard.of(HyperparametersApplied))
    [applied] = heard.of(HyperparametersApplied)
    assert applied.new == live(margin=0.7)

    heard.session.pause()
    eventually(lambda: heard.of(Paused))
    [paused] = heard.of(Paused)
    heard.session.resume()
    eventually(lambda: heard.of(Resumed) == [Resumed(paused.step)])

    seen = len(heard.hear().records)
    eventually(lambda: len(heard.hear().records) > seen)
    headless.send_signal(signal.SIGKILL)
    headless.wait()
    eventually(lambda: heard.ended)
    [failed] = heard.of(Failed)
    newest = Run.open(path).newest_checkpoint()
    assert failed.message.endswith(f"the process that wrote it has ended, train --resume goes on from step {newest}")
    assert heard.weights[-1] <= newest
