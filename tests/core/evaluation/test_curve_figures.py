import numpy as np

from core.evaluation.curve import VerificationCurve
from core.evaluation.curve_figures import curve_figures
from core.evaluation.figures import average_precision, d_prime, min_dcf, partial_auc


def test_all_figures_at_once() -> None:
    curve = VerificationCurve(np.linspace(0.0, 0.3, 50), np.linspace(0.2, 1.0, 200))
    found = curve_figures(curve)
    assert found.partial_auc == partial_auc(curve, 0.01)
    assert (found.average_precision, found.min_dcf) == (average_precision(curve), min_dcf(curve).cost)
    assert found.d_prime == d_prime(curve)
    assert len(found.densities.distances) == len(found.densities.genuine)


def test_what_the_pairs_cannot_show_is_not_invented() -> None:
    found = curve_figures(VerificationCurve(np.array([0.1]), np.linspace(0.2, 1.0, 99)))
    assert found.partial_auc is None
    assert found.d_prime is None
