"""What stands out about single images: how far each lies from its own class, and whom it lies among."""

from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.distances import (
    Array,
    Distance,
    as_distance,
    as_tensor,
    between_mapped,
    exact_distances,
    mapped_exactly,
    pairwise_distances,
)
from core.evaluation.inputs import checked_embeddings
from core.evaluation.neighbours import in_blocks, nearest
from core.watch import Watch

NEIGHBOURS = 10
MOST_OTHERS = 5_000
"""Images that the triplets of each image are taken from."""


def centre_distances(embeddings: Array, labels: Array, distance: str | Distance = "cosine") -> NDArray[np.float64]:
    """Distance of each image to the mean of the other images of its class, float64 [N].

    NaN where it is the only one. Without the image itself, since it would draw the centre of a small class to itself.

    Raises
    ------
    InputError, ValueError
        as `checked_embeddings`.
    """
    vectors, classes = checked_embeddings(embeddings, labels)
    rule = as_distance(distance)
    sizes = classes.bincount()
    sums = torch.zeros(len(sizes), vectors.shape[1], dtype=vectors.dtype).index_add(0, classes, vectors)
    others = sizes[classes] - 1
    centres = (sums[classes] - vectors) / others.clamp(min=1)[:, None]
    rows, targets = mapped_exactly(vectors, rule), mapped_exactly(centres, rule)
    found = between_mapped(rows[:, None], targets[:, None], rule).flatten()
    return found.masked_fill(others == 0, torch.nan).numpy()


def triplet_losses(
    embeddings: Array,
    labels: Array,
    distance: str | Distance = "cosine",
    *,
    margin: float = 0.2,
    watch: Watch | None = None,
) -> NDArray[np.float64]:
    """Mean of max(0, d_ap + margin - d_an) over all triplets whose anchor each image is, float64 [N].

    What the triplet loss makes of an image without any mining; it ranks images whatever loss they are trained with.
    NaN where the image is the only one of its class, or there is no other class. Of more than `MOST_OTHERS` images,
    positives and negatives come from a sample with equally many images of each class.

    Raises
    ------
    InputError, ValueError
        as `checked_embeddings`.
    Cancelled
        where `watch` said so.
    """
    vectors, classes = checked_embeddings(embeddings, labels)
    columns = torch.from_numpy(_drawn(classes.numpy()))
    others, other_classes = vectors[columns], classes[columns]
    found = torch.empty(len(vectors), dtype=vectors.dtype)
    for rows in in_blocks(torch.arange(len(vectors)), len(columns), watch):
        distances = pairwise_distances(vectors[rows], others, distance)
        same = classes[rows, None] == other_classes
        found[rows] = _mean_excess(distances, same, same & (rows[:, None] != columns), margin)
    return found.numpy()


def _drawn(classes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of all images, or of equally many of each class, at least two, where they are more than `MOST_OTHERS`."""
    if len(classes) <= MOST_OTHERS:
        return np.arange(len(classes))
    shuffled = np.random.default_rng(0).permutation(len(classes))
    by_class = shuffled[np.argsort(classes[shuffled], kind="stable")]
    counts = np.bincount(classes)
    rank = np.arange(len(classes)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.sort(by_class[rank < max(2, MOST_OTHERS // len(counts))])


def _mean_excess(distances: Tensor, same: Tensor, positive: Tensor, margin: float) -> Tensor:
    """Mean loss of each row [B] over its triplets, from sums over the sorted negatives; NaN where there is none."""
    negative_first = torch.from_numpy(np.sort(distances.masked_fill(same, torch.inf).numpy(), axis=1))  # torch: slower
    sums = negative_first.masked_fill(negative_first.isinf(), 0.0).cumsum(dim=1)
    sums = torch.cat([sums.new_zeros(len(sums), 1), sums], dim=1)
    width = max(int(positive.sum(dim=1).max()), 1)
    d_ap, _ = distances.masked_fill(~positive, torch.inf).topk(width, dim=1, largest=False)
    limits = d_ap + margin
    below = torch.searchsorted(negative_first, limits.masked_fill(limits.isinf(), -torch.inf))
    excess = torch.where(below > 0, limits * below - sums.gather(1, below), 0.0)
    tuples = positive.sum(dim=1) * (~same).sum(dim=1)
    return torch.where(tuples > 0, excess.sum(dim=1) / tuples, torch.nan)


class Neighbours(NamedTuple):
    """The images nearest to one image, nearest first."""

    rows: NDArray[np.int64]
    """[K]"""
    distances: NDArray[np.float64]
    """[K]"""


def neighbours_of(
    embeddings: Array, row: int, distance: str | Distance = "cosine", *, k: int = NEIGHBOURS
) -> Neighbours:
    """The k images nearest to that in `row`, itself left out; all others where there are fewer.

    Distances are those that verification gives for the same pairs, to the last bit; equal ones are in row order.

    Raises
    ------
    InputError, ValueError
        as `checked_embeddings`.
    """
    vectors, _ = checked_embeddings(embeddings, np.arange(len(embeddings)))
    distances = exact_distances(vectors[row : row + 1], vectors, distance)[0]
    distances[row] = torch.inf
    return _first(distances, min(k, len(vectors) - 1))


def neighbours_to(
    embeddings: Array, query: Array, distance: str | Distance = "cosine", *, k: int = NEIGHBOURS
) -> Neighbours:
    """The k images nearest to an embedding [D] that is not among them; as `neighbours_of`.

    Raises
    ------
    ValueError
        where the shapes do not fit or an embedding is not finite.
    InputError
        where there are fewer than 2 embeddings.
    """
    vectors, _ = checked_embeddings(embeddings, np.arange(len(embeddings)))
    sought = as_tensor(query).detach().cpu().double()
    if sought.shape != vectors.shape[1:] or not sought.isfinite().all():
        raise ValueError(f"query must be [{vectors.shape[1]}] and finite, found {list(sought.shape)}")
    return _first(exact_distances(sought[None], vectors, distance)[0], min(k, len(vectors)))


def _first(distances: Tensor, k: int) -> Neighbours:
    order = distances.argsort(stable=True)[:k]
    return Neighbours(order.numpy(), distances[order].numpy())


def foreign_neighbours(
    embeddings: Array,
    labels: Array,
    distance: str | Distance = "cosine",
    *,
    k: int = NEIGHBOURS,
    watch: Watch | None = None,
) -> NDArray[np.float64]:
    """Share of the k nearest other images of each image that are of another class, float64 [N].

    Of fewer than k other images all are looked at. The order of equal distances is not defined.

    Raises
    ------
    InputError, ValueError
        as `checked_embeddings`.
    Cancelled
        where `watch` said so.
    """
    vectors, classes = checked_embeddings(embeddings, labels)
    rule = as_distance(distance)
    mapped = rule.transform(vectors)
    found = np.empty(len(vectors))
    for rows in in_blocks(torch.arange(len(vectors)), len(vectors), watch):
        near = nearest(mapped[rows], mapped, min(k, len(vectors) - 1), own=rows)
        found[rows.numpy()] = (classes[near] != classes[rows, None]).double().mean(dim=1).numpy()
    return found
