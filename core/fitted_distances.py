"""Distances that are fitted on the embeddings of a trained model, without training it further."""

import numpy as np
import torch
from numpy.typing import NDArray

from core.config import FittedDistance
from core.distances import Array, LinearDistance, pairwise_distances
from core.errors import InputError
from core.evaluation.inputs import checked_embeddings

LEAST_SHRINKAGE = 0.1
"""Of a covariance: no direction counts as narrower than a tenth of the mean variance (docs/adr/0005)."""
NCA_IMAGES = 1_000
"""Embeddings that NCA looks at; time and memory grow with their square."""
NCA_ITERATIONS = 5
"""Few on purpose: the network has set its training images apart already, and NCA would go on without end (measured)."""
NCA_NEAREST = 5.0
"""Median squared distance of nearest neighbours that NCA starts from: neither blind nor sure of itself."""
_ROUNDING = 1e-12

Floats = NDArray[np.float64]


def fit_distance(name: FittedDistance, embeddings: Array, labels: Array) -> LinearDistance:
    """Fit the distance of that name; parameters and errors as `fit_mahalanobis` and `fit_nca`."""
    return fit_mahalanobis(embeddings, labels) if name == "mahalanobis" else fit_nca(embeddings, labels)


def fit_mahalanobis(embeddings: Array, labels: Array | None = None) -> LinearDistance:
    """Mahalanobis distance whose W whitens the embeddings: M = WᵀW is the inverse of a shrunk covariance.

    The covariance is pooled within the classes, so that directions in which images of one class differ count little;
    over all embeddings where no class has two. It is drawn towards a multiple of the identity as far as Ledoit and
    Wolf, A Well-Conditioned Estimator for Large-Dimensional Covariance Matrices, 2004, find best, and at least by
    `LEAST_SHRINKAGE`: W is finite for any embeddings, and the identity where they do not spread at all. W is the
    symmetric root, the whitening that moves the embeddings least (Kessy et al., Optimal Whitening and Decorrelation,
    2018). Turning, moving and scaling the embeddings leaves the distances as they are; another affine map does so only
    as far as nothing was shrunk.

    Parameters
    ----------
    embeddings
        [N, D], the training images', never those it is to be judged by.
    labels
        [N]; None takes the covariance of all embeddings.

    Raises
    ------
    InputError
        where there are fewer than 2 embeddings.
    ValueError
        where shapes do not fit or an embedding is not finite.
    """
    vectors, classes = _checked(embeddings, np.zeros(len(embeddings)) if labels is None else labels, "Mahalanobis")
    rest, freedom = _within_classes(vectors, classes)
    # What rounding leaves between equal embeddings is no spread.
    rest[np.abs(rest) <= _ROUNDING * np.abs(vectors).max()] = 0.0
    unit = float(np.abs(rest).max()) or 1.0
    covariance = _shrunk_covariance(rest / unit) * (len(rest) / freedom)
    return LinearDistance("mahalanobis", _inverse_root(covariance) / unit)


def fit_nca(embeddings: Array, labels: Array, *, seed: int = 0) -> LinearDistance:
    """Neighbourhood components analysis: W [D, D] under which a nearest neighbour is most often of the same class.

    Goldberger et al., Neighbourhood Components Analysis, NIPS 2004, by scikit-learn, from the Mahalanobis distance on.
    Looks at `NCA_IMAGES` embeddings at most, drawn evenly over the classes, for `NCA_ITERATIONS` iterations.

    Parameters
    ----------
    embeddings
        [N, D], the training images'.
    labels
        [N]
    seed
        Draws the embeddings where there are more.

    Raises
    ------
    InputError
        where there are fewer than 2 embeddings or classes, or no class has 2.
    ValueError
        where shapes do not fit or an embedding is not finite.
    """
    vectors, classes = _checked(embeddings, labels, "NCA")
    if (problem := missing_for("nca", classes)) is not None:
        raise InputError(problem)
    from sklearn.neighbors import NeighborhoodComponentsAnalysis

    chosen = _spread(classes, NCA_IMAGES, seed)
    whitening = fit_mahalanobis(vectors, classes)
    nearest = _nearest_squared(vectors[chosen], whitening)
    start = whitening.W * (NCA_NEAREST / nearest if nearest > 0 else 1.0) ** 0.5
    analysis = NeighborhoodComponentsAnalysis(init=start, max_iter=NCA_ITERATIONS)
    return LinearDistance("nca", analysis.fit(vectors[chosen], classes[chosen]).components_)


def missing_for(name: FittedDistance, labels: NDArray[np.int64]) -> str | None:
    """Why a distance cannot be fitted on images with these labels [N], in one sentence; None where it can."""
    title = "Mahalanobis" if name == "mahalanobis" else "NCA"
    if len(labels) < 2:
        return f"{title} needs at least 2 embeddings, found {len(labels)}"
    if name == "mahalanobis":
        return None
    sizes = np.unique(labels, return_counts=True)[1]
    if len(sizes) < 2:
        return f"{title} needs at least 2 classes, found 1"
    if sizes.max() < 2:
        return f"{title} needs a class with 2 embeddings, found {len(sizes)} classes with 1 each"
    return None


def _checked(embeddings: Array, labels: Array, title: str) -> tuple[Floats, NDArray[np.int64]]:
    vectors, classes = checked_embeddings(embeddings, labels, title)
    return vectors.numpy(), classes.numpy()


def _within_classes(vectors: Floats, classes: NDArray[np.int64]) -> tuple[Floats, int]:
    """Differences [R, D] from the mean of the class, of the classes that have two, and their degrees of freedom."""
    sizes = np.bincount(classes)
    if sizes.max() < 2:
        return vectors - vectors.mean(axis=0), len(vectors) - 1
    means = np.zeros((len(sizes), vectors.shape[1]))
    np.add.at(means, classes, vectors)
    rest = vectors - (means / sizes[:, None])[classes]
    several = sizes[classes] > 1
    return rest[several], int(several.sum() - (sizes > 1).sum())


def _shrunk_covariance(rest: Floats) -> Floats:
    """Covariance [D, D] of centred rows [R, D], shrunk as Ledoit and Wolf (2004) say, but at least a little."""
    count, size = rest.shape
    sample = rest.T @ rest / count
    mean = np.trace(sample) / size
    target = mean * np.eye(size)
    spread = float(np.square(sample - target).sum())
    error = float(np.square(np.square(rest).sum(axis=1)).mean() - np.square(sample).sum()) / count
    best = min(max(error / spread, 0.0), 1.0) if spread > 0 else 1.0
    share = max(best, LEAST_SHRINKAGE)
    shrunk: Floats = (1 - share) * sample + share * target
    return shrunk


def _inverse_root(covariance: Floats) -> Floats:
    """Symmetric inverse square root; the identity for a covariance of nothing."""
    variances, axes = np.linalg.eigh(covariance)
    if variances[-1] <= 0:
        return np.eye(len(covariance))
    root: Floats = (axes / np.sqrt(variances)) @ axes.T
    return root


def _nearest_squared(vectors: Floats, distance: LinearDistance) -> float:
    """Median squared distance of the nearest neighbour."""
    distances = pairwise_distances(vectors, vectors, distance).fill_diagonal_(torch.inf)
    return float(distances.amin(dim=1).square().median())


def _spread(classes: NDArray[np.int64], most: int, seed: int) -> NDArray[np.int64]:
    """Positions of at most `most` rows, about equally many of each class."""
    shuffled = np.random.default_rng(seed).permutation(len(classes))
    by_class = shuffled[np.argsort(classes[shuffled], kind="stable")]
    _, starts, counts = np.unique(classes[by_class], return_index=True, return_counts=True)
    rank = np.arange(len(by_class)) - np.repeat(starts, counts)
    return np.sort(by_class[np.argsort(rank, kind="stable")][:most])
