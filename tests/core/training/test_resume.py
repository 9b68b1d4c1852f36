"""A run that was stopped or killed and goes on is the run that never was."""

import json
import os
import shutil
import time
from itertools import pairwise
from pathlib import Path

import pytest

from core.config import RunConfig
from core.errors import InputError
from core.runs import Run
from core.training.records import CheckpointSaved, HyperparametersApplied, Note, Started
from tests.core.conftest import draw_folder
from tests.core.training.driving import AGAIN, CHANGED, Driven, assert_same_run, changes, changing, drive

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def whole(tiny, tmp_path_factory) -> Driven:
    """12 steps without a stop, with live changes after steps 3 and 8."""
    return drive(tiny(epochs=3), tmp_path_factory.mktemp("whole") / "run", changing)


@pytest.mark.parametrize("stops", [(5,), (4,), (8,), (3, 5, 9)], ids=str)
def test_stopped_and_resumed_is_bit_identical(whole, tiny, tmp_path, stops) -> None:
    """Stops within an epoch, at its end, and at the very step of a live change."""
    for stop in stops:

        def plan(controls, stop=stop):
            def change_and_stop() -> None:
                if stop in changing(controls):
                    changing(controls)[stop]()
                controls.stop(evaluate=False)

            return {**changing(controls), stop: change_and_stop}

        halted = drive(tiny(epochs=3), tmp_path / "run", plan, resume=stop != stops[0])
        assert halted.finished.stopped
        assert halted.run.newest_checkpoint() == stop
    last = drive(tiny(epochs=3), tmp_path / "run", changing, resume=True)
    assert last.of(Started)[0].step == stops[-1]
    assert not last.finished.stopped
    assert_same_run(whole.run, last.run)


def test_a_kill_within_an_epoch_is_undone(tiny, tmp_path) -> None:
    """What a killed process leaves: steps and a change after the last checkpoint, half a line, half a file."""
    plain = drive(tiny(epochs=3), tmp_path / "plain").run

    def plan(controls):
        return {5: lambda: controls.apply(CHANGED), 7: lambda: shutil.copytree(tmp_path / "first", tmp_path / "killed")}

    drive(tiny(epochs=3), tmp_path / "first", plan)
    killed = Run.open(tmp_path / "killed")
    assert [line["step"] for line in killed.metrics()] == [1, 2, 3, 4, 5, 6, 7]
    assert len(changes(killed)) == 1
    for name in ("metrics.jsonl", "events.jsonl"):
        with (killed.path / name).open("a") as file:
            file.write('{"step": 8, "event": "chec')
    half_a_file = killed.path / "checkpoints" / ".step-000008.safetensors.123-456.tmp"
    half_a_file.write_bytes(b"half")

    assert [line["step"] for line in killed.metrics()] == [1, 2, 3, 4, 5, 6, 7]
    resumed = drive(tiny(epochs=3), killed.path, resume=True)
    assert resumed.of(Started)[0].step == 4
    assert [line["step"] for line in resumed.run.metrics()] == list(range(1, 13))
    assert not half_a_file.exists()
    assert changes(resumed.run) == []
    assert_same_run(plain, resumed.run)


def test_a_change_known_to_the_checkpoint_survives_a_kill(tiny, tmp_path) -> None:
    def plan(controls):
        return {
            2: lambda: controls.apply(CHANGED),
            6: lambda: controls.apply(AGAIN),
            7: lambda: shutil.copytree(tmp_path / "first", tmp_path / "killed"),
        }

    drive(tiny(), tmp_path / "first", plan)
    resumed = drive(tiny(), tmp_path / "killed", resume=True)
    assert resumed.of(Started)[0].hyperparameters == CHANGED
    assert [step for step, _, _ in changes(resumed.run)] == [2]
    assert resumed.run.hyperparameters() == CHANGED


def test_time_goes_on_after_a_resume(tiny, tmp_path) -> None:
    drive(tiny(), tmp_path / "run", lambda controls: {5: lambda: controls.stop(evaluate=False)})
    began = time.perf_counter()
    resumed = drive(tiny(), tmp_path / "run", resume=True)
    elapsed = time.perf_counter() - began
    times = [line["time"] for line in resumed.run.metrics()]
    assert all(before < after for before, after in pairwise(times))
    assert times[-1] - times[4] < elapsed
    assert times[-1] <= resumed.finished.result["seconds"] + 1e-3 < times[4] + elapsed


def test_stopping_twice_at_one_step_writes_one_checkpoint(tiny, tmp_path) -> None:
    """Nothing is written again that the newest checkpoint holds."""
    drive(tiny(), tmp_path / "run", lambda controls: {5: controls.stop})

    def stop_at_once(event, controls) -> None:
        if isinstance(event, Started):
            controls.stop()

    again = drive(tiny(), tmp_path / "run", resume=True, on_event=stop_at_once)
    assert again.finished.step == 5
    assert not again.of(CheckpointSaved)


def test_a_change_without_a_step_is_kept(tiny, tmp_path) -> None:
    """Paused at a checkpoint, changed, stopped: the change is in the checkpoint that follows."""
    drive(tiny(), tmp_path / "run", lambda controls: {4: lambda: controls.stop(evaluate=False)})

    def change_and_stop(event, controls) -> None:
        if isinstance(event, Started):
            controls.apply(CHANGED)
            controls.stop(evaluate=False)

    drive(tiny(), tmp_path / "run", resume=True, on_event=change_and_stop)
    resumed = drive(tiny(), tmp_path / "run", resume=True)
    assert resumed.of(Started)[0].hyperparameters == CHANGED
    assert not resumed.of(HyperparametersApplied)


# --- damaged checkpoints


def stopped_run(tiny, path: Path) -> Run:
    """A run with checkpoints of steps 4 and 6."""
    return drive(tiny(epochs=3), path, lambda controls: {6: controls.stop}).run


def test_a_damaged_newest_checkpoint_falls_back(tiny, tmp_path) -> None:
    plain = drive(tiny(epochs=3), tmp_path / "plain").run
    run = stopped_run(tiny, tmp_path / "run")
    newest = run.checkpoint_path(6)
    newest.write_bytes(newest.read_bytes()[:-7])
    resumed = drive(tiny(epochs=3), run.path, resume=True)
    assert resumed.of(Started)[0].step == 4
    (note,) = resumed.of(Note)
    assert str(newest) in note.message
    assert "going on from the checkpoint before it" in note.message
    assert (newest.parent / (newest.name + ".damaged")).exists()
    assert_same_run(plain, resumed.run)


def test_what_was_measured_after_the_checkpoint_is_forgotten(tiny, tmp_path) -> None:
    run = stopped_run(tiny, tmp_path / "run")
    assert run.snapshot_steps() == [4, 6]
    run.checkpoint_path(6).write_bytes(b"")

    def look(event, controls) -> None:
        if isinstance(event, Started):
            assert run.snapshot_steps() == [4]
            assert run.evaluation().step == 4
            controls.stop(evaluate=False)

    assert drive(tiny(epochs=3), run.path, resume=True, on_event=look).finished.step == 4


def test_no_readable_checkpoint_is_an_error(tiny, tmp_path) -> None:
    run = stopped_run(tiny, tmp_path / "run")
    for step in run.checkpoint_steps():
        run.checkpoint_path(step).write_bytes(b"nothing")
    with pytest.raises(InputError, match=r"step-000004\.safetensors: the checkpoint cannot be read"):
        drive(tiny(epochs=3), run.path, resume=True)


# --- what may not go on


def test_resume_without_a_checkpoint_starts_over(tiny, tmp_path) -> None:
    plain = drive(tiny(), tmp_path / "plain").run
    drive(
        tiny(), tmp_path / "first", lambda controls: {3: lambda: shutil.copytree(tmp_path / "first", tmp_path / "cut")}
    )
    cut = Run.open(tmp_path / "cut")
    assert (cut.checkpoint_steps(), len(cut.metrics())) == ([], 3)
    again = drive(tiny(), cut.path, resume=True)
    assert again.of(Started)[0].step == 0
    assert_same_run(plain, again.run)


def test_a_creation_that_was_cut_off_starts_over(tiny, tmp_path) -> None:
    """Killed while the folder was made: before run.json was in place, and just after."""
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / ".run.json.12-34.tmp").write_text("{")
    assert not drive(tiny(epochs=1), empty, resume=True).finished.stopped

    whole = drive(tiny(epochs=1), tmp_path / "whole").run
    bare = tmp_path / "bare"
    bare.mkdir()
    shutil.copy(whole.path / "run.json", bare)
    with pytest.raises(InputError, match=r"samples\.json: cannot be read"):
        Run.open(bare).samples()
    assert_same_run(whole, drive(tiny(epochs=1), bare, resume=True).run)


def test_a_finished_run_reports_its_result(trained, tiny, tmp_path) -> None:
    shutil.copytree(trained.path, tmp_path / "run")
    before = {path: path.read_bytes() for path in (tmp_path / "run").rglob("*") if path.is_file()}
    again = drive(tiny(), tmp_path / "run", resume=True)
    assert again.finished.result == trained.result()
    assert not again.finished.stopped
    assert [type(event).__name__ for event in again.events] == ["Finished"]
    assert before == {path: path.read_bytes() for path in (tmp_path / "run").rglob("*") if path.is_file()}


def test_a_run_stopped_in_its_last_evaluation_is_not_finished(tiny, tmp_path) -> None:
    def abandon(event, controls) -> None:
        if getattr(event, "what", "").startswith("evaluating"):
            controls.stop(evaluate=False)

    halted = drive(tiny(), tmp_path / "run", on_event=abandon)
    assert (halted.finished.step, halted.finished.stopped) == (8, True)
    assert halted.run.result() is None
    resumed = drive(tiny(), tmp_path / "run", resume=True)
    assert resumed.records == []
    assert resumed.run.result()["auc"] is not None


def test_without_resume_a_run_is_left_alone(trained, tiny) -> None:
    with pytest.raises(InputError, match="holds a run already"):
        drive(tiny(), trained.path)


def test_a_folder_with_other_files_is_left_alone(tiny, tmp_path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    for resume in (False, True):
        with pytest.raises(InputError, match="needs a new or an empty folder"):
            drive(tiny(), tmp_path, resume=resume)
    with pytest.raises(InputError, match="needs a new or an empty folder"):
        drive(tiny(), tmp_path / "thesis.txt")


def test_changed_images_end_it(tiny, tmp_path) -> None:
    data = draw_folder(tmp_path / "shapes", per_class=6)
    config = tiny(data=str(data))
    drive(config, tmp_path / "run", lambda controls: {1: controls.stop})
    (data / "images" / "circle" / "00.png").unlink()
    with pytest.raises(InputError, match=r"cannot go on, the images of .*shapes have changed"):
        drive(config, tmp_path / "run", resume=True)


def test_a_changed_file_of_held_out_classes_ends_it(tiny, tmp_path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("circle\ncross\n")
    config = tiny(split="open", holdout=names)
    drive(config, tmp_path / "run", lambda controls: {1: controls.stop})
    names.write_text("circle\nsquare\n")
    with pytest.raises(InputError, match="other images would be held out"):
        drive(config, tmp_path / "run", resume=True)


def test_only_one_trains_a_run(tiny, tmp_path) -> None:
    """A second process would write every step twice; it is refused, and the first goes on."""
    refused = []

    def try_again() -> None:
        with pytest.raises(InputError, match="another process is training this run") as error:
            drive(tiny(), tmp_path / "run", resume=True)
        refused.append(str(error.value))

    first = drive(tiny(), tmp_path / "run", lambda controls: {5: try_again})
    assert len(refused) == 1
    assert [line["step"] for line in first.run.metrics()] == list(range(1, 9))


def test_data_and_run_may_be_named_from_another_folder(tiny, shapes, tmp_path, monkeypatch) -> None:
    """The run knows where its data is, whatever folder it is resumed from."""
    monkeypatch.chdir(tmp_path)
    Path("names.txt").write_text("circle\ncross\n")
    relative = tiny(data=os.path.relpath(shapes), split="open", holdout="names.txt")
    drive(relative, Path("run"), lambda controls: {5: controls.stop})
    monkeypatch.chdir("/")
    resumed = drive(RunConfig(), tmp_path / "run", resume=True)
    assert not resumed.finished.stopped
    assert json.loads((tmp_path / "run" / "run.json").read_text())["config"]["data"] == str(shapes)


@pytest.mark.parametrize(
    "settings",
    [
        {"loss": "arcface"},
        {"loss": "soft-triple"},
        {"loss": "contrastive", "memory": 20},
        {"loss": "triplet", "mining": "random", "memory": 40, "balance": "uncertainty"},
        {"balance": "dwa"},
        {"balance": "pcgrad"},
    ],
    ids=str,
)
def test_losses_and_balances_with_a_state_resume_bit_identically(tiny, tmp_path, settings) -> None:
    """Class vectors, a memory that has not come round yet and one that has, learned and averaged weights."""
    if settings.get("balance") == "pcgrad":
        pytest.importorskip("torchjd", reason="TorchJD, an optional dependency, is not installed")
    config = tiny(epochs=3, **settings)
    whole = drive(config, tmp_path / "whole", changing).run
    for stop in (2, 6, 9):

        def plan(controls, stop=stop):
            return {**changing(controls), stop: lambda: controls.stop(evaluate=False)}

        drive(config, tmp_path / "run", plan, resume=stop != 2)
    assert_same_run(whole, drive(config, tmp_path / "run", changing, resume=True).run)


@pytest.mark.slow
@pytest.mark.parametrize("backbone", ["mobilenet_v3_small", "convnext_tiny"])
def test_networks_that_draw_at_random_resume_bit_identically(tiny, tmp_path, backbone) -> None:
    """Stochastic depth draws from torch's default generator; batch norm has state of its own."""
    config = tiny(backbone=backbone, image_size=32)
    whole = drive(config, tmp_path / "whole").run
    drive(config, tmp_path / "run", lambda controls: {3: lambda: controls.stop(evaluate=False)})
    assert_same_run(whole, drive(config, tmp_path / "run", resume=True).run)
