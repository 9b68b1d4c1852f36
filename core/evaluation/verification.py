"""Verification: how well a threshold on the distance tells two images of one identity from two of different ones."""

import numpy as np
import torch
from torch import Tensor

from core.distances import Array, Distance, as_distance, between_mapped, mapped_exactly
from core.errors import InputError
from core.evaluation.curve import VerificationCurve
from core.evaluation.inputs import as_numpy, checked_embeddings

PAIRS_AT_ONCE = 1 << 20
MOST_EMBEDDINGS = 30_000
"""Their 450 million pairs take 3.6 GB, and as much again while they are sorted; the machine must not run out of it."""


def verification_curve(embeddings: Array, labels: Array, distance: str | Distance = "cosine") -> VerificationCurve:
    """Measure the curve over all N(N-1)/2 pairs of the embeddings, in float64.

    Parameters
    ----------
    embeddings
        [N, D]
    labels
        [N], the identity of each embedding.
    distance
        Name or distance object.

    Raises
    ------
    ValueError
        where the shapes do not fit, an embedding is not finite or the distance is unknown.
    InputError
        where there are fewer than 2 or more than `MOST_EMBEDDINGS` embeddings, or no genuine or no impostor pairs.
    """
    vectors, classes = checked_embeddings(embeddings, labels)
    if len(vectors) > MOST_EMBEDDINGS:
        raise InputError(f"all pairs of at most {MOST_EMBEDDINGS} images can be compared, found {len(vectors)} images")
    sizes = classes.bincount()
    if len(sizes) == len(classes):
        raise InputError(f"genuine pairs need an identity with 2 images, found {len(sizes)} identities with 1 each")
    if len(sizes) == 1:
        raise InputError("impostor pairs need at least 2 identities, found 1")
    genuine, impostor = _all_pairs(vectors, classes, distance)
    return verification_curve_from_distances(genuine, impostor)


def verification_curve_from_distances(genuine: Array, impostor: Array) -> VerificationCurve:
    """Make the curve of distances that are already measured: of genuine [G] and of impostor pairs [I], in any order.

    Raises
    ------
    InputError
        where there are no pairs of one kind.
    ValueError
        where distances are not finite or not a list.
    """
    return VerificationCurve(
        as_numpy(genuine).astype(np.float64, copy=False), as_numpy(impostor).astype(np.float64, copy=False)
    )


def _all_pairs(vectors: Tensor, classes: Tensor, distance: str | Distance) -> tuple[Tensor, Tensor]:
    """Distances of the genuine and of the impostor pairs, block by block of the upper triangle."""
    rule = as_distance(distance)
    mapped = mapped_exactly(vectors, rule)
    genuine, impostor = [], []
    count = len(vectors)
    start = 0
    while start < count - 1:
        stop = min(start + max(PAIRS_AT_ONCE // (count - start), 1), count)
        distances = between_mapped(mapped[start:stop], mapped[start:], rule)
        pairs = torch.ones(distances.shape, dtype=torch.bool).triu(1)
        same = classes[start:stop, None] == classes[None, start:]
        genuine.append(distances.masked_select(pairs & same))
        impostor.append(distances.masked_select(pairs & ~same))
        start = stop
    return torch.cat(genuine), torch.cat(impostor)
