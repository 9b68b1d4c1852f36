"""Verification: how well a threshold on the distance tells two images of one identity from two of different ones."""

import numpy as np
import torch
from torch import Tensor

from core.distances import Array, Distance, as_distance, between_mapped, mapped_exactly
from core.errors import InputError
from core.evaluation.curve import VerificationCurve
from core.evaluation.inputs import as_numpy, checked_embeddings
from core.evaluation.pair_scan import PairScan, Watch
from core.evaluation.report import REPORTED_FPRS
from core.evaluation.scanned import scanned_curve

PAIRS_AT_ONCE = 1 << 20
MOST_SORTED = 3_000
"""Embeddings whose pairs, up to 4.5 million, are all measured and sorted; of more, only those are that it takes."""


def verification_curve(
    embeddings: Array, labels: Array, distance: str | Distance = "cosine", watch: Watch | None = None
) -> VerificationCurve:
    """Measure the curve over all N(N-1)/2 pairs of the embeddings, in float64 and bounded memory.

    Operating points are exact for any N; see `core.evaluation.scanned` for what more than `MOST_SORTED` embeddings
    make of the AUC and of questions about other rates.

    Parameters
    ----------
    embeddings
        [N, D]
    labels
        [N], the identity of each embedding.
    distance
        Name or distance object.
    watch
        Takes the share of a pass over many pairs that is done; may raise Cancelled.

    Raises
    ------
    ValueError
        where the shapes do not fit, an embedding is not finite or the distance is unknown.
    InputError
        where there are fewer than 2 embeddings, or no genuine or no impostor pairs.
    Cancelled
        where `watch` said so.
    """
    vectors, classes = checked_embeddings(embeddings, labels)
    sizes = classes.bincount()
    if len(sizes) == len(classes):
        raise InputError(f"genuine pairs need an identity with 2 images, found {len(sizes)} identities with 1 each")
    if len(sizes) == 1:
        raise InputError("impostor pairs need at least 2 identities, found 1")
    if len(vectors) > MOST_SORTED:
        return scanned_curve(PairScan(vectors, classes, distance), REPORTED_FPRS, watch)
    genuine, impostor = all_pairs(vectors, classes, distance)
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


def all_pairs(embeddings: Array, labels: Array, distance: str | Distance = "cosine") -> tuple[Tensor, Tensor]:
    """Exact distances of all genuine pairs [G] and of all impostor pairs [I], in the order of the embeddings.

    Raises
    ------
    InputError, ValueError
        as `checked_embeddings`.
    """
    vectors, classes = checked_embeddings(embeddings, labels)
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
