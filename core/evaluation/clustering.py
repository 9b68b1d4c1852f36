"""Clustering of embeddings: how far the groups they fall into by themselves are the identities."""

from dataclasses import dataclass
from typing import Literal

ClusteringMethod = Literal["k-means", "dbscan", "hdbscan"]


@dataclass(frozen=True)
class ClusteringScores:
    """How well clusters agree with identities."""

    nmi: float
    """Normalised mutual information, 0..1."""
    ari: float
    """Adjusted Rand index, 1 for the same partition, about 0 for one by chance."""
    clusters: int
    """How many were found."""
    noise: float
    """Share of the images that belong to no cluster; they count together as one more."""
    images: int
    """How many were clustered."""
    eps: float | None = None
    """Distance within which DBSCAN takes images for neighbours."""
