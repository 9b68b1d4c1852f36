"""Results of verification over listed pairs, on embeddings made by hand."""

import math

import numpy as np
import pytest

from core.errors import InputError
from core.evaluation.protocols.folds import PairTrials
from core.evaluation.protocols.pairs import pairs_result

ON_A_LINE = np.array([[0.0], [1.0], [3.0], [7.0]], dtype=np.float32)
"""Euclidean distances: 0-1 1, 1-2 2, 0-2 3, 2-3 4, 1-3 6, 0-3 7."""
LABELS = np.arange(4)


def trials(*rows: tuple[int, int, bool], folds: list[int] | None = None) -> PairTrials:
    return PairTrials(
        np.array([row[:2] for row in rows]),
        np.array([row[2] for row in rows]),
        None if folds is None else np.array(folds),
        () if folds is None else tuple(map(str, range(max(folds) + 1))),
    )


def test_a_threshold_by_hand() -> None:
    """At 3: genuine 1 and 3 are accepted, 4 is not; impostor 2 is accepted, 6 and 7 are not."""
    pairs = trials((0, 1, True), (2, 0, True), (2, 3, True), (1, 2, False), (3, 1, False), (0, 3, False))
    found = pairs_result("pairs", ON_A_LINE, LABELS, pairs, "euclidean", threshold=3.0, warnings=["known"])
    assert (found.name, found.figure, found.mean, found.standard_error) == ("pairs", "accuracy", 4 / 6, None)
    assert found.figures == {"threshold": 3.0, "tpr": pytest.approx(2 / 3), "fpr": pytest.approx(1 / 3)}
    assert [(part.name, part.threshold, part.trials) for part in found.parts] == [("all pairs", 3.0, 6)]
    assert found.curve.auc == pytest.approx(7 / 9)  # 2 is nearer than 3 and 4
    assert found.chance == 0.5
    assert found.warnings == ("known",)


def test_folds_by_hand() -> None:
    """Fold 0 (genuine 1, impostor 2) is judged at 3 of fold 1 (genuine 3, impostor 4, 6), and that at 1."""
    pairs = trials((0, 1, True), (1, 2, False), (0, 2, True), (2, 3, False), (1, 3, False), folds=[0, 0, 1, 1, 1])
    found = pairs_result("lfw", ON_A_LINE, np.array([0, 1, 2, 3]), pairs, "euclidean")
    assert [(part.value, part.threshold) for part in found.parts] == [(0.5, 3.0), (pytest.approx(2 / 3), 1.0)]
    assert found.mean == pytest.approx((1 / 2 + 2 / 3) / 2)
    # Two values x and y: sample standard deviation |x - y| / sqrt(2), over sqrt(2).
    assert found.standard_error == pytest.approx((2 / 3 - 1 / 2) / 2)
    assert found.chance == pytest.approx(3 / 5)
    assert found.figures == {}
    assert len(found.warnings) == 1
    assert found.warnings[0].startswith("identities that stand in more than one fold: 3;")


def test_embeddings_that_are_all_alike_score_as_chance() -> None:
    pairs = trials((0, 1, True), (1, 2, False), (2, 3, True), (0, 3, False), folds=[0, 0, 1, 1])
    found = pairs_result("lfw", np.ones((4, 2)), LABELS, pairs)
    assert (found.mean, found.standard_error, found.curve.auc) == (0.5, 0.0, 0.5)


def test_what_is_refused() -> None:
    with pytest.raises(InputError, match="needs impostor pairs, found none"):
        pairs_result("pairs", ON_A_LINE, LABELS, trials((0, 1, True)), "euclidean", threshold=1.0)
    both = trials((0, 1, True), (0, 2, False))
    with pytest.raises(ValueError, match="trials without folds need one"):
        pairs_result("pairs", ON_A_LINE, LABELS, both, "euclidean")
    with pytest.raises(ValueError, match="embeddings must be finite, found NaN or infinity in row 1"):
        pairs_result("pairs", np.array([[0.0], [math.nan], [1.0]]), LABELS, both, threshold=1.0)
