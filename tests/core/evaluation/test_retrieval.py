import numpy as np
import pytest
import torch
from pytorch_metric_learning.distances import CosineSimilarity, LpDistance
from pytorch_metric_learning.utils.accuracy_calculator import AccuracyCalculator
from pytorch_metric_learning.utils.inference import CustomKNN

import core.evaluation.retrieval as retrieval
from core.distances import LinearDistance
from core.errors import InputError
from core.evaluation import RetrievalScores, retrieval_scores


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
    monkeypatch.setattr(retrieval, "PAIRS_AT_ONCE", at_once)
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
    monkeypatch.setattr(retrieval, "PAIRS_AT_ONCE", at_once)
    generator = np.random.default_rng(0)
    embeddings, labels = generator.normal(size=(40, 5)), np.arange(40) % 6
    rule = LinearDistance("learned", generator.normal(size=(3, 5)))
    expected = retrieval_scores(embeddings @ rule.W.T, labels, "euclidean")
    assert retrieval_scores(embeddings, labels, rule) == pytest.approx(expected)


def test_scores_can_be_unpacked():
    scores = retrieval_scores(np.array([[0.0], [1.0], [5.0]]), np.array([0, 0, 1]), "euclidean")
    precision_at_1, r_precision, map_at_r = scores
    assert (precision_at_1, r_precision, map_at_r) == (scores.precision_at_1, scores.r_precision, scores.map_at_r)


def test_separated_classes_are_all_found():
    assert retrieval_scores(np.eye(3).repeat(4, axis=0), np.arange(3).repeat(4)) == RetrievalScores(1.0, 1.0, 1.0)


def test_a_single_image_is_searched_among_but_does_not_search():
    embeddings, labels = np.array([[0.0], [2.0], [0.5]]), np.array([0, 0, 1])
    # Both images of class 0 are nearest to the lone image.
    assert retrieval_scores(embeddings, labels, "euclidean").precision_at_1 == 0.0


def test_without_a_class_of_two_there_is_no_score():
    with pytest.raises(InputError, match="retrieval needs a class with 2 images, found 3 classes with 1 each"):
        retrieval_scores(np.eye(3), np.arange(3))
