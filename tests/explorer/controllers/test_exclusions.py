"""Excluding an image: kept with the run at once, undone by name, and followed by all that is measured."""

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QAction

from core.evaluation.verification import verification_curve
from core.runs import Run
from tests.explorer.controllers.conftest import Desk


@pytest.fixture
def edits(desk: Desk) -> tuple[QAction, QAction]:
    history = desk.controllers.undo
    return history.createUndoAction(desk.bar, "&Undo"), history.createRedoAction(desk.bar, "&Redo")


def excluded_in(run: Path) -> list[str]:
    return [each.sample for each in Run.open(run).exclusions()]


def held_out(desk: Desk) -> list[int]:
    snapshot = desk.state.snapshot
    assert snapshot is not None
    return [int(sample) for sample in snapshot.sample_ids[snapshot.held_out]]


def test_an_exclusion_is_kept_measured_undone_and_made_again(
    desk: Desk, copied: Path, edits: tuple[QAction, QAction]
) -> None:
    undo, redo = edits
    desk.open(copied)
    whole = desk.state.curve
    assert whole is not None
    assert not undo.isEnabled()
    assert undo.text() == "&Undo"
    first = held_out(desk)[0]
    run = desk.state.run
    assert run is not None
    name = run.sample_names[first]
    desk.exclusions.exclude(first)
    assert desk.said == f"Excluded from every evaluation: {name}; Ctrl+Z takes that back"
    assert undo.text() == f"&Undo exclude {name} (wrong label)"
    desk.settle()
    assert excluded_in(copied) == [name]
    snapshot = desk.state.snapshot
    assert snapshot is not None
    images = snapshot.evaluated()
    assert first not in images.sample_ids
    expected = verification_curve(images.embeddings, images.labels, "cosine")
    assert desk.state.curve is not None
    assert desk.state.curve.genuine.tolist() == expected.genuine.tolist()
    undo.trigger()
    desk.settle()
    assert desk.said == f"Counts again: {name}"
    assert (excluded_in(copied), undo.isEnabled()) == ([], False)
    assert desk.state.curve.genuine.tolist() == whole.genuine.tolist()
    assert redo.text() == f"&Redo exclude {name} (wrong label)"
    redo.trigger()
    desk.settle()
    assert excluded_in(copied) == [name]


def test_excluded_twice_is_excluded_once(desk: Desk, copied: Path, edits: tuple[QAction, QAction]) -> None:
    desk.open(copied)
    for _ in range(2):
        desk.exclusions.exclude(held_out(desk)[1])
    edits[0].trigger()
    assert not edits[0].isEnabled()
    assert desk.state.exclusions == ()


def test_several_are_taken_back_in_one_step(desk: Desk, copied: Path, edits: tuple[QAction, QAction]) -> None:
    desk.open(copied)
    for sample in held_out(desk)[:3]:
        desk.exclusions.exclude(sample)
    names = [each.sample for each in desk.state.exclusions]
    desk.exclusions.take_back(tuple(names[:2]))
    assert desk.said == "Counts again: 2 images"
    assert [each.sample for each in desk.state.exclusions] == names[2:]
    edits[0].trigger()
    assert [each.sample for each in desk.state.exclusions] == names
    desk.settle()
    assert excluded_in(copied) == names
    desk.exclusions.take_back(("no image",))
    assert edits[0].text() == f"&Undo exclude {names[2]} (wrong label)"


def test_an_opened_run_comes_without_what_was_excluded(desk: Desk, copied: Path) -> None:
    desk.open(copied)
    desk.exclusions.exclude(held_out(desk)[0])
    kept = desk.state.exclusions
    desk.settle()
    desk.state.set_run(None)
    assert desk.state.exclusions == ()
    desk.open(copied)
    assert desk.state.exclusions == kept
    assert desk.state.snapshot is not None
    assert desk.state.snapshot.excluded == desk.state.excluded == frozenset(held_out(desk)[:1])


def test_another_run_has_another_history(desk: Desk, copied: Path, edits: tuple[QAction, QAction]) -> None:
    desk.open(copied)
    desk.exclusions.exclude(held_out(desk)[0])
    desk.settle()
    desk.open(copied)
    assert not edits[0].isEnabled()


def test_a_list_that_cannot_be_kept_is_told(desk: Desk, copied: Path) -> None:
    desk.open(copied)
    (copied / "run.json").write_text("{")
    desk.exclusions.exclude(held_out(desk)[0])
    desk.settle()
    assert desk.said.startswith("The exclusion was not kept with the run: ")
    assert "run.json" in desk.said


def test_a_run_with_an_image_it_does_not_have_is_not_opened(desk: Desk, copied: Path) -> None:
    content = {"exclusions": [{"sample": "blue/99.png", "reason": "wrong label", "at": ""}]}
    (copied / "evaluation" / "exclusions.json").write_text(json.dumps(content))
    desk.run.open_run(copied)
    desk.settle()
    assert "each once, found 'blue/99.png'; delete the file to exclude none" in desk.said
    assert desk.state.run is None


def test_by_another_distance_they_are_left_out_too(desk: Desk, copied: Path) -> None:
    desk.open(copied)
    desk.roc.distance_chosen.emit("euclidean")
    desk.exclusions.exclude(held_out(desk)[0])
    desk.settle()
    assert (desk.state.distance, desk.state.curve is not None) == ("euclidean", True)
    assert desk.state.snapshot is not None
    assert desk.state.snapshot.excluded == desk.state.excluded != frozenset()


def test_while_it_trains_each_look_is_measured_without_them(desk: Desk) -> None:
    """Also one that training had made before it knew."""
    from core.training.probe import measured
    from tests.explorer.standins import snapshot

    session = desk.train()
    look = measured(snapshot(10), "cosine")
    session.look(look)
    desk.settle()
    assert desk.state.run is not None
    desk.state.set_exclusions(())
    desk.exclusions._state.set_exclusions(_one(desk.state.run.sample_names[0]))
    session.look(measured(snapshot(20), "cosine"))
    desk.settle()
    desk.settle()
    assert desk.state.snapshot is not None
    assert (desk.state.snapshot.step, desk.state.snapshot.excluded) == (20, frozenset({0}))


def _one(name: str) -> tuple[object, ...]:
    from core.run_content import Exclusion

    return (Exclusion(sample=name, reason="wrong label", at=""),)
