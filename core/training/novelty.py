"""The scale of novelty of a look at a model, live or stored."""

import numpy as np

from core.distances import Distance
from core.evaluation.novelty import NoveltyScale
from core.runs import Run
from core.training.outcome import load_embeddings
from core.training.records import TrainingSnapshot
from core.watch import Watch

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


def stored_scale(run: Run, step: int, distance: str | Distance) -> NoveltyScale | None:
    """That of a run's newest snapshot; None where that is not of this step or has too few training images.

    Raises
    ------
    InputError
        where the snapshot is damaged.
    """
    steps = run.snapshot_steps()
    if not steps or steps[-1] != step:
        return None
    return novelty_scale(load_embeddings(run, step), distance)
