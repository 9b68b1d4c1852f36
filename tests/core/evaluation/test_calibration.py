import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from core.evaluation.calibration import (
    SAMPLE,
    IsotonicCalibration,
    PlattCalibration,
    cllr,
    fit_calibration,
    fit_isotonic,
    fit_platt,
    min_cllr,
    reliability,
)
from core.evaluation.curve import VerificationCurve
from core.evaluation.levels import levels_of
from core.evaluation.pooling import pooled
from tests.core.evaluation.binned import binned

distances = st.lists(st.floats(0, 2), min_size=1, max_size=20)
tied = st.lists(st.integers(0, 8).map(lambda n: n / 4), min_size=1, max_size=30)
"""Distances of few values, so that most are tied."""


def curve_of(genuine, impostor):
    return VerificationCurve(np.array(genuine, dtype=float), np.array(impostor, dtype=float))


def normal(genuine=3_000, impostor=9_000):
    generator = np.random.default_rng(0)
    return VerificationCurve(generator.normal(0.5, 0.2, genuine), generator.normal(1.0, 0.2, impostor))


def test_equal_spreads_give_the_exact_log_odds():
    # Two normal densities with one spread s: log odds = (m1 - m0) / s² · (middle - d).
    found = fit_platt(normal())
    assert found.slope == pytest.approx(-0.5 / 0.2**2, rel=0.05)
    assert -found.intercept / found.slope == pytest.approx(0.75, abs=0.01)
    assert found.probability(0.75) == pytest.approx(0.5, abs=0.05)


def test_agrees_with_scikit_learn():
    curve = normal()
    x = np.concatenate([curve.genuine, curve.impostor])[:, None]
    same = np.repeat([1, 0], [curve.genuine_pairs, curve.impostor_pairs])
    peer = LogisticRegression(C=1e9, class_weight="balanced", tol=1e-8).fit(x, same)
    found = fit_platt(curve)
    assert found.slope == pytest.approx(peer.coef_[0, 0], rel=0.02)
    assert found.intercept == pytest.approx(peer.intercept_[0], rel=0.02)


def test_the_number_of_pairs_of_a_kind_does_not_matter():
    curve = normal(1_000, 1_000)
    more = VerificationCurve(curve.genuine, np.tile(curve.impostor, 9))
    assert fit_platt(more).slope == pytest.approx(fit_platt(curve).slope, rel=0.01)


def test_a_sample_of_many_pairs_gives_the_same_fit():
    generator = np.random.default_rng(0)
    genuine, impostor = generator.normal(0.5, 0.2, 8 * SAMPLE), generator.normal(1.0, 0.2, 8 * SAMPLE)
    few = fit_platt(VerificationCurve(genuine[:SAMPLE], impostor[:SAMPLE]))
    many = fit_platt(VerificationCurve(genuine, impostor))
    assert many.slope == pytest.approx(few.slope, rel=0.03)
    assert many == fit_platt(VerificationCurve(genuine, impostor))


def test_separated_kinds_give_a_finite_steep_curve():
    found = fit_platt(VerificationCurve(np.linspace(0.1, 0.2, 50), np.linspace(0.8, 0.9, 500)))
    assert math.isfinite(found.slope)
    assert found.probability(0.1) > 0.97
    assert found.probability(0.9) < 0.03
    assert found.probability(0.5) == pytest.approx(0.5, abs=0.25)


def test_one_pair_of_each_kind_says_little():
    # Platt's targets are 2/3 and 1/3 there.
    found = fit_platt(VerificationCurve(np.array([0.2]), np.array([0.8])))
    assert found.probability(0.2) == pytest.approx(2 / 3, abs=1e-3)
    assert found.probability(0.8) == pytest.approx(1 / 3, abs=1e-3)


@pytest.mark.parametrize(("genuine", "impostor"), [([0.5] * 4, [0.5] * 9), ([0.8, 0.9], [0.1, 0.2, 0.3])])
def test_distances_that_say_nothing_give_a_half(genuine, impostor):
    found = fit_platt(VerificationCurve(np.array(genuine), np.array(impostor)))
    assert {found.probability(d) for d in (0.0, 0.5, 2.0)} == {0.5}


@settings(max_examples=40, deadline=None)
@given(genuine=distances, impostor=distances)
def test_probability_falls_with_the_distance_and_stays_in_0_to_1(genuine, impostor):
    found = fit_platt(VerificationCurve(np.array(genuine), np.array(impostor)))
    probabilities = [found.probability(d) for d in np.linspace(0, 4, 50)]
    assert all(0 <= p <= 1 for p in probabilities)
    assert all(a >= b for a, b in pairwise(probabilities))


def test_extreme_distances_do_not_overflow():
    calibration = PlattCalibration(slope=-1e6, intercept=1.0)
    assert (calibration.probability(1e6), calibration.probability(-1e6)) == (0.0, 1.0)


# --- likelihood ratios


def test_platts_ratio_is_the_line_and_the_probability_its_logistic():
    calibration = PlattCalibration(slope=-4.0, intercept=2.0)
    assert calibration.log_likelihood_ratio(0.75) == -1.0
    assert calibration.probability(0.75) == pytest.approx(1 / (1 + math.e))
    assert calibration.log_likelihood_ratios(np.array([0.0, 0.5])).tolist() == [2.0, 0.0]


def test_ratios_of_two_normal_densities():
    """log N(d; 0.5, 0.2) - log N(d; 1, 0.2) = 12.5 · (0.75 - d), whatever the number of pairs of each kind."""
    curve = normal(50_000, 200_000)
    places = np.linspace(0.5, 1.0, 11)
    expected = 12.5 * (0.75 - places)
    np.testing.assert_allclose(fit_isotonic(curve).log_likelihood_ratios(places), expected, atol=0.3)
    np.testing.assert_allclose(fit_platt(curve).log_likelihood_ratios(places), expected, atol=0.2)


@pytest.mark.parametrize("calibration", [PlattCalibration(-1.0, 0.0), IsotonicCalibration((0.5, 1.0), (1.0, -1.0))])
def test_a_distance_that_is_no_number(calibration):
    with pytest.raises(ValueError, match="distance must be a number, found NaN"):
        calibration.probability(math.nan)


@pytest.mark.parametrize("numbers", [(math.nan, 0.0), (-1.0, math.inf), (0.1, 0.0)])
def test_platts_numbers_are_checked(numbers):
    with pytest.raises(ValueError, match="slope and intercept must be finite and the slope at most 0"):
        PlattCalibration(*numbers)


@pytest.mark.parametrize(
    ("places", "ratios", "words"),
    [
        ((), (), "as many distances as ratios, found 0 and 0"),
        ((0.1, 0.2), (1.0,), "as many distances as ratios, found 2 and 1"),
        ((0.1, math.nan), (1.0, 0.0), "must be finite"),
        ((0.1, 0.2), (1.0, -math.inf), "must be finite"),
        ((0.2, 0.1), (1.0, 0.0), "rising distances and ratios that never rise"),
        ((0.1, 0.2), (0.0, 1.0), "rising distances and ratios that never rise"),
    ],
)
def test_knots_are_checked(places, ratios, words):
    with pytest.raises(ValueError, match=words):
        IsotonicCalibration(places, ratios)


# --- isotonic regression


def test_pooling_by_hand():
    # Shares 1/2, 3/4 | 1/4, 1/2 | 0: the first two violate the order, and so do the next two.
    pools = pooled(np.array([1, 3, 1, 2, 0]), np.array([1, 1, 3, 2, 5]))
    assert pools.starts.tolist() == [0, 2, 4]
    assert pools.genuine.tolist() == [4, 3, 0]
    assert pools.impostor.tolist() == [2, 5, 5]


def test_pooling_runs_back_as_far_as_it_takes():
    pools = pooled(np.array([3, 2, 1, 90]), np.array([1, 2, 3, 0]))
    assert pools.starts.tolist() == [0]
    assert (pools.genuine.tolist(), pools.impostor.tolist()) == ([96], [6])


@settings(max_examples=60, deadline=None)
@given(genuine=tied, impostor=tied)
def test_pooling_agrees_with_scikit_learn(genuine, impostor):
    levels = levels_of(curve_of(genuine, impostor))
    pairs = levels.genuine + levels.impostor
    peer = IsotonicRegression(increasing=False).fit_transform(
        np.arange(len(pairs)), levels.genuine / pairs, sample_weight=pairs
    )
    pools = pooled(levels.genuine, levels.impostor)
    shares = pools.genuine / (pools.genuine + pools.impostor)
    sizes = np.diff(np.append(pools.starts, len(pairs)))
    np.testing.assert_allclose(np.repeat(shares, sizes), peer, atol=1e-12)


def test_isotonic_by_hand():
    # Genuine 1 1 2, impostor 2 3 3; with a pair of each kind added at 1 and at 3: 3:1 at 1, 1:1 at 2, 1:3 at 3.
    found = fit_isotonic(curve_of([1, 1, 2], [2, 3, 3]))
    assert found.distances == (1, 2, 3)
    assert found.ratios == pytest.approx((math.log(3), 0, -math.log(3)))
    assert found.probability(1) == pytest.approx(3 / 4)
    assert found.log_likelihood_ratio(1.5) == pytest.approx(math.log(3) / 2)
    assert (found.probability(0), found.probability(9)) == pytest.approx((3 / 4, 1 / 4))


def test_a_pool_has_a_knot_at_each_end():
    # Impostor at 1, genuine at 2: pooled with all else up to 2.
    found = fit_isotonic(curve_of([2, 2, 2], [1, 3, 3]))
    assert found.distances == (1, 2, 3)
    assert found.ratios == pytest.approx((math.log(4 / 2), math.log(4 / 2), math.log(1 / 3)))


@pytest.mark.parametrize(("genuine", "impostor"), [([0.5] * 4, [0.5] * 9), ([0.8, 0.9], [0.1, 0.2, 0.3])])
def test_isotonic_of_distances_that_say_nothing_gives_a_half(genuine, impostor):
    found = fit_isotonic(curve_of(genuine, impostor))
    assert {found.probability(d) for d in (0.0, 0.5, 2.0)} == {0.5}


def test_isotonic_of_separated_kinds_is_neither_0_nor_1():
    found = fit_isotonic(curve_of(np.linspace(0.1, 0.2, 50), np.linspace(0.8, 0.9, 500)))
    assert found.log_likelihood_ratio(0.15) == pytest.approx(math.log((51 / 52) / (1 / 502)))
    assert found.log_likelihood_ratio(0.85) == pytest.approx(math.log((1 / 52) / (501 / 502)))


@settings(max_examples=40, deadline=None)
@given(genuine=distances, impostor=distances)
def test_isotonic_probability_falls_with_the_distance_between_0_and_1(genuine, impostor):
    found = fit_isotonic(curve_of(genuine, impostor))
    probabilities = [found.probability(d) for d in np.linspace(0, 2, 50)]
    assert all(0 < p < 1 for p in probabilities)
    assert all(a >= b for a, b in pairwise(probabilities))


def test_isotonic_of_bins_is_that_of_the_pairs_up_to_their_width():
    exact, counted = (curve := normal()), binned(curve, 2_000)
    assert (counted.kinds[1].begins < counted.kinds[1].values).any()
    places, peer = np.linspace(0.3, 1.2, 30), fit_isotonic(exact)
    found = fit_isotonic(counted)
    np.testing.assert_allclose(found.log_likelihood_ratios(places), peer.log_likelihood_ratios(places), atol=0.25)
    assert cllr(peer, counted) == pytest.approx(cllr(peer, exact), abs=3e-3)
    assert min_cllr(counted) == pytest.approx(min_cllr(exact), abs=3e-3)
    found, expected = (reliability(fit_platt(exact), each) for each in (counted, exact))
    np.testing.assert_allclose(found.observed, expected.observed, atol=0.02)


def test_a_calibration_by_its_name():
    curve = normal(200, 300)
    assert fit_calibration(curve, "platt") == fit_platt(curve)
    assert fit_calibration(curve, "isotonic") == fit_isotonic(curve)


# --- what ratios cost


def test_cllr_by_hand():
    calibration = PlattCalibration(slope=-math.log(2), intercept=math.log(2))  # ratios 2 at 0, 1 at 1, 1/2 at 2
    curve = curve_of([0, 1], [1, 2, 2])
    expected = ((math.log2(1 + 1 / 2) + 1) / 2 + (1 + 2 * math.log2(1 + 1 / 2)) / 3) / 2
    assert cllr(calibration, curve) == pytest.approx(expected)


def test_saying_nothing_costs_1_bit_and_misleading_more():
    curve = normal(300, 400)
    assert cllr(PlattCalibration(0.0, 0.0), curve) == pytest.approx(1)
    reversed_kinds = VerificationCurve(curve.impostor, curve.genuine)
    assert cllr(fit_platt(curve), reversed_kinds) > 2


def test_min_cllr_by_hand():
    # Pools 2:0 at 1, 1:1 at 2, 0:2 at 3: a third of each kind costs 1 bit, the others nothing.
    assert min_cllr(curve_of([1, 1, 2], [2, 3, 3])) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("genuine", "impostor", "expected"),
    [([0.1, 0.2], [0.3], 0), ([0.5], [0.5] * 7, 1), ([0.9], [0.1, 0.2], 1)],
)
def test_min_cllr_of_separated_equal_and_reversed_distances(genuine, impostor, expected):
    assert min_cllr(curve_of(genuine, impostor)) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(genuine=tied, impostor=tied)
def test_no_calibration_costs_less_than_the_least(genuine, impostor):
    curve = curve_of(genuine, impostor)
    least = min_cllr(curve)
    assert -1e-12 <= least <= 1 + 1e-12
    assert least <= cllr(fit_platt(curve), curve) + 1e-9
    assert least <= cllr(fit_isotonic(curve), curve) + 1e-9


def test_min_cllr_is_that_of_scikit_learns_isotonic_ratios():
    curve = normal(500, 2_000)
    same = np.repeat([1, 0], [curve.genuine_pairs, curve.impostor_pairs])
    places = np.concatenate([curve.genuine, curve.impostor])
    shares = IsotonicRegression(increasing=False).fit_transform(places, same).clip(1e-12, 1 - 1e-12)
    ratios = np.log(shares / (1 - shares)) - math.log(curve.genuine_pairs / curve.impostor_pairs)
    cost = np.log2(1 + np.exp(-ratios[same == 1])).mean() + np.log2(1 + np.exp(ratios[same == 0])).mean()
    assert min_cllr(curve) == pytest.approx(cost / 2, abs=1e-6)


# --- reliability


def test_reliability_by_hand():
    calibration = PlattCalibration(slope=-math.log(3), intercept=math.log(3))  # 3/4 at 0, 1/2 at 1, 1/4 at 2
    found = reliability(calibration, curve_of([0, 0, 0, 2], [1, 2]), bins=4)
    # At equal priors a genuine pair weighs 1/4, an impostor pair 1/2.
    assert found.predicted.tolist() == pytest.approx([1 / 4, 1 / 2, 3 / 4])
    assert found.observed.tolist() == pytest.approx([(1 / 4) / (3 / 4), 0, 1])
    assert (found.genuine.tolist(), found.pairs.tolist()) == ([1, 0, 3], [2, 1, 3])


@pytest.mark.parametrize("fit", [fit_platt, fit_isotonic])
def test_a_calibration_that_is_right_lies_on_the_diagonal(fit):
    found = reliability(fit(normal()), normal(60_000, 60_000))
    assert len(found.predicted) == 10
    np.testing.assert_allclose(found.observed, found.predicted, atol=0.05)
    assert (found.genuine.sum(), found.pairs.sum()) == (60_000, 120_000)


def test_bins_without_pairs_are_left_out_and_the_ends_are_in():
    steep = PlattCalibration(slope=-1e9, intercept=5e8)  # 1 below 0.5, 0 above
    found = reliability(steep, curve_of([0.1, 0.2], [0.9]))
    assert (found.predicted.tolist(), found.observed.tolist()) == ([0, 1], [0, 1])


def test_reliability_in_no_bins():
    with pytest.raises(ValueError, match="bins must be at least 1, found 0"):
        reliability(PlattCalibration(0.0, 0.0), normal(), bins=0)
