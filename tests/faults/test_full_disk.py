"""A disk that is full while a run is trained: it waits, says so, and goes on as if nothing had been."""

import errno
import json
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from core.cli import main
from core.cli_text import warning_lines
from core.errors import InputError
from core.line_file import LineFile
from core.runs import Run
from core.training import room as room_module
from core.training.checkpoint import load_newest_model
from core.training.records import Finished, Paused, Resumed, Started
from core.training.session import TrainingSession
from tests.core.training.driving import CHANGED, Driven, assert_same_run, changing, drive


@pytest.fixture(scope="module")
def whole(tiny, tmp_path_factory) -> Run:
    return drive(tiny(epochs=3), tmp_path_factory.mktemp("whole") / "run", changing).run


@pytest.fixture(autouse=True)
def _patience(monkeypatch) -> None:
    """What is not asked for does not come within a test."""
    monkeypatch.setattr(room_module, "RETRY_SECONDS", 100.0)


def fill(disk: Path) -> None:
    """Take every byte that is left."""
    with (disk / "ballast").open("ab", buffering=0) as file:
        size = 1 << 20
        while size:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2


def make_room(disk: Path) -> None:
    (disk / "ballast").unlink()


def filled_at(disk: Path, path: Path, config, event_name: str, answer: Callable) -> Driven:
    """Train while the disk is filled up at the first event of a name, and `answer` is given to the pause after it."""
    filled = False

    def on_event(event, controls) -> None:
        nonlocal filled
        if isinstance(event, Paused):
            answer(controls)
        elif not filled and event_name in (type(event).__name__, getattr(event, "what", None)):
            fill(disk)
            filled = True

    return drive(config, path, changing, on_event=on_event)


@pytest.mark.parametrize(
    "at",
    [
        pytest.param("Started", marks=pytest.mark.slow),
        "CheckpointSaved",
        pytest.param("Evaluated", marks=pytest.mark.slow),
        "evaluating on the held-out part",
    ],
)
def test_it_waits_for_room_and_goes_on(whole, tiny, disk, folder, at) -> None:
    """Filled before steps, before a look, before the next checkpoint, and before the last look."""
    intact = []

    def answer(controls) -> None:
        run = Run.open(folder / "run")
        if run.checkpoint_steps():
            load_newest_model(run)
            intact.append(run.newest_checkpoint())
        run.metrics(), run.events()
        make_room(disk)
        controls.resume()

    driven = filled_at(disk, folder / "run", tiny(epochs=3), at, answer)
    (paused,), (resumed,) = driven.of(Paused), driven.of(Resumed)
    assert paused.step == resumed.step
    assert paused.reason.startswith(f"{folder / 'run'}: the disk is full, so training waits after step {paused.step};")
    assert warning_lines(paused) == [f"warning: {paused.reason}"]
    assert intact or at == "Started"
    assert not driven.finished.stopped
    words = [line["event"] for line in driven.run.events()]
    assert words.index("resumed") == words.index("paused") + 1
    assert_same_run(whole, driven.run)


@pytest.mark.slow
def test_what_is_still_full_is_told_once(whole, tiny, disk, folder) -> None:
    """Asked to go on without room it goes on waiting."""
    pauses = []

    def answer(controls) -> None:
        pauses.append(controls)
        controls.resume()
        threading.Timer(0.2, lambda: (make_room(disk), controls.resume())).start()

    driven = filled_at(disk, folder / "run", tiny(epochs=3), "CheckpointSaved", answer)
    assert len(pauses) == len(driven.of(Resumed)) == 1
    assert_same_run(whole, driven.run)


@pytest.mark.slow
def test_it_tries_by_itself(whole, tiny, disk, folder, monkeypatch) -> None:
    monkeypatch.setattr(room_module, "RETRY_SECONDS", 0.01)
    driven = filled_at(disk, folder / "run", tiny(epochs=3), "CheckpointSaved", lambda controls: make_room(disk))
    assert len(driven.of(Resumed)) == 1
    assert_same_run(whole, driven.run)


def test_told_to_stop_it_ends_at_its_last_checkpoint(whole, tiny, disk, folder) -> None:
    with pytest.raises(InputError, match=r"run: the run folder can no longer be written to \(No space left") as error:
        filled_at(disk, folder / "run", tiny(epochs=3), "CheckpointSaved", lambda controls: controls.stop())
    assert "\n" not in str(error.value)
    run = Run.open(folder / "run")
    assert run.checkpoint_steps() == [4]
    assert not list(run.path.rglob(".*.tmp"))
    make_room(disk)
    assert_same_run(whole, drive(tiny(epochs=3), run.path, changing, resume=True).run)


def test_a_run_cannot_begin_on_a_full_disk(tiny, disk, folder) -> None:
    fill(disk)
    session = TrainingSession(tiny(), folder / "run")
    session.start()
    assert session.join(60)
    failed = session.take_events()[-1]
    assert failed.message == f"{folder / 'run' / 'run.json'}: no space left on device"


def test_a_session_waits_in_its_thread(tiny, disk, folder) -> None:
    """What the window does: hears of the pause, asks for weights meanwhile, resumes."""
    session = TrainingSession(tiny(), folder / "run")
    session.start()
    heard, ended = [], False
    while not ended:
        ended = session.join(0.005)
        for event in session.take_events():
            heard.append(type(event))
            if isinstance(event, Started):
                fill(disk)
            elif isinstance(event, Paused):
                make_room(disk)
                session.resume()
    assert heard.count(Paused) == heard.count(Resumed) == heard.count(Finished) == 1


@pytest.mark.slow
def test_commands_on_a_full_disk(trained, shapes, disk, folder, capsys) -> None:
    """Each ends by one sentence, and leaves the run and everything else as it was."""
    shutil.copytree(trained.path, folder / "run")
    run, image = str(folder / "run"), str(shapes / "images" / "circle" / "02.png")
    assert main(["enroll", run, "round", image]) == 0
    fill(disk)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    for command in (
        ["enroll", run, "other", *(str(path) for path in sorted((shapes / "images" / "cross").iterdir()))],
        ["export", run, str(folder / "bundle/")],
        ["projector", run, "--out", str(folder / "projector"), "--method", "pca"],
        ["scalars", run, "--csv", str(folder / "scalars.csv")],
        ["train", "--data", str(shapes), "--run", str(folder / "new"), "--epochs", "1", "--image-size", "16"],
    ):
        capsys.readouterr()
        assert main(command) == 2, command
        *_, sentence = capsys.readouterr().err.splitlines()
        assert any(word in sentence for word in ("full", "space")), (command, sentence)
        assert str(folder) in sentence, (command, sentence)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()} == before


# --- where nothing can be mounted


class FullOnce:
    """A file of lines that once has no room, when half of a line is written."""

    def __init__(self, monkeypatch, name: str) -> None:
        self.left = 1
        real = LineFile.__init__

        def opened(lines: LineFile, path: Path) -> None:
            real(lines, path)
            if path.name == name:
                lines._file = _Half(lines._file, self)

        monkeypatch.setattr(LineFile, "__init__", opened)


class _Half:
    def __init__(self, file, owner: FullOnce) -> None:
        self._file, self._owner = file, owner

    def write(self, data) -> int:
        if not self._owner.left:
            return self._file.write(data)
        self._owner.left -= 1
        self._file.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def __getattr__(self, name):
        return getattr(self._file, name)


@pytest.mark.parametrize("name", ["metrics.jsonl", pytest.param("events.jsonl", marks=pytest.mark.slow)])
def test_half_a_line_is_taken_back(whole, tiny, tmp_path, monkeypatch, name) -> None:
    full = FullOnce(monkeypatch, name)

    def answer(event, controls) -> None:
        if isinstance(event, Paused):
            for line in (tmp_path / "run" / name).read_text().splitlines():
                json.loads(line)
            controls.resume()

    driven = drive(tiny(epochs=3), tmp_path / "run", changing, on_event=answer)
    assert full.left == 0
    assert len(driven.of(Resumed)) == 1
    assert_same_run(whole, driven.run)


def test_settings_asked_for_during_the_wait_are_applied_after_it(tiny, tmp_path, monkeypatch) -> None:
    """Nothing could be written of them before."""
    FullOnce(monkeypatch, "metrics.jsonl")

    def answer(event, controls) -> None:
        if isinstance(event, Paused):
            controls.apply(CHANGED)
            controls.resume()

    driven = drive(tiny(epochs=1), tmp_path / "run", on_event=answer)
    kinds = [type(event).__name__ for event in driven.events]
    assert kinds.index("Resumed") < kinds.index("HyperparametersApplied")
    assert driven.run.hyperparameters() == CHANGED


def test_lines_are_whole_or_not_there(tmp_path, monkeypatch) -> None:
    path = tmp_path / "lines.jsonl"
    with LineFile(path) as file:
        file.write('{"größe": 1}')
    full = FullOnce(monkeypatch, path.name)
    with LineFile(path) as file:
        with pytest.raises(OSError, match="No space left"):
            file.write('{"x": 2}')
        assert path.read_text(encoding="utf-8") == '{"größe": 1}\n'
        file.write('{"x": 2}')
    assert full.left == 0
    assert path.read_text(encoding="utf-8") == '{"größe": 1}\n{"x": 2}\n'


def test_lines_reach_the_disk_before_the_checkpoint_that_counts_on_them(tiny, tmp_path, monkeypatch) -> None:
    """After a power cut, a checkpoint whose own steps are missing would leave a gap."""
    order, real_sync, real_replace = [], os.fsync, os.replace

    def sync(descriptor: int) -> None:
        order.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")).name)
        real_sync(descriptor)

    def replace(source, target) -> None:
        order.append(Path(target).name)
        real_replace(source, target)

    if not Path("/proc/self/fd").exists():
        pytest.skip("the system does not tell the names of open files")
    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "replace", replace)
    drive(tiny(epochs=1), tmp_path / "run")
    place = order.index("step-000004.safetensors")
    assert {"metrics.jsonl", "events.jsonl"} <= set(order[:place])
    assert order[place - 1].startswith(".step-000004.safetensors.")
