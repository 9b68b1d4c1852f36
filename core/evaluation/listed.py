"""Verification by the pairs of a list, where others are not known to be of one identity or of two."""

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from core.data.tuples import ListedPairs
from core.distances import Array, Distance, as_distance, as_tensor, between_mapped, mapped_exactly
from core.evaluation.curve import VerificationCurve
from core.evaluation.inputs import checked_embeddings
from core.evaluation.verification import verification_curve, verification_curve_from_distances

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
    rule = as_distance(distance)
    vectors, _ = checked_embeddings(embeddings, np.arange(len(embeddings)))
    rows = mapped_exactly(vectors, rule)
    genuine, impostor = (_distances(rows, listed, rule) for listed in (pairs.genuine, pairs.impostor))
    return verification_curve_from_distances(genuine, impostor)


def curve_of_part(
    embeddings: NDArray[np.float32],
    labels: NDArray[np.int64],
    part: NDArray[np.bool_],
    pairs: ListedPairs | None,
    distance: str | Distance,
) -> VerificationCurve:
    """Measure the curve of a part of the embeddings [N, D]: over all its pairs, or over those listed.

    Parameters
    ----------
    embeddings, labels
        [N, D] and [N].
    part
        [N], which count where nothing is listed.
    pairs
        What is listed of the part, as rows of `embeddings`; None for all pairs, by the labels.
    distance
        Name or distance object.

    Raises
    ------
    InputError
        where there is no genuine or no impostor pair.
    """
    if pairs is None:
        return verification_curve(embeddings[part], labels[part], distance)
    return listed_curve(embeddings, pairs, distance)


def _distances(rows: Tensor, listed: NDArray[np.int64], rule: Distance) -> NDArray[np.float64]:
    """Distances [P] of pairs [P, 2], to the last bit those of the same rows in any other company."""
    found = np.empty(len(listed))
    for start in range(0, len(listed), PAIRS_AT_ONCE):
        part = listed[start : start + PAIRS_AT_ONCE]
        first, second = (rows[as_tensor(part[:, column])][:, None] for column in (0, 1))
        found[start : start + len(part)] = between_mapped(first, second, rule).flatten().numpy()
    return found
