"""Nearest neighbours: exact, some queries at a time, so that no matrix of all distances is held."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from core.distances import Array, Distance, as_distance, pairwise_distances, without_map
from core.errors import InputError
from core.evaluation.inputs import as_numpy, checked_embeddings
from core.evaluation.pair_scan import Watch

PAIRS_AT_ONCE = 1 << 21
VOTERS = (1, 5)


@dataclass(frozen=True, eq=False)
class Gallery:
    """Labelled embeddings that others are looked up in."""

    embeddings: Array
    """[M, D]"""
    labels: Array
    """[M]"""


def knn_accuracy(
    embeddings: Array,
    labels: Array,
    distance: str | Distance = "cosine",
    *,
    gallery: Gallery | None = None,
    ks: Sequence[int] = VOTERS,
    watch: Watch | None = None,
) -> dict[int, float]:
    """Share of images that the majority of their k nearest neighbours names rightly, by k.

    Of equally many votes, those of the class with the nearest voter win. Counted are images whose class is among those
    that are searched. The order of equal distances is not defined.

    Parameters
    ----------
    embeddings
        [N, D]
    labels
        [N]
    distance
        Name or distance object.
    gallery
        What is searched, such as the training images of a closed set; None for all images but the one itself.
    ks
        Numbers of neighbours; those that are more than there are to find are left out.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    ValueError
        where the shapes do not fit, an embedding is not finite or the distance is unknown.
    InputError
        where there are fewer than 2 embeddings, or none whose class is among those searched.
    Cancelled
        where `watch` said so.
    """
    alone = gallery is None
    vectors, classes, searched, names = _checked(embeddings, labels, gallery)
    counts = names.bincount(minlength=int(classes.max()) + 1)
    queries = (counts[classes] > int(alone)).nonzero()[:, 0]
    if not len(queries):
        raise InputError("k-NN needs an image whose class is among those searched, found none")
    used = [k for k in ks if k <= len(names) - int(alone)]
    rule = as_distance(distance)
    mapped, targets, rest = rule.transform(vectors), rule.transform(searched), without_map(rule)
    right = np.zeros(len(used))
    for rows in in_blocks(queries, len(targets), watch):
        found = names[nearest(mapped[rows], targets, max(used, default=1), rest, own=rows if alone else None)]
        right += [int((_majority(found[:, :k]) == classes[rows]).sum()) for k in used]
    return dict(zip(used, (right / len(queries)).tolist(), strict=True))


def nearest(queries: Tensor, targets: Tensor, k: int, distance: Distance, *, own: Tensor | None = None) -> Tensor:
    """Rows of the k nearest targets [M, D] of each query [Q, D], nearest first, int64 [Q, k].

    `own` are the rows that the queries themselves have among the targets, which do not count, int64 [Q].
    """
    distances = pairwise_distances(queries, targets, distance)
    if own is not None:
        distances[torch.arange(len(own)), own] = torch.inf
    return distances.topk(k, dim=1, largest=False).indices


def in_blocks(rows: Tensor, targets: int, watch: Watch | None = None) -> Iterator[Tensor]:
    """Rows [Q] in parts whose distances to all targets can be held."""
    at_once = max(PAIRS_AT_ONCE // targets, 1)
    for start in range(0, len(rows), at_once):
        if watch is not None:
            watch(start / len(rows))
        yield rows[start : start + at_once]


def _majority(voters: Tensor) -> Tensor:
    """The class with most votes among voters [Q, K], nearest first; that of the nearest where several have as many."""
    k = voters.shape[1]
    votes = (voters[:, :, None] == voters[:, None, :]).sum(dim=2)
    winner = (votes * k - torch.arange(k)).argmax(dim=1, keepdim=True)
    return voters.gather(1, winner)[:, 0]


def _checked(embeddings: Array, labels: Array, gallery: Gallery | None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Embeddings and labels, and those that are searched; both with labels numbered alike."""
    if gallery is None:
        vectors, classes = checked_embeddings(embeddings, labels)
        return vectors, classes, vectors, classes
    if gallery.embeddings.ndim != 2 or embeddings.ndim != 2 or gallery.embeddings.shape[1] != embeddings.shape[1]:
        raise ValueError(
            "embeddings [N, D] and those of the gallery [M, D] must agree in D, "
            f"found {list(embeddings.shape)} and {list(gallery.embeddings.shape)}"
        )
    vectors, classes = checked_embeddings(
        np.concatenate([as_numpy(embeddings), as_numpy(gallery.embeddings)]),
        np.concatenate([as_numpy(labels), as_numpy(gallery.labels)]),
    )
    count = len(embeddings)
    return vectors[:count], classes[:count], vectors[count:], classes[count:]
