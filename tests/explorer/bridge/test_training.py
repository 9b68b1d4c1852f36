from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.config import RunConfig, make_config
from core.errors import InputError
from core.hyperparameters import Hyperparameters
from core.training import records
from explorer.bridge.tasks import TaskThread
from explorer.bridge.training import TrainingBridge
from tests.explorer.bridge.conftest import Settle
from tests.explorer.standins import StandInSession, finished, heard, names, snapshot, started
from tests.explorer.tiny import draw_data, tiny_config

CONFIG = make_config({})
Sessions = list[StandInSession]


@pytest.fixture
def sessions() -> Sessions:
    """The sessions made so far."""
    return []


@pytest.fixture
def bridge(tasks: TaskThread, sessions: Sessions) -> TrainingBridge:
    def make(config: RunConfig, run_dir: Path) -> StandInSession:
        sessions.append(StandInSession(config, run_dir))
        return sessions[-1]

    return TrainingBridge(tasks, make)  # type: ignore[arg-type]


@pytest.fixture
def session(bridge: TrainingBridge, sessions: Sessions, settle: Settle) -> StandInSession:
    bridge.start(CONFIG, Path("run"))
    settle()
    return sessions[0]


@pytest.fixture
def said(bridge: TrainingBridge) -> list[tuple[object, ...]]:
    signals = (
        "preparing started stepped snapshot_taken weights_taken paused resumed applied evaluated warned noted failed "
        "finished"
    )
    return heard(*((name, getattr(bridge, name)) for name in signals.split()))


Said = list[tuple[object, ...]]


def test_a_run_starts_once_however_often_it_is_asked_for(
    bridge: TrainingBridge, sessions: Sessions, settle: Settle
) -> None:
    bridge.start(CONFIG, Path("run"))
    bridge.start(CONFIG, Path("other"))
    assert bridge.alive
    settle()
    bridge.start(CONFIG, Path("third"))
    settle()
    assert [session.run_dir for session in sessions] == [Path("run")]
    assert sessions[0].asked == ["start"]


def test_the_start_comes_before_the_first_step_even_if_both_came_in_the_same_tick(
    bridge: TrainingBridge, session: StandInSession, said: Said
) -> None:
    preparing = records.Preparing("decoding images", 8, 8)
    session.report(preparing, records.Note("few images"), started(), records.Evaluated(2, 1, 4, 0.9, 0.1, None))
    session.train(1, 2)
    session.look(snapshot(2))
    session.give_weights(2)
    bridge.tick()
    assert names(said) == ["preparing", "noted", "started", "stepped", "snapshot_taken", "weights_taken", "evaluated"]
    assert said[1] == ("noted", "few images")


def test_a_warning_is_handed_on(bridge: TrainingBridge, session: StandInSession, said: Said) -> None:
    warning = records.HealthWarning(2, "The embeddings collapse.", "Start again.")
    session.report(started(), warning)
    bridge.tick()
    assert said[-1] == ("warned", warning)


def test_every_step_comes_once_and_in_order(bridge: TrainingBridge, session: StandInSession, said: Said) -> None:
    session.report(started())
    for numbers in ((1,), (2, 3, 4), (), (5,)):
        session.train(*numbers)
        bridge.tick()
    batches = [steps for name, steps in said if name == "stepped"]
    assert [[step.step for step in steps] for steps in batches] == [[1], [2, 3, 4], [5]]


def test_an_event_does_not_overtake_the_steps_before_it(
    bridge: TrainingBridge, session: StandInSession, said: Said
) -> None:
    session.report(started())
    bridge.tick()
    session.train(1, 2)
    session.report(records.Paused(2), records.Resumed(2))
    bridge.tick()
    assert names(said) == ["started", "stepped", "paused", "resumed"]


def test_the_end_is_told_last_and_when_the_thread_has_ended(
    bridge: TrainingBridge, session: StandInSession, said: Said, sessions: Sessions, settle: Settle
) -> None:
    alive: list[bool] = []
    bridge.finished.connect(lambda event: alive.append(bridge.alive))
    bridge.finished.connect(lambda event: bridge.start(CONFIG, Path("next")))
    session.report(started())
    session.train(*range(1, 41))
    session.look(snapshot(40))
    session.report(finished())
    bridge.tick()  # the thread is still cleaning up
    assert "finished" not in names(said)
    session.end()
    bridge.tick()
    assert names(said) == ["started", "stepped", "snapshot_taken", "finished"]
    assert alive == [False]
    settle()
    assert [session.run_dir for session in sessions] == [Path("run"), Path("next")]


def test_the_next_run_begins_with_its_own_first_step(
    bridge: TrainingBridge, session: StandInSession, said: Said, sessions: Sessions, settle: Settle
) -> None:
    session.report(started())
    session.train(1, 2, 3)
    session.end(finished(3))
    bridge.tick()
    bridge.start(CONFIG, Path("next"))
    settle()
    said.clear()
    sessions[1].report(started(Path("next")))
    sessions[1].train(1)
    bridge.tick()
    assert names(said) == ["started", "stepped"]
    assert [step.step for step in said[1][1]] == [1]  # type: ignore[attr-defined]


def test_a_failure_is_told_once(bridge: TrainingBridge, session: StandInSession, said: Said) -> None:
    session.end(records.Failed("the loss is not finite after step 3", "Traceback"))
    bridge.tick()
    bridge.tick()
    assert said == [("failed", "the loss is not finite after step 3", "Traceback")]
    assert not bridge.alive


def test_a_thread_that_dies_without_a_word_is_a_failure(
    bridge: TrainingBridge, session: StandInSession, said: Said
) -> None:
    session.end()
    bridge.tick()
    assert names(said) == ["failed"]
    assert not bridge.alive


def test_a_session_that_cannot_be_made_is_a_failure(tasks: TaskThread, settle: Settle) -> None:
    def refuse(config: RunConfig, run_dir: Path) -> None:
        raise InputError("device: there is no cuda here")

    bridge = TrainingBridge(tasks, refuse)  # type: ignore[arg-type]
    said = heard(("failed", bridge.failed))
    bridge.start(CONFIG, Path("run"))
    settle()
    assert [each[:2] for each in said] == [("failed", "device: there is no cuda here")]
    assert not bridge.alive


def test_a_stop_before_the_session_is_made_ends_the_run(
    bridge: TrainingBridge, sessions: Sessions, said: Said, settle: Settle
) -> None:
    bridge.start(CONFIG, Path("run"))
    bridge.stop()
    assert said == [("finished", records.Finished(step=0, stopped=True, result={}))]
    assert not bridge.alive
    settle()
    assert all(session.asked == [] for session in sessions)


def test_settings_moved_before_the_session_is_made_reach_it(
    bridge: TrainingBridge, sessions: Sessions, settle: Settle
) -> None:
    moved = Hyperparameters(margin=0.5)
    bridge.start(CONFIG, Path("run"))
    bridge.apply(Hyperparameters(margin=0.4))
    bridge.apply(moved)
    settle()
    assert sessions[0].asked == [moved, "start"]


def test_wishes_are_carried_to_the_session(bridge: TrainingBridge, session: StandInSession) -> None:
    values = Hyperparameters(margin=0.3)
    bridge.pause()
    bridge.apply(values)
    bridge.resume()
    bridge.request_weights()
    bridge.stop()
    bridge.stop(evaluate=False)
    assert session.asked == ["start", "pause", values, "resume", "weights", "stop", "stop at once"]


def test_without_a_session_wishes_come_to_nothing(bridge: TrainingBridge, said: Said) -> None:
    for wish in (bridge.pause, bridge.resume, bridge.request_weights, bridge.stop, bridge.tick, bridge.close):
        wish()
    bridge.apply(Hyperparameters())
    assert said == []


def test_closing_ends_the_run_without_looking_at_the_model(bridge: TrainingBridge, session: StandInSession) -> None:
    bridge.close()
    assert session.asked == ["start", "stop at once", "join"]
    assert not bridge.alive


def test_a_real_session(qtbot: QtBot, tasks: TaskThread, tmp_path: Path) -> None:
    bridge = TrainingBridge(tasks)
    said = heard(*((name, getattr(bridge, name)) for name in ("started", "applied", "evaluated", "failed", "finished")))
    steps: list[int] = []
    bridge.stepped.connect(lambda batch: steps.extend(step.step for step in batch))
    heavy = heard(("snapshot", bridge.snapshot_taken), ("weights", bridge.weights_taken))
    bridge.started.connect(lambda event: bridge.request_weights())

    def poll_until(condition: Callable[[], bool]) -> None:
        qtbot.waitUntil(lambda: (tasks.poll(), bridge.tick(), condition())[2], timeout=60_000)

    bridge.start(tiny_config(draw_data(tmp_path / "data")), tmp_path / "run")
    bridge.apply(Hyperparameters(margin=0.5))
    poll_until(lambda: not bridge.alive)
    assert names(said) == ["started", "applied", "evaluated", "evaluated", "finished"]
    assert steps == [1, 2, 3, 4]
    assert heavy[-1][0] in ("snapshot", "weights")
    last = said[-1][1]
    assert isinstance(last, records.Finished)
    assert (last.step, last.stopped) == (4, False)
    assert (tmp_path / "run" / "run.json").is_file()
