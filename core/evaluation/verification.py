"""Verification: how well a threshold on the distance tells two images of one identity from two of different ones."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.distances import Array, Distance, as_distance, between_mapped, mapped_exactly
from core.errors import InputError
from core.evaluation.curve import VerificationCurve
from core.evaluation.evaluated import NO_GROUP
from core.evaluation.inputs import as_numpy, checked_embeddings, checked_groups
from core.evaluation.pair_counts import pair_counts
from core.evaluation.pair_scan import PairScan
from core.evaluation.report import REPORTED_FPRS
from core.evaluation.scanned import scanned_curve
from core.watch import Watch

PAIRS_AT_ONCE = 1 << 20
MOST_SORTED = 3_000
"""Embeddings whose pairs, up to 4.5 million, are all measured and sorted; of more, only those are that it takes."""


def verification_curve(
    embeddings: Array,
    labels: Array,
    distance: str | Distance = "cosine",
    watch: Watch | None = None,
    *,
    groups: Array | None = None,
) -> VerificationCurve:
    """Measure the curve over all N(N-1)/2 pairs of the embeddings but those within groups.

    In float64 and bounded memory.

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
    groups
        [N], such as a shoot or a video, of which two images are too alike to tell anything: pairs within one group
        count neither as genuine nor as impostor pairs. `NO_GROUP` for an image of no group.

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
    members = checked_groups(groups, len(vectors))
    _require_both_kinds(classes.numpy(), members)
    if len(vectors) > MOST_SORTED:
        return scanned_curve(PairScan(vectors, classes, distance, members), REPORTED_FPRS, watch)
    genuine, impostor = all_pairs(vectors, classes, distance, members)
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


def all_pairs(
    embeddings: Array, labels: Array, distance: str | Distance = "cosine", groups: Array | None = None
) -> tuple[Tensor, Tensor]:
    """Exact distances of all genuine pairs [G] and of all impostor pairs [I], in the order of the embeddings.

    Without those within one of the groups [N].

    Raises
    ------
    InputError, ValueError
        as `checked_embeddings` and `checked_groups`.
    """
    vectors, classes = checked_embeddings(embeddings, labels)
    members = torch.from_numpy(checked_groups(groups, len(vectors)))
    rule = as_distance(distance)
    mapped = mapped_exactly(vectors, rule)
    genuine, impostor = [], []
    count = len(vectors)
    start = 0
    while start < count - 1:
        stop = min(start + max(PAIRS_AT_ONCE // (count - start), 1), count)
        distances = between_mapped(mapped[start:stop], mapped[start:], rule)
        pairs = torch.ones(distances.shape, dtype=torch.bool).triu(1)
        if groups is not None:
            pairs &= (members[start:stop, None] != members[None, start:]) | (members[None, start:] == NO_GROUP)
        same = classes[start:stop, None] == classes[None, start:]
        genuine.append(distances.masked_select(pairs & same))
        impostor.append(distances.masked_select(pairs & ~same))
        start = stop
    return torch.cat(genuine), torch.cat(impostor)


def _require_both_kinds(classes: NDArray[np.int64], groups: NDArray[np.int32]) -> None:
    identities = int(classes.max()) + 1
    if identities == len(classes):
        raise InputError(f"genuine pairs need an identity with 2 images, found {identities} identities with 1 each")
    if identities == 1:
        raise InputError("impostor pairs need at least 2 identities, found 1")
    # Then impostor pairs are left as well: no third image can be of the groups of both.
    if not pair_counts(classes, groups).genuine:
        raise InputError("genuine pairs need two images of one identity that are not of one group, found none")
