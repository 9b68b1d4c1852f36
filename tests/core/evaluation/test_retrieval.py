import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pytorch_metric_learning.distances import CosineSimilarity, LpDistance
from pytorch_metric_learning.utils.accuracy_calculator import AccuracyCalculator
from pytorch_metric_learning.utils.inference import CustomKNN

import core.evaluation.neighbours as neighbours
from core.distances import LinearDistance
from core.errors import Cancelled, InputError
from core.evaluation import RetrievalScores, retrieval_scores
from core.evaluation.neighbours import knn_accuracy


def test_worked_example():
    embeddings = np.array([[0.0], [1.0], [1.5], [2.1], [3.5]])
    labels = np.array([0, 0, 1, 1, 0])
    # image  R  its R nearest       precision@1  R-precision  average precision
    #     0  2  1 (same), 2                   1          1/2                1/2
    #     1  2  2, 0 (same)                   0          1/2            1/2 / 2
    #     2  1  1                             0            0                  0
    #     3  1  2 (same)                      1            1                  1
    #     4  2  3, 2                          0            0                  0
    scores = retrieval_scores(embeddings, labels, "euclidean")
    assert scores.precision_at_1 == pytest.approx(2 / 5)
    assert scores.r_precision == pytest.approx((0.5 + 0.5 + 0 + 1 + 0) / 5)
    assert scores.map_at_r == pytest.approx((0.5 + 0.25 + 0 + 1 + 0) / 5)


@pytest.mark.parametrize(
    ("distance", "peer"), [("cosine", CosineSimilarity()), ("euclidean", LpDistance(normalize_embeddings=False))]
)
@pytest.mark.parametrize("at_once", [1, 500, 1 << 21])
def test_agrees_with_pytorch_metric_learning(distance, peer, at_once, monkeypatch):
    monkeypatch.setattr(neighbours, "PAIRS_AT_ONCE", at_once)
    generator = torch.Generator().manual_seed(0)
    labels = torch.randint(12, (90,), generator=generator)
    labels[0] = 99  # a class with a single image
    embeddings = torch.randn(13, 5, generator=generator)[labels.clamp(max=12)] + torch.randn(90, 5, generator=generator)
    calculator = AccuracyCalculator(
        include=("precision_at_1", "r_precision", "mean_average_precision_at_r"),
        k="max_bin_count",
        knn_func=CustomKNN(peer),
        device=torch.device("cpu"),
    )
    expected = calculator.get_accuracy(embeddings.double(), labels)
    scores = retrieval_scores(embeddings, labels, distance)
    assert scores.precision_at_1 == pytest.approx(expected["precision_at_1"], abs=1e-12)
    assert scores.r_precision == pytest.approx(expected["r_precision"], abs=1e-12)
    assert scores.map_at_r == pytest.approx(expected["mean_average_precision_at_r"], abs=1e-12)


@pytest.mark.parametrize("at_once", [1, 1 << 21])
def test_a_linear_distance_is_euclidean_after_its_map(at_once, monkeypatch):
    monkeypatch.setattr(neighbours, "PAIRS_AT_ONCE", at_once)
    generator = np.random.default_rng(0)
    embeddings, labels = generator.normal(size=(40, 5)), np.arange(40) % 6
    rule = LinearDistance("learned", generator.normal(size=(3, 5)))
    expected, scores = (
        retrieval_scores(embeddings @ rule.W.T, labels, "euclidean"),
        retrieval_scores(embeddings, labels, rule),
    )
    assert tuple(scores) == pytest.approx(tuple(expected))
    assert scores.recall_at == pytest.approx(expected.recall_at)


def test_recall_by_hand():
    embeddings = np.array([[0.0], [1.0], [2.1], [3.3], [6.0], [9.0], [0.5]])
    labels = np.array([0, 0, 1, 2, 1, 2, 9])
    # 0 and 1 find each other behind the lone image at 0.5; 2 finds 4 as its 5th (1.1, 1.2, 1.6, 2.1, 3.9), 4 finds 2
    # as its 3rd (2.7, 3, 3.9), 3 finds 5 as its 6th (1.2, 2.3, 2.7, 2.8, 3.3, 5.7), 5 finds 3 as its 2nd.
    assert retrieval_scores(embeddings, labels, "euclidean").recall_at == {1: 0.0, 5: pytest.approx(5 / 6)}


@given(st.integers(0, 1000), st.integers(2, 60), st.integers(1, 8))
@settings(max_examples=25, deadline=None)
def test_recall_agrees_with_sorting_all(seed, count, classes):
    generator = np.random.default_rng(seed)
    embeddings, labels = generator.normal(size=(count, 3)), generator.integers(0, classes, count)
    queries = [row for row in range(count) if (labels == labels[row]).sum() > 1]
    assume(queries)
    recall = retrieval_scores(embeddings, labels, "euclidean").recall_at
    assert list(recall) == [k for k in (1, 5, 10, 20, 50) if k < count]
    for k, share in recall.items():
        hits = 0
        for row in queries:
            order = np.argsort(np.linalg.norm(embeddings - embeddings[row], axis=1))
            hits += labels[row] in labels[order[order != row][:k]]
        assert share == pytest.approx(hits / len(queries))


@pytest.mark.parametrize("groups", [None, np.arange(60) // 3])
def test_neighbours_vote_along(groups):
    generator = np.random.default_rng(0)
    embeddings, labels = generator.normal(size=(60, 3)), generator.integers(0, 5, 60)
    scores = retrieval_scores(embeddings, labels, groups=groups)
    assert scores.knn_accuracy == pytest.approx(knn_accuracy(embeddings, labels, groups=groups))


def test_far_from_the_origin_the_order_is_the_same():
    generator = np.random.default_rng(0)
    embeddings, labels = generator.integers(-500, 500, (50, 4)) / 1024, generator.integers(0, 5, 50)
    near, far = (retrieval_scores(embeddings + shift, labels, "euclidean") for shift in (0.0, 2.0**20))
    assert near == far


def test_many_images_of_a_class_do_not_shorten_the_list():
    """R = 1 everywhere, and yet the 5 nearest are looked at."""
    embeddings = np.array([[0.0], [4.0], [1.0], [5.5], [2.2], [6.4]])
    labels = np.array([0, 0, 1, 1, 2, 2])
    assert retrieval_scores(embeddings, labels, "euclidean").recall_at[5] == 1.0


def test_it_tells_how_far_it_is_and_can_be_given_up(monkeypatch):
    monkeypatch.setattr(neighbours, "PAIRS_AT_ONCE", 12)
    embeddings, labels = np.arange(12.0)[:, None], np.arange(12) // 2
    told = []
    retrieval_scores(embeddings, labels, "euclidean", told.append)
    assert told == pytest.approx([row / 12 for row in range(12)])

    def give_up(share):
        raise Cancelled

    with pytest.raises(Cancelled):
        retrieval_scores(embeddings, labels, "euclidean", give_up)


def test_scores_can_be_unpacked():
    scores = retrieval_scores(np.array([[0.0], [1.0], [5.0]]), np.array([0, 0, 1]), "euclidean")
    precision_at_1, r_precision, map_at_r = scores
    assert (precision_at_1, r_precision, map_at_r) == (scores.precision_at_1, scores.r_precision, scores.map_at_r)


def test_separated_classes_are_all_found():
    scores = retrieval_scores(np.eye(3).repeat(4, axis=0), np.arange(3).repeat(4))
    assert scores == RetrievalScores(1.0, 1.0, 1.0, {1: 1.0, 5: 1.0, 10: 1.0}, {1: 1.0, 5: 1.0})


def test_a_single_image_is_searched_among_but_does_not_search():
    embeddings, labels = np.array([[0.0], [2.0], [0.5]]), np.array([0, 0, 1])
    # Both images of class 0 are nearest to the lone image.
    assert retrieval_scores(embeddings, labels, "euclidean").precision_at_1 == 0.0


def test_without_a_class_of_two_there_is_no_score():
    with pytest.raises(InputError, match="retrieval needs a class with 2 images, found none of 3"):
        retrieval_scores(np.eye(3), np.arange(3))
