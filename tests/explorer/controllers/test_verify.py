import math
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from core.errors import InputError
from core.evaluation.curve import VerificationCurve
from core.evaluation.figures import densities
from core.evaluation.parts import ThresholdParts
from core.runs import Run
from core.training import records
from explorer.bridge.inference import open_model
from explorer.panels.verify_view import VerdictView
from explorer.widgets.distance_scale import DistanceScale
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import curve, finished, snapshot


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A white image and a dark grey one: their distance is 0.8."""
    paths = tmp_path / "white.png", tmp_path / "grey.png"
    for path, level in zip(paths, (255, 51), strict=True):
        Image.fromarray(np.full((8, 8, 3), level, np.uint8)).save(path)
    return paths


def verdict(desk: Desk) -> VerdictView | None:
    return desk.verify_panel._view


def judged(desk: Desk) -> tuple[float, int]:
    view = verdict(desk)
    assert view is not None
    return round(view.distance, 6), view.step


def message(desk: Desk) -> str:
    return desk.verify_panel._message.sentence()


def test_without_a_model_it_says_what_to_do(desk: Desk, pair: tuple[Path, Path]) -> None:
    assert message(desk) == "Start a run or open one first: its model then looks at the images."
    desk.verify_panel.choose({"A": pair[0], "B": pair[1]})
    desk.settle()
    assert message(desk) == "Start a run or open one first: its model then looks at the images."
    assert verdict(desk) is None


def test_while_a_run_trains_it_looks_with_the_newest_weights(desk: Desk, pair: tuple[Path, Path]) -> None:
    session = desk.train()
    assert session.asked == ["start", "weights"]
    assert message(desk).startswith("The model is coming")
    session.give_weights(3)
    desk.settle()
    desk.verify_panel.choose({"A": pair[0], "B": pair[1]})
    assert session.asked[-1] == "weights"
    desk.settle()
    assert judged(desk) == (0.8, 3)
    session.give_weights(9)
    desk.settle()
    assert judged(desk) == (0.8, 9)
    session.asked.clear()
    session.look(snapshot(10, curve=curve()))
    desk.settle()
    assert session.asked == ["weights"]


def test_the_run_leaves_its_last_checkpoint_as_the_model(desk: Desk, pair: tuple[Path, Path]) -> None:
    session = desk.train()
    session.give_weights(3)
    desk.verify_panel.choose({"A": pair[0], "B": pair[1]})
    desk.settle()
    session.end(finished(40))
    desk.settle()
    assert judged(desk) == (0.8, 99)
    assert desk.models[-1] == (session.run_dir, None)


def test_a_run_that_fails_without_a_checkpoint_leaves_no_model(desk: Desk, pair: tuple[Path, Path]) -> None:
    session = desk.train()
    session.give_weights(3)
    desk.verify_panel.choose({"A": pair[0], "B": pair[1]})
    desk.settle()
    desk.model_error = InputError("run: has no checkpoint yet, so there is no model to load")
    session.end(records.Failed("the loss is not finite after step 3", ""))
    desk.settle()
    assert verdict(desk) is None
    assert message(desk) == "run: has no checkpoint yet, so there is no model to load"


def test_a_failed_start_leaves_the_model_of_the_run_that_is_shown(
    desk: Desk, stored: Path, pair: tuple[Path, Path]
) -> None:
    desk.open(stored)
    desk.verify_panel.choose({"A": pair[0], "B": pair[1]})
    desk.settle()
    desk.run.start()
    desk.settle()
    desk.session.end(records.Failed("device: there is no cuda here", ""))
    desk.settle()
    assert judged(desk) == (0.8, 99)
    assert desk.models == [(stored, None)]


def test_rates_are_those_of_identities_that_the_threshold_was_not_chosen_on(
    desk: Desk, pair: tuple[Path, Path]
) -> None:
    session = desk.train()
    session.give_weights(3)
    desk.verify_panel.choose({"A": pair[0], "B": pair[1]})
    desk.settle()
    near, far = VerificationCurve(np.array([0.1]), np.array([0.9])), VerificationCurve(np.array([0.6]), np.array([0.7]))
    session.look(replace(snapshot(10, curve=curve()), parts=ThresholdParts(near, far, 10, 10)))
    desk.settle()
    for threshold, rates in ((0.65, (1.0, 0.0)), (0.5, (0.0, 0.0)), (0.7, (1.0, 1.0))):
        desk.state.set_threshold(threshold)
        assert desk.verify_panel._rates == rates
    session.give_weights(4)
    desk.settle()
    assert verdict(desk).expected_tpr == 1.0  # type: ignore[union-attr]


def test_an_opened_run_verifies(desk: Desk, stored: Path, pair: tuple[Path, Path]) -> None:
    desk.open(stored)
    desk.verify_panel.choose({"A": pair[0], "B": pair[1]})
    desk.settle()
    assert judged(desk) == (0.8, 99)
    threshold = Run.open(stored).threshold()
    assert threshold is not None
    assert desk.verify_panel._threshold == threshold.threshold


def test_an_opened_run_without_a_checkpoint_says_so(desk: Desk, copied: Path) -> None:
    shutil.rmtree(copied / "checkpoints")
    desk.model_error = InputError(f"{copied}: has no checkpoint yet, so there is no model to load")
    desk.open(copied)
    assert message(desk) == f"{copied}: has no checkpoint yet, so there is no model to load"
    assert desk.state.snapshot is not None


def test_rates_follow_threshold_and_curve(desk: Desk, pair: tuple[Path, Path]) -> None:
    session = desk.train()
    session.give_weights(3)
    session.look(snapshot(10, curve=curve()))
    desk.verify_panel.choose({"A": pair[0], "B": pair[1]})
    desk.settle()
    desk.roc._choose_threshold(0.25)
    assert desk.verify_panel._rates == (curve().at_threshold(0.25).tpr, curve().at_threshold(0.25).fpr)
    session.look(snapshot(20, curve=curve(shift=0.1)))
    desk.settle()
    moved = curve(shift=0.1).at_threshold(0.25)
    assert desk.verify_panel._rates == (moved.tpr, moved.fpr)
    desk.roc._choose_threshold(-math.inf)
    assert desk.verify_panel._rates == (0.0, 0.0)


def test_another_run_takes_verdict_and_threshold_away(desk: Desk, stored: Path, pair: tuple[Path, Path]) -> None:
    desk.open(stored)
    desk.verify_panel.choose({"A": pair[0], "B": pair[1]})
    desk.settle()
    desk.train()
    assert verdict(desk) is None
    assert desk.verify_panel._threshold is None


def test_swap_and_clear(desk: Desk, stored: Path, pair: tuple[Path, Path]) -> None:
    desk.open(stored)
    desk.verify_panel.choose({"A": pair[0], "B": pair[1]})
    desk.settle()
    desk.verify_panel._on_swap()
    desk.settle()
    assert judged(desk) == (0.8, 99)
    assert [desk.verify_panel._pair.slots[name].content().caption for name in ("A", "B")] == ["grey.png", "white.png"]
    desk.verify_panel._pair.clear()
    desk.settle()
    assert verdict(desk) is None
    assert message(desk).startswith("Drop two images")


def test_a_text_file_is_said_at_the_slot(desk: Desk, stored: Path, pair: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    desk.open(stored)
    desk.verify_panel.choose({"A": pair[0], "B": tmp_path / "notes.txt"})
    desk.settle()
    assert verdict(desk) is None
    assert "notes.txt" in desk.verify_panel._pair.slots["B"].content().problem
    desk.verify_panel.choose({"B": pair[1]})
    desk.settle()
    assert judged(desk) == (0.8, 99)


def test_the_same_file_dropped_again_is_shown_again(desk: Desk, pair: tuple[Path, Path]) -> None:
    for _ in range(2):
        desk.verify_panel.choose({"A": pair[0]})
        desk.settle()
        content = desk.verify_panel._pair.slots["A"].content()
        assert (content.caption, content.waiting) == ("white.png", False)


def test_a_pasted_picture_is_compared(desk: Desk, stored: Path, pair: tuple[Path, Path]) -> None:
    picture = QImage(8, 8, QImage.Format.Format_ARGB32)
    picture.fill(0)  # transparent, which becomes white
    desk.open(stored)
    desk.verify_panel.choose({"A": picture, "B": pair[1]})
    desk.settle()
    assert judged(desk) == (0.8, 99)


def test_samples_of_the_run_are_found_by_their_ids(desk: Desk, stored: Path) -> None:
    opened = desk.open(stored)
    desk.verify_panel.choose({"A": opened.sample_ids[0], "B": opened.sample_ids[-1]})
    desk.settle()
    assert verdict(desk) is not None


def test_a_comparison_that_fails_is_said_in_the_panel_and_below(
    desk: Desk, stored: Path, pair: tuple[Path, Path]
) -> None:
    desk.open(stored)
    desk.inference.comparison_failed.emit("the device ran out of memory", "Traceback")
    assert message(desk) == "the device ran out of memory"
    assert desk.said == "the device ran out of memory"


# --- whose threshold, what lies near, and why


def label(desk: Desk, name: str) -> str:
    found = desk.verify_panel.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


def origin(desk: Desk) -> str:
    return label(desk, "threshold_origin")


def compare(desk: Desk, pair: tuple[Path, Path]) -> None:
    desk.verify_panel.choose({"A": pair[0], "B": pair[1]})
    desk.settle()


def test_the_threshold_says_whose_it_is_while_a_run_trains(desk: Desk, pair: tuple[Path, Path]) -> None:
    session = desk.train()
    session.give_weights(3)
    session.look(snapshot(10, curve=curve()))
    desk.settle()
    compare(desk, pair)
    assert origin(desk) == "default threshold, on held-out images at FPR 1 % (step 10)"
    desk.roc._choose_threshold(0.25)
    assert origin(desk) == "threshold chosen by hand (step 10)"
    halves = ThresholdParts(curve(), curve(), 10, 12)
    session.look(replace(snapshot(20, curve=curve()), parts=halves))
    desk.settle()
    desk.roc._choose_target(0.05)
    assert origin(desk) == "threshold chosen on 10 identities at FPR 5 % (step 20)"
    assert label(desk, "expected_rates").startswith("expected of 12 other identities")
    desk.roc._choose_threshold(-math.inf)
    assert origin(desk) == ""


def test_the_threshold_of_an_opened_run_is_that_of_its_file(desk: Desk, copied: Path, pair: tuple[Path, Path]) -> None:
    run = Run.open(copied)
    stored_choice = run.threshold()
    assert stored_choice is not None
    run.choose_threshold(stored_choice.model_copy(update={"chosen_by": "person", "rule": "EER", "step": 2}))
    desk.open(copied)
    compare(desk, pair)
    assert origin(desk) == "threshold chosen on held-out images at EER (step 2)"
    desk.roc._choose_threshold(0.3)
    assert origin(desk) == "threshold chosen by hand (step 4)"


def test_known_pairs_are_those_that_the_threshold_was_not_chosen_on(desk: Desk, pair: tuple[Path, Path]) -> None:
    session = desk.train()
    session.give_weights(3)
    compare(desk, pair)
    scale = desk.verify_panel.findChild(DistanceScale)
    assert scale._densities is None
    halves = ThresholdParts(curve(), curve(shift=0.1), 10, 12)
    session.look(replace(snapshot(10, curve=curve()), parts=halves))
    session.give_weights(4)
    desk.settle()
    assert (scale._densities.genuine == densities(halves.reporting).genuine).all()
    session.look(snapshot(20, curve=curve()))
    session.give_weights(5)
    desk.settle()
    assert (scale._densities.genuine == densities(curve()).genuine).all()
    desk.train()
    assert scale._densities is None


def test_neighbours_in_training_are_shown_with_pictures_and_selected(desk: Desk, stored: Path) -> None:
    desk.inference._make = open_model
    opened = desk.open(stored)
    assert desk.state.snapshot is not None
    trained = desk.state.snapshot.sample_ids[~desk.state.snapshot.held_out]
    desk.verify_panel.choose({"A": opened.sample_ids[trained[0]], "B": opened.sample_ids[trained[1]]})
    desk.settle()
    strips = [desk.verify_panel._neighbours.strips[name] for name in ("A", "B")]
    assert [strip.items()[0].sample_id for strip in strips] == trained[:2].tolist(), "each is nearest to itself"
    assert {item.sample_id for item in strips[0].items()} <= set(trained.tolist())
    assert strips[0]._images.keys() >= {item.sample_id for item in strips[0].items()}
    desk.verify_panel.neighbour_chosen.emit(int(trained[1]))
    assert desk.state.selection == (trained[1],)


def test_why_is_told_when_it_is_asked_for(desk: Desk, stored: Path, pair: tuple[Path, Path]) -> None:
    desk.inference._make = open_model
    desk.open(stored)
    compare(desk, pair)
    assert desk.verify_panel._explanation is None
    desk.verify_panel._tabs.setCurrentIndex(2)
    desk.settle()
    found = desk.verify_panel._explanation
    assert found is not None
    assert found.distance == pytest.approx(verdict(desk).distance, abs=1e-5)  # type: ignore[union-attr]


def test_why_that_fails_is_said_in_the_panel_and_below(desk: Desk, stored: Path) -> None:
    desk.open(stored)
    desk.inference.explanation_failed.emit("the device ran out of memory", "Traceback")
    assert desk.verify_panel._why._message.sentence() == "the device ran out of memory"
    assert desk.said == "the device ran out of memory"


def test_strips_pairs_and_map_give_their_images_as_drags(desk: Desk, stored: Path) -> None:
    opened = desk.open(stored)
    strip = desk.verify_panel._neighbours.strips["A"]
    for provider in (strip._provider, desk.map.neighbours.strip._provider, desk.pairs_panel._list._provider):
        carried = provider(2)
        assert carried is not None
        assert carried.id == opened.sample_ids[2]
        desk.verify_panel.choose({"A": carried.id})
        desk.settle()
        assert desk.verify_panel._pair.slots["A"].content().image is not None
