import numpy as np
import pytest
from sklearn.cluster import DBSCAN, HDBSCAN
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

import core.evaluation.clustering as clustering
from core.distances import LinearDistance
from core.errors import InputError
from core.evaluation.clustering import (
    CLUSTERING_METHODS,
    NOISE,
    NOT_CLUSTERED,
    ClusteringScores,
    clustering_scores,
    find_clusters,
    sampled,
)

every_method = pytest.mark.parametrize("method", CLUSTERING_METHODS)


def blobs(identities=6, per_identity=20, spread=0.02, size=8, seed=0):
    generator = np.random.default_rng(seed)
    labels = np.repeat(np.arange(identities), per_identity)
    return generator.normal(size=(identities, size))[labels] + spread * generator.normal(
        size=(len(labels), size)
    ), labels


@every_method
@pytest.mark.parametrize("distance", ["cosine", "euclidean", "squared-euclidean"])
def test_identities_far_apart_are_found_whole(method, distance):
    scores = clustering_scores(*blobs(), method, distance)
    assert (scores.clusters, scores.images) == (6, 120)
    assert scores.noise <= 0.1
    assert scores.nmi > 0.9
    assert scores.ari > 0.85
    assert (scores.eps is not None) == (method == "dbscan")


@every_method
def test_labels_by_chance_are_not_found(method):
    embeddings, labels = blobs()
    scores = clustering_scores(embeddings, np.random.default_rng(1).permutation(labels), method)
    assert scores.nmi < 0.2
    assert abs(scores.ari) < 0.05


def test_worked_example():
    """Two pairs and a point far from all, with identities of two images: a neighbourhood of 2."""
    embeddings = np.array([[0.0], [1.0], [10.0], [11.2], [50.0]])
    labels = np.array([0, 0, 1, 1, 1])
    # Distances to the nearest: 1, 1, 1.2, 1.2, 38.8; three quarters of five are the first four.
    scores = clustering_scores(embeddings, labels, "dbscan", "euclidean")
    assert scores.eps == pytest.approx(1.2)
    assert (scores.clusters, scores.noise, scores.images) == (2, 0.2, 5)
    truth, found = [0, 0, 1, 1, 1], [0, 0, 1, 1, 2]  # noise is one more
    assert scores.nmi == pytest.approx(normalized_mutual_info_score(truth, found))
    assert scores.ari == pytest.approx(adjusted_rand_score(truth, found))
    # By hand: 1 genuine pair of clusters 0 and 1 each; of 10 pairs 4 share an identity, 2 a cluster, 2 both.
    assert scores.ari == pytest.approx((2 - 4 * 2 / 10) / ((4 + 2) / 2 - 4 * 2 / 10))


def test_eps_is_in_the_unit_of_the_distance():
    embeddings, labels = blobs(spread=0.3)
    unit = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    cosine = clustering_scores(embeddings, labels, "dbscan", "cosine")
    euclidean = clustering_scores(unit, labels, "dbscan", "euclidean")
    assert cosine.eps == pytest.approx(euclidean.eps**2 / 2)
    assert (cosine.nmi, cosine.clusters) == (pytest.approx(euclidean.nmi), euclidean.clusters)
    found = DBSCAN(eps=euclidean.eps * (1 + 1e-9), min_samples=5).fit_predict(unit)
    assert euclidean.ari == pytest.approx(adjusted_rand_score(labels, found))
    assert euclidean.noise == pytest.approx((found < 0).mean())


@every_method
def test_a_fitted_distance_clusters_what_its_map_makes(method):
    embeddings, labels = blobs(spread=0.4)
    rule = LinearDistance("learned", np.random.default_rng(2).normal(size=(3, 8)))
    found, expected = (
        clustering_scores(embeddings, labels, method, rule),
        clustering_scores(embeddings @ rule.W.T, labels, method, "euclidean"),
    )
    assert found == expected or found.nmi == pytest.approx(expected.nmi)


def test_hdbscan_is_that_of_scikit_learn():
    embeddings, labels = blobs(spread=0.5)
    expected = HDBSCAN(min_cluster_size=5, copy=True).fit_predict(embeddings)
    scores = clustering_scores(embeddings, labels, "hdbscan", "euclidean")
    assert scores.clusters == expected.max() + 1
    assert scores.ari == pytest.approx(adjusted_rand_score(labels, expected))


@every_method
def test_same_numbers_again(method):
    embeddings, labels = blobs(spread=0.6)
    assert clustering_scores(embeddings, labels, method) == clustering_scores(embeddings, labels, method)


@every_method
@pytest.mark.parametrize("embeddings", [np.ones((12, 3)), np.zeros((12, 3)), np.full((12, 3), 1e-30)])
def test_identical_embeddings(method, embeddings):
    scores = clustering_scores(embeddings, np.arange(12) % 3, method)
    assert (scores.nmi, scores.ari) == (0.0, 0.0)
    assert scores.clusters <= 1


@every_method
@pytest.mark.parametrize("labels", [[0, 0], [0, 1]])
def test_two_images(method, labels):
    assert clustering_scores(np.eye(2), labels, method).images == 2


@every_method
def test_one_image_of_each_identity(method):
    scores = clustering_scores(np.random.default_rng(0).normal(size=(9, 4)), np.arange(9), method)
    assert scores.images == 9
    if method == "k-means":
        assert scores == ClusteringScores(1.0, 1.0, 9, 0.0, 9)


@every_method
def test_one_identity(method):
    scores = clustering_scores(*blobs(identities=1), method)
    assert scores.images == 20
    assert 0 <= scores.nmi <= 1


def test_bad_input():
    with pytest.raises(ValueError, match="method must be one of k-means, dbscan, hdbscan, found 'birch'"):
        clustering_scores(np.eye(3), [0, 0, 1], "birch")
    with pytest.raises(ValueError, match="embeddings must be finite, found NaN or infinity in row 1"):
        clustering_scores(np.array([[1.0], [np.nan]]), [0, 0], "k-means")
    with pytest.raises(InputError, match="clustering needs at least 2 embeddings, found 1"):
        clustering_scores(np.eye(1), [0], "k-means")


def test_of_many_images_whole_identities_are_drawn(monkeypatch):
    monkeypatch.setattr(clustering, "MOST_IMAGES", 60)
    classes = np.random.default_rng(0).permutation(np.repeat(np.arange(40), 5))
    rows = sampled(classes, seed=0)
    assert len(rows) == 60
    assert (np.diff(rows) > 0).all()
    _, counts = np.unique(classes[rows], return_counts=True)
    assert counts.tolist() == [5] * 12
    assert sampled(classes, seed=0).tolist() == rows.tolist() != sampled(classes, seed=1).tolist()
    embeddings = np.random.default_rng(0).normal(size=(200, 4))
    assert clustering_scores(embeddings, classes, "k-means").images == 60


def test_of_large_identities_each_gives_some(monkeypatch):
    monkeypatch.setattr(clustering, "MOST_IMAGES", 300)
    classes = np.random.default_rng(0).permutation(np.repeat(np.arange(3), [1000, 200, 90]))
    _, counts = np.unique(classes[sampled(classes, seed=0)], return_counts=True)
    assert sorted(counts.tolist()) == [90, 100, 100]
    assert sampled(classes[:300], seed=0).tolist() == list(range(300))


# --- the clusters themselves


@every_method
def test_clusters_are_called_like_the_classes_they_agree_with(method):
    """Whatever numbers the classes have."""
    embeddings, labels = blobs()
    called = np.array([9, 3, 0, 7, 4, 5])[labels]
    found = find_clusters(embeddings, called, method)
    assert found.dtype == np.int64
    assert (found == called)[found != NOISE].all()
    assert (found == NOISE).mean() <= 0.1


@every_method
def test_clusters_are_those_that_are_scored(method):
    embeddings, labels = blobs(spread=1.0)
    scores, found = clustering_scores(embeddings, labels, method), find_clusters(embeddings, labels, method)
    assert len(np.unique(found[found != NOISE])) == scores.clusters
    assert (found == NOISE).mean() == scores.noise
    # Labels for noise: any one that no cluster has.
    assert adjusted_rand_score(labels, found) == pytest.approx(scores.ari)


def test_clusters_without_a_class_follow_after_all_classes():
    """Two identities in five heaps of 5, 5, 10, 12 and 4 images; each takes the heap that it has most images in."""
    sizes = [5, 5, 10, 12, 4]
    heaps = np.repeat(np.arange(5), sizes)
    embeddings = np.eye(5)[heaps] + 1e-3 * np.random.default_rng(0).normal(size=(36, 5))
    labels = np.where(heaps < 3, 4, 1)
    found = find_clusters(embeddings, labels, "hdbscan", "euclidean")
    numbers = [set(found[heaps == heap].tolist()) - {NOISE} for heap in range(5)]
    assert numbers[2:4] == [{4}, {1}]
    assert numbers[0] | numbers[1] == {5, 6}, "after the largest number of a class"


@pytest.mark.parametrize(("method", "rest"), [("k-means", False), ("hdbscan", True)])
def test_images_that_were_not_drawn(monkeypatch, method, rest):
    monkeypatch.setattr(clustering, "MOST_IMAGES", 100)
    embeddings, labels = blobs(identities=4, per_identity=60)
    found = find_clusters(embeddings, labels, method)
    assert ((found == NOT_CLUSTERED).sum() == 140) == rest
    assert (found == labels)[found >= 0].mean() > (0.4 if rest else 0.45)


def test_clusters_of_what_cannot_be_clustered():
    with pytest.raises(InputError, match="clustering needs at least 2 embeddings"):
        find_clusters(np.ones((1, 3)), [0], "k-means")
    with pytest.raises(ValueError, match="method must be one of k-means, dbscan, hdbscan, found 'spectral'"):
        find_clusters(np.eye(3), [0, 1, 2], "spectral")
    assert find_clusters(np.ones((4, 3)), [0, 0, 1, 1], "k-means").tolist() == [0, 0, 0, 0]
