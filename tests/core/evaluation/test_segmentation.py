import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.metrics import f1_score, jaccard_score

from core.evaluation.segmentation import ClassSegmentation, Overlaps, overlaps, segmentation_scores


def masks(*pictures):
    """Each picture as rows of 0 and 1."""
    return np.array([[[int(pixel) for pixel in row] for row in rows] for rows in pictures]).astype(np.bool_)


def test_worked_example():
    predicted = masks(("110", "000"), ("111", "000"), ("100", "000"), ("000", "000"))
    true = masks(("011", "000"), ("111", "000"), ("000", "000"), ("000", "000"))
    found = overlaps(predicted, true)  # 1 of 3 pixels, all, nothing there, two empty masks
    np.testing.assert_allclose(found.iou, [1 / 3, 1, 0, 1])
    np.testing.assert_allclose(found.dice, [2 / 4, 1, 0, 1])


def test_means_by_class():
    found = Overlaps(np.array([0.2, 0.4, 1.0]), np.array([0.3, 0.5, 1.0]))
    scores = segmentation_scores(found, np.array([2, 2, 0]), ("cat", "dog", "owl"))
    assert scores.iou == pytest.approx(1.6 / 3)
    assert scores.dice == pytest.approx(1.8 / 3)
    assert scores.classes == (
        ClassSegmentation("cat", 1, 1.0, 1.0),
        ClassSegmentation("owl", 2, pytest.approx(0.3), pytest.approx(0.4)),
    )


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_agrees_with_scikit_learn(data):
    shape = data.draw(st.tuples(st.integers(1, 4), st.integers(1, 6), st.integers(1, 6)))
    predicted, true = (data.draw(arrays.arrays(np.bool_, shape)) for _ in range(2))
    found = overlaps(predicted, true)
    for index in range(shape[0]):
        pair = true[index].ravel(), predicted[index].ravel()
        assert found.iou[index] == pytest.approx(jaccard_score(*pair, zero_division=1.0))
        assert found.dice[index] == pytest.approx(f1_score(*pair, zero_division=1.0))


def test_no_image_no_score():
    empty = np.empty(0)
    assert segmentation_scores(Overlaps(empty, empty), np.empty(0, dtype=np.int64), ("cat",)) is None


@pytest.mark.parametrize("predicted", [np.zeros((1, 2, 2)), np.zeros((1, 2, 3), dtype=np.bool_)])
def test_masks_that_do_not_fit_are_refused(predicted):
    with pytest.raises(ValueError, match="masks must be bool and of one shape"):
        overlaps(predicted, np.zeros((1, 2, 2), dtype=np.bool_))


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([0], r"labels must be \[2\], one for each image, found \[1\]"),
        ([0, 1], "labels must be below the 1 classes, found 0 to 1"),
        ([-1, 0], "labels must be below the 1 classes, found -1 to 0"),
    ],
)
def test_labels_that_do_not_fit_are_refused(labels, message):
    with pytest.raises(ValueError, match=message):
        segmentation_scores(Overlaps(np.ones(2), np.ones(2)), np.array(labels), ("cat",))
