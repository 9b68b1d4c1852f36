import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.distances import LinearDistance
from core.errors import InputError
from core.evaluation.pair_scan import PairScan
from core.evaluation.scanned import scanned_curve
from core.evaluation.verification import verification_curve
from core.fitted_distances import fit_distance
from core.runs import Run
from core.stored_distances import save_distance
from explorer.bridge.measuring import Measured, MeasuringBridge, Wish, measure_by
from explorer.bridge.tasks import TaskThread
from tests.explorer.bridge.conftest import Settle
from tests.explorer.standins import curve, heard, names, snapshot
from tests.explorer.tiny import copied_run

RUN = Path("run")
Said = list[tuple[object, ...]]


def wish(step: int = 10, distance: str = "mahalanobis", run: Path = RUN) -> Wish:
    return Wish(run, snapshot(step, curve=curve(), count=40), distance)  # type: ignore[arg-type]


# --- the measurement


@pytest.mark.parametrize("name", ["mahalanobis", "nca"])
def test_a_distance_is_fitted_on_the_training_images_and_judged_on_the_held_out_ones(name: str) -> None:
    asked = wish(distance=name)
    found = measure_by(asked)
    rows, labels, held_out = asked.snapshot.embeddings, asked.snapshot.labels, asked.snapshot.held_out
    rule = fit_distance(name, rows[~held_out], labels[~held_out])  # type: ignore[arg-type]
    assert found.fitted is not None
    np.testing.assert_array_equal(found.fitted.W, rule.W)
    expected = verification_curve(rows[held_out], labels[held_out], rule)
    assert found.snapshot.curve is not None
    assert (found.snapshot.curve.auc, found.snapshot.curve.eer) == (expected.auc, expected.eer)
    assert (found.distance, found.snapshot.step) == (name, 10)


def test_a_distance_that_needs_no_fit() -> None:
    asked = wish(distance="euclidean")
    found = measure_by(asked)
    held_out = asked.snapshot.held_out
    expected = verification_curve(asked.snapshot.embeddings[held_out], asked.snapshot.labels[held_out], "euclidean")
    assert found.fitted is None
    assert found.snapshot.curve is not None
    assert found.snapshot.curve.eer_point == expected.eer_point


def test_excluded_images_are_left_out_and_come_back() -> None:
    asked = replace(wish(distance="euclidean"), excluded=frozenset({0, 3, 39}))
    found = measure_by(asked).snapshot
    left = asked.snapshot.held_out & ~np.isin(asked.snapshot.sample_ids, [0, 3])
    expected = verification_curve(asked.snapshot.embeddings[left], asked.snapshot.labels[left], "euclidean")
    assert found.curve is not None
    assert found.curve.impostor.tolist() == expected.impostor.tolist()
    assert (found.excluded, found.excluded_images) == ({0, 3, 39}, 2)
    again = measure_by(replace(asked, snapshot=found, excluded=frozenset())).snapshot
    assert again.curve is not None
    assert again.curve.genuine_pairs + again.curve.impostor_pairs == 20 * 19 // 2


def test_without_pairs_there_is_no_curve_by_any_distance() -> None:
    alone = replace(wish().snapshot, held_out=np.zeros(len(wish().snapshot.held_out), dtype=np.bool_))
    assert measure_by(replace(wish(), snapshot=alone, distance="euclidean")).snapshot.curve is None


def test_the_distance_that_is_kept_with_the_run_comes_first(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    run = Run.open(copied_run(tmp_path_factory, tmp_path))
    kept = np.eye(8)[:2]
    save_distance(run, LinearDistance("nca", kept), step=4)
    eight = replace(snapshot(4, curve=curve(), count=40), embeddings=np.tile(np.eye(8, dtype=np.float32), (5, 1)))
    found = measure_by(Wish(run.path, eight, "nca"))
    assert found.fitted is not None
    np.testing.assert_array_equal(found.fitted.W, kept)
    later = measure_by(Wish(run.path, replace(eight, step=5), "nca"))
    assert later.fitted is not None
    assert later.fitted.W.shape == (8, 8)


def test_too_few_training_images_are_one_sentence() -> None:
    few = replace(snapshot(10, curve=curve()), held_out=np.ones(8, np.bool_))
    with pytest.raises(InputError, match="Mahalanobis needs at least 2 embeddings, found 0"):
        measure_by(replace(wish(), snapshot=few))


# --- the bridge


class Far:
    """Measures when it is let, and remembers what."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.asked: list[tuple[int, str]] = []
        self.error: Exception | None = None

    def __call__(self, wish: Wish) -> Measured:
        self.asked.append((wish.snapshot.step, wish.distance))
        self.gate.wait(10)
        if self.error is not None:
            raise self.error
        return Measured(wish.snapshot, wish.distance, None)


@pytest.fixture
def far() -> Far:
    return Far()


@pytest.fixture
def bridge(tasks: TaskThread, far: Far) -> MeasuringBridge:
    return MeasuringBridge(tasks, far)


@pytest.fixture
def said(bridge: MeasuringBridge) -> Said:
    return heard(("measured", bridge.measured), ("failed", bridge.failed), ("working", bridge.working))


def found(said: Said) -> list[tuple[int, str]]:
    results = [each[1] for each in said if each[0] == "measured"]
    return [(result.snapshot.step, result.distance) for result in results if isinstance(result, Measured)]


def test_it_says_that_it_works_and_what_it_found(bridge: MeasuringBridge, far: Far, said: Said, settle: Settle) -> None:
    bridge.ask(wish())
    assert said == [("working", True)]
    far.gate.set()
    settle()
    assert names(said) == ["working", "working", "measured"]
    assert said[1] == ("working", False)
    assert found(said) == [(10, "mahalanobis")]


def test_newer_snapshots_wait_and_only_the_newest_is_next(
    bridge: MeasuringBridge, far: Far, said: Said, settle: Settle
) -> None:
    for step in (10, 20, 30):
        bridge.ask(wish(step))
    far.gate.set()
    settle()
    settle()
    assert far.asked == [(10, "mahalanobis"), (30, "mahalanobis")]
    assert found(said) == far.asked


def test_another_distance_makes_the_former_one_stale(
    bridge: MeasuringBridge, far: Far, said: Said, settle: Settle
) -> None:
    bridge.ask(wish(10, "nca"))
    bridge.ask(wish(20, "nca"))
    bridge.ask(wish(20, "mahalanobis"))
    far.gate.set()
    settle()
    assert found(said) == [(20, "mahalanobis")]
    assert said[-2] == ("working", False)


def test_other_images_left_out_make_the_former_one_stale(
    bridge: MeasuringBridge, far: Far, said: Said, settle: Settle
) -> None:
    for excluded in ((), (1,), (1, 2)):
        bridge.ask(replace(wish(10), excluded=frozenset(excluded)))
    far.gate.set()
    settle()
    assert len(found(said)) == 1


def test_what_is_forgotten_comes_to_nothing(bridge: MeasuringBridge, far: Far, said: Said, settle: Settle) -> None:
    bridge.forget()
    assert said == []
    bridge.ask(wish(10))
    bridge.ask(wish(20))
    bridge.forget()
    far.gate.set()
    settle()
    assert said == [("working", True), ("working", False)]


def test_a_failure_is_told_once_and_the_next_wish_is_tried(
    bridge: MeasuringBridge, far: Far, said: Said, settle: Settle
) -> None:
    far.error = InputError("NCA needs at least 2 classes, found 1")
    bridge.ask(wish(10))
    bridge.ask(wish(20))
    far.gate.set()
    settle()
    assert [each[1] for each in said if each[0] == "failed"] == ["NCA needs at least 2 classes, found 1"]
    far.error = None
    bridge.ask(wish(30))
    settle()
    assert found(said) == [(30, "mahalanobis")]


# --- one more rate of a curve of many pairs


def test_a_rate_is_measured_behind_the_window(bridge: MeasuringBridge, settle: Settle) -> None:
    generator = np.random.default_rng(0)
    shown = scanned_curve(PairScan(generator.normal(size=(200, 4)), np.repeat(np.arange(50), 4)))
    rate = next(rate for rate in np.arange(0.2, 0.8, 0.01) if not shown.is_rate_known(rate))
    told = heard(("measured", bridge.rate_measured), ("failed", bridge.rate_failed))
    bridge.measure_rate(shown, rate)
    settle()
    assert told == [("measured", shown)]
    assert shown.is_rate_known(rate)
