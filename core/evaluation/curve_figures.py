"""What a curve says as a whole, apart from AUC and EER: all at once, for whoever shows it."""

from dataclasses import dataclass

from core.evaluation.curve import VerificationCurve
from core.evaluation.figures import Densities, average_precision, d_prime, densities, min_dcf, partial_auc

PARTIAL_FPR = 0.01
"""FPR up to which the partial area is measured."""


@dataclass(frozen=True, eq=False)
class CurveFigures:
    """Figures of `core.evaluation.figures`, under the names that `Confidence.figures` has for their intervals."""

    partial_auc: float | None
    """Up to `PARTIAL_FPR`; None where the impostor pairs cannot show a rate that low."""
    average_precision: float
    min_dcf: float
    d_prime: float | None
    """None where the pairs are too few or all equal."""
    densities: Densities


def curve_figures(curve: VerificationCurve) -> CurveFigures:
    """Measure them: some 50 ms for a million distances."""
    return CurveFigures(
        partial_auc=partial_auc(curve, PARTIAL_FPR) if curve.allowed_errors(PARTIAL_FPR) else None,
        average_precision=average_precision(curve),
        min_dcf=min_dcf(curve).cost,
        d_prime=d_prime(curve),
        densities=densities(curve),
    )
