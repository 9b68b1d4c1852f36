"""Classification by the nearest of a few embeddings."""

import numpy as np
from numpy.typing import NDArray

from core.distances import Array, Distance, exact_distances


def nearest_is_right(
    queries: Array, references: Array, answers: NDArray[np.int64], distance: str | Distance
) -> NDArray[np.float64]:
    """Whether the reference nearest to each query is the right one, [Q]; of k equally near ones it counts 1 / k.

    So embeddings that are all alike score as guessing does, whatever the order of the references.

    Parameters
    ----------
    queries, references
        Embeddings [Q, D] and [R, D].
    answers
        [Q], the reference that each query belongs to.
    distance
        Name or distance object.

    Raises
    ------
    ValueError
        where an embedding is not finite or shapes do not fit.
    """
    distances = exact_distances(queries, references, distance).numpy()
    if not np.isfinite(distances).all():
        raise ValueError("embeddings must be finite, found NaN or infinity")
    nearest = distances == distances.min(axis=1, keepdims=True)
    right: NDArray[np.float64] = nearest[np.arange(len(answers)), answers] / nearest.sum(axis=1)
    return right
