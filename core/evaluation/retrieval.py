"""Retrieval: how many of an image's nearest neighbours show the same class."""

from typing import NamedTuple

import torch
from torch import Tensor

from core.distances import Array, Distance, as_distance, pairwise_distances, without_map
from core.errors import InputError
from core.evaluation.inputs import checked_embeddings

PAIRS_AT_ONCE = 1 << 21


class RetrievalScores(NamedTuple):
    """Means over all images whose class has another image; each such image searches among all others.

    Musgrave et al., A Metric Learning Reality Check, ECCV 2020. With R the number of other images of its class:
    """

    precision_at_1: float
    """Share of images whose nearest neighbour is of their class."""
    r_precision: float
    """Mean share of their class among the R nearest."""
    map_at_r: float
    """Mean of the precision at each of the R nearest that is of their class, 0 for the others."""


def retrieval_scores(embeddings: Array, labels: Array, distance: str | Distance = "cosine") -> RetrievalScores:
    """Measure retrieval among embeddings [N, D] with labels [N]; the order of equal distances is not defined.

    Raises
    ------
    ValueError
        where the shapes do not fit, an embedding is not finite or the distance is unknown.
    InputError
        where there are fewer than 2 embeddings, or no class has 2 images.
    """
    vectors, classes = checked_embeddings(embeddings, labels)
    others = classes.bincount()[classes] - 1
    queries = others.nonzero()[:, 0]
    if not len(queries):
        raise InputError(f"retrieval needs a class with 2 images, found {len(classes)} classes with 1 each")
    rows_at_once = max(PAIRS_AT_ONCE // len(vectors), 1)
    rule = as_distance(distance)
    mapped, rest = rule.transform(vectors), without_map(rule)  # once for all queries
    scores = [_scores(mapped, classes, others, rows, rest) for rows in torch.split(queries, rows_at_once)]
    means = torch.cat(scores).mean(dim=0).tolist()
    return RetrievalScores(*means)


def _scores(vectors: Tensor, classes: Tensor, others: Tensor, rows: Tensor, distance: Distance) -> Tensor:
    """precision@1, R-precision and MAP@R of each query row, float64 [Q, 3]."""
    distances = pairwise_distances(vectors[rows], vectors, distance)
    distances[torch.arange(len(rows)), rows] = torch.inf
    relevant = others[rows, None]
    nearest = distances.topk(int(relevant.max()), dim=1, largest=False).indices
    rank = torch.arange(1, nearest.shape[1] + 1)
    hits = (classes[nearest] == classes[rows, None]).double()
    counted = hits * (rank <= relevant)
    precision = hits.cumsum(dim=1) / rank
    return torch.cat(
        [hits[:, :1], counted.sum(1, keepdim=True) / relevant, (precision * counted).sum(1, keepdim=True) / relevant],
        dim=1,
    )
