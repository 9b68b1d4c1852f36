import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.neighbors import KNeighborsClassifier

import core.evaluation.neighbours as neighbours
from core.distances import LinearDistance
from core.errors import Cancelled, InputError
from core.evaluation.neighbours import Gallery, knn_accuracy
from core.evaluation.retrieval import retrieval_scores


def vote(voters):
    """By the rule as it is told: most votes, of several the one that is named first."""
    counts = {name: voters.count(name) for name in voters}
    return max(counts, key=counts.get)  # the first of equals, in the order of their first naming


def by_hand(embeddings, labels, k):
    """Leave one out, in a loop."""
    right = counted = 0
    for row, label in enumerate(labels):
        if labels.count(label) > 1:
            order = sorted((abs(x - embeddings[row]), other) for other, x in enumerate(embeddings) if other != row)
            right += vote([labels[other] for _, other in order[:k]]) == label
            counted += 1
    return right / counted


def test_worked_example():
    embeddings, labels = [0.0, 1.0, 2.5, 4.5, 7.5, 8.1, 9.9], [0, 0, 1, 0, 1, 1, 2]
    # image    3 nearest   vote of 3
    #     0    0 1 0       0 right
    #     1    0 1 0       0 right
    #     2    0 0 0       0
    #     3    1 1 0       1
    #     4    1 2 0       1 right (one vote each: the nearest)
    #     5    1 2 0       1 right
    #     6    is alone in its class
    found = knn_accuracy(np.array(embeddings)[:, None], labels, "euclidean", ks=(1, 3))
    assert found == {1: pytest.approx(4 / 6), 3: pytest.approx(4 / 6)}
    assert found[3] == pytest.approx(by_hand(embeddings, labels, 3))


@given(st.lists(st.integers(0, 10**6), min_size=3, max_size=25, unique=True), st.integers(0, 99), st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_leaving_one_out_is_the_loop(places, seed, classes):
    # No two distances are equal: their order would not be defined.
    assume(len({abs(a - b) for i, a in enumerate(places) for b in places[:i]}) == len(places) * (len(places) - 1) / 2)
    labels = np.random.default_rng(seed).integers(0, classes, len(places)).tolist()
    assume(any(labels.count(label) > 1 for label in labels))
    found = knn_accuracy(np.array(places, dtype=float)[:, None], labels, "euclidean")
    assert list(found) == [k for k in (1, 5) if k < len(places)]
    for k, share in found.items():
        assert share == pytest.approx(by_hand(places, labels, k))


@pytest.mark.parametrize("at_once", [1, 300, 1 << 21])
def test_a_gallery_agrees_with_scikit_learn(at_once, monkeypatch):
    """Of two classes, where 5 voters are never undecided."""
    monkeypatch.setattr(neighbours, "PAIRS_AT_ONCE", at_once)
    generator = np.random.default_rng(0)
    known, names = generator.normal(size=(50, 4)), generator.integers(0, 2, 50)
    asked, truth = generator.normal(size=(30, 4)), generator.integers(0, 2, 30)
    gallery = Gallery(torch.from_numpy(known), torch.from_numpy(names))
    found = knn_accuracy(asked, truth, "euclidean", gallery=gallery)
    for k, share in found.items():
        assert share == pytest.approx(KNeighborsClassifier(k).fit(known, names).score(asked, truth))


def test_a_class_that_is_not_in_the_gallery_does_not_count():
    gallery = Gallery(np.array([[0.0], [5.0]]), np.array(["cat", "dog"]))
    asked, names = np.array([[1.0], [2.0], [4.0]]), np.array(["cat", "dog", "owl"])
    assert knn_accuracy(asked, names, "euclidean", gallery=gallery) == {1: 0.5}
    with pytest.raises(InputError, match="needs an image whose class is among those searched, found none"):
        knn_accuracy(asked[2:], names[2:], "euclidean", gallery=gallery)


def test_images_of_one_group_do_not_vote_for_one_another():
    embeddings, labels = np.array([[0.0], [1.0], [2.5], [4.0], [6.0]]), [0, 0, 1, 0, 1]
    groups = np.array([7, 7, 3, -1, -1])
    # image  nearest outside its group
    #     0    1 (image 2)   0
    #     1    1 (image 2)   0
    #     2    1.5: 0 (images 1 and 3 are both 1.5 away, of class 0)
    #     3    1 (image 2)   0
    #     4    0 (image 3)   0
    assert knn_accuracy(embeddings, labels, "euclidean", groups=groups, ks=(1,)) == {1: 0.0}
    alone = knn_accuracy(embeddings, labels, "euclidean", groups=np.full(5, -1))
    assert alone == knn_accuracy(embeddings, labels, "euclidean")


def test_who_has_only_its_own_group_in_its_class_does_not_count():
    embeddings, labels = np.array([[0.0], [1.0], [10.0], [11.0]]), [0, 0, 1, 1]
    assert knn_accuracy(embeddings, labels, "euclidean", groups=np.array([5, 5, -1, -1])) == {1: 1.0}
    with pytest.raises(InputError, match="needs an image whose class"):
        knn_accuracy(embeddings, labels, "euclidean", groups=np.array([5, 5, 6, 6]))


def test_those_of_the_group_have_no_vote_where_few_others_are_left():
    """Three of the five voters are of the group: the two others agree."""
    embeddings, labels = np.array([[0.0], [0.1], [0.2], [0.3], [5.0], [6.0]]), [0, 1, 1, 1, 0, 0]
    found = knn_accuracy(embeddings, labels, "euclidean", groups=np.array([1, 1, 1, 1, -1, -1]))
    # Counted are 0, 4 and 5: 0 hears 0 0; 4 hears 0 1 1 1 0 and 5 the same with 4 for 5.
    assert found == {1: 1.0, 5: pytest.approx(1 / 3)}


def test_groups_reach_into_the_gallery():
    gallery = Gallery(np.array([[0.0], [3.0]]), np.array([0, 1]), groups=np.array([4, -1]))
    asked, names = np.array([[1.0], [1.0], [2.0]]), np.array([0, 0, 1])
    assert knn_accuracy(asked, names, "euclidean", gallery=gallery) == {1: 1.0}
    found = knn_accuracy(asked, names, "euclidean", gallery=gallery, groups=np.array([4, -1, 4]))
    assert found == {1: 1.0}  # of the second and the third; the first has its class in its own group alone


@given(st.integers(0, 1000), st.integers(3, 40), st.integers(1, 4), st.integers(1, 5))
@settings(max_examples=25, deadline=None)
def test_groups_are_left_out_of_retrieval(seed, count, classes, groups):
    """R-precision and precision@1 by a loop."""
    generator = np.random.default_rng(seed)
    embeddings, labels = generator.normal(size=(count, 3)), generator.integers(0, classes, count)
    of = generator.integers(-1, groups, count)
    first, r_precision = [], []
    for row in range(count):
        allowed = np.flatnonzero(((of != of[row]) | (of == -1)) & (np.arange(count) != row))
        relevant = int((labels[allowed] == labels[row]).sum())
        if relevant:
            order = allowed[np.argsort(np.linalg.norm(embeddings[allowed] - embeddings[row], axis=1))]
            hits = labels[order] == labels[row]
            first.append(hits[0])
            r_precision.append(hits[:relevant].mean())
    if not first:
        with pytest.raises(InputError, match="needs a class with 2 images of two groups"):
            retrieval_scores(embeddings, labels, "euclidean", groups=of)
        return
    scores = retrieval_scores(embeddings, labels, "euclidean", groups=of)
    assert scores.precision_at_1 == pytest.approx(np.mean(first))
    assert scores.r_precision == pytest.approx(np.mean(r_precision))


def test_the_nearest_alone_is_precision_at_1():
    generator = np.random.default_rng(0)
    embeddings, labels = generator.normal(size=(70, 4)), generator.integers(0, 9, 70)
    rule = LinearDistance("learned", generator.normal(size=(3, 4)))
    for distance in ("cosine", rule):
        expected = retrieval_scores(embeddings, labels, distance)
        assert knn_accuracy(embeddings, labels, distance)[1] == pytest.approx(expected.precision_at_1)
        assert expected.recall_at[1] == expected.precision_at_1


def test_one_class_is_always_right():
    assert knn_accuracy(np.eye(7), np.zeros(7, dtype=int)) == {1: 1.0, 5: 1.0}


def test_one_image_of_each_class_has_no_neighbours_to_be_right():
    with pytest.raises(InputError, match="k-NN needs an image whose class"):
        knn_accuracy(np.eye(3), np.arange(3))


def test_embeddings_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"must agree in D, found \[2, 3\] and \[2, 4\]"):
        knn_accuracy(np.ones((2, 3)), [0, 1], gallery=Gallery(np.ones((2, 4)), [0, 1]))
    with pytest.raises(ValueError, match="found NaN or infinity in row 1"):
        knn_accuracy(np.array([[1.0], [np.nan]]), [0, 0])
    with pytest.raises(ValueError, match="found NaN or infinity in row 2"):
        knn_accuracy(np.ones((2, 1)), [0, 0], gallery=Gallery(np.array([[np.inf]]), [0]))


def test_it_can_be_given_up():
    def give_up(share):
        raise Cancelled

    with pytest.raises(Cancelled):
        knn_accuracy(np.eye(4), [0, 0, 1, 1], watch=give_up)
