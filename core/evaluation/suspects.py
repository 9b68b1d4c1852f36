"""Images worth a second look: their label may be wrong, or they are there twice."""

from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from core.distances import Array, Distance, as_distance, between_mapped, mapped_exactly
from core.evaluation.image_scores import NEIGHBOURS, foreign_neighbours
from core.evaluation.inputs import checked_embeddings
from core.evaluation.neighbours import in_blocks, nearest
from core.watch import Watch

MISLABELLED_FROM = 0.9
"""Share of neighbours of other classes from which on a label is doubted."""
DUPLICATE_BELOW = 0.05
"""Of the median distance to the nearest image: pairs nearer than that are taken for the same image twice."""


class Suspects(NamedTuple):
    """Images worth a second look, the most suspect first."""

    rows: NDArray[np.int64]
    """[K]"""
    values: NDArray[np.float64]
    """[K], what makes them so: a share of neighbours, or a distance."""


def probable_label_errors(
    embeddings: Array, labels: Array, distance: str | Distance = "cosine", watch: Watch | None = None
) -> Suspects:
    """Images of whose 10 nearest at least 9 are of other classes; those with most come first.

    Values are the shares. Images of a class with so few others that they could not fill the places are left out.

    Raises
    ------
    InputError, ValueError
        as `checked_embeddings`.
    Cancelled
        where `watch` said so.
    """
    _, classes = checked_embeddings(embeddings, labels)
    shares = foreign_neighbours(embeddings, labels, distance, watch=watch)
    enough = (classes.bincount()[classes] > NEIGHBOURS).numpy()
    rows = np.flatnonzero((shares >= MISLABELLED_FROM) & enough)
    order = np.argsort(-shares[rows], kind="stable")
    return Suspects(rows[order], shares[rows][order])


def near_duplicates(embeddings: Array, distance: str | Distance = "cosine", watch: Watch | None = None) -> Suspects:
    """Images that lie much nearer to another one than images do, as the same image would; the nearest come first.

    Values are the distances to the nearest. Nearer than `DUPLICATE_BELOW` of the median of these distances.

    Raises
    ------
    InputError, ValueError
        as `checked_embeddings`.
    Cancelled
        where `watch` said so.
    """
    vectors, _ = checked_embeddings(embeddings, np.arange(len(embeddings)))
    rule = as_distance(distance)
    mapped, exact = rule.transform(vectors), mapped_exactly(vectors, rule)
    found = np.empty(len(vectors))
    for rows in in_blocks(torch.arange(len(vectors)), len(vectors), watch):
        closest = nearest(mapped[rows], mapped, 1, own=rows)[:, 0]
        pairs = between_mapped(exact[rows][:, None], exact[closest][:, None], rule)
        found[rows.numpy()] = pairs.flatten().numpy()
    suspects = np.flatnonzero(found <= DUPLICATE_BELOW * np.median(found))
    order = np.argsort(found[suspects], kind="stable")
    return Suspects(suspects[order], found[suspects][order])
