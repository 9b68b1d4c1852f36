import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel

from core.files import held_alone
from core.hyperparameters import Hyperparameters
from core.loss_specs import default_hyperparameters
from core.runs import Run
from core.training import records
from explorer.controllers.setting_changes import describe_change
from explorer.widgets.notice import Notice
from explorer.widgets.run_bar import RunStage
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import finished, problem, snapshot, started


def bar_text(desk: Desk) -> str:
    label = desk.bar.findChild(QLabel, "run_text")
    assert label is not None
    return label.text()


def is_locked(desk: Desk) -> bool:
    return not desk.setup.findChild(object, "epochs_field").isEnabled()  # type: ignore[attr-defined]


# --- start and preparation


def test_start_trains_with_the_settings_shown(desk: Desk) -> None:
    desk.live.set_values(Hyperparameters(margin=0.5))
    desk.bar.start.trigger()
    assert desk.bar.stage is RunStage.PREPARING
    assert bar_text(desk) == "loading torch …"
    desk.settle()
    config = desk.session.config
    assert config is not None
    assert (config.data, config.hyperparameters.margin) == ("digits", 0.5)
    assert desk.session.run_dir.parent == desk.folder / "runs"


def test_start_pressed_twice_starts_once(desk: Desk) -> None:
    desk.bar.start.trigger()
    desk.run.start()
    desk.settle()
    desk.run.start()
    desk.settle()
    assert len(desk.sessions) == 1
    assert desk.bar.stage is RunStage.PREPARING


def test_preparation_shows_how_far_it_is(desk: Desk) -> None:
    desk.run.start()
    desk.settle()
    desk.session.report(records.Preparing("decoding images", 200, 1_797))
    desk.settle()
    assert bar_text(desk).replace("\N{NARROW NO-BREAK SPACE}", " ") == "decoding images 200 of 1 797"


def test_stop_before_torch_is_loaded_returns_to_idle(desk: Desk) -> None:
    desk.run.start()
    desk.run.stop()
    assert desk.bar.stage is RunStage.IDLE
    assert desk.said == "Stopped before the first step"
    desk.settle()
    assert not desk.training.alive


def test_stop_while_preparing_waits_for_the_thread(desk: Desk) -> None:
    desk.run.start()
    desk.settle()
    desk.bar.stop.trigger()
    assert desk.bar.stage is RunStage.STOPPING
    assert desk.session.asked == ["start", "stop"]
    desk.session.report(records.Preparing("decoding images", 3, 8))
    desk.settle()
    assert bar_text(desk) == "ending after this step …"
    desk.session.end(records.Finished(step=0, stopped=True, result={}))
    desk.settle()
    assert desk.bar.stage is RunStage.IDLE
    assert desk.said == "Stopped before the first step"


def test_a_failed_preparation_returns_to_idle_with_the_sentence(desk: Desk) -> None:
    desk.run.start()
    desk.settle()
    desk.session.end(records.Failed("data: /no/where: no such folder", "Traceback"))
    desk.settle()
    assert desk.bar.stage is RunStage.IDLE
    assert desk.status.is_problem
    assert desk.said == "data: /no/where: no such folder"
    assert bar_text(desk) == "Not started"
    assert not is_locked(desk)
    desk.run.start()
    desk.settle()
    assert len(desk.sessions) == 2


# --- training


def test_a_run_that_begins_is_shown(desk: Desk) -> None:
    titles: list[object] = []
    desk.state.run_changed.connect(titles.append)
    desk.train(problems=(problem(1), problem(2)), notes=("few classes do not generalise",))
    assert desk.bar.stage is RunStage.TRAINING
    assert desk.state.run is not None
    assert desk.state.run.class_names == ("a", "b")
    assert titles == [desk.state.run]
    assert desk.said == "Training on 4 images, closed set; 2 left out; few classes do not generalise"


def test_steps_move_curves_progress_and_the_model(desk: Desk) -> None:
    session = desk.train()
    session.train(*range(1, 9))
    desk.settle()
    session.train(9, 10)
    desk.settle()
    assert desk.state.model_step == 10
    assert len(desk.curves._data.steps) == 10
    assert bar_text(desk) == "epoch 1/4 · step 10 of 40 · 128 images/s · 0:15 left"


def test_steps_that_come_together_with_the_start_are_kept(desk: Desk) -> None:
    desk.run.start()
    desk.settle()
    desk.session.report(started())
    desk.session.train(1, 2, 3)
    desk.settle()
    assert len(desk.curves._data.steps) == 3


def test_evaluation_is_told(desk: Desk) -> None:
    session = desk.train()
    session.report(records.Evaluated(10, 1, 360, 0.9951, 0.031, 0.97))
    desk.settle()
    assert desk.said == "Step 10: AUC 0.9951, EER 3.10 %, accuracy 97.0 % on 360 held-out images"
    session.report(records.Evaluated(20, 2, 3, None, None, None))
    desk.settle()
    assert desk.said == "Step 20: the held-out part has no genuine or no impostor pairs"
    session.report(records.Note("an epoch went without a snapshot"))
    desk.settle()
    assert desk.said == "an epoch went without a snapshot"


def test_pause_and_continue(desk: Desk) -> None:
    session = desk.train()
    desk.bar.pause.trigger()
    assert session.asked[-1] == "pause"
    assert desk.bar.stage is RunStage.TRAINING  # until training says so
    session.report(records.Paused(7))
    desk.settle()
    assert desk.bar.stage is RunStage.PAUSED
    assert desk.bar.pause.text() == "Continue"
    assert "step 7" in desk.said
    desk.bar.pause.trigger()
    assert session.asked[-1] == "resume"
    session.report(records.Resumed(7))
    desk.settle()
    assert desk.bar.stage is RunStage.TRAINING
    assert desk.said == "Goes on from step 7"


def test_a_run_that_waits_for_room_on_its_disk(desk: Desk) -> None:
    """It says why it waits, and goes on when it is asked to."""
    session = desk.train()
    session.report(records.Paused(7, "runs/a: the disk is full, so training waits after step 7"))
    desk.settle()
    assert desk.bar.stage is RunStage.PAUSED
    assert desk.said == "runs/a: the disk is full, so training waits after step 7"
    desk.bar.pause.trigger()
    assert session.asked[-1] == "resume"


def test_a_paused_run_can_be_stopped(desk: Desk) -> None:
    session = desk.train()
    session.report(records.Paused(7))
    desk.settle()
    desk.bar.stop.trigger()
    session.report(records.Resumed(7))
    desk.settle()
    assert desk.bar.stage is RunStage.STOPPING
    session.end(finished(7, stopped=True))
    desk.settle()
    assert desk.bar.stage is RunStage.IDLE
    assert bar_text(desk) == "Stopped at step 7"


def test_the_end_is_told_with_the_folder(desk: Desk) -> None:
    session = desk.train()
    session.report(records.Preparing("evaluating on the held-out part", 0, 0))
    desk.settle()
    assert bar_text(desk) == "evaluating on the held-out part …"
    session.end(finished(40))
    desk.settle()
    assert desk.bar.stage is RunStage.IDLE
    assert bar_text(desk) == "Finished at step 40"
    assert desk.said == "Finished at step 40; kept in run"


def test_a_run_that_fails_returns_to_idle_with_the_sentence(desk: Desk) -> None:
    session = desk.train()
    session.train(1, 2, 3)
    desk.settle()
    session.end(records.Failed("the loss is not finite after step 3; lower the learning rate", "Traceback"))
    desk.settle()
    assert desk.bar.stage is RunStage.IDLE
    assert desk.said == "the loss is not finite after step 3; lower the learning rate"
    assert bar_text(desk) == "Failed after step 3"
    assert not is_locked(desk)


# --- live and structural settings


def test_a_live_setting_is_requested_until_training_echoes_it(desk: Desk) -> None:
    session = desk.train()
    moved = Hyperparameters(margin=0.3)
    desk.live._change({"margin": 0.3})
    assert session.asked[-1] == moved
    desk.live._sliders["margin"].show_requested(0.3)
    assert desk.live._sliders["margin"].is_requested()
    session.train(*range(1, 6))
    session.report(records.HyperparametersApplied(5, Hyperparameters(), moved))
    desk.settle()
    assert not desk.live._sliders["margin"].is_requested()
    assert desk.curves._marks[0].texts_at(5) == ["margin 0.2 → 0.3"]


def test_a_live_setting_moved_while_preparing_is_not_lost(desk: Desk) -> None:
    desk.run.start()
    moved = Hyperparameters(margin=0.3)
    desk.live._change({"margin": 0.3})
    desk.settle()
    assert desk.session.asked == [moved, "start"]
    desk.session.report(started())
    desk.settle()
    assert desk.live.values() == moved


def test_structural_settings_are_locked_while_a_run_lives(desk: Desk) -> None:
    reasons: list[object] = []
    desk.run.locked.connect(reasons.append)
    session = desk.train()
    assert is_locked(desk)
    field = desk.setup.findChild(object, "epochs_field")
    assert field.toolTip().startswith("A run is training")  # type: ignore[attr-defined]
    session.end(finished())
    desk.settle()
    assert not is_locked(desk)
    assert reasons[0] == reasons[1] == "A run is training; stop it first to change this."
    assert reasons[-1] is None


def test_a_change_is_told_in_words() -> None:
    old = Hyperparameters()
    new = Hyperparameters(margin=0.35, alpha=2.0, learning_rate=3e-4, mining="hard")
    assert describe_change(old, new) == "margin 0.2 → 0.35, α 1 → 2, rate 0.001 → 0.0003, mining semi-hard → hard"
    assert describe_change(old, old) == ""
    new = Hyperparameters(temperature=0.05, scale=64, class_learning_rate=0.05)
    assert describe_change(old, new) == "temperature 0.1 → 0.05, scale 32 → 64, class vectors' rate 0.01 → 0.05"


def choose_loss(desk: Desk, label: str) -> None:
    combo = desk.setup.findChild(QComboBox, "loss_field")
    assert combo is not None
    combo.setCurrentText(label)
    combo.activated.emit(combo.currentIndex())


def test_another_loss_starts_with_what_suits_it(desk: Desk) -> None:
    desk.live.set_values(Hyperparameters(margin=0.7))
    choose_loss(desk, "ArcFace")
    assert desk.live.values() == default_hyperparameters("arcface")
    assert desk.live._sliders["margin"].label.text() == "margin (rad)"
    desk.run.start()
    desk.settle()
    config = desk.session.config
    assert config is not None
    assert (config.loss, config.hyperparameters) == ("arcface", default_hyperparameters("arcface"))


def test_a_run_that_trains_keeps_its_settings(desk: Desk) -> None:
    desk.train()
    moved = Hyperparameters(margin=0.3)
    desk.live._change({"margin": 0.3})
    desk.setup.loss_chosen.emit("arcface")  # as data does that was listed late and asks for another loss
    assert desk.live.values() == moved


def test_the_curves_are_named_after_the_loss_that_trains(desk: Desk) -> None:
    choose_loss(desk, "ArcFace")
    session = desk.train()
    assert desk.curves._toggles["metric"].text() == "ArcFace"
    session.end(finished())
    desk.settle()
    choose_loss(desk, "Center")
    assert desk.curves._toggles["metric"].text() == "ArcFace", "what is shown was trained with it"


# --- what looks ill

WARNING = records.HealthWarning(3, "For 20 steps the loss has sat at the margin.", "Lower the learning rate.")


def notice(desk: Desk) -> str:
    found = desk.curves.findChild(Notice)
    assert isinstance(found, Notice)
    return found.sentence()


def test_a_warning_is_told_marked_and_kept(desk: Desk) -> None:
    session = desk.train()
    session.train(1, 2, 3)
    session.report(WARNING)
    desk.settle()
    assert desk.said == "For 20 steps the loss has sat at the margin. (step 3)"
    assert desk.status.is_problem
    assert desk.status.journal.entries[-1].details.endswith("Lower the learning rate.")
    assert notice(desk).startswith(WARNING.seen)
    assert len(desk.curves._marks[0].texts_at(3)) == 1
    session.end(finished())
    desk.settle()
    assert notice(desk), "it stays when the run has ended"
    desk.train()
    assert notice(desk) == ""


def test_a_run_that_another_process_trains_is_opened_to_read_only(desk: Desk, copied: Path) -> None:
    with held_alone(copied):
        desk.open(copied)
        assert desk.said.startswith(f"{copied}: opened to read only, since another process trains it;")
        assert desk.status.is_problem
    desk.open(copied)
    assert "read only" not in desk.said


def test_a_stored_run_shows_what_looked_ill(desk: Desk, copied: Path) -> None:
    Run.open(copied).append_event("warning", 2, seen="No triplet is semi-hard.", advice="Mine 'all'.")
    desk.open(copied)
    assert notice(desk) == "No triplet is semi-hard. Mine 'all'. (step 2)"
    assert desk.curves._marks[0].texts_at(2)
    assert any(entry.details.endswith("Mine 'all'.") for entry in desk.status.journal.entries)
    assert desk.said.startswith("Opened")


# --- stored runs


def test_a_finished_run_is_shown(desk: Desk, stored: Path) -> None:
    desk.open(stored)
    run = desk.state.run
    assert run is not None
    assert (run.path, run.class_names, run.has_masks) == (stored, ("blue", "green", "red"), True)
    assert desk.setup.settings()["epochs"] == 2
    assert len(desk.curves._data.steps) == 4
    assert desk.state.model_step == 4
    assert bar_text(desk) == "Opened at step 4"
    assert desk.bar.stage is RunStage.IDLE
    assert desk.said == f"Opened {stored}"


def test_changes_of_live_settings_are_marked_on_the_curves(desk: Desk, copied: Path) -> None:
    old, new = Hyperparameters(), Hyperparameters(margin=0.3)
    Run.open(copied).append_event("hyperparameters", 2, old=old.model_dump(), new=new.model_dump())
    desk.open(copied)
    assert desk.curves._marks[0].texts_at(2) == ["margin 0.2 → 0.3"]
    assert desk.live.values() == new


def test_a_new_run_starts_from_a_stored_one(desk: Desk, stored: Path) -> None:
    desk.open(stored)
    desk.live.set_values(Hyperparameters(margin=0.7))
    desk.train()
    config = desk.session.config
    assert config is not None
    assert config == Run.open(stored).config.model_copy(update={"hyperparameters": Hyperparameters(margin=0.7)})
    assert len(desk.curves._data.steps) == 0


def test_an_unfinished_run_is_shown_as_far_as_it_came(desk: Desk, copied: Path) -> None:
    for folder in ("snapshots", "evaluation", "checkpoints"):
        shutil.rmtree(copied / folder)
    desk.open(copied)
    assert len(desk.curves._data.steps) == 4
    assert desk.state.snapshot is None


def test_a_run_without_its_images_says_so(desk: Desk, copied: Path) -> None:
    file = copied / "run.json"
    file.write_text(file.read_text().replace(Run.open(copied).config.data, "/gone/away"))
    desk.open(copied)
    assert desk.said.startswith("Opened without its images: /gone/away: no such folder")
    assert desk.state.snapshot is not None


def test_a_folder_that_is_no_run_leaves_what_is_shown(desk: Desk, stored: Path, tmp_path: Path) -> None:
    desk.open(stored)
    desk.run.open_run(tmp_path)
    desk.settle()
    assert desk.said == f"{tmp_path}: not a run folder, it has no run.json"
    assert desk.state.run is not None
    assert desk.state.run.path == stored


def test_what_is_dropped_and_no_run_is_answered_with_what_can_be_dropped_where(desk: Desk, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.touch()
    desk.run.open_dropped([notes])
    desk.settle()
    assert desk.said.startswith(f"{notes}: a run is a folder, found a file; a run folder can be dropped anywhere")
    desk.run.open_dropped([notes, notes])
    assert desk.said.startswith("2 things were dropped at once; a run folder can be dropped anywhere")
    desk.run.open_run(notes)
    desk.settle()
    assert desk.said == f"{notes}: a run is a folder, found a file"


def test_no_run_is_opened_while_one_trains(desk: Desk, stored: Path) -> None:
    desk.train()
    desk.run.open_run(stored)
    assert desk.said == f"{stored.name}: cannot be opened while a run is training; stop that one first"
    desk.settle()
    assert desk.state.run is not None
    assert desk.state.run.path == desk.session.run_dir


def test_a_run_that_was_read_while_another_started_is_not_shown(desk: Desk, stored: Path) -> None:
    desk.run.open_run(stored)
    desk.run.start()
    desk.settle()
    assert desk.said == f"{stored.name}: not shown, since a run was started meanwhile"
    assert desk.state.run is None


@pytest.mark.parametrize("stage", ["opened", "trained"])
def test_another_run_takes_away_what_belonged_to_the_former_one(desk: Desk, stored: Path, stage: str) -> None:
    session = desk.train()
    session.train(1, 2)
    session.look(snapshot(2))
    session.end(finished(2))
    desk.settle()
    desk.state.set_selection((1, 2))
    if stage == "opened":
        desk.open(stored)
    else:
        desk.train()
        assert desk.state.snapshot is None
    assert desk.state.selection == ()
    assert len(desk.curves._data.steps) == (4 if stage == "opened" else 0)
