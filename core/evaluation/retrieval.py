"""Retrieval: how many of an image's nearest neighbours show the same class."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor

from core.distances import Array, Distance
from core.errors import InputError
from core.evaluation.neighbours import VOTERS, Gallery, Search, majority
from core.watch import Watch

RECALL_AT = (1, 5, 10, 20, 50)


@dataclass(frozen=True)
class RetrievalScores:
    """Means over all images whose class has another image; each such image searches among all others.

    Musgrave et al., A Metric Learning Reality Check, ECCV 2020. With R the number of other images of its class:
    """

    precision_at_1: float
    """Share of images whose nearest neighbour is of their class."""
    r_precision: float
    """Mean share of their class among the R nearest."""
    map_at_r: float
    """Mean of the precision at each of the R nearest that is of their class, 0 for the others."""
    recall_at: Mapping[int, float] = field(default_factory=dict)
    """Share of images with one of their class among the k nearest (Jégou et al., Product Quantization for Nearest
    Neighbor Search, 2011), by k: those of 1, 5, 10, 20 and 50 that are below the number of images."""
    knn_accuracy: Mapping[int, float] = field(default_factory=dict)
    """As `core.evaluation.neighbours.knn_accuracy` without a gallery, by k."""

    def __iter__(self) -> Iterator[float]:
        """The first three, to be unpacked."""
        return iter((self.precision_at_1, self.r_precision, self.map_at_r))


def retrieval_scores(
    embeddings: Array,
    labels: Array,
    distance: str | Distance = "cosine",
    watch: Watch | None = None,
    *,
    groups: Array | None = None,
) -> RetrievalScores:
    """Measure retrieval among embeddings; the order of equal distances is not defined.

    Parameters
    ----------
    embeddings
        [N, D]
    labels
        [N]
    distance
        Name or distance object.
    watch
        Takes the share that is done; may raise Cancelled.
    groups
        [N], see `core.evaluation.evaluated.EvaluatedImages`: images of one group do not find one another.

    Raises
    ------
    ValueError
        where the shapes do not fit, an embedding is not finite or the distance is unknown.
    InputError
        where there are fewer than 2 embeddings, or no class has 2 images to find one another.
    Cancelled
        where `watch` said so.
    """
    search = Search(Gallery(embeddings, labels, groups), None, distance)
    queries = search.relevant.nonzero()[:, 0]
    if not len(queries):
        apart = "" if groups is None else " of two groups"
        raise InputError(f"retrieval needs a class with 2 images{apart}, found none of {int(search.classes.max()) + 1}")
    ks, voters = ([k for k in sizes if k <= search.most] for sizes in (RECALL_AT, VOTERS))
    scores = [_scores(search, rows, ks, voters) for rows in search.blocks(queries, watch)]
    first, r_precision, map_at_r, *others = torch.cat(scores).mean(dim=0).tolist()
    recall, votes = others[: len(ks)], others[len(ks) :]
    return RetrievalScores(
        first, r_precision, map_at_r, dict(zip(ks, recall, strict=True)), dict(zip(voters, votes, strict=True))
    )


def _scores(search: Search, rows: Tensor, ks: list[int], voters: list[int]) -> Tensor:
    """precision@1, R-precision, MAP@R, recall at each k, right votes of each k; float64 [Q, 3 + K + V]."""
    relevant, truth = search.relevant[rows, None], search.classes[rows, None]
    found = search.classes_of_nearest(rows, max(int(relevant.max()), *ks))
    rank = torch.arange(1, found.shape[1] + 1)
    hits = (found == truth).double()
    counted = hits * (rank <= relevant)
    precision = hits.cumsum(dim=1) / rank
    return torch.cat(
        [
            hits[:, :1],
            counted.sum(1, keepdim=True) / relevant,
            (precision * counted).sum(1, keepdim=True) / relevant,
            hits.cummax(dim=1).values[:, [k - 1 for k in ks]],
            *((majority(found[:, :k])[:, None] == truth).double() for k in voters),
        ],
        dim=1,
    )
