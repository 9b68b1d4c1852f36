"""Warnings from hand-made records: told in time, once, and again only after they had gone."""

import math
from dataclasses import replace

import pytest

from core.hyperparameters import Hyperparameters
from core.loss_specs import LOSS_SPECS
from core.training.health import STEPS, HealthMonitor
from core.training.records import HealthWarning, StepRecord

WELL = StepRecord(
    step=0,
    epoch=1,
    time=0.0,
    total=1.0,
    cls=0.5,
    seg=None,
    metric=0.13,
    learning_rate=1e-3,
    active_fraction=0.4,
    easy=50,
    semi_hard=30,
    hard=20,
    mean_d_ap=0.3,
    mean_d_an=0.8,
    effective_rank=6.0,
    gradient_norm=1.0,
)


class Watched:
    """A monitor that is told of steps, one after the other."""

    def __init__(self, loss="triplet", distance="cosine", classes=10, **live) -> None:
        self._monitor = HealthMonitor(loss, distance, classes)
        self._live = Hyperparameters(**live)
        self._step = 0

    def after(self, steps: int, **changes) -> list[HealthWarning]:
        warnings = []
        for _ in range(steps):
            self._step += 1
            warnings += self._monitor.observe(replace(WELL, step=self._step, **changes), self._live)
        return warnings


def test_all_is_well() -> None:
    for loss in ("triplet", "contrastive", "arcface", "n-pair"):
        assert Watched(loss).after(5 * STEPS) == []


@pytest.mark.parametrize(
    ("loss", "live", "value"),
    [
        ("triplet", {"margin": 0.2}, 0.2),
        ("soft-triplet", {"margin": 0.2}, math.log(1 + math.exp(0.2))),
        ("quadruplet", {"margin": 0.2}, 0.3),
        ("contrastive", {"margin": 1.0}, 1.0),
        ("contrastive-squared", {"margin": 0.5}, 0.25),
    ],
)
def test_a_loss_at_the_margin(loss, live, value) -> None:
    watched = Watched(loss, mining="hard", **live)
    assert watched.after(STEPS - 1, metric=1.005 * value) == []
    (warning,) = watched.after(1, metric=0.995 * value)
    assert warning.step == STEPS
    assert f"For {STEPS} steps the metric loss has sat at {0.995 * value:.4f}" in warning.seen
    assert f"at margin {live['margin']:g}" in warning.seen
    assert "Lower the learning rate" in warning.advice
    assert ("mining" in warning.advice) == LOSS_SPECS[loss].mined
    assert watched.after(STEPS, metric=1.05 * value) == []


def test_nothing_semi_hard_is_left() -> None:
    watched = Watched(mining="semi-hard")
    (warning,) = watched.after(3 * STEPS, semi_hard=0, hard=123, metric=0.0)
    assert "semi-hard mining has found no triplet, although 123 of the last batch are hard" in warning.seen
    assert "Choose mining 'all' or 'hard'" in warning.advice


@pytest.mark.parametrize(("live", "changes"), [({}, {"hard": 0}), ({"mining": "all"}, {"hard": 9})])
def test_without_hard_triplets_or_semi_hard_mining_that_is_no_trouble(live, changes) -> None:
    assert Watched(**live).after(3 * STEPS, semi_hard=0, metric=0.0, **changes) == []


@pytest.mark.parametrize(("distance", "near", "far"), [("cosine", 0.009, 0.011), ("euclidean", 0.14, 0.15)])
def test_everything_in_one_place(distance, near, far) -> None:
    watched = Watched(distance=distance)
    assert watched.after(2 * STEPS, mean_d_an=far) == []
    (warning,) = watched.after(2 * STEPS, mean_d_an=near)
    assert f"have been {near:.2g} apart on average" in warning.seen
    assert "collapsed" in warning.advice


def test_everything_on_a_line() -> None:
    (warning,) = Watched().after(2 * STEPS, effective_rank=1.05)
    assert "effective rank 1.05" in warning.seen
    assert Watched(classes=3).after(2 * STEPS, effective_rank=1.05) == []


def test_it_is_told_once_and_again_when_it_comes_back() -> None:
    watched = Watched()
    assert len(watched.after(10 * STEPS, mean_d_an=0.0)) == 1
    assert watched.after(1) == []
    assert watched.after(STEPS - 1, mean_d_an=0.0) == []
    (again,) = watched.after(1, mean_d_an=0.0)
    assert again.step == 11 * STEPS + 1


def test_each_condition_is_told_by_itself() -> None:
    warnings = Watched(mining="semi-hard").after(STEPS, mean_d_an=0.0, effective_rank=1.0, semi_hard=0)
    assert len(warnings) == 3


def test_a_skipped_step_tells_nothing() -> None:
    watched = Watched()
    watched.after(STEPS - 1, mean_d_an=0.0)
    assert watched.after(1, total=None, mean_d_an=None, fault="x is nan") == []
    assert len(watched.after(1, mean_d_an=0.0)) == 1


def test_figures_that_are_absent_are_no_trouble() -> None:
    absent = dict.fromkeys(("metric", "easy", "semi_hard", "hard", "mean_d_ap", "mean_d_an", "effective_rank"))
    assert Watched().after(2 * STEPS, **absent) == []


def test_a_metric_loss_without_weight_is_not_judged() -> None:
    assert Watched(gamma=0.0).after(2 * STEPS, mean_d_an=0.0) == []
    assert Watched(margin=0.0, mining="hard").after(2 * STEPS, metric=0.0) == []


def test_words_are_whole_sentences() -> None:
    (warning,) = Watched().after(STEPS, mean_d_an=0.0)
    for words in (warning.seen, warning.advice):
        assert words[0].isupper()
        assert words.endswith(".")
        assert "\n" not in words
