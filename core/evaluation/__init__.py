"""How good an embedding is: verification, retrieval, classification, segmentation, calibration.

Importing this package is cheap: a public name loads its module, and with it torch, on first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.evaluation.curve import VerificationCurve
    from core.evaluation.report import EvaluationReport, report_from
    from core.evaluation.retrieval import RetrievalScores, retrieval_scores
    from core.evaluation.verification import verification_curve, verification_curve_from_distances

__all__ = [
    "EvaluationReport",
    "RetrievalScores",
    "VerificationCurve",
    "report_from",
    "retrieval_scores",
    "verification_curve",
    "verification_curve_from_distances",
]

_HOME = {
    "EvaluationReport": "report",
    "RetrievalScores": "retrieval",
    "VerificationCurve": "curve",
    "report_from": "report",
    "retrieval_scores": "retrieval",
    "verification_curve": "verification",
    "verification_curve_from_distances": "verification",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"core.evaluation.{_HOME[name]}"), name)
    raise AttributeError(f"module 'core.evaluation' has no attribute {name!r}")
