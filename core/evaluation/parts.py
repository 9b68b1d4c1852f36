"""Two halves of the identities: on one the threshold is chosen, on the other it is reported."""

from dataclasses import dataclass

from core.evaluation.curve import VerificationCurve


@dataclass(frozen=True, eq=False)
class ThresholdParts:
    """Curves of two disjoint sets of identities."""

    choosing: VerificationCurve
    """Over the pairs that thresholds are chosen on."""
    reporting: VerificationCurve
    """Over pairs of other identities, which tell what a chosen threshold does to people unseen."""
    choosing_identities: int
    reporting_identities: int
