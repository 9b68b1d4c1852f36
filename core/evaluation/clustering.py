"""Clustering of embeddings: how far the groups they fall into by themselves are the identities.

The distances here are all increasing functions of the Euclidean one between mapped embeddings (unit vectors for the
cosine distance, W x for a fitted one), so clusters are sought there by the Euclidean distance.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from core.distances import Array, Distance

ClusteringMethod = Literal["k-means", "dbscan", "hdbscan"]
CLUSTERING_METHODS: tuple[ClusteringMethod, ...] = get_args(ClusteringMethod)

MOST_IMAGES = 5_000
"""Of more images a sample is clustered: time and memory grow with their square. At this size a method takes 0.3 to 2 s
on one core, HDBSCAN 400 MB; other threads wait for the interpreter for up to 25 ms at a time, in DBSCAN once for 250 ms
where the embeddings have collapsed and all are neighbours."""
NEIGHBOURHOOD = 5
"""Images that make a cluster, itself included; fewer where the identities have fewer."""
CORE = 0.75
"""Share of the images that are to have a full neighbourhood in DBSCAN."""
_STARTS = 200
_SAME = 1e-6
"""Share of the largest coordinate that rounding may be."""

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class ClusteringScores:
    """How well clusters agree with identities."""

    nmi: float
    """Normalised mutual information, 0..1: 2 I / (H + H')."""
    ari: float
    """Adjusted Rand index, 1 for the same partition, about 0 for one by chance."""
    clusters: int
    """How many were found."""
    noise: float
    """Share of the images that belong to no cluster; to `nmi` and `ari` they are together one more."""
    images: int
    """How many were clustered."""
    eps: float | None = None
    """Distance up to which DBSCAN takes two images for neighbours."""


def clustering_scores(
    embeddings: "Array",
    labels: "Array",
    method: ClusteringMethod,
    distance: "str | Distance" = "cosine",
    *,
    seed: int = 0,
) -> ClusteringScores:
    """Cluster embeddings without their labels, and compare.

    - k-means: as many clusters as identities; the best of 10 starts for up to 20 identities, of fewer for more.
    - DBSCAN (Ester et al., A Density-Based Algorithm for Discovering Clusters, 1996): a neighbourhood of
      `NEIGHBOURHOOD` images, or of the median images of an identity where that is less, at least 2. Its eps is the
      distance within which three quarters of the images have such a neighbourhood (section 4.2 there, for a quarter of
      noise or border); no label decides it. The knee of the sorted distances lies farther out, where identities that
      are not far apart have grown together.
    - HDBSCAN (Campello et al., 2013): clusters of at least so many images.

    Of more than `MOST_IMAGES` images some are drawn (`sampled`).

    Parameters
    ----------
    embeddings
        [N, D]
    labels
        [N], the identity of each embedding.
    method
        How to cluster.
    distance
        Name or distance object.
    seed
        Of the sample and of the starts of k-means.

    Raises
    ------
    ValueError
        where the shapes do not fit, an embedding is not finite, or distance or method is unknown.
    InputError
        where there are fewer than 2 embeddings.
    """
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    from core.distances import as_distance
    from core.evaluation.inputs import checked_embeddings

    if method not in CLUSTERING_METHODS:
        raise ValueError(f"method must be one of {', '.join(CLUSTERING_METHODS)}, found {method!r}")
    vectors, classes = checked_embeddings(embeddings, labels, "clustering")
    rows = sampled(classes.numpy(), seed)
    rule = as_distance(distance)
    mapped, truth = rule.transform(vectors[rows]), classes.numpy()[rows]
    found, eps = _cluster(mapped.numpy(), truth, method, seed)
    return ClusteringScores(
        nmi=float(normalized_mutual_info_score(truth, found)),
        ari=float(adjusted_rand_score(truth, found)),
        clusters=int(found.max()) + 1,
        noise=float((found < 0).mean()),
        images=len(rows),
        eps=None if eps is None else float(rule.from_squared(mapped.new_tensor([eps**2]))),
    )


NOISE, NOT_CLUSTERED = -1, -2
"""In place of a cluster: of an image that lies in none, and of one that was not looked at."""


def find_clusters(
    embeddings: "Array",
    labels: "Array",
    method: ClusteringMethod,
    distance: "str | Distance" = "cosine",
    *,
    seed: int = 0,
) -> Labels:
    """Cluster of each embedding, int64 [N], found as in `clustering_scores`; `NOISE` where it lies in none.

    Labels number the clusters only: one is called like the class that it is matched with, where the matched pairs have
    as many images in common as can be; clusters without a class follow after all classes, the largest first. Of more
    than `MOST_IMAGES` images, those that were not drawn belong to the cluster with the nearest mean in k-means, else
    they are `NOT_CLUSTERED`.

    Raises
    ------
    ValueError, InputError
        as `clustering_scores`.
    """
    from core.distances import as_distance
    from core.evaluation.inputs import as_numpy, checked_embeddings

    if method not in CLUSTERING_METHODS:
        raise ValueError(f"method must be one of {', '.join(CLUSTERING_METHODS)}, found {method!r}")
    vectors, classes = checked_embeddings(embeddings, labels, "clustering")
    rows = sampled(classes.numpy(), seed)
    mapped = as_distance(distance).transform(vectors).numpy()
    found = np.full(len(mapped), NOT_CLUSTERED, dtype=np.int64)
    found[rows], _ = _cluster(mapped[rows], classes.numpy()[rows], method, seed)
    if method == "k-means":
        others = np.flatnonzero(found == NOT_CLUSTERED)
        found[others] = _nearest_mean(mapped[others], mapped[rows], found[rows])
    return _called_by_class(found, np.asarray(as_numpy(labels), dtype=np.int64))


def _nearest_mean(points: Floats, known: Floats, clusters: Labels) -> Labels:
    """Cluster of each point by the means of the known ones."""
    from scipy.spatial.distance import cdist

    means = np.stack([known[clusters == cluster].mean(axis=0) for cluster in range(int(clusters.max()) + 1)])
    nearest: Labels = cdist(points, means).argmin(axis=1)
    return nearest


def _called_by_class(found: Labels, labels: Labels) -> Labels:
    """The clusters with the numbers of the classes that they are matched with."""
    from scipy.optimize import linear_sum_assignment

    count = int(found.max()) + 1
    common = np.zeros((count, int(labels.max()) + 1), dtype=np.int64)
    inside = found >= 0
    np.add.at(common, (found[inside], labels[inside]), 1)
    names = np.full(count, -1, dtype=np.int64)
    clusters, classes = linear_sum_assignment(common, maximize=True)
    matched = common[clusters, classes] > 0
    names[clusters[matched]] = classes[matched]
    rest = np.flatnonzero(names < 0)
    names[rest[np.argsort(-common[rest].sum(axis=1), kind="stable")]] = common.shape[1] + np.arange(len(rest))
    called = found.copy()
    called[inside] = names[found[inside]]
    return called


def sampled(classes: Labels, seed: int) -> Labels:
    """Rows of the images to cluster, ascending.

    Of more than `MOST_IMAGES`, identities are drawn until there are as many images, each with at most 50 of them, or
    with `MOST_IMAGES` / identities where that is more.
    """
    if len(classes) <= MOST_IMAGES:
        return np.arange(len(classes))
    generator = np.random.default_rng(seed)
    identities = int(classes.max()) + 1
    shuffled = generator.permutation(len(classes))
    # By identity, in an order that is drawn as well.
    order = shuffled[np.argsort(generator.permutation(identities)[classes[shuffled]], kind="stable")]
    _, starts, counts = np.unique(classes[order], return_index=True, return_counts=True)
    by_place = np.argsort(starts)
    rank = np.arange(len(order)) - np.repeat(starts[by_place], counts[by_place])
    return np.sort(order[rank < max(50, MOST_IMAGES // identities)][:MOST_IMAGES])


def _cluster(points: Floats, classes: Labels, method: ClusteringMethod, seed: int) -> tuple[Labels, float | None]:
    """Cluster of each point, -1 for noise, and DBSCAN's eps."""
    from sklearn.cluster import DBSCAN, HDBSCAN, KMeans

    sizes = np.unique(classes, return_counts=True)[1]
    if method == "k-means":
        clusters = min(len(sizes), _distinct(points))
        starts = max(1, min(10, _STARTS // clusters))
        return KMeans(clusters, n_init=starts, random_state=seed).fit_predict(points).astype(np.int64), None
    neighbourhood = min(NEIGHBOURHOOD, max(2, int(np.median(sizes))))
    if method == "dbscan":
        eps = _eps(points, neighbourhood)
        return DBSCAN(eps=eps, min_samples=neighbourhood).fit_predict(points).astype(np.int64), eps
    # Its trees are slower at so many dimensions.
    hdbscan = HDBSCAN(min_cluster_size=neighbourhood, algorithm="brute", copy=True)
    return hdbscan.fit_predict(points).astype(np.int64), None


def _eps(points: Floats, neighbourhood: int) -> float:
    """Euclidean distance within which `CORE` of the images have a neighbourhood of so many."""
    from sklearn.neighbors import NearestNeighbors

    neighbours = min(neighbourhood, len(points)) - 1
    farthest = np.sort(NearestNeighbors(n_neighbors=neighbours).fit(points).kneighbors()[0][:, -1])
    found = float(farthest[math.ceil(CORE * len(farthest)) - 1])
    # A hair more, since DBSCAN rounds the same distance in its own way.
    return max(found * (1.0 + 1e-9), _SAME * _extent(points))


def _distinct(points: Floats) -> int:
    """How many points are not the same but for rounding."""
    return len(np.unique(np.round(points / (_SAME * _extent(points))), axis=0))


def _extent(points: Floats) -> float:
    return float(np.abs(points).max()) or 1.0
