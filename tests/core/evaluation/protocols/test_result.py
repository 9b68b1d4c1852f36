"""What a protocol reports."""

import json
import math
from statistics import mean, stdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.evaluation.protocols.result import ProtocolPart, ProtocolResult, mean_and_error
from core.evaluation.verification import verification_curve_from_distances


def test_a_standard_error_by_hand() -> None:
    """Deviations -2, 0, 2: variance 8 / 2 = 4, and sqrt(4 / 3) of the mean."""
    assert mean_and_error([1.0, 3.0, 5.0]) == (3.0, pytest.approx(math.sqrt(4 / 3)))
    assert mean_and_error([0.7]) == (0.7, None)
    with pytest.raises(ValueError, match="must hold at least one"):
        mean_and_error([])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_a_standard_error_as_the_standard_library_has_it(values: list[float]) -> None:
    found, error = mean_and_error(values)
    assert found == pytest.approx(mean(values), abs=1e-12)
    assert error == pytest.approx(stdev(values) / math.sqrt(len(values)), abs=1e-9)


def test_json_of_folds() -> None:
    parts = (ProtocolPart("fold 1", 0.75, 0.25, 4), ProtocolPart("fold 2", 0.25, -math.inf, 4))
    curve = verification_curve_from_distances(np.array([0.1, 0.3]), np.array([0.2, 0.4]))
    result = ProtocolResult("lfw", "accuracy", 0.5, 0.25, 0.5, parts, curve, settings={"distance": "cosine"})
    content = json.loads(json.dumps(result.to_json(), allow_nan=False))
    assert content == {
        "protocol": "lfw",
        "figure": "accuracy",
        "mean": 0.5,
        "standard_error": 0.25,
        "interval": None,
        "chance": 0.5,
        "auc": 0.75,
        "eer": 0.5,
        "genuine_pairs": 2,
        "impostor_pairs": 2,
        "settings": {"distance": "cosine"},
        "parts": [
            {"name": "fold 1", "value": 0.75, "threshold": 0.25, "trials": 4},
            {"name": "fold 2", "value": 0.25, "threshold": None, "trials": 4},
        ],
        "warnings": [],
    }


def test_json_without_a_curve() -> None:
    result = ProtocolResult(
        "one-shot", "accuracy", 0.5, None, 0.05, (), figures={"error": 0.5}, interval=(0.4, 0.6), warnings=("careful",)
    )
    content = result.to_json()
    assert (content["error"], content["interval"], content["warnings"]) == (0.5, (0.4, 0.6), ["careful"])
    assert "auc" not in content
