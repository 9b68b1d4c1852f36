"""Figures of a curve, against scikit-learn, other formulas and lists worked by hand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, det_curve, precision_recall_curve, roc_auc_score

from core.evaluation.curve import VerificationCurve
from core.evaluation.figures import (
    average_precision,
    d_prime,
    densities,
    det_points,
    min_dcf,
    partial_auc,
    precision_recall_points,
)
from core.evaluation.levels import levels_of
from tests.core.evaluation.binned import binned

tied = st.lists(st.integers(0, 8).map(lambda n: n / 4), min_size=1, max_size=25)
"""Distances of few values, so that most are tied."""


def curve_of(genuine, impostor) -> VerificationCurve:
    return VerificationCurve(np.array(genuine, dtype=float), np.array(impostor, dtype=float))


def normal(genuine=400, impostor=3_000) -> VerificationCurve:
    random = np.random.default_rng(0)
    return curve_of(random.normal(0.5, 0.15, genuine).clip(0), random.normal(1.0, 0.2, impostor).clip(0))


def as_scores(curve: VerificationCurve):
    """The pairs as scikit-learn takes them."""
    same = np.repeat([1, 0], [curve.genuine_pairs, curve.impostor_pairs])
    return same, -np.concatenate([curve.genuine, curve.impostor])


# Worked by hand: genuine 1 2 2 4, impostor 2 3 5.
HAND = curve_of([4, 2, 1, 2], [5, 2, 3])


def test_levels_by_hand() -> None:
    levels = levels_of(HAND)
    assert levels.distances.tolist() == [1, 2, 3, 4, 5]
    assert levels.genuine.tolist() == [1, 2, 0, 1, 0]
    assert levels.impostor.tolist() == [0, 1, 1, 0, 1]


def test_pairs_of_a_bin_lie_at_its_middle() -> None:
    levels = levels_of(binned(curve_of([0.1, 0.4, 0.6], [0.2, 0.7, 0.8, 1.9, 1.6]), 4))
    # The EER lies in the second bin, and the distance below it in the first: the pairs of both are measured.
    assert levels.distances.tolist() == [0.1, 0.2, 0.4, 0.6, 0.7, 0.8, 1.75]
    assert levels.genuine.tolist() == [1, 0, 1, 1, 0, 0, 0]
    assert levels.impostor.tolist() == [0, 1, 0, 0, 1, 1, 2]


# --- DET, precision and recall


def test_det_by_hand() -> None:
    thresholds, fpr, fnr = det_points(HAND)
    assert thresholds.tolist() == [-math.inf, 1, 2, 3, 4, 5]
    assert fpr.tolist() == [0, 0, 1 / 3, 2 / 3, 2 / 3, 1]
    assert fnr.tolist() == [1, 0.75, 0.25, 0.25, 0, 0]


@settings(max_examples=30, deadline=None)
@given(genuine=tied, impostor=tied)
def test_det_agrees_with_scikit_learn(genuine, impostor) -> None:
    curve = curve_of(genuine, impostor)
    _, fpr, fnr = det_points(curve)
    theirs = det_curve(*as_scores(curve))[:2]
    ours = {(round(a, 12), round(b, 12)) for a, b in zip(fpr, fnr, strict=True)}
    assert {(round(a, 12), round(b, 12)) for a, b in zip(*theirs, strict=True)} <= ours


def test_precision_and_recall_by_hand() -> None:
    thresholds, recall, precision = precision_recall_points(HAND)
    assert thresholds.tolist() == [1, 2, 3, 4, 5]
    assert recall.tolist() == [0.25, 0.75, 0.75, 1, 1]
    assert precision.tolist() == [1, 3 / 4, 3 / 5, 4 / 6, 4 / 7]


@settings(max_examples=30, deadline=None)
@given(genuine=tied, impostor=tied)
def test_precision_and_recall_agree_with_scikit_learn(genuine, impostor) -> None:
    curve = curve_of(genuine, impostor)
    precision, recall, scores = precision_recall_curve(*as_scores(curve))
    ours = precision_recall_points(curve)
    np.testing.assert_allclose(ours.thresholds, -scores[::-1])
    np.testing.assert_allclose(ours.recall, recall[-2::-1])
    np.testing.assert_allclose(ours.precision, precision[-2::-1])


@pytest.mark.parametrize("points", [det_points, precision_recall_points])
def test_a_long_curve_is_thinned_and_stays_exact(points) -> None:
    curve = normal(4_000, 50_000)
    thresholds, x, y = points(curve, 200)
    assert 100 <= len(thresholds) <= 200
    for threshold, *found in list(zip(thresholds, x, y, strict=True))[::7]:
        counts = curve.confusion_at(threshold)
        if points is det_points:
            expected = [counts.fpr, counts.false_negatives / curve.genuine_pairs]
        else:
            expected = [counts.tpr, counts.true_positives / (counts.true_positives + counts.false_positives)]
        assert found == expected


def test_a_thinned_det_curve_reaches_down_to_the_last_rejected_pairs() -> None:
    curve = normal(20_000, 50_000)
    fnr = np.unique(det_points(curve, 200).fnr)
    assert fnr[1] == 1 / curve.genuine_pairs
    assert ((fnr > 0) & (fnr < 1e-3)).sum() >= 5


@pytest.mark.parametrize("points", [det_points, precision_recall_points])
def test_too_few_points(points) -> None:
    with pytest.raises(ValueError, match="max_points must be at least 20, found 19"):
        points(HAND, 19)


# --- areas


def test_average_precision_by_hand() -> None:
    assert average_precision(HAND) == pytest.approx((1 + 3 / 4 + 3 / 4 + 4 / 6) / 4)


@settings(max_examples=50, deadline=None)
@given(genuine=tied, impostor=tied)
def test_average_precision_agrees_with_scikit_learn(genuine, impostor) -> None:
    curve = curve_of(genuine, impostor)
    assert average_precision(curve) == pytest.approx(average_precision_score(*as_scores(curve)))


def test_partial_auc_by_hand() -> None:
    # Up to FPR 1/2: TPR runs straight from 1/4 to 3/4 on [0, 1/3], and is 3/4 on [1/3, 1/2].
    area = (1 / 4 + 3 / 4) / 2 / 3 + 3 / 4 / 6
    assert partial_auc(HAND, 0.5) == pytest.approx((1 + (area - 1 / 8) / (1 / 2 - 1 / 8)) / 2)


@settings(max_examples=60, deadline=None)
@given(genuine=tied, impostor=tied, max_fpr=st.sampled_from([0.01, 0.1, 0.25, 0.5, 0.8]))
def test_partial_auc_agrees_with_scikit_learn(genuine, impostor, max_fpr) -> None:
    curve = curve_of(genuine, impostor)
    assert partial_auc(curve, max_fpr) == pytest.approx(roc_auc_score(*as_scores(curve), max_fpr=max_fpr), abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(genuine=tied, impostor=tied)
def test_partial_auc_of_the_whole_is_the_auc(genuine, impostor) -> None:
    curve = curve_of(genuine, impostor)
    assert partial_auc(curve, 1.0) == pytest.approx(curve.auc, abs=1e-12)


def test_areas_of_separated_and_of_equal_distances() -> None:
    assert (partial_auc(curve_of([0.1], [0.5, 0.6])), average_precision(curve_of([0.1], [0.5, 0.6]))) == (1, 1)
    assert partial_auc(curve_of([0.5] * 3, [0.5] * 9), 0.3) == pytest.approx(0.5)
    assert average_precision(curve_of([0.5] * 3, [0.5] * 9)) == 0.25


@pytest.mark.parametrize("max_fpr", [0.0, -0.1, 1.1, math.nan])
def test_partial_auc_up_to_no_fpr(max_fpr) -> None:
    with pytest.raises(ValueError, match=f"max_fpr must be above 0 and at most 1, found {max_fpr}"):
        partial_auc(HAND, max_fpr)


# --- costs


def test_min_dcf_by_hand() -> None:
    # At 2: FNR 1/4, FPR 1/3; at 1: FNR 3/4, FPR 0; at 4: FNR 0, FPR 2/3.
    assert min_dcf(HAND, prior=0.5) == pytest.approx((1 / 4 + 1 / 3, 2.0))
    assert min_dcf(HAND, prior=0.9) == pytest.approx((0.1 * 2 / 3 / 0.1, 4.0))
    assert min_dcf(HAND) == pytest.approx((3 / 4, 1.0))
    assert min_dcf(HAND, prior=0.5, miss_cost=3.0) == pytest.approx((2 / 3, 4.0))


@settings(max_examples=60, deadline=None)
@given(genuine=tied, impostor=tied, prior=st.sampled_from([0.01, 0.3, 0.9]), cost=st.sampled_from([0.5, 1.0, 10.0]))
def test_min_dcf_is_the_least_of_all_thresholds(genuine, impostor, prior, cost) -> None:
    curve = curve_of(genuine, impostor)
    found = min_dcf(curve, prior, miss_cost=cost)
    miss, false_accept = prior * cost, 1 - prior
    points = [curve.at_threshold(t) for t in (-math.inf, *genuine, *impostor)]
    costs = [(miss * (1 - p.tpr) + false_accept * p.fpr) / min(miss, false_accept) for p in points]
    assert found.cost == pytest.approx(min(costs), abs=1e-12)
    assert 0 <= found.cost <= 1
    at_found = curve.at_threshold(found.threshold)
    expected = (miss * (1 - at_found.tpr) + false_accept * at_found.fpr) / min(miss, false_accept)
    assert found.cost == pytest.approx(expected, abs=1e-12)


def test_where_accepting_nothing_is_cheapest() -> None:
    assert min_dcf(curve_of([0.9], [0.1, 0.2])) == (1.0, -math.inf)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"prior": 0.0}, "prior must be above 0 and below 1, found 0.0"),
        ({"prior": 1.0}, "prior must be above 0 and below 1, found 1.0"),
        ({"prior": math.nan}, "prior must be above 0 and below 1, found nan"),
        ({"miss_cost": 0.0}, "miss_cost must be above 0 and finite, found 0.0"),
        ({"false_accept_cost": math.inf}, "false_accept_cost must be above 0 and finite, found inf"),
    ],
)
def test_costs_that_are_none(options, words) -> None:
    with pytest.raises(ValueError, match=words):
        min_dcf(HAND, **options)


# --- separation


def test_d_prime_by_hand() -> None:
    # Means 1 and 4, variances 1 (of 0 and 2) and 0.
    assert d_prime(curve_of([0, 2], [4, 4])) == pytest.approx(3 / math.sqrt(0.5))
    assert d_prime(curve_of([4, 4], [0, 2])) == pytest.approx(-3 / math.sqrt(0.5))


def test_d_prime_of_two_normal_densities() -> None:
    random = np.random.default_rng(1)
    curve = curve_of(random.normal(1, 0.1, 50_000), random.normal(1.5, 0.2, 50_000))
    assert d_prime(curve) == pytest.approx(0.5 / math.sqrt((0.01 + 0.04) / 2), rel=0.02)


@pytest.mark.parametrize(("genuine", "impostor"), [([0.3], [0.5, 0.9]), ([0.3, 0.2], [0.5]), ([0.5] * 3, [0.5] * 4)])
def test_d_prime_of_too_few_or_equal_distances(genuine, impostor) -> None:
    assert d_prime(curve_of(genuine, impostor)) is None


def test_densities_have_an_area_of_1_and_lie_where_the_pairs_do() -> None:
    curve = normal(20_000, 20_000)
    distances, genuine, impostor = densities(curve)
    assert len(distances) == len(genuine) == len(impostor) == 200
    assert np.trapezoid(genuine, distances) == pytest.approx(1, abs=0.005)
    assert np.trapezoid(impostor, distances) == pytest.approx(1, abs=0.005)
    expected = np.exp(-0.5 * ((distances - 1.0) / 0.2) ** 2) / (0.2 * math.sqrt(2 * math.pi))
    np.testing.assert_allclose(impostor, expected, atol=0.12)


def test_densities_agree_with_another_estimator() -> None:
    from scipy.stats import gaussian_kde

    curve = curve_of(np.random.default_rng(2).normal(5, 1, 300), np.random.default_rng(3).normal(9, 1, 300))
    distances, genuine, _ = densities(curve, 50)
    spread = min(np.std(curve.genuine), np.subtract(*curve.genuine[[225, 75]]) / 1.34)
    peer = gaussian_kde(curve.genuine, bw_method=0.9 * spread * 300**-0.2 / np.std(curve.genuine, ddof=1))
    np.testing.assert_allclose(genuine, peer(distances), atol=2e-3)


def test_what_a_kernel_puts_below_0_is_folded_back() -> None:
    curve = curve_of(np.abs(np.random.default_rng(4).normal(0, 0.1, 5_000)), [1.0, 1.2])
    distances, genuine, _ = densities(curve, 2_000)
    assert distances[0] == 0
    assert np.trapezoid(genuine, distances) == pytest.approx(1, abs=0.01)
    assert genuine[0] == pytest.approx(2 / (0.1 * math.sqrt(2 * math.pi)), rel=0.1)


def test_densities_of_identical_distances_are_finite() -> None:
    distances, genuine, impostor = densities(curve_of([0.5] * 4, [0.5] * 9))
    assert np.isfinite([distances, genuine, impostor]).all()
    assert distances[0] < 0.5 < distances[-1]


def test_densities_of_too_few_points() -> None:
    with pytest.raises(ValueError, match="points must be at least 2, found 1"):
        densities(HAND, 1)


# --- counted in bins


def test_figures_of_bins_are_those_of_the_pairs_up_to_the_width_of_a_bin() -> None:
    exact, counted = (curve := normal()), binned(curve, 4_000)
    assert average_precision(counted) == pytest.approx(average_precision(exact), abs=2e-3)
    assert partial_auc(counted, 0.05) == pytest.approx(partial_auc(exact, 0.05), abs=2e-3)
    assert min_dcf(counted, 0.1).cost == pytest.approx(min_dcf(exact, 0.1).cost, abs=5e-3)
    assert d_prime(counted) == pytest.approx(d_prime(exact), abs=1e-3)
    np.testing.assert_allclose(densities(counted).impostor, densities(exact).impostor, atol=0.02)


def test_points_of_bins_are_exact() -> None:
    exact, counted = (curve := normal()), binned(curve, 500)
    thresholds, fpr, fnr = det_points(counted)
    for threshold, x, y in zip(thresholds[1::9], fpr[1::9], fnr[1::9], strict=True):
        counts = exact.confusion_at(threshold)
        assert (x, y) == (counts.fpr, counts.false_negatives / exact.genuine_pairs)
