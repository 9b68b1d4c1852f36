"""One distance in the whole window, chosen in the ROC panel."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.distances import LinearDistance, exact_distances
from core.evaluation.curve import VerificationCurve
from core.runs import Run, ThresholdChoice
from core.stored_distances import load_distance, save_distance
from core.training.records import TrainingSnapshot
from explorer.panels.distance_field import DistanceField
from explorer.panels.histogram_plot import HistogramPlot
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import StandInSession, curve, snapshot


def look(session: StandInSession, desk: Desk, step: int = 10, **changes: object) -> TrainingSnapshot:
    """A snapshot of 40 images whose curve is the one by cosine."""
    from core.evaluation.verification import verification_curve

    found = snapshot(step, count=40)
    held_out = found.held_out
    measured = verification_curve(found.embeddings[held_out], found.labels[held_out], "cosine")
    found = replace(found, curve=measured, **changes)  # type: ignore[arg-type]
    session.look(found)
    desk.settle()
    return found


def choose(desk: Desk, name: str) -> None:
    """As a click in the list."""
    field = desk.roc.findChild(DistanceField)
    field.setCurrentIndex([choice.value for choice in field._choices].index(name))
    field.activated.emit(field.currentIndex())


def axis(desk: Desk) -> str:
    return str(desk.roc.findChild(HistogramPlot).bottom.labelText).partition(" · ")[0]


def progress(desk: Desk) -> str:
    return str(desk.roc._header.provenance.toolTip())


def by_hand(found: TrainingSnapshot, rule: "str | LinearDistance") -> VerificationCurve:
    rows, labels = found.embeddings[found.held_out], found.labels[found.held_out]
    distances = exact_distances(rows, rows, rule).numpy()
    first, second = np.triu_indices(len(rows), 1)
    same = labels[first] == labels[second]
    return VerificationCurve(distances[first, second][same], distances[first, second][~same])


@pytest.mark.parametrize("name", ["euclidean", "squared-euclidean", "mahalanobis", "nca"])
def test_curve_threshold_map_and_verdict_change_together(desk: Desk, name: str) -> None:
    session = desk.train()
    found = look(session, desk)
    before = desk.state.threshold
    choose(desk, name)
    assert (desk.state.distance, desk.state.threshold, axis(desk)) == ("cosine", before, "distance (cosine)")
    desk.settle()
    assert desk.state.distance == name
    assert isinstance(desk.state.rule, str) == (name not in ("mahalanobis", "nca"))
    expected = by_hand(found, desk.state.rule)
    assert desk.state.curve is not None
    assert (desk.state.curve.auc, desk.state.curve.eer) == pytest.approx((expected.auc, expected.eer))
    assert desk.state.threshold == pytest.approx(expected.tpr_at_fpr(0.01).threshold)
    assert desk.verify_panel._threshold == desk.state.threshold
    assert desk.roc._histogram.bottom.labelText != "distance (cosine)"
    assert desk.inference._measure is not None
    assert desk.inference._measure.distance is desk.state.rule
    desk.worker.answer()
    desk.settle()
    desk.maps.tick()
    assert desk.worker.requests[-1].distance is desk.state.rule


def test_the_runs_own_distance_comes_back_at_once(desk: Desk) -> None:
    session = desk.train()
    found = look(session, desk)
    choose(desk, "mahalanobis")
    desk.settle()
    choose(desk, "cosine")
    assert (desk.state.distance, desk.state.fitted, desk.state.curve) == ("cosine", None, found.curve)
    assert axis(desk) == "distance (cosine)"


def test_newer_snapshots_are_measured_by_the_distance_chosen(desk: Desk) -> None:
    session = desk.train()
    look(session, desk)
    choose(desk, "mahalanobis")
    desk.settle()
    first = desk.state.fitted
    newer = look(session, desk, step=20)
    desk.settle()
    assert desk.state.snapshot is not None
    assert (desk.state.snapshot.step, desk.state.distance) == (20, "mahalanobis")
    assert desk.state.fitted is not first
    assert desk.state.curve is not None
    assert desk.state.curve.auc == pytest.approx(by_hand(newer, desk.state.rule).auc)


def test_a_change_says_that_it_is_under_way_a_refresh_does_not(desk: Desk) -> None:
    session = desk.train()
    look(session, desk)
    choose(desk, "nca")
    assert progress(desk) == "NCA is being fitted …"
    desk.settle()
    assert progress(desk).startswith("step 10 · held-out")
    desk.training.tick()
    session.look(replace(snapshot(20, count=40), curve=curve()))
    desk.training.tick()
    assert "fitted" not in progress(desk)


def test_a_choice_that_is_taken_back_leaves_nothing_behind(desk: Desk) -> None:
    session = desk.train()
    found = look(session, desk)
    choose(desk, "nca")
    choose(desk, "cosine")
    desk.settle()
    assert (desk.state.distance, desk.state.curve) == ("cosine", found.curve)
    assert progress(desk).startswith("step 10")


def test_a_threshold_held_by_hand_keeps_its_fpr(desk: Desk) -> None:
    session = desk.train()
    found = look(session, desk)
    threshold = float(np.median(by_hand(found, "cosine").impostor))
    desk.roc._choose_threshold(threshold)
    fpr = by_hand(found, "cosine").at_threshold(threshold).fpr
    choose(desk, "mahalanobis")
    desk.settle()
    expected = by_hand(found, desk.state.rule).tpr_at_fpr(fpr)
    assert desk.state.threshold == pytest.approx(expected.threshold)
    assert expected.fpr == pytest.approx(fpr)
    assert desk.roc.held_rule == "set by hand"


def test_another_run_starts_with_its_own_distance(desk: Desk, stored: Path) -> None:
    session = desk.train()
    look(session, desk)
    choose(desk, "euclidean")
    desk.settle()
    desk.training.close()
    desk.open(stored)
    assert (desk.state.distance, axis(desk)) == ("cosine", "distance (cosine)")
    assert desk.roc.findChild(DistanceField).value() == "cosine"


# --- what cannot be


def test_too_few_training_images_disable_a_distance_and_say_so(desk: Desk) -> None:
    session = desk.train()
    look(session, desk, held_out=np.ones(40, np.bool_))
    field = desk.roc.findChild(DistanceField)
    usable = [bool(field.model().item(row).isEnabled()) for row in range(field.count())]  # type: ignore[attr-defined]
    assert usable == [True, True, True, False, False]
    assert field.itemData(3, 3).startswith(
        "Not now: Mahalanobis needs at least 2 embeddings, found 0 among the training images of this snapshot."
    )
    look(session, desk, step=20)
    assert all(field.model().item(row).isEnabled() for row in range(field.count()))  # type: ignore[attr-defined]
    assert not field.itemData(3, 3).startswith("Not now")


def test_a_fit_that_fails_is_told_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    session = desk.train()
    found = look(session, desk, held_out=np.arange(40) < 39)
    choose(desk, "mahalanobis")
    desk.settle()
    assert desk.said == "Mahalanobis needs at least 2 embeddings, found 1; images are compared by cosine instead"
    assert (desk.state.distance, desk.state.curve) == ("cosine", found.curve)
    assert desk.roc.findChild(DistanceField).value() == "cosine"
    assert progress(desk).startswith("step 10")


def test_a_snapshot_that_cannot_be_fitted_is_shown_by_the_runs_own_distance(desk: Desk) -> None:
    session = desk.train()
    look(session, desk)
    choose(desk, "mahalanobis")
    desk.settle()
    bare = look(session, desk, step=20, held_out=np.ones(40, np.bool_))
    desk.settle()
    assert desk.said.endswith("found 0; images are compared by cosine instead")
    assert (desk.state.distance, desk.state.curve) == ("cosine", bare.curve)
    assert axis(desk) == "distance (cosine)"


# --- what is kept


def test_a_threshold_for_another_distance_is_kept_with_that_distance(desk: Desk, copied: Path) -> None:
    desk.open(copied)
    choose(desk, "mahalanobis")
    desk.settle()
    desk.roc._choose_target("eer")
    desk.evaluation.store_threshold()
    desk.settle()
    run = Run.open(copied)
    kept = run.threshold()
    assert kept is not None
    assert (kept.distance, kept.step, kept.chosen_by, kept.rule) == ("mahalanobis", 4, "person", "EER")
    assert kept.threshold == desk.state.threshold
    assert desk.state.fitted is not None
    np.testing.assert_array_equal(load_distance(run, "mahalanobis", 4).W, desk.state.fitted.W)


def test_a_choice_of_distance_alone_keeps_nothing(desk: Desk, copied: Path) -> None:
    desk.open(copied)
    choose(desk, "mahalanobis")
    desk.settle()
    desk.evaluation.store_threshold()
    desk.settle()
    found = Run.open(copied).threshold()
    assert found is not None
    assert (found.distance, found.chosen_by) == ("cosine", "default")


def test_a_persons_threshold_follows_to_the_next_distance_and_the_next_fit(desk: Desk, copied: Path) -> None:
    opened = desk.open(copied)
    desk.roc._choose_threshold(0.25)
    choose(desk, "mahalanobis")
    desk.settle()
    assert desk.evaluation._unstored is not None
    assert desk.evaluation._unstored[1].distance == "mahalanobis"
    assert opened.snapshot is not None
    desk.evaluation._distances.show(replace(opened.snapshot, step=9))
    desk.settle()
    desk.evaluation.store_threshold()
    desk.settle()
    kept = Run.open(copied).threshold()
    assert kept is not None
    assert (kept.distance, kept.step) == ("mahalanobis", 9)
    assert Run.open(copied).distance_path("mahalanobis", 9).is_file()


def keep(run: Path, distance: str, step: int = 4) -> None:
    Run.open(run).choose_threshold(
        ThresholdChoice(threshold=1.25, distance=distance, fpr=None, chosen_by="person", rule="set by hand", step=step)  # type: ignore[arg-type]
    )


def test_an_opened_run_is_shown_by_the_distance_of_its_threshold(desk: Desk, copied: Path) -> None:
    W = np.diag([3.0, 1, 1, 1, 1, 1, 1, 1])
    save_distance(Run.open(copied), LinearDistance("nca", W), step=4)
    keep(copied, "nca")
    desk.open(copied)
    assert (desk.state.distance, desk.state.threshold) == ("nca", 1.25)
    assert desk.state.fitted is not None
    np.testing.assert_array_equal(desk.state.fitted.W, W)
    assert desk.roc.findChild(DistanceField).value() == "nca"
    assert desk.roc.held_fpr is None


def test_an_opened_run_whose_distance_is_damaged_is_shown_by_its_own(desk: Desk, copied: Path) -> None:
    path = Run.open(copied).distance_path("nca", 4)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"?")
    keep(copied, "nca")
    desk.open(copied)
    assert "the distance cannot be read" in desk.said
    assert desk.state.distance == "cosine"
    assert desk.state.threshold is not None
    assert math.isfinite(desk.state.threshold)
    assert desk.state.threshold != 1.25


# --- the verdict


def test_the_pair_is_compared_anew(desk: Desk, tmp_path: Path) -> None:
    for name in "ab":
        Image.fromarray(np.full((8, 8, 3), 51, np.uint8)).save(tmp_path / f"{name}.png")
    session = desk.train(sample_names=tuple(f"{'ab'[i % 2]}/{i}.png" for i in range(40)))
    session.give_weights(3)
    found = look(session, desk)
    desk.verify_panel.choose({"A": tmp_path / "a.png", "B": tmp_path / "b.png"})
    desk.settle()
    verifier = desk.inference._verifier
    assert verifier is not None
    assert verifier.compared_by == "cosine"  # type: ignore[attr-defined]
    panel, meanwhile = desk.verify_panel, []
    desk.state.snapshot_changed.connect(lambda _: meanwhile.append((panel._view, panel._message.sentence())))
    choose(desk, "mahalanobis")
    desk.settle()
    assert meanwhile == [(None, "comparing…")]
    assert panel._view is not None
    assert verifier.compared_by is desk.state.fitted  # type: ignore[attr-defined]
    assert found.curve is not desk.state.curve


def test_the_map_names_a_fitted_distance(desk: Desk) -> None:
    session = desk.train()
    look(session, desk)
    choose(desk, "mahalanobis")
    desk.settle()
    desk.maps.tick()
    desk.worker.answer()
    desk.settle()
    desk.settle()
    view = desk.map._newest
    assert view is not None
    assert view.provenance == "closed set · Mahalanobis"
