"""Verification by the pairs of a list, where others are not known to be of one identity or of two."""

import numpy as np
from numpy.typing import NDArray

from core.data.tuples import ListedPairs
from core.distances import Array, Distance, as_distance, as_tensor, between_mapped, mapped_exactly
from core.evaluation.curve import VerificationCurve
from core.evaluation.evaluated import EvaluatedImages
from core.evaluation.inputs import checked_embeddings
from core.evaluation.verification import verification_curve, verification_curve_from_distances
from core.watch import Watch

PAIRS_AT_ONCE = 1 << 16


def listed_curve(embeddings: Array, pairs: ListedPairs, distance: str | Distance = "cosine") -> VerificationCurve:
    """Measure the curve over the listed pairs of embeddings [N, D] alone, in float64.

    Raises
    ------
    InputError
        where there are fewer than 2 embeddings, or no genuine or no impostor pair is listed.
    ValueError
        where an embedding is not finite or the distance is unknown.
    """
    both = pair_distances(embeddings, np.concatenate([pairs.genuine, pairs.impostor]), distance)
    return verification_curve_from_distances(*np.split(both, [len(pairs.genuine)]))


def pair_distances(
    embeddings: Array, pairs: NDArray[np.int64], distance: str | Distance = "cosine", watch: Watch | None = None
) -> NDArray[np.float64]:
    """Exact distances [P] of pairs [P, 2] of rows of embeddings [N, D], in the order of the pairs.

    To the last bit those that the same two rows have in any other company.

    Parameters
    ----------
    embeddings
        [N, D]
    pairs
        [P, 2]
    distance
        Name or distance object.
    watch
        Takes the share of the pairs that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where there are fewer than 2 embeddings.
    ValueError
        where an embedding is not finite or the distance is unknown.
    Cancelled
        where `watch` said so.
    """
    rule = as_distance(distance)
    vectors, _ = checked_embeddings(embeddings, np.arange(len(embeddings)))
    rows = mapped_exactly(vectors, rule)
    found = np.empty(len(pairs))
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        if watch is not None:
            watch(start / len(pairs))
        part = pairs[start : start + PAIRS_AT_ONCE]
        first, second = (rows.index_select(0, as_tensor(part[:, column]))[:, None] for column in (0, 1))
        found[start : start + len(part)] = between_mapped(first, second, rule).flatten().numpy()
    return found


def curve_of(
    images: EvaluatedImages, distance: str | Distance = "cosine", watch: Watch | None = None
) -> VerificationCurve:
    """Measure the curve of images over the pairs that count: all but those within groups, or the listed ones.

    Parameters
    ----------
    images
        What the curve is over.
    distance
        Name or distance object.
    watch
        Takes the share of a pass over many pairs that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where there is no genuine or no impostor pair.
    Cancelled
        where `watch` said so.
    """
    if images.pairs is None:
        return verification_curve(images.embeddings, images.labels, distance, watch, groups=images.groups)
    return listed_curve(images.embeddings, images.pairs, distance)
