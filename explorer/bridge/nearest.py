"""What lies near the two images of a pair, found in the inference thread: training images, and how new they are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.training.records import TrainingSnapshot

if TYPE_CHECKING:
    from core.distances import Distance
    from core.evaluation.novelty import NoveltyScale

SHOWN = 12
"""Images for each of the two; more have no room."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """The training images of a snapshot that lie nearest to one image, nearest first."""

    sample_ids: NDArray[np.int64]
    """[K]"""
    labels: NDArray[np.int64]
    """[K]"""
    distances: NDArray[np.float64]
    """[K]"""
    percentile: float | None
    """Of the distance to the nearest class, among the training images; None where that cannot be told."""


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Of both images of a pair."""

    snapshot: TrainingSnapshot
    """Whose training images were looked through."""
    searched: int
    """How many these are."""
    scale: "NoveltyScale | None"
    """Of these, to be handed in with the next pair."""
    a: Nearest
    b: Nearest


def surroundings(
    snapshot: TrainingSnapshot,
    pair: tuple[NDArray[np.float32], NDArray[np.float32]],
    distance: "str | Distance",
    *,
    same_weights: bool,
    scale: "NoveltyScale | None" = None,
) -> Surroundings:
    """Look through the training images of a snapshot.

    Parameters
    ----------
    snapshot
        The newest.
    pair
        Embeddings [D] of both images.
    distance
        Name or distance object.
    same_weights
        Whether the weights that embedded the pair are those of the snapshot; only of the same ones can be told how new
        an image is.
    scale
        Of this snapshot by this distance, where it is known already.
    """
    from core.training.novelty import novelty_scale

    rows = np.flatnonzero(~snapshot.held_out)
    if scale is None and same_weights:
        scale = novelty_scale(snapshot, distance)
    used = scale if same_weights else None
    a, b = (_nearest(snapshot, rows, embedding, distance, used) for embedding in pair)
    return Surroundings(snapshot, len(rows), scale, a, b)


def _nearest(
    snapshot: TrainingSnapshot,
    rows: NDArray[np.intp],
    embedding: NDArray[np.float32],
    distance: "str | Distance",
    scale: "NoveltyScale | None",
) -> Nearest:
    from core.evaluation.image_scores import neighbours_to

    percentile = None if scale is None else scale.of(embedding).percentile
    if len(rows) < 2:  # one image is a neighbour of everything
        none = np.empty(0, np.int64)
        return Nearest(none, none, np.empty(0), percentile)
    near, distances = neighbours_to(snapshot.embeddings[rows], embedding, distance, k=SHOWN)
    found = rows[near]
    return Nearest(snapshot.sample_ids[found], snapshot.labels[found], distances, percentile)
