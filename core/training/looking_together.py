"""Looking at images with many processes: each takes its batches, and the first one puts them together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import numpy as np
import torch
from numpy.typing import NDArray

from core.data.dataset import DecodedDataset
from core.errors import Cancelled
from core.evaluation.masks import MaskScorer, mask_scorer
from core.models.inference import Inference, images_at_once, infer
from core.models.multi_task import MultiTaskModel
from core.training.orders import LookOrder
from core.training.sharding import whole
from core.training.trainer import Trainer

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
    world = trainer.world
    size = images_at_once(data.images.shape[2] * data.images.shape[3])
    starts = range(0, len(positions), size)
    found: Parts = {}
    with _model_of(trainer) as model:
        for first in range(0, len(starts), world.size):
            if world.decide(world.leads and interrupted()):
                raise Cancelled
            for start in starts[first + world.rank : first + world.rank + 1]:
                found[start] = infer(model, data.images, indices=positions[start : start + size], masks=masks)
    return found


@contextmanager
def _model_of(trainer: Trainer) -> Iterator[MultiTaskModel]:
    """The judged model as the first process has it; a sharded one in one piece meanwhile, without what training needs.

    So no process has to compute along for the others, who may have a batch more.
    """
    judged = trainer.judged
    if trainer.sharded:
        weight = next(judged.parameters())
        model = MultiTaskModel.from_architecture(judged.architecture()).to(weight.device, weight.dtype)
        model.load_state_dict({name: whole(value) for name, value in judged.state_dict().items()})
        trainer.looked_at = model.to(memory_format=torch.channels_last)
    try:
        model = trainer.looked_at or judged
        trainer.world.send(list(model.state_dict().values()))  # batch norms' statistics may differ on the CPU
        yield model
    finally:
        trainer.looked_at = None
