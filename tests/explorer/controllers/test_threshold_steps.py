"""Taking back what a person chose as threshold; pairs as in `standins.curve`, 200 of each kind."""

import gc
import math
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QUndoStack

from core.runs import Run, ThresholdChoice
from explorer.controllers.threshold_steps import REST_S
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import curve, snapshot


def undo(desk: Desk) -> QUndoStack:
    return desk.controllers.undo


def let_go(desk: Desk) -> None:
    """End a drag, as a hand does that rests."""
    desk.evaluation._steps._drag_until = 0.0


def choose(desk: Desk, *values: float) -> None:
    """Drag the threshold along these values."""
    for value in values:
        desk.roc._choose_threshold(value)
    let_go(desk)


def kept(desk: Desk) -> ThresholdChoice | None:
    desk.evaluation.store_threshold()
    desk.settle()
    assert desk.state.run is not None
    return Run.open(desk.state.run.path).threshold()


@pytest.fixture
def trained(desk: Desk, copied: Path) -> Desk:
    """A run whose threshold follows FPR 1 %, as nobody has chosen otherwise; time stands still."""
    desk.evaluation._steps._clock = lambda: 1.0
    desk.open(copied)
    desk.state.set_snapshot(snapshot(10, curve=curve()))
    desk.roc._hold(0.01)
    desk.roc._follow(curve())
    desk.evaluation._steps.note(desk.evaluation._chosen())
    undo(desk).clear()
    return desk


FOLLOWED = curve().tpr_at_fpr(0.01).threshold


def test_nothing_is_to_be_taken_back_before_somebody_chooses(trained: Desk) -> None:
    assert trained.state.threshold == FOLLOWED
    trained.state.set_snapshot(snapshot(20, curve=curve(shift=0.1)))
    assert not undo(trained).canUndo()


def test_a_drag_is_one_step_in_words(trained: Desk) -> None:
    choose(trained, 0.25, 0.30, 0.35)
    assert undo(trained).count() == 1
    assert undo(trained).undoText() == "threshold FPR 1 % → 0.350"
    choose(trained, 0.36, 0.38)
    assert [undo(trained).text(row) for row in range(2)] == ["threshold FPR 1 % → 0.350", "threshold 0.350 → 0.380"]


def test_it_goes_back_and_forth_with_rate_and_kept_choice(trained: Desk) -> None:
    choose(trained, 0.25, 0.35)
    chosen = kept(trained)
    assert chosen is not None
    assert (chosen.threshold, chosen.chosen_by, chosen.rule) == (0.35, "person", "set by hand")
    undo(trained).undo()
    assert trained.state.threshold == trained.roc._slider._field.value() == FOLLOWED
    assert trained.roc.held_fpr == 0.01
    assert trained.said == "Threshold: FPR 1 % again"
    default = kept(trained)
    assert default is not None
    assert (default.threshold, default.chosen_by, default.rule) == (FOLLOWED, "default", "FPR 1 %")
    undo(trained).redo()
    assert (trained.state.threshold, trained.roc.held_fpr) == (0.35, None)
    assert kept(trained) == chosen


def test_what_came_with_an_opened_run_comes_back_as_it_was(desk: Desk, copied: Path) -> None:
    choice = ThresholdChoice(
        threshold=0.123, distance="cosine", fpr=None, chosen_by="person", rule="EER of 2025", step=4
    )
    Run.open(copied).choose_threshold(choice)
    desk.open(copied)
    choose(desk, 0.3)
    assert kept(desk) != choice
    undo(desk).undo()
    assert desk.state.threshold == 0.123
    assert kept(desk) == choice


def test_rates_are_steps_of_their_own(trained: Desk) -> None:
    trained.roc._choose_threshold(0.25)
    trained.roc._choose_target(0.05)
    trained.roc._choose_target("eer")
    trained.roc._choose_threshold(0.3)
    texts = ["FPR 1 % → 0.250", "0.250 → FPR 5 %", "FPR 5 % → EER", "EER → 0.300"]
    assert [undo(trained).text(row) for row in range(4)] == [f"threshold {text}" for text in texts]
    thresholds = []
    for _ in texts:
        undo(trained).undo()
        thresholds.append(trained.state.threshold)
    shown = curve()
    assert thresholds == [shown.eer_point.threshold, shown.tpr_at_fpr(0.05).threshold, 0.25, FOLLOWED]


def test_to_choose_the_rate_that_is_held_is_a_persons_choice_too(trained: Desk) -> None:
    trained.roc._choose_target(0.01)
    assert undo(trained).undoText() == "threshold FPR 1 %"
    found = kept(trained)
    assert found is not None
    assert found.chosen_by == "person"
    undo(trained).undo()
    found = kept(trained)
    assert found is not None
    assert found.chosen_by == "default"


def test_the_same_once_more_is_no_step(trained: Desk) -> None:
    choose(trained, 0.25)
    choose(trained, 0.25)
    assert undo(trained).count() == 1


def test_a_drag_that_ends_where_it_began_leaves_no_step(trained: Desk) -> None:
    choose(trained, 0.25)
    choose(trained, 0.30, 0.25)
    assert undo(trained).count() == 1
    assert trained.state.threshold == 0.25
    choose(trained, 0.30, 0.25, 0.35)
    assert undo(trained).undoText() == "threshold 0.250 → 0.350"
    undo(trained).undo()
    undo(trained).undo()
    assert trained.state.threshold == FOLLOWED


def test_the_menu_follows_a_drag(trained: Desk) -> None:
    action = undo(trained).createUndoAction(trained.state)
    choose(trained, 0.25, 0.30)
    assert action.text() == "Undo threshold FPR 1 % → 0.300"
    assert action.isEnabled()


def test_a_long_drag_keeps_no_piece_of_itself(trained: Desk) -> None:
    """With `mergeWith` there would be one step object for each."""
    choose(trained, *np.linspace(0.1, 0.9, 200).tolist())
    gc.collect()
    assert sum(type(each).__name__ == "_Step" for each in gc.get_objects()) <= 2


def test_a_drag_ends_when_the_hand_rests(trained: Desk) -> None:
    now = 0.0
    trained.evaluation._steps._clock = lambda: now
    for value, rest in ((0.25, 0.9 * REST_S), (0.26, 0.9 * REST_S), (0.27, 1.1 * REST_S), (0.3, 0.0)):
        trained.roc._choose_threshold(value)
        now += rest
    assert [undo(trained).text(row) for row in range(2)] == ["threshold FPR 1 % → 0.270", "threshold 0.270 → 0.300"]


def test_after_an_undo_a_drag_is_a_new_step(trained: Desk) -> None:
    choose(trained, 0.25)
    trained.roc._choose_threshold(0.30)
    undo(trained).undo()
    trained.roc._choose_threshold(0.35)
    assert undo(trained).count() == 2
    undo(trained).undo()
    assert trained.state.threshold == 0.25


def test_a_rate_comes_back_on_the_curve_that_is_shown_now(trained: Desk) -> None:
    choose(trained, 0.25)
    newer = curve(shift=0.1)
    trained.state.set_snapshot(snapshot(20, curve=newer))
    assert trained.state.threshold == 0.25
    undo(trained).undo()
    assert trained.state.threshold == newer.tpr_at_fpr(0.01).threshold
    later = curve(shift=0.2)
    trained.state.set_snapshot(snapshot(30, curve=later))
    assert trained.state.threshold == later.tpr_at_fpr(0.01).threshold
    undo(trained).redo()
    assert trained.state.threshold == 0.25


def test_a_threshold_by_another_distance_comes_back_as_its_rate(trained: Desk) -> None:
    """0.3 accepts the impostor pairs from 0.2 to 0.3: 25 of 200; by the other distance all numbers are doubled."""
    choose(trained, 0.3)
    accepted = curve().at_threshold(curve().snapped(0.3)).fpr
    choose(trained, 0.4)
    doubled = type(curve())(genuine=2 * curve().genuine, impostor=2 * curve().impostor)
    trained.state.set_measured(snapshot(10, curve=doubled), "euclidean")
    undo(trained).undo()
    assert trained.state.threshold is not None
    assert doubled.at_threshold(trained.state.threshold).fpr == pytest.approx(accepted)
    assert trained.state.threshold == pytest.approx(0.6, abs=0.01)


def test_a_threshold_that_accepts_nothing_can_be_taken_back(trained: Desk) -> None:
    choose(trained, 0.25)
    choose(trained, -math.inf)
    assert undo(trained).undoText() == "threshold 0.250 → -∞"
    undo(trained).undo()
    assert trained.state.threshold == 0.25
    found = kept(trained)
    assert found is not None
    assert found.threshold == 0.25
    undo(trained).redo()
    assert trained.state.threshold == -math.inf


def test_another_run_has_steps_of_its_own(trained: Desk, stored: Path) -> None:
    choose(trained, 0.25)
    trained.open(stored)
    assert not undo(trained).canUndo()


def test_other_steps_stand_between(trained: Desk) -> None:
    choose(trained, 0.25)
    trained.exclusions.exclude(0)
    trained.roc._choose_threshold(0.3)
    assert undo(trained).count() == 3
    undo(trained).undo()
    undo(trained).undo()
    assert trained.state.exclusions == ()
    assert trained.state.threshold == 0.25
