"""What stands out about single images: how far each lies from its own class, and whom it lies among."""

from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.distances import Array, Distance, as_distance, as_tensor, between_mapped, exact_distances, mapped_exactly
from core.evaluation.inputs import checked_embeddings
from core.evaluation.neighbours import in_blocks, nearest
from core.evaluation.pair_scan import Watch

NEIGHBOURS = 10


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
