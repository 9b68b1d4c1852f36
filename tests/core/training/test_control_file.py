"""Requests of other processes through the run's folder."""

import errno
import json
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.hyperparameters import Hyperparameters
from core.runs import Run
from core.training import control_file
from core.training.control_file import FILE, IGNORED, ControlFile, ask, changed
from core.training.controls import Controls
from core.training.records import HyperparametersApplied, Note, Paused, Resumed, Started
from tests.core.stored_runs import write_run
from tests.core.training.driving import CHANGED, drive

if TYPE_CHECKING:
    from collections.abc import Callable

IN_FORCE = Hyperparameters(alpha=0.5)
NAMES = ("run", "at", "command", "evaluate", "settings", "margin", "mining", "other")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run.open(write_run(tmp_path / "run"))


@pytest.fixture
def reader(run: Run, monkeypatch: pytest.MonkeyPatch) -> ControlFile:
    """Of a run that trains already, and looks as often as it is asked to."""
    monkeypatch.setattr(control_file, "POLL_SECONDS", 0.0)
    reader = ControlFile(run)
    assert reader.poll(Controls(), IN_FORCE) is None
    return reader


def left(run: Run) -> set[str]:
    """Control files, of whatever name."""
    return {path.name for path in run.path.iterdir() if "control" in path.name}


def test_settings_change_and_the_others_stay(run: Run, reader: ControlFile) -> None:
    controls = Controls()
    ask(run, settings={"margin": 0.3, "mining": "hard"})
    assert reader.poll(controls, IN_FORCE) is None
    assert controls.take_hyperparameters() == Hyperparameters(alpha=0.5, margin=0.3, mining="hard")
    assert (controls.paused, controls.stopping) == (False, False)
    assert left(run) == set()


def test_commands(run: Run, reader: ControlFile) -> None:
    controls = Controls()
    ask(run, "pause")
    reader.poll(controls, IN_FORCE)
    assert controls.paused
    ask(run, "resume")
    reader.poll(controls, IN_FORCE)
    assert (controls.paused, controls.resumptions) == (False, 1)
    ask(run, "stop")
    reader.poll(controls, IN_FORCE)
    assert (controls.stopping, controls.abandoned()) == (True, False)
    ask(run, "stop", evaluate=False)
    reader.poll(controls, IN_FORCE)
    assert controls.abandoned()


def test_what_is_taken_is_not_taken_again(run: Run, reader: ControlFile) -> None:
    ask(run, settings={"margin": 0.3})
    reader.poll(Controls(), IN_FORCE)
    controls = Controls()
    assert reader.poll(controls, IN_FORCE) is None
    assert controls.take_hyperparameters() is None


def test_a_request_that_waits_is_added_to_and_the_newer_wish_comes_first(run: Run, reader: ControlFile) -> None:
    controls = Controls()
    ask(run, "pause", {"margin": 0.3, "alpha": 1.0})
    ask(run, settings={"margin": 0.4})
    ask(run, "stop", evaluate=False)
    reader.poll(controls, IN_FORCE)
    assert controls.take_hyperparameters() == Hyperparameters(alpha=1.0, margin=0.4)
    assert controls.abandoned()


def test_a_file_written_by_hand_needs_no_more_than_the_wish(run: Run, reader: ControlFile) -> None:
    controls = Controls()
    (run.path / FILE).write_text('{"settings": {"margin": 0.3}}')
    assert reader.poll(controls, IN_FORCE) is None
    assert controls.take_hyperparameters() == Hyperparameters(alpha=0.5, margin=0.3)


def test_it_is_looked_for_twice_a_second_at_most(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(control_file.time, "monotonic", lambda: now)
    reader, controls = ControlFile(run), Controls()
    reader.poll(controls, IN_FORCE)
    ask(run, "pause")
    now = 100.4
    reader.poll(controls, IN_FORCE)
    assert not controls.paused
    now = 100.5
    reader.poll(controls, IN_FORCE)
    assert controls.paused


def test_what_was_there_before_training_began_is_ignored_with_a_note(run: Run) -> None:
    ask(run, "stop")
    controls = Controls()
    note = ControlFile(run).poll(controls, IN_FORCE)
    assert note == f"{run.path / FILE}: ignored, it was there before training began; it is kept as {IGNORED}"
    assert not controls.stopping
    assert left(run) == {IGNORED}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "it is damaged, not valid JSON"),
        ("[1]", "input should be a valid dictionary"),
        ('{"command": "explode"}', "command: input should be 'pause', 'resume' or 'stop', found 'explode'"),
        ('{"settings": {"margin": 9}}', "margin: input should be less than or equal to 2, found 9"),
        ('{"settings": {"margin": NaN}}', "margin: input should be"),
        ('{"settings": {"margin": 0.3, "epochs": 5}}', "epochs: extra inputs are not permitted, found 5"),
        ('{"settings": 3}', "settings: input should be a valid dictionary, found 3"),
        ('{"wish": "stop"}', "wish: extra inputs are not permitted, found 'stop'"),
        ("{}", "it must have a command or settings, found neither"),
        ('{"run": "2020-01-01T00:00:00+00:00", "command": "stop"}', "run must be that of this run"),
        ("[" * 60_000, "it is damaged, not valid JSON"),
        (" " * 70_000, "it must have at most 65,536 bytes, found 70,000"),
    ],
)
def test_a_damaged_or_foreign_one_is_ignored_with_a_note_once(
    run: Run, reader: ControlFile, content: str, why: str
) -> None:
    (run.path / FILE).write_text(content)
    controls = Controls()
    note = reader.poll(controls, IN_FORCE)
    assert note is not None
    assert note.startswith(f"{run.path / FILE}: ignored, {why}")
    assert reader.poll(controls, IN_FORCE) is None
    assert controls.take_hyperparameters() is None
    assert not controls.stopping
    assert (run.path / IGNORED).read_text() == content
    ask(run, "pause")
    reader.poll(controls, IN_FORCE)
    assert controls.paused


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
def test_a_pipe_or_a_folder_in_its_place_is_not_waited_for(run: Run, reader: ControlFile) -> None:
    os.mkfifo(run.path / FILE)
    assert "it must be a file" in (reader.poll(Controls(), IN_FORCE) or "")
    (run.path / FILE).mkdir()
    assert "it must be a file" in (reader.poll(Controls(), IN_FORCE) or "")


def test_a_folder_in_its_place_is_told_once_and_in_nobodys_way(run: Run, reader: ControlFile) -> None:
    (run.path / FILE).write_text("nonsense")
    reader.poll(Controls(), IN_FORCE)
    (run.path / FILE).mkdir()
    (run.path / FILE / "within").touch()
    told = [reader.poll(Controls(), IN_FORCE) for _ in range(3)]
    assert told == [f"{run.path / FILE}: ignored, it cannot be taken (it must be a file, found a folder)", None, None]
    (run.path / FILE).rename(run.path / "elsewhere")
    controls = Controls()
    ask(run, "pause")
    assert reader.poll(controls, IN_FORCE) is None
    assert controls.paused
    (run.path / FILE).mkdir()
    assert reader.poll(Controls(), IN_FORCE) == told[0]


def test_where_the_ignored_one_cannot_be_kept_that_is_said(run: Run, reader: ControlFile) -> None:
    (run.path / IGNORED).mkdir()
    (run.path / FILE).write_text("{}")
    note = reader.poll(Controls(), IN_FORCE)
    assert note == (
        f"{run.path / FILE}: ignored, it must have a command or settings, found neither; "
        f"it cannot be kept as {IGNORED} (Is a directory)"
    )
    (run.path / FILE).write_text('{"command": "pause"}')
    assert reader.poll(Controls(), IN_FORCE) is None


@pytest.mark.parametrize("links", [True, False])
def test_of_two_that_ask_at_once_neither_is_lost_nor_done_twice(
    run: Run, reader: ControlFile, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """The other one asks, or training takes what waited, between the reading and the writing."""
    write, controls = control_file.write_whole, Controls()
    meanwhile: list[Callable[[], object]] = []

    def between(path: Path, text: str) -> None:
        write(path, text)
        if meanwhile:
            meanwhile.pop()()

    monkeypatch.setattr(control_file, "write_whole", between)
    ask(run, "pause")
    meanwhile.append(lambda: reader.poll(controls, IN_FORCE))
    ask(run, settings={"margin": 0.3})
    assert not controls.paused  # the second one has it
    if links:
        meanwhile.append(lambda: ask_beside(run, {"alpha": 1.0, "margin": 0.4}))
        ask(run, settings={"beta": 0.7})
    else:
        monkeypatch.setattr(os, "link", no_links)
        ask(run, settings={"beta": 0.7, "alpha": 1.0, "margin": 0.4})
    reader.poll(controls, IN_FORCE)
    assert controls.paused
    assert controls.take_hyperparameters() == Hyperparameters(alpha=1.0, margin=0.4, beta=0.7)
    assert left(run) == set()


def ask_beside(run: Run, wishes: dict[str, float]) -> None:
    """Ask as somebody else does."""
    other = threading.Thread(target=ask, args=(run,), kwargs={"settings": wishes})
    other.start()
    other.join()


def no_links(source: Path, target: Path) -> None:
    """A drive that has none."""
    raise PermissionError(errno.EPERM, "Operation not permitted")


def test_one_that_waits_and_is_damaged_is_replaced(run: Run, reader: ControlFile) -> None:
    (run.path / FILE).write_text("nonsense")
    controls = Controls()
    ask(run, "pause")
    assert reader.poll(controls, IN_FORCE) is None
    assert controls.paused


def test_a_folder_that_cannot_be_written_to_is_named(run: Run) -> None:
    (run.path / FILE).mkdir()
    with pytest.raises(InputError, match=r"control\.json: cannot be written"):
        ask(run, "pause")


def test_text_as_the_command_line_gives_it_becomes_a_number() -> None:
    assert changed(IN_FORCE, {"margin": "0.3"}) == Hyperparameters(alpha=0.5, margin=0.3)
    with pytest.raises(InputError, match="margin: input should be a valid number"):
        changed(IN_FORCE, {"margin": "much"})


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
        max_leaves=8,
    )
)
def test_no_content_does_more_than_be_obeyed_or_ignored(tmp_path_factory: pytest.TempPathFactory, content: Any) -> None:
    run = Run.open(write_run(tmp_path_factory.mktemp("any") / "run"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(control_file, "POLL_SECONDS", 0.0)
        reader, controls = ControlFile(run), Controls()
        reader.poll(controls, IN_FORCE)
        (run.path / FILE).write_text(json.dumps(content))
        reader.poll(controls, IN_FORCE)
    assert not (run.path / FILE).exists()
    assert left(run) <= {IGNORED}


# --- while a run trains


def test_a_run_that_trains_does_and_echoes_what_is_asked_for(tiny, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(control_file, "POLL_SECONDS", 0.0)
    path = tmp_path / "run"

    def serve(event: object, controls: Controls) -> None:
        if isinstance(event, Paused):
            ask(Run.open(path), "resume", {"margin": 0.6})

    def plan(controls: Controls):
        return {
            2: lambda: ask(Run.open(path), settings=CHANGED.model_dump()),
            4: lambda: ask(Run.open(path), "pause"),
            6: lambda: ask(Run.open(path), "stop", {"margin": 5.0}),
            7: lambda: ask(Run.open(path), "stop"),
        }

    driven = drive(tiny(epochs=4), path, plan, on_event=serve)
    assert [(event.step, event.new) for event in driven.of(HyperparametersApplied)] == [
        (3, CHANGED),
        (4, CHANGED.model_copy(update={"margin": 0.6})),
    ]
    assert (driven.of(Paused), driven.of(Resumed)) == ([Paused(4)], [Resumed(4)])
    [note] = driven.of(Note)
    assert "margin: input should be less than or equal to 2, found 5.0" in note.message
    assert (driven.finished.step, driven.finished.stopped) == (7, True)
    told = [(line["event"], line["step"]) for line in driven.run.events()]
    assert ("note", 6) in told
    assert ("hyperparameters", 4) in told
    assert driven.run.hyperparameters().margin == 0.6


def test_a_request_left_from_before_does_not_stop_a_run_that_goes_on(tiny, tmp_path) -> None:
    path = tmp_path / "run"
    drive(tiny(), path, lambda controls: {4: controls.stop})
    ask(Run.open(path), "stop")
    driven = drive(tiny(), path, resume=True)
    assert driven.of(Started)[0].step == 4
    assert not driven.finished.stopped
    [note] = driven.of(Note)
    assert "it was there before training began" in note.message
