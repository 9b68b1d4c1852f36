"""A run that another process trains, in all of the window but the window."""

from pathlib import Path

import pytest

from core.files import held_alone
from core.following.follower import Seen
from core.hyperparameters import Hyperparameters
from core.loss_specs import default_hyperparameters
from core.runs import Run
from core.training import records
from explorer.widgets.run_bar import RunStage
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import finished, snapshot, started
from tests.explorer.tiny import stored_run


@pytest.fixture
def live(copied: Path) -> Path:
    """A run of 4 steps that somebody else has resumed, and may hold."""
    Run.open(copied).append_event("started", 4, total_steps=40, steps_per_epoch=2, batch_size=6)
    return copied


def begin(desk: Desk, path: Path) -> None:
    """Open it, and hear that it trains."""
    with held_alone(path):
        desk.open(path)
    desk.settle()
    desk.session.report(started(path))
    desk.settle()


def bar_text(desk: Desk) -> str:
    return desk.bar._text.text()


def test_it_is_shown_as_it_was_stored_and_then_as_it_trains(desk: Desk, live: Path) -> None:
    begin(desk, live)
    assert desk.session.asked == ["start"]
    assert desk.session.seen == Seen(steps=4, events=len(Run.open(live).events()), snapshot=4, checkpoint=4)
    assert desk.said.startswith(f"Following {live}, which another process trains")
    assert not desk.status.is_problem
    assert desk.bar.stage is RunStage.TRAINING
    assert bar_text(desk).startswith("following · epoch 1/4 · step  4 of 40")
    desk.session.train(5, 6)
    desk.session.look(snapshot(6))
    desk.settle()
    assert list(desk.curves._data.steps) == [1, 2, 3, 4, 5, 6]
    assert (desk.state.model_step, bar_text(desk)[:40]) == (6, "following · epoch 1/4 · step  6 of 40 · ")
    assert desk.state.snapshot is not None
    assert desk.state.snapshot.step == 6


def test_pause_continue_and_stop_are_requests_until_they_are_echoed(desk: Desk, live: Path) -> None:
    begin(desk, live)
    desk.bar.pause.trigger()
    assert desk.session.asked[-1] == "pause"
    assert bar_text(desk).startswith("pause requested · epoch")
    assert desk.bar.stage is RunStage.TRAINING
    desk.session.report(records.Paused(5))
    desk.settle()
    assert desk.bar.stage is RunStage.PAUSED
    assert bar_text(desk) == "following · epoch 1/4 · step  4 of 40 · paused"
    desk.bar.pause.trigger()
    assert desk.session.asked[-1] == "resume"
    assert bar_text(desk).startswith("continue requested")
    desk.session.report(records.Resumed(5))
    desk.settle()
    assert desk.bar.stage is RunStage.TRAINING
    desk.bar.stop.trigger()
    assert desk.session.asked[-1] == "stop"
    assert bar_text(desk).startswith("stop requested")
    assert desk.bar.stop.isEnabled()
    assert desk.bar.stop.toolTip().startswith("Ask the process that trains this run to end")


def test_a_slider_is_requested_until_the_run_has_it(desk: Desk, live: Path) -> None:
    begin(desk, live)
    margin = desk.live._sliders["margin"]
    margin.show_requested(0.5)
    margin.value_requested.emit(0.5)
    wanted = desk.session.asked[-1]
    assert isinstance(wanted, Hyperparameters)
    assert wanted.margin == 0.5
    assert "Requested" in desk.live._status.text()
    desk.session.report(records.HyperparametersApplied(6, Hyperparameters(), wanted))
    desk.settle()
    assert "Requested" not in desk.live._status.text()


def test_what_needs_a_new_run_is_not_locked_and_one_can_be_started(desk: Desk, live: Path) -> None:
    begin(desk, live)
    assert desk.setup._fields["epochs"].control.isEnabled()
    assert desk.bar.start.isEnabled()
    assert desk.bar.start.toolTip().startswith("Train a new run with these settings; the one that is followed goes on")
    followed = desk.session
    desk.train()
    assert followed.asked == ["start", "leave"]
    assert desk.session is not followed
    assert desk.bar.stage is RunStage.TRAINING
    assert not bar_text(desk).startswith("following")
    assert not desk.setup._fields["epochs"].control.isEnabled()


def test_a_new_run_has_the_settings_of_its_own_loss(desk: Desk, live: Path) -> None:
    begin(desk, live)
    desk.setup._fields["loss"].fill("arcface")
    desk.setup.loss_chosen.emit("arcface")
    assert desk.live.values().margin == 0.2, "those of the run that is followed"
    session = desk.train()
    assert session.config is not None
    assert session.config.hyperparameters == default_hyperparameters("arcface")


def test_to_open_another_run_leaves_it(desk: Desk, live: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    begin(desk, live)
    followed = desk.session
    desk.open(stored_run(tmp_path_factory))
    assert followed.asked == ["start", "leave"]
    assert desk.bar.stage is RunStage.IDLE
    assert bar_text(desk) == "Opened at step 4"
    assert not desk.training.alive


def test_to_close_the_window_leaves_it(desk: Desk, live: Path) -> None:
    begin(desk, live)
    desk.bridges.close()
    assert desk.session.asked == ["start", "leave", "join"]


def test_when_it_has_finished_it_is_an_ordinary_run(desk: Desk, live: Path) -> None:
    begin(desk, live)
    desk.session.train(*range(5, 41))
    desk.session.end(finished(run=live))
    desk.settle()
    assert desk.bar.stage is RunStage.IDLE
    assert bar_text(desk) == "Finished at step 40"
    assert not desk.training.alive
    assert desk.bar.start.toolTip().startswith("Train a new run with these settings (")
    assert desk.models[-1] == (live, None)


def test_when_its_process_died_it_says_so_and_offers_nothing_but_a_new_run(desk: Desk, live: Path) -> None:
    begin(desk, live)
    desk.session.train(5)
    desk.session.end(records.Failed("run: no line for 40 s; the process that wrote it has ended", ""))
    desk.settle()
    assert desk.said == "run: no line for 40 s; the process that wrote it has ended"
    assert desk.status.is_problem
    assert bar_text(desk) == "Failed after step 5"
    assert not desk.bar.pause.isEnabled()
    assert not desk.bar.stop.isEnabled()


def test_when_another_process_goes_on_with_it_it_is_followed_again(desk: Desk, live: Path) -> None:
    desk.training._looks.setInterval(20)
    begin(desk, live)
    desk.session.end(records.Failed("the process that wrote it has ended", ""))
    desk.settle()
    assert not desk.training.alive
    with held_alone(live):
        desk.qtbot.waitUntil(lambda: desk._settled() and len(desk.sessions) == 2, timeout=10_000)
    assert desk.session.run_dir == live


def test_one_that_was_left_is_not_looked_for(desk: Desk, live: Path) -> None:
    begin(desk, live)
    desk.session.end(records.Failed("the process that wrote it has ended", ""))
    desk.settle()
    assert desk.training._looks.isActive()
    desk.train()
    assert not desk.training._looks.isActive()
    desk.session.end(finished())
    desk.settle()


def test_one_that_was_taken_back_is_opened_again(desk: Desk, live: Path) -> None:
    begin(desk, live)
    desk.session.train(5, 6, 7)
    desk.settle()
    with held_alone(live):
        desk.session.end(records.Rewound())
        desk.qtbot.waitUntil(lambda: desk._settled() and len(desk.sessions) == 2, timeout=10_000)
    desk.settle()
    assert list(desk.curves._data.steps) == [1, 2, 3, 4]
    assert desk.session.seen is not None
    assert bar_text(desk).startswith("following")


def test_each_newer_checkpoint_is_the_model_that_looks(desk: Desk, live: Path) -> None:
    begin(desk, live)
    assert desk.models == [(live, None)]
    desk.session.give_weights(12)
    desk.settle()
    assert desk.models == [(live, None), (live, 12)]
    assert desk.inference.verifier_step == 12


def test_before_the_first_checkpoint_the_model_is_announced(desk: Desk, live: Path) -> None:
    for file in (live / "checkpoints").iterdir():
        file.unlink()
    begin(desk, live)
    assert desk.models == []
    assert not desk.status.is_problem
    assert desk.session.seen == Seen(steps=4, events=len(Run.open(live).events()), snapshot=4, checkpoint=None)


def test_a_run_that_nobody_trains_is_not_followed(desk: Desk, live: Path) -> None:
    desk.open(live)
    desk.settle()
    assert desk.sessions == []
    assert desk.said == f"Opened {live}"


def test_one_that_is_paused_can_be_continued(desk: Desk, live: Path) -> None:
    with held_alone(live):
        desk.open(live)
    desk.settle()
    desk.session.report(started(live), records.Paused(4))
    desk.settle()
    assert desk.bar.stage is RunStage.PAUSED
    assert desk.bar.pause.text() == "Continue"


def test_all_gpus_are_offered_where_there_are_several(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def launched(config: object, run_dir: Path, processes: int) -> object:
        asked.append(processes)
        return desk._make_session(config, run_dir)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.training, "_make_launched", launched)
    assert desk.setup.processes() == 1
    desk.setup.offer_gpus(4)
    desk.setup._gpus.click()
    desk.train()
    assert asked == [4]
    assert not desk.training.follows
    desk.session.end(finished())
    desk.settle()
