import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from core.evaluation.calibration import SAMPLE, PlattCalibration, fit_platt
from core.evaluation.curve import VerificationCurve

distances = st.lists(st.floats(0, 2), min_size=1, max_size=20)


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
