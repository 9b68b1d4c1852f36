"""Curves that go away with a model: exact at every distance they keep."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bundle_curves import curve_arrays, curve_from, thinned
from core.evaluation.curve import VerificationCurve

DISTANCES = st.lists(st.floats(0, 2, width=16), min_size=1, max_size=80)


def test_a_short_curve_stays_whole() -> None:
    curve = VerificationCurve(np.array([0.1, 0.1, 0.4]), np.array([0.3, 0.4, 0.9]))
    found = curve_from(curve_arrays(thinned(curve, [0.35, -np.inf])))
    assert found.genuine.tolist() == [0.1, 0.4]
    assert [found.at_threshold(t) for t in (0.0, 0.1, 0.35, 0.4, 1.0)] == [
        curve.at_threshold(t) for t in (0.0, 0.1, 0.35, 0.4, 1.0)
    ]
    assert (found.auc, found.eer) == (curve.auc, curve.eer)


@given(DISTANCES, DISTANCES, st.floats(0, 2))
@settings(max_examples=40, deadline=None)
def test_what_is_kept_accepts_what_it_did(genuine, impostor, threshold) -> None:
    curve = VerificationCurve(np.array(genuine), np.array(impostor))
    found = curve_from(curve_arrays(thinned(curve, [threshold], most=10)))
    assert (found.genuine_pairs, found.impostor_pairs) == (curve.genuine_pairs, curve.impostor_pairs)
    for kept in (threshold, *found.genuine, *found.impostor):
        assert found.at_threshold(kept) == curve.at_threshold(kept)
    for between in np.linspace(0, 2, 9):
        mine, theirs = found.at_threshold(between), curve.at_threshold(between)
        assert mine.tpr <= theirs.tpr
        assert mine.fpr <= theirs.fpr


def test_a_long_curve_becomes_short() -> None:
    random = np.random.default_rng(0)
    curve = VerificationCurve(random.random(3_000), 0.2 + random.random(9_000))
    found = thinned(curve, [0.5], most=400)
    assert len(found.genuine) + len(found.impostor) < 900
    for fpr in (0.001, 0.01, 0.3):
        assert found.tpr_at_fpr(fpr).fpr == pytest.approx(curve.tpr_at_fpr(fpr).fpr, rel=0.1)


def test_arrays_that_are_no_curve() -> None:
    whole = curve_arrays(VerificationCurve(np.array([0.1, 0.2]), np.array([0.3])))
    for key, value, words in (
        ("impostor.distances", np.array([np.nan]), "impostor.distances must be finite and rise"),
        ("genuine.counts", np.array([1]), "genuine.counts must be as many as genuine.distances, found 1 and 2"),
        ("genuine.counts", np.array([1, 2**60]), r"together at most 2\^53"),
        ("genuine.counts", np.array([1, -1]), "must each be at least 1"),
        ("genuine.distances", np.array([], dtype=float), "must be float64 with at least one value"),
    ):
        with pytest.raises(ValueError, match=words):
            curve_from({**whole, key: value})
