import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix as reference
from sklearn.metrics import precision_score, recall_score

import core.evaluation.classification as classification
from core.evaluation.classification import accuracy, confusion_matrix, cross_entropies

LOGITS = np.array([[2.0, 1.0, 0.0], [0.0, 1.0, 3.0], [5.0, 6.0, 0.0], [1.0, 0.0, 0.0]])
NAMES = ("cat", "dog", "owl")


def test_share_of_right_answers():
    assert accuracy(LOGITS, np.array([0, 2, 0, 0])) == 0.75


def test_unknown_labels_do_not_count():
    assert accuracy(LOGITS, np.array([0, -1, 0, -1])) == 0.5
    assert accuracy(LOGITS, np.array([-1] * 4)) is None
    assert accuracy(np.empty((0, 3)), np.empty(0, dtype=int)) is None
    assert accuracy(np.empty((4, 0)), np.array([-1] * 4)) is None


def test_who_is_taken_for_whom():
    matrix = confusion_matrix(LOGITS, np.array([0, 2, 0, -1]), NAMES)
    assert matrix.classes == NAMES
    np.testing.assert_array_equal(matrix.counts, [[1, 1, 0], [0, 0, 0], [0, 0, 1]])
    assert matrix.counts.dtype == np.int64
    assert [matrix.recall(row) for row in range(3)] == [0.5, None, 1.0]
    assert [matrix.precision(row) for row in range(3)] == [1.0, 0.0, 1.0]


def test_classes_that_do_not_occur_are_left_out():
    matrix = confusion_matrix(LOGITS[:2], np.array([0, 0]), NAMES)
    assert matrix.classes == ("cat", "owl")
    np.testing.assert_array_equal(matrix.counts, [[1, 1], [0, 0]])
    assert (matrix.recall(0), matrix.precision(1)) == (0.5, 0.0)


@pytest.mark.parametrize(
    ("logits", "labels"),
    [(LOGITS, np.array([-1] * 4)), (np.empty((0, 3)), np.empty(0, dtype=int))],
)
def test_without_a_known_label_there_is_no_table(logits, labels):
    assert confusion_matrix(logits, labels, NAMES) is None


def test_a_model_without_classes_has_no_table():
    assert confusion_matrix(np.empty((4, 0)), np.array([-1] * 4), ()) is None


def test_very_many_classes_have_no_table(monkeypatch):
    monkeypatch.setattr(classification, "MOST_CLASSES", 2)
    assert confusion_matrix(LOGITS, np.array([0, 2, 0, 0]), NAMES) is None


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=40))
@settings(max_examples=30, deadline=None)
def test_agrees_with_scikit_learn(pairs):
    true, predicted = np.array(pairs).T
    matrix = confusion_matrix(np.eye(5)[predicted], true, tuple("abcde"))
    labels = np.array(["abcde".index(name) for name in matrix.classes])
    np.testing.assert_array_equal(labels, np.union1d(true, predicted))
    everything = reference(true, predicted, labels=np.arange(5))
    np.testing.assert_array_equal(matrix.counts, everything[np.ix_(labels, labels)])
    assert matrix.counts.sum() == len(pairs)
    named = {"labels": labels, "average": None, "zero_division": np.nan}
    for found, expected in (
        (matrix.recall, recall_score(true, predicted, **named)),
        (matrix.precision, precision_score(true, predicted, **named)),
    ):
        shares = [np.nan if (share := found(row)) is None else share for row in range(len(labels))]
        np.testing.assert_allclose(shares, expected)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (np.array([0, 1]), r"logits must be \[N, C\] and labels \[N\], found \[4, 3\] and \[2\]"),
        (np.array([0, 1, 2, 3]), "labels must be below the 3 classes of the logits, found 3"),
    ],
)
def test_labels_that_do_not_fit_are_refused(labels, message):
    with pytest.raises(ValueError, match=message):
        accuracy(LOGITS, labels)
    with pytest.raises(ValueError, match=message):
        confusion_matrix(LOGITS, labels, NAMES)


def test_names_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="class_names must name the 3 classes of the logits, found 2"):
        confusion_matrix(LOGITS, np.array([0, 1, 2, 0]), NAMES[:2])


def test_cross_entropies_are_those_of_torch():
    random = np.random.default_rng(0)
    logits, labels = 5 * random.normal(size=(40, 7)).astype(np.float32), random.integers(0, 7, 40)
    known = torch.tensor(logits, dtype=torch.float64)
    expected = torch.nn.functional.cross_entropy(known, torch.tensor(labels), reduction="none")
    np.testing.assert_allclose(cross_entropies(logits, labels), expected, rtol=1e-5)


def test_cross_entropies_of_large_logits_and_unknown_classes():
    logits = np.array([[1000.0, 0.0], [1000.0, 0.0], [0.0, 0.0]])
    found = cross_entropies(logits, np.array([0, 1, -1]))
    np.testing.assert_array_equal(found, np.array([0.0, 1000.0, np.nan], np.float32))
    assert np.isnan(cross_entropies(np.empty((2, 0)), np.array([-1, -1]))).all()
    with pytest.raises(ValueError, match="labels must be below the 2 classes"):
        cross_entropies(logits, np.array([0, 1, 2]))
