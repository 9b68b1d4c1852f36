"""The scale of novelty of a look at a model."""

import numpy as np

from core.distances import Distance
from core.evaluation.novelty import NoveltyScale
from core.evaluation.pair_scan import Watch
from core.training.records import TrainingSnapshot

FEWEST_IMAGES = 20
"""Below, a percentile would be in steps of more than five."""


def novelty_scale(
    snapshot: TrainingSnapshot, distance: str | Distance, watch: Watch | None = None
) -> NoveltyScale | None:
    """The scale of the training images of a snapshot, for embeddings by the weights of its step alone.

    None where it has fewer than `FEWEST_IMAGES` of them, as looks have whose held-out images fill the probe set.

    Raises
    ------
    Cancelled
        where `watch` said so.
    """
    rows = np.flatnonzero(~snapshot.held_out)
    if len(rows) < FEWEST_IMAGES:
        return None
    return NoveltyScale(snapshot.embeddings[rows], snapshot.labels[rows], distance, watch)
