"""Figures of curves between edges, against those of the curve itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.evaluation import figures
from core.evaluation.curve import VerificationCurve
from core.evaluation.sampled_rates import SampledRates


def sampled(curve: VerificationCurve) -> SampledRates:
    """With an edge at every distance, where straight lines are the steps of the curve."""
    edges = np.unique(np.concatenate([curve.genuine, curve.impostor]))
    genuine, impostor = (np.diff(kind.up_to(edges), prepend=0)[None].astype(float) for kind in curve.kinds)
    return SampledRates(genuine, impostor, edges, (curve.genuine_pairs, curve.impostor_pairs))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(-0.5, 3.0))
def test_figures_are_those_of_the_curve(seed: int, apart: float) -> None:
    generator = np.random.default_rng(seed)
    curve = VerificationCurve(5 + generator.normal(size=300), 5 + apart + generator.normal(size=3_000))
    rates = sampled(curve)
    assert rates.auc()[0] == pytest.approx(curve.auc, abs=1e-9)
    assert rates.eer()[0] == pytest.approx(curve.eer, abs=0.01)
    assert rates.tpr_at(0.05)[0] == pytest.approx(curve.tpr_at_fpr(0.05).tpr, abs=0.01)
    assert rates.partial_auc()[0] == pytest.approx(figures.partial_auc(curve), abs=1e-9)
    assert rates.average_precision()[0] == pytest.approx(figures.average_precision(curve), abs=0.01)
    assert rates.min_dcf()[0] == pytest.approx(figures.min_dcf(curve).cost, abs=1e-9)
    assert rates.d_prime()[0] == pytest.approx(figures.d_prime(curve), abs=1e-9)


def test_two_bins_by_hand() -> None:
    """TPR 0.75 at FPR 0.25, then all: areas are those of a trapezium and a triangle."""
    rates = SampledRates(np.array([[3.0, 1.0]]), np.array([[1.0, 3.0]]), np.array([1.0, 2.0]), (4, 4))
    assert rates.auc()[0] == pytest.approx(0.25 * 0.375 + 0.75 * 0.875)
    assert rates.eer()[0] == pytest.approx(0.25)
    assert rates.tpr_at(np.array([0.0, 0.25, 0.625, 1.0])).tolist() == [[0.0, 0.75, 0.875, 1.0]]
    assert rates.min_dcf(prior=0.5)[0] == pytest.approx(0.5)
    # Means 1.25 and 1.75, variances 3/16 each.
    assert rates.d_prime()[0] == pytest.approx(0.5 / np.sqrt(3 / 16))


def test_weights_below_zero_do_not_make_rates_fall() -> None:
    rates = SampledRates(np.array([[1.0, 1.0, 2.0]]), np.array([[-1.0, 2.0, 3.0]]), np.arange(3.0), (4, 4))
    assert rates.fpr.tolist() == [[0.0, 0.0, 0.25, 1.0]]


def test_each_sample_for_itself() -> None:
    generator = np.random.default_rng(0)
    genuine, impostor = generator.integers(1, 9, (2, 5, 7)).astype(float)
    together = SampledRates(genuine, impostor, np.arange(7.0), (10, 20))
    for row in range(5):
        alone = SampledRates(genuine[[row]], impostor[[row]], np.arange(7.0), (10, 20))
        for name in ("auc", "eer", "partial_auc", "average_precision", "min_dcf", "d_prime"):
            assert getattr(together, name)()[row] == pytest.approx(getattr(alone, name)()[0])
