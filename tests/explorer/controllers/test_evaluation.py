import math
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QLabel

from core.evaluation.parts import ThresholdParts
from core.runs import Run, ThresholdChoice
from explorer.panels.map import MapView
from explorer.panels.roc import RocPanel
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import curve, finished, snapshot


def settle_and_store(desk: Desk) -> None:
    desk.evaluation.store_threshold()
    desk.settle()


def kept(desk: Desk) -> ThresholdChoice | None:
    run = desk.state.run
    assert run is not None
    return Run.open(run.path).threshold()


def shown_map(desk: Desk) -> MapView | None:
    return desk.map._newest


# --- snapshots


def test_a_snapshot_reaches_map_and_roc(desk: Desk) -> None:
    session = desk.train()
    session.train(*range(1, 11))
    session.look(snapshot(10, curve=curve()))
    desk.settle()
    desk.settle()
    view = shown_map(desk)
    assert view is not None
    assert (view.method, view.step, view.class_names) == ("pca", 10, ("a", "b"))
    assert view.provenance == "closed set"
    assert desk.roc._header.provenance.text() == "step 10 · held-out, 4 images · closed set"
    assert desk.state.threshold == curve().tpr_at_fpr(0.01).threshold
    desk.worker.answer()
    desk.settle()
    desk.settle()
    view = shown_map(desk)
    assert view is not None
    assert view.method == "umap"


def test_a_curve_that_is_older_than_the_model_says_so(desk: Desk) -> None:
    session = desk.train()
    session.train(*range(1, 11))
    session.look(snapshot(10, curve=curve()))
    desk.settle()
    session.train(11)
    desk.settle()
    assert desk.roc._header.provenance.text() == "as of step 10 · held-out, 4 images · closed set"


def test_a_snapshot_without_pairs_leaves_the_roc_empty(desk: Desk) -> None:
    session = desk.train()
    session.look(snapshot(10))
    desk.settle()
    assert desk.state.threshold is None
    assert desk.roc._pages.currentIndex() == 0


def test_another_run_empties_map_and_roc(desk: Desk) -> None:
    session = desk.train()
    session.look(snapshot(10, curve=curve()))
    session.end(finished(10))
    desk.settle()
    desk.settle()
    desk.train()
    assert shown_map(desk) is None
    assert desk.roc._pages.currentIndex() == 0
    assert desk.state.threshold is None


def test_a_map_that_cannot_be_drawn_is_told(desk: Desk) -> None:
    session = desk.train()
    session.look(snapshot(10, curve=curve()))
    desk.settle()
    desk.worker.fail(desk.worker.requests[-1])
    desk.settle()
    assert desk.status.is_problem
    assert desk.said == "Map: the projection process ended"


def test_method_and_cancel_reach_the_process(desk: Desk) -> None:
    session = desk.train()
    session.look(snapshot(10, curve=curve()))
    desk.settle()
    desk.map.cancel_requested.emit()
    assert desk.worker.asked[-1] == "cancel"
    desk.map.method_chosen.emit("tsne")
    desk.settle()
    assert desk.worker.requests[-1].method == "tsne"


def test_that_umap_is_computing_is_said_in_front_of_the_pca_map(desk: Desk) -> None:
    desk.map.resize(600, 400)
    desk.map.show()
    session = desk.train()
    session.look(snapshot(10, curve=curve()))
    desk.settle()
    desk.settle()
    desk.map.redraw()
    note = desk.map._progress
    assert note.text() == "UMAP is computing …"
    seen = desk.map._body.childAt(note.geometry().center())
    assert seen is note or note.isAncestorOf(seen)


def test_the_last_map_does_not_wait_for_its_turn(desk: Desk) -> None:
    session = desk.train()
    session.look(snapshot(10, curve=curve()))
    desk.settle()
    desk.worker.answer(seconds=1_000.0)
    desk.settle()
    session.look(snapshot(20, curve=curve()))
    session.end(finished(20))
    desk.settle()
    desk.settle()
    assert [int(request.embeddings.size) for request in desk.worker.requests] == [32, 32]


def test_one_selection_in_map_and_grid(desk: Desk, stored: Path) -> None:
    desk.open(stored)
    desk.data_panel.selection_changed.emit((0, 7))
    assert desk.state.selection == (0, 7)
    assert desk.map._selecting._selection == (0, 7)
    desk.map.selection_changed.emit((3,))
    assert desk.state.selection == (3,)
    assert desk.data_panel._grid._selected == (3,)


# --- the threshold


def choose(panel: RocPanel, value: float) -> None:
    panel._choose_threshold(value)


def test_a_chosen_threshold_is_one_for_all_and_is_kept_with_the_run(desk: Desk, copied: Path) -> None:
    desk.open(copied)
    before = kept(desk)
    assert before is not None
    assert before.chosen_by == "default"
    choose(desk.roc, 0.25)
    assert desk.state.threshold == 0.25
    assert desk.verify_panel._threshold == 0.25
    desk.qtbot.waitUntil(lambda: (desk.settle(), kept(desk) != before)[1])
    assert kept(desk) == ThresholdChoice(
        threshold=0.25, distance="cosine", fpr=None, chosen_by="person", rule="set by hand", step=4
    )


def test_dragging_stores_the_last_position_only(desk: Desk, copied: Path) -> None:
    desk.open(copied)
    stored: list[float] = []
    store = desk.library.store_threshold
    desk.library.store_threshold = lambda path, *kept: (stored.append(kept[0].threshold), store(path, *kept))  # type: ignore[method-assign,func-returns-value]
    for value in np.linspace(0.1, 0.9, 17):
        choose(desk.roc, float(value))
    settle_and_store(desk)
    assert stored == [0.9]


def test_a_threshold_that_follows_the_default_rate_is_not_a_persons(desk: Desk) -> None:
    session = desk.train()
    for number in (10, 20):
        session.look(snapshot(number, curve=curve(shift=number / 100)))
        desk.settle()
    settle_and_store(desk)
    assert desk.state.threshold == curve(shift=0.2).tpr_at_fpr(0.01).threshold
    assert desk.evaluation._unstored is None


def test_a_rate_that_a_person_holds_moves_the_kept_threshold_with_every_curve(desk: Desk, copied: Path) -> None:
    desk.open(copied)
    desk.state.set_snapshot(snapshot(10, curve=curve()))
    desk.roc._choose_target(0.05)
    desk.state.set_snapshot(snapshot(20, curve=curve(shift=0.1)))
    settle_and_store(desk)
    found = kept(desk)
    assert found is not None
    assert found.threshold == curve(shift=0.1).tpr_at_fpr(0.05).threshold
    assert (found.fpr, found.rule, found.chosen_by, found.step) == (0.05, "FPR 5 %", "person", 20)


def test_a_stored_threshold_is_held(desk: Desk, copied: Path) -> None:
    choice = ThresholdChoice(
        threshold=0.123, distance="cosine", fpr=None, chosen_by="person", rule="set by hand", step=4
    )
    Run.open(copied).choose_threshold(choice)
    desk.open(copied)
    assert desk.state.threshold == 0.123
    assert desk.roc.held_fpr is None
    settle_and_store(desk)
    assert kept(desk) == choice


def test_a_threshold_that_accepts_nothing_is_shown_but_not_kept(desk: Desk, copied: Path) -> None:
    desk.open(copied)
    before = kept(desk)
    choose(desk.roc, 0.25)
    choose(desk.roc, -math.inf)
    settle_and_store(desk)
    assert desk.state.threshold == -math.inf
    assert desk.verify_panel._threshold == -math.inf
    assert desk.said == "This threshold accepts no pair at all; it is not kept with the run"
    assert kept(desk) == before


def test_a_threshold_chosen_just_before_another_run_is_shown_is_kept_with_its_own(
    desk: Desk, copied: Path, stored: Path
) -> None:
    desk.open(copied)
    choose(desk.roc, 0.25)
    desk.open(stored)
    settle_and_store(desk)
    found = Run.open(copied).threshold()
    assert found is not None
    assert found.threshold == 0.25
    other = Run.open(stored).threshold()
    assert other is not None
    assert other.chosen_by == "default"


def test_a_threshold_that_cannot_be_kept_is_told(desk: Desk, copied: Path) -> None:
    desk.open(copied)
    (copied / "run.json").unlink()
    choose(desk.roc, 0.25)
    settle_and_store(desk)
    assert desk.said.startswith("The threshold was not kept: ")


def test_a_held_rate_is_kept_with_what_it_does_on_both_parts(desk: Desk, copied: Path) -> None:
    """By hand: FPR 5 % of the choosing part's 200 impostor pairs accepts the 10 nearest."""
    desk.open(copied)
    parts = ThresholdParts(curve(), curve(shift=-0.1), 20, 21)
    desk.state.set_snapshot(replace(snapshot(10, curve=curve()), parts=parts))
    desk.roc._choose_target(0.05)
    settle_and_store(desk)
    found = kept(desk)
    assert found is not None
    assert found.threshold == curve().tpr_at_fpr(0.05).threshold
    assert found.chosen_on == parts.chosen_on(found.threshold)
    assert found.reported_on == parts.reported_on(found.threshold)
    assert found.chosen_on is not None
    assert (found.chosen_on.identities, found.chosen_on.fpr) == (20, 0.05)
    choose(desk.roc, 0.25)
    settle_and_store(desk)
    found = kept(desk)
    assert found is not None
    assert (found.threshold, found.chosen_on, found.reported_on) == (0.25, None, None)


def test_why_a_threshold_was_not_checked_on_others_is_told(desk: Desk) -> None:
    desk.train().look(snapshot(10, curve=curve()))
    desk.settle()
    note = desk.roc.findChild(QLabel, "parts_note")
    assert "at least 20 identities, found 2" in note.toolTip()
