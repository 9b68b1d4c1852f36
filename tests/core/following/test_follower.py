"""What a run folder has to tell."""

import json
import os
import socket
import time

import pytest

from core.errors import InputError
from core.following import follower, writer
from core.following.follower import RunFollower, Seen
from core.following.writer import is_written
from core.hyperparameters import Hyperparameters
from core.training.records import (
    CheckpointSaved,
    Evaluated,
    Finished,
    HealthWarning,
    HyperparametersApplied,
    Note,
    Paused,
    Resumed,
)
from tests.core.following.conftest import Written

KNOWN = Seen(snapshot=8, checkpoint=8)
OLD, NEW = Hyperparameters(), Hyperparameters(margin=0.7)


def begin(written: Written, **details: object) -> None:
    written.event("started", 0, host=socket.gethostname(), total_steps=40, steps_per_epoch=4, batch_size=8, **details)


def test_everything_is_told_once(written: Written) -> None:
    begin(written)
    written.steps(1, 2)
    follows = RunFollower(written.run, Seen())
    news = follows.poll()
    assert [record.step for record in news.records] == [1, 2]
    assert news.snapshot is not None
    assert (news.snapshot.step, news.checkpoint) == (8, 8)
    curve = news.snapshot.curve
    assert curve is not None
    [evaluated] = news.events
    assert evaluated == Evaluated(8, 2, 16, curve.auc, curve.eer, news.snapshot.classification_accuracy)
    assert not follows.poll()
    written.steps(3)
    written.look(12)
    written.checkpoint(12)
    news = follows.poll()
    assert [record.step for record in news.records] == [3]
    assert news.snapshot is not None
    assert (news.snapshot.step, news.checkpoint) == (12, 12)


def test_what_was_read_before_is_known_and_not_told(written: Written) -> None:
    begin(written)
    written.steps(1, 2)
    written.event("hyperparameters", 2, old=OLD.model_dump(), new=NEW.model_dump())
    follows = RunFollower(written.run, Seen(steps=2, events=2, snapshot=8, checkpoint=8))
    assert not follows.poll()
    assert follows.story.hyperparameters == NEW
    written.steps(3)
    written.event("note", 3, message="a note")
    news = follows.poll()
    assert [record.step for record in news.records] == [3]
    assert news.events == (Note("a note"),)


def test_each_event_is_the_record_that_training_gives(written: Written) -> None:
    begin(written)
    follows = RunFollower(written.run, KNOWN)
    follows.poll()
    written.event("hyperparameters", 2, old=OLD.model_dump(), new=NEW.model_dump())
    written.event("paused", 3)
    written.event("resumed", 3)
    written.event("paused", 3, reason="the disk is full")
    written.event("checkpoint", 4)
    written.event("warning", 4, seen="It collapses.", advice="Start again.")
    written.event("rolled back", 4, to=0, reason="nan")
    written.event("best epoch", 4, of=2, reason="the weights of epoch 2")
    written.event("something newer", 4)
    assert follows.poll().events == (
        HyperparametersApplied(2, OLD, NEW),
        Paused(3),
        Resumed(3),
        Paused(3, "the disk is full"),
        CheckpointSaved(4, written.run.checkpoint_path(4)),
        HealthWarning(4, "It collapses.", "Start again."),
        Note("the weights of epoch 2"),
    )
    assert follows.story.paused == Paused(3, "the disk is full")
    written.event("finished", 5, stopped=True, result={"auc": 0.9})
    assert follows.poll().events == (Finished(5, stopped=True, result={"auc": 0.9}),)
    assert follows.story.paused is None
    written.event("started", 5)
    assert follows.poll().events == (Resumed(5),)
    assert follows.story.last_word is None


def test_how_it_was_begun_is_told_by_the_line_or_as_far_as_the_run_tells_it(written: Written) -> None:
    follows = RunFollower(written.run, KNOWN)
    follows.poll()
    older = follows.story.started()
    assert (older.step, older.batch_size, older.steps_per_epoch, older.total_steps) == (0, 8, 4, 8)
    begin(written)
    follows.poll()
    started = follows.story.started()
    assert (started.total_steps, started.steps_per_epoch, started.batch_size) == (40, 4, 8)
    assert (started.run_dir, started.device, started.backbone) == (written.path, "cpu", "small")
    assert (started.data.training_images, started.data.held_out_images) == (32, 16)
    assert started.data.classes == written.run.info.data.classes


@pytest.mark.parametrize(
    ("event", "details", "why"),
    [
        ("hyperparameters", {"old": OLD.model_dump(), "new": {"margin": 9}}, "margin: input should be less"),
        ("hyperparameters", {"old": OLD.model_dump()}, "a line about 'hyperparameters' lacks 'new'"),
        ("warning", {"seen": "It collapses."}, "a line about 'warning' lacks 'advice'"),
        ("finished", {"stopped": True, "result": 3}, "a line about 'finished' cannot be understood"),
        ("paused", {"step": "three"}, "a line about 'paused' cannot be understood"),
        ("paused", {"step": float("inf")}, "a line about 'paused' cannot be understood"),
    ],
)
def test_a_damaged_event_is_named(written: Written, event: str, details: dict[str, object], why: str) -> None:
    follows = RunFollower(written.run, KNOWN)
    with (written.path / "events.jsonl").open("a") as file:
        file.write(json.dumps({"event": event, "step": 3, **details}) + "\n")
    with pytest.raises(InputError, match=rf"events\.jsonl: damaged, {why}"):
        follows.poll()


def test_a_run_that_was_taken_back_is_to_be_read_again(written: Written) -> None:
    begin(written)
    written.steps(*range(1, 8))
    follows = RunFollower(written.run, KNOWN)
    follows.poll()
    written.run.rewind(4, 0)
    assert follows.poll().rewound


def test_a_run_that_is_gone_is_told_in_a_sentence(written: Written) -> None:
    follows = RunFollower(written.run, KNOWN)
    follows.poll()
    written.path.rename(written.path.with_name("elsewhere"))
    with pytest.raises(InputError, match="run: the run was moved or deleted while it was followed"):
        follows.poll()


def test_a_damaged_look_is_noted_and_one_that_is_gone_again_is_not(written: Written) -> None:
    follows = RunFollower(written.run, KNOWN)
    follows.poll()
    written.run.snapshot_path(12).write_text("no archive")
    [note] = follows.poll().events
    assert "the snapshot cannot be read" in note.message
    assert not follows.poll()


def test_a_checkpoint_that_is_written_again_is_a_new_one(written: Written) -> None:
    """As at the end of a run that goes back to its best epoch."""
    follows = RunFollower(written.run, KNOWN)
    assert follows.poll().checkpoint is None
    os.utime(written.run.checkpoint_path(8))
    os.utime(written.path / "checkpoints")
    assert follows.poll().checkpoint == 8


def test_files_in_a_folder_that_stays_are_listed_no_more(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """As soon as its time tells every change."""
    past = time.time() - 60
    for name in ("snapshots", "checkpoints"):
        os.utime(written.path / name, (past, past))
    follows = RunFollower(written.run, KNOWN)
    follows.poll()
    monkeypatch.setattr(type(written.run), "_steps", lambda *_: pytest.fail("it was listed"))
    assert not follows.poll()


def test_the_writer_lives_while_it_holds_the_folder(written: Written) -> None:
    begin(written)
    follows = RunFollower(written.run, KNOWN)
    with written.held():
        follows.poll()
        assert follows.writer() == "alive"
    assert follows.writer() == "ended"


def test_of_another_machines_writer_only_the_last_word_tells(written: Written) -> None:
    written.event("started", 0, host="elsewhere")
    follows = RunFollower(written.run, KNOWN)
    follows.poll()
    assert follows.writer() == "unknown"
    written.event("failed", 2, message="the loss is not finite")
    follows.poll()
    assert follows.writer() == "ended"


def test_where_no_lock_can_be_had_the_writer_is_not_known(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(written)
    monkeypatch.setattr(follower, "hold_on", lambda _path: None)
    follows = RunFollower(written.run, KNOWN)
    follows.poll()
    assert follows.writer() == "unknown"
    assert follows.seconds_quiet < 10


def test_a_run_is_written_while_its_folder_is_held_and_it_has_not_finished(written: Written) -> None:
    assert not is_written(written.run, written.run.events())
    begin(written)
    assert not is_written(written.run, written.run.events())
    with written.held():
        assert is_written(written.run, written.run.events())
        written.event("finished", 3, stopped=True, result={})
        assert not is_written(written.run, written.run.events())
        begin(written)
        assert is_written(written.run, written.run.events())


@pytest.mark.parametrize("age", [0, 10_000])
@pytest.mark.parametrize("held", [False, None])
def test_without_a_lock_the_age_of_the_newest_line_decides(
    written: Written, monkeypatch: pytest.MonkeyPatch, age: float, held: bool | None
) -> None:
    written.event("started", 0, host="elsewhere")
    for name in ("metrics.jsonl", "events.jsonl"):
        os.utime(written.path / name, (time.time() - age,) * 2)
    monkeypatch.setattr(writer, "hold_on", lambda _path: held)
    assert is_written(written.run, written.run.events()) is (age == 0)
    written.event("failed", 3, message="it failed")
    assert not is_written(written.run, written.run.events())
