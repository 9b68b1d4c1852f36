"""Thresholds from the other folds, against counting every one of them."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.evaluation.protocols.folds import (
    PairTrials,
    accuracy_at,
    best_threshold,
    fold_accuracies,
    fold_parts,
    in_several_folds,
)


def brute_force_threshold(distances: list[float], same: list[bool]) -> float:
    """Every observed distance in turn, from the smallest; accepting nothing only where that is better."""

    def right(threshold: float) -> int:
        return sum((distance <= threshold) == kind for distance, kind in zip(distances, same, strict=True))

    best = min(distances)
    for threshold in sorted(distances):
        if right(threshold) > right(best):
            best = threshold
    return -math.inf if right(-math.inf) > right(best) else best


trials = st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=1, max_size=30)
"""Few different distances, so that ties are the rule."""


@settings(max_examples=200, deadline=None)
@given(trials)
def test_the_best_threshold(pairs: list[tuple[int, bool]]) -> None:
    distances, same = [distance / 8 for distance, _ in pairs], [kind for _, kind in pairs]
    found = best_threshold(np.array(distances), np.array(same))
    assert found == brute_force_threshold(distances, same)
    right = np.mean([(distance <= found) == kind for distance, kind in zip(distances, same, strict=True)])
    assert accuracy_at(found, np.array(distances), np.array(same)) == pytest.approx(right)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=1, max_size=6), min_size=2, max_size=6))
def test_each_fold_takes_the_threshold_of_the_others(by_fold: list[list[tuple[int, bool]]]) -> None:
    distances = np.array([pair[0] for fold in by_fold for pair in fold], dtype=np.float64)
    same = np.array([pair[1] for fold in by_fold for pair in fold])
    folds = np.array([number for number, fold in enumerate(by_fold) for _ in fold])
    shuffled = np.random.default_rng(len(folds)).permutation(len(folds))
    found = fold_accuracies(distances[shuffled], same[shuffled], folds[shuffled])
    for number, own in enumerate(by_fold):
        others = [pair for other, fold in enumerate(by_fold) if other != number for pair in fold]
        threshold = brute_force_threshold([float(pair[0]) for pair in others], [pair[1] for pair in others])
        right = sum((distance <= threshold) == kind for distance, kind in own)
        assert found[number] == (threshold, pytest.approx(right / len(own)))


@pytest.mark.parametrize(
    ("genuine", "impostor", "threshold", "accuracy"),
    [
        ([0.1, 0.2], [0.3, 0.4], 0.2, 1.0),  # the largest genuine distance, not one between the kinds
        ([0.1, 0.3], [0.2, 0.4], 0.1, 0.75),  # 0.1 and 0.3 are equally good: the smaller
        ([0.5], [0.5], 0.5, 0.5),  # a tie: one of the two is wrong either way, so an observed distance
        ([0.9], [0.1, 0.2], -math.inf, 2 / 3),  # nothing is accepted
        ([0.9], [0.1], 0.9, 0.5),  # accepting all is as good as nothing
        ([0.3, 0.1], [], 0.3, 1.0),
        ([], [0.2], -math.inf, 1.0),
    ],
)
def test_thresholds_by_hand(genuine: list[float], impostor: list[float], threshold: float, accuracy: float) -> None:
    distances = np.array([*impostor, *genuine])
    same = np.repeat([False, True], [len(impostor), len(genuine)])
    assert best_threshold(distances, same) == threshold
    assert accuracy_at(threshold, distances, same) == pytest.approx(accuracy)


def test_two_folds_by_hand() -> None:
    """Fold x is judged at 0.4 of fold y, where its impostor pair at 0.3 is accepted; y at 0.2, rejecting 0.4."""
    trials = PairTrials(
        pairs=np.array([[0, 1], [0, 2], [3, 4], [3, 5]]),
        same=np.array([True, False, True, False]),
        folds=np.array([0, 0, 1, 1]),
        fold_names=("x", "y"),
    )
    first, second = fold_parts(trials, np.array([0.2, 0.3, 0.4, 0.6]))
    assert (first.name, first.value, first.threshold, first.trials) == ("fold x", 0.5, 0.4, 2)
    assert (second.name, second.value, second.threshold, second.trials) == ("fold y", 0.5, 0.2, 2)


@pytest.mark.parametrize("folds", [[0, 0, 0], [0, 2, 2], [1, 1, 1]])
def test_folds_that_are_none(folds: list[int]) -> None:
    with pytest.raises(ValueError, match="folds: at least 2 are needed, each with a pair"):
        fold_accuracies(np.zeros(3), np.ones(3, dtype=np.bool_), np.array(folds))


def test_identities_in_several_folds() -> None:
    """Images 0 and 1 are of identity 0, which is in both folds; 2 of identity 1, in one; 3 of identity 2, in both."""
    labels = np.array([0, 0, 1, 2])
    trials = PairTrials(np.array([[0, 1], [0, 3], [1, 3], [2, 2]]), np.ones(4, np.bool_), np.array([0, 0, 1, 1]))
    assert in_several_folds(trials, labels) == 2
    assert in_several_folds(PairTrials(trials.pairs, trials.same), labels) == 0
    with pytest.raises(ValueError, match="trials with folds are needed"):
        fold_parts(PairTrials(trials.pairs, trials.same), np.zeros(4))
