"""Looking at images with many processes: each takes its batches, and the first one puts them together."""

from collections.abc import Callable
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import DecodedDataset
from core.errors import Cancelled
from core.evaluation.masks import MaskScorer, mask_scorer
from core.models.inference import Inference, images_at_once, infer
from core.training.trainer import Trainer
from core.training.world import LookOrder

Parts = dict[int, Inference]
"""What was found, by the place of the first image."""


def infer_together(
    trainer: Trainer,
    data: DecodedDataset,
    positions: NDArray[np.int64],
    masks: MaskScorer | None,
    interrupted: Callable[[], bool],
) -> Inference:
    """What the judged model says about the images at `positions`: as `infer`, to the last bit, whoever looks along.

    Raises
    ------
    Cancelled
        where `interrupted`, which is asked before each batch, answers True.
    """
    world = trainer.world
    if world.size == 1:
        return infer(trainer.judged, data.images, indices=positions, masks=masks, cancelled=interrupted)
    world.tell(LookOrder(positions, None if masks is None else masks.scored))
    own = _look(trainer, data, positions, masks, interrupted)
    parts: Parts = {}
    for others, overlaps in world.collect((own, None if masks is None else masks.found)):
        parts |= others
        if masks is not None and overlaps is not None:
            masks.add(overlaps)
    ordered = [parts[start] for start in sorted(parts)]
    return Inference(
        np.concatenate([part.embeddings for part in ordered]), np.concatenate([part.logits for part in ordered])
    )


def look_along(trainer: Trainer, data: DecodedDataset, order: LookOrder) -> None:
    """Take this process's part in a look of the first one."""
    masks = None if order.scored is None else mask_scorer(data, order.scored)
    with suppress(Cancelled):
        own = _look(trainer, data, order.positions, masks, lambda: False)
        trainer.world.collect((own, None if masks is None else masks.found))


def _look(
    trainer: Trainer,
    data: DecodedDataset,
    positions: NDArray[np.int64],
    masks: MaskScorer | None,
    interrupted: Callable[[], bool],
) -> Parts:
    """Take the batches of this process, each of as many images as one process alone would take."""
    world, model = trainer.world, trainer.judged
    world.send(list(model.state_dict().values()))  # the first one may have gone back to others
    size = images_at_once(data.images.shape[2] * data.images.shape[3])
    starts = range(0, len(positions), size)
    found: Parts = {}
    for first in range(0, len(starts), world.size):
        if world.decide(world.leads and interrupted()):
            raise Cancelled
        for start in starts[first + world.rank : first + world.rank + 1]:
            found[start] = infer(model, data.images, indices=positions[start : start + size], masks=masks)
    return found
