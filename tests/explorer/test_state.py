from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.config import make_config
from core.distances import LinearDistance
from core.run_content import Exclusion
from explorer.state import ExplorerState, RunView, genuine_pair, provenance
from tests.explorer.standins import curve, heard, names, snapshot

RUN = RunView(Path("run"), make_config({}), ("a", "b"), ("a/0.png",), has_masks=False)


@pytest.fixture
def state() -> ExplorerState:
    return ExplorerState()


@pytest.fixture
def told(state: ExplorerState) -> list[tuple[object, ...]]:
    signals = "run dataset snapshot threshold selection model_step"
    return heard(*((name, getattr(state, f"{name}_changed")) for name in signals.split()))


def test_a_value_is_told_once(state: ExplorerState, told: list[tuple[object, ...]]) -> None:
    for _ in range(2):
        state.set_threshold(0.25)
        state.set_selection((1, 2))
        state.set_model_step(7)
    assert told == [("threshold", 0.25), ("selection", (1, 2)), ("model_step", 7)]


def test_the_threshold_that_accepts_nothing_is_a_threshold(
    state: ExplorerState, told: list[tuple[object, ...]]
) -> None:
    for _ in range(2):
        state.set_threshold(float("-inf"))
    assert told == [("threshold", float("-inf"))]


def test_another_run_takes_all_of_the_former_one_away(state: ExplorerState, told: list[tuple[object, ...]]) -> None:
    state.set_run(RUN)
    state.set_snapshot(snapshot(10, curve=curve()))
    state.set_threshold(0.25)
    state.set_selection((1,))
    state.set_model_step(12)
    told.clear()
    state.set_run(RUN)
    assert names(told) == ["run", "model_step", "selection", "snapshot"]
    assert (state.snapshot, state.curve, state.threshold) == (None, None, None)
    assert (state.selection, state.model_step) == ((), 0)
    state.set_threshold(0.25)
    assert told[-1] == ("threshold", 0.25)


def test_the_curve_is_the_newest_snapshots(state: ExplorerState) -> None:
    assert state.curve is None
    newest = snapshot(10, curve=curve())
    state.set_snapshot(newest)
    assert state.curve is newest.curve


def test_the_distance_changes_with_the_snapshot_that_is_measured_by_it(
    state: ExplorerState, told: list[tuple[object, ...]]
) -> None:
    seen: list[tuple[object, ...]] = []
    state.distance_changed.connect(lambda name: seen.append((name, state.rule, state.snapshot)))
    state.set_run(RUN)
    fitted, newest = LinearDistance("nca", np.eye(4)), snapshot(10, curve=curve())
    told.clear()
    state.set_measured(newest, "nca", fitted)
    assert seen == [("nca", fitted, newest)]
    assert told == [("snapshot", newest)]
    state.set_measured(newest, "nca", LinearDistance("nca", np.eye(4)))
    assert state.rule is not fitted
    state.set_run(RUN)
    assert [name for name, *_ in seen] == ["nca", "cosine"]
    assert (state.distance, state.fitted, state.rule) == ("cosine", None, "cosine")


def test_a_picture_says_what_it_is_of() -> None:
    assert provenance(snapshot(540), 540) == "step 540 · held-out, 4 images · closed set"
    assert provenance(snapshot(540), 541) == "as of step 540 · held-out, 4 images · closed set"


def test_a_picture_of_a_sample_says_of_how_many() -> None:
    sampled = replace(snapshot(540), held_out_total=400, open_set=True)
    assert provenance(sampled, 0) == "step 540 · held-out, 4 of 400 images · open set"


def test_a_picture_without_excluded_images_says_how_many_they_are() -> None:
    """Only held-out images are left out of a curve: 7 is one that is trained on."""
    without = replace(snapshot(540), excluded=frozenset({1, 2, 7}))
    assert provenance(without, 0) == "step 540 · held-out, 2 images (2 excluded) · closed set"


def test_exclusions_are_told_once_and_end_with_the_run(state: ExplorerState) -> None:
    told = heard(("exclusions", state.exclusions_changed))
    state.set_run(RUN)
    found = (Exclusion(sample="a/0.png", reason="wrong label", at=""), Exclusion(sample="b", reason="", at=""))
    state.set_exclusions(found)
    state.set_exclusions(found)
    assert state.excluded == {0}
    state.set_run(RUN)
    assert told == [("exclusions", found), ("exclusions", ())]
    assert state.excluded == frozenset()


def test_an_example_is_two_held_out_images_of_one_class(state: ExplorerState) -> None:
    assert genuine_pair(state) is None
    state.set_run(replace(RUN, sample_names=tuple(f"{name}.png" for name in "abcdefgh")))
    assert genuine_pair(state) is None
    look = snapshot()  # of classes 0 1 0 1 ..., the first four images held out
    state.set_snapshot(replace(look, held_out=np.zeros_like(look.held_out)))
    assert genuine_pair(state) is None
    state.set_snapshot(look)
    assert genuine_pair(state) == ("a.png", "c.png")
