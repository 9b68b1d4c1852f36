import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score, roc_curve

from core.errors import InputError
from core.evaluation.curve import ConfusionCounts, OperatingPoint, VerificationCurve

examples = settings(max_examples=50, deadline=None)
# A coarse grid, so that ties within and between the kinds are common.
kind = st.lists(st.integers(0, 12).map(lambda step: step / 8), min_size=1, max_size=12)
rates = st.one_of(st.floats(0, 1), st.fractions(0, 1, max_denominator=12).map(float))


def curve_of(genuine, impostor):
    return VerificationCurve(np.array(genuine, dtype=float), np.array(impostor, dtype=float))


def share(distances, threshold):
    return sum(d <= threshold for d in distances) / len(distances)


def observed(genuine, impostor):
    return sorted({*genuine, *impostor})


@pytest.fixture(scope="module")
def large():
    generator = np.random.default_rng(0)
    return VerificationCurve(generator.normal(0.4, 0.1, 4_000), generator.normal(0.8, 0.15, 40_000))


@pytest.fixture(scope="module")
def large_sklearn(large):
    same = np.repeat([1, 0], [large.genuine_pairs, large.impostor_pairs])
    scores = -np.concatenate([large.genuine, large.impostor])
    return same, scores


def test_golden_confusion():
    counts = ConfusionCounts(true_positives=85, false_positives=10, true_negatives=180, false_negatives=25)
    assert counts.tpr == pytest.approx(0.7727, abs=5e-5)
    assert counts.fpr == pytest.approx(0.0526, abs=5e-5)
    curve = curve_of([0.4] * 85 + [0.6] * 25, [0.3] * 10 + [0.9] * 180)
    assert curve.confusion_at(0.5) == counts
    assert curve.at_threshold(0.5) == OperatingPoint(0.5, tpr=85 / 110, fpr=10 / 190)


def test_worked_example():
    curve = curve_of([0.1, 0.2, 0.3, 0.6], [0.2, 0.5, 0.7, 0.8, 0.9])
    # Nearer impostors than 0.1, 0.2, 0.3, 0.6: 0, half a one, 1 and 2 of 5.
    assert curve.auc == pytest.approx(1 - 3.5 / 20)
    assert (curve.genuine_pairs, curve.impostor_pairs) == (4, 5)
    assert curve.at_threshold(0.5) == OperatingPoint(0.5, tpr=3 / 4, fpr=2 / 5)
    assert curve.confusion_at(0.5) == ConfusionCounts(3, 2, 3, 1)
    assert curve.tpr_at_fpr(0.2) == OperatingPoint(0.3, tpr=3 / 4, fpr=1 / 5)
    assert curve.tpr_at_fpr(0.1) == OperatingPoint(0.1, tpr=1 / 4, fpr=0.0)
    # FPR 1/5 and FNR 1/4 at 0.3; they are farther apart everywhere else.
    assert curve.eer_point == OperatingPoint(0.3, tpr=3 / 4, fpr=1 / 5)
    assert curve.eer == pytest.approx((1 / 5 + 1 / 4) / 2)


def test_perfect_separation():
    curve = curve_of([0.1, 0.2], [0.3, 0.4])
    assert (curve.auc, curve.eer) == (1.0, 0.0)
    assert curve.tpr_at_fpr(0.0) == OperatingPoint(0.2, tpr=1.0, fpr=0.0)


def test_all_distances_equal():
    curve = curve_of([0.5] * 3, [0.5] * 4)
    assert (curve.auc, curve.eer) == (0.5, 0.5)
    assert curve.eer_point.threshold == 0.5
    assert curve.tpr_at_fpr(0.99) == OperatingPoint(-math.inf, tpr=0.0, fpr=0.0)
    assert curve.tpr_at_fpr(1.0) == OperatingPoint(0.5, tpr=1.0, fpr=1.0)
    assert curve.histogram(3).genuine.tolist() == [0, 3, 0]


def test_one_pair_of_each_kind():
    assert curve_of([0.1], [0.2]).auc == 1.0
    assert curve_of([0.2], [0.1]).auc == 0.0
    assert curve_of([0.2], [0.1]).eer == 1.0


@examples
@given(genuine=kind, impostor=kind)
def test_auc_is_that_of_counting_every_pair_of_pairs(genuine, impostor):
    wins = sum((g < i) + 0.5 * (g == i) for g in genuine for i in impostor)
    assert curve_of(genuine, impostor).auc == pytest.approx(wins / len(genuine) / len(impostor), abs=1e-12)


@examples
@given(genuine=kind, impostor=kind, fpr=rates)
def test_tpr_at_fpr_is_the_largest_observed_distance_that_keeps_to_it(genuine, impostor, fpr):
    allowed = [d for d in observed(genuine, impostor) if share(impostor, d) <= fpr]
    threshold = max(allowed, default=-math.inf)
    point = curve_of(genuine, impostor).tpr_at_fpr(fpr)
    assert point == OperatingPoint(threshold, share(genuine, threshold), share(impostor, threshold))


@examples
@given(genuine=kind, impostor=kind, fpr=rates)
def test_tpr_at_fpr_keeps_its_promise_and_the_next_threshold_would_not(genuine, impostor, fpr):
    point = curve_of(genuine, impostor).tpr_at_fpr(fpr)
    assert point.fpr <= fpr
    farther = [d for d in observed(genuine, impostor) if d > point.threshold]
    assert not farther or share(impostor, farther[0]) > fpr


@examples
@given(genuine=kind, impostor=kind)
def test_eer_is_the_mean_of_the_two_rates_where_they_are_nearest(genuine, impostor):
    candidates = observed(genuine, impostor)
    gaps = [abs(share(impostor, t) - (1 - share(genuine, t))) for t in candidates]
    nearest = [t for t, gap in zip(candidates, gaps, strict=True) if gap <= min(gaps) + 1e-12]
    curve = curve_of(genuine, impostor)
    assert curve.eer_point.threshold == nearest[0]
    assert curve.eer == pytest.approx((share(impostor, nearest[0]) + 1 - share(genuine, nearest[0])) / 2)


@examples
@given(genuine=kind, impostor=kind, threshold=st.floats(-1, 3))
def test_any_threshold(genuine, impostor, threshold):
    curve = curve_of(genuine, impostor)
    point, counts = curve.at_threshold(threshold), curve.confusion_at(threshold)
    assert point == OperatingPoint(threshold, share(genuine, threshold), share(impostor, threshold))
    assert (counts.tpr, counts.fpr) == (point.tpr, point.fpr)
    assert counts.true_positives + counts.false_negatives == len(genuine)
    assert counts.false_positives + counts.true_negatives == len(impostor)


@examples
@given(genuine=kind, impostor=kind, seed=st.integers(0, 9))
def test_the_order_of_the_pairs_does_not_matter(genuine, impostor, seed):
    generator = np.random.default_rng(seed)
    curve = curve_of(genuine, impostor)
    shuffled = curve_of(generator.permutation(genuine), generator.permutation(impostor))
    assert (shuffled.auc, shuffled.eer_point) == (curve.auc, curve.eer_point)
    assert np.array_equal(shuffled.genuine, curve.genuine)


@examples
@given(genuine=kind, impostor=kind)
def test_a_small_curve_has_a_point_for_every_observed_distance(genuine, impostor):
    thresholds, fpr, tpr = curve_of(genuine, impostor).roc()
    assert thresholds.tolist() == [-math.inf, *observed(genuine, impostor)]
    assert fpr.tolist() == [share(impostor, t) for t in thresholds]
    assert tpr.tolist() == [share(genuine, t) for t in thresholds]


@examples
@given(genuine=kind, impostor=kind, bins=st.integers(1, 20))
def test_histogram_counts_every_pair_once_between_shared_edges(genuine, impostor, bins):
    edges, of_genuine, of_impostor = curve_of(genuine, impostor).histogram(bins)
    assert (of_genuine.sum(), of_impostor.sum()) == (len(genuine), len(impostor))
    assert np.array_equal(of_genuine, np.histogram(genuine, edges)[0])
    assert np.array_equal(of_impostor, np.histogram(impostor, edges)[0])


def test_auc_and_rates_are_those_of_scikit_learn(large, large_sklearn):
    same, scores = large_sklearn
    assert large.auc == pytest.approx(roc_auc_score(same, scores), abs=1e-12)
    fpr, tpr, thresholds = roc_curve(same, scores, drop_intermediate=False)
    nearest = np.argmin(np.abs(fpr - (1 - tpr)))
    assert large.eer == pytest.approx((fpr[nearest] + 1 - tpr[nearest]) / 2, abs=1e-12)
    for asked in (0.0, 1e-4, 0.001, 0.01, 0.05, 0.5, 1.0):
        last = np.flatnonzero(fpr <= asked)[-1]
        assert large.tpr_at_fpr(asked) == OperatingPoint(-thresholds[last], tpr[last], fpr[last])


def test_auc_and_rates_are_those_of_scikit_learn_with_ties():
    generator = np.random.default_rng(1)
    genuine, impostor = generator.integers(0, 40, 500) / 64, generator.integers(20, 80, 700) / 64
    curve = curve_of(genuine, impostor)
    same = np.repeat([1, 0], [500, 700])
    scores = -np.concatenate([genuine, impostor])
    assert curve.auc == pytest.approx(roc_auc_score(same, scores), abs=1e-12)
    fpr, tpr, thresholds = roc_curve(same, scores, drop_intermediate=False)
    found = curve.roc()
    np.testing.assert_array_equal(found.thresholds, -thresholds)
    np.testing.assert_allclose(found.fpr, fpr, atol=1e-15)
    np.testing.assert_allclose(found.tpr, tpr, atol=1e-15)


@pytest.mark.parametrize("max_points", [10, 100, 2000])
def test_a_thinned_curve_keeps_points_where_they_lie(large, max_points):
    thresholds, fpr, tpr = large.roc(max_points)
    assert max_points / 3 < len(thresholds) <= max_points
    for values in (thresholds, fpr, tpr):
        assert (np.diff(values) >= 0).all()
    assert (fpr[0], tpr[0], fpr[-1], tpr[-1]) == (0, 0, 1, 1)
    assert np.isin(thresholds[1:], np.concatenate([large.genuine, large.impostor])).all()
    for threshold, x, y in zip(thresholds[1:], fpr[1:], tpr[1:], strict=True):
        assert large.at_threshold(threshold) == OperatingPoint(threshold, y, x)


def test_a_thinned_curve_is_dense_at_small_fpr_and_along_both_axes(large):
    _, fpr, tpr = large.roc(2000)
    for decade in (1e-4, 1e-3, 1e-2, 1e-1):
        assert ((fpr >= decade) & (fpr <= 10 * decade)).sum() >= 8
    assert np.diff(fpr).max() < 0.01
    assert np.diff(tpr).max() < 0.01
    # The first steps are all there, each with the corner before it.
    for k in range(8):
        corner = large.tpr_at_fpr(k / large.impostor_pairs)
        assert corner.tpr in tpr[fpr == corner.fpr]


def test_arrays_are_sorted_copies_that_cannot_be_written():
    mine = np.array([0.3, 0.1, 0.2])
    curve = VerificationCurve(mine, mine)
    assert curve.genuine.tolist() == [0.1, 0.2, 0.3]
    assert mine.tolist() == [0.3, 0.1, 0.2]
    with pytest.raises(ValueError, match="read-only"):
        curve.impostor[0] = 0.0
    mine[0] = 9.0
    assert curve.genuine[-1] == 0.3


def test_allowed_errors_survive_rounding():
    curve = curve_of([0.5], np.arange(1000))
    for count in range(1001):
        assert curve.allowed_errors(count / 1000) == count


@pytest.mark.parametrize("fpr", [-0.1, 1.1, math.nan, math.inf])
def test_an_fpr_outside_0_to_1_is_refused(fpr):
    with pytest.raises(ValueError, match=f"fpr must be between 0 and 1, found {fpr}"):
        curve_of([0.1], [0.2]).tpr_at_fpr(fpr)


def test_other_questions_without_an_answer_are_refused():
    curve = curve_of([0.1], [0.2])
    with pytest.raises(ValueError, match="threshold must be a number, found NaN"):
        curve.at_threshold(math.nan)
    with pytest.raises(ValueError, match="bins must be at least 1, found 0"):
        curve.histogram(0)
    with pytest.raises(ValueError, match="max_points must be at least 10, found 2"):
        curve.roc(2)


@pytest.mark.parametrize(
    ("genuine", "impostor", "error", "message"),
    [
        ([], [0.1], InputError, "a verification curve needs genuine pairs, found none"),
        ([0.1], [], InputError, "a verification curve needs impostor pairs, found none"),
        ([0.1, math.nan], [0.1], ValueError, "genuine distances must be finite, found nan"),
        ([0.1], [-math.inf, 0.1], ValueError, "impostor distances must be finite, found -inf"),
        ([[0.1]], [0.1], ValueError, r"genuine distances must be a list of numbers, found an array of shape \[1, 1\]"),
    ],
)
def test_distances_that_cannot_be_used_are_refused(genuine, impostor, error, message):
    with pytest.raises(error, match=message):
        curve_of(genuine, impostor)
