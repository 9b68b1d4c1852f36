import numpy as np
import pytest

from core.evaluation.classification import accuracy

LOGITS = np.array([[2.0, 1.0, 0.0], [0.0, 1.0, 3.0], [5.0, 6.0, 0.0], [1.0, 0.0, 0.0]])


def test_share_of_right_answers():
    assert accuracy(LOGITS, np.array([0, 2, 0, 0])) == 0.75


def test_unknown_labels_do_not_count():
    assert accuracy(LOGITS, np.array([0, -1, 0, -1])) == 0.5
    assert accuracy(LOGITS, np.array([-1] * 4)) is None
    assert accuracy(np.empty((0, 3)), np.empty(0, dtype=int)) is None


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
