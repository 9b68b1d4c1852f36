"""Steps on a device whose memory may be too small for the batch: they go on in parts."""

import logging
from collections.abc import Callable

import torch

from core.hyperparameters import Hyperparameters
from core.training.batches import Batch
from core.training.parts import statistics_notes
from core.training.records import StepRecord
from core.training.trainer import Trainer

log = logging.getLogger(__name__)

FEWEST = 2
"""Images at once; batch norms cannot do with one."""


class MemoryKeeper:
    """Makes a trainer's steps, with half as many images at once from then on where memory ends in one.

    The step is made again, of the same batch; random numbers, and embeddings kept of earlier batches, go on from where
    it broke off.

    Parameters
    ----------
    trainer
        Whose `micro_batch` is made smaller; the checkpoint keeps it.
    tell
        Takes one sentence about that.
    """

    def __init__(self, trainer: Trainer, tell: Callable[[str], None]) -> None:
        self._trainer, self._tell = trainer, tell

    def advance(self, batch: Batch, hyperparameters: Hyperparameters) -> tuple[StepRecord, ...]:
        """Make a step as `Trainer.advance` does.

        Raises
        ------
        torch.OutOfMemoryError
            where the memory is too small for `FEWEST` images, or other processes wait for this one.
        """
        while (records := self._try(batch, hyperparameters)) is None:
            self._halve(batch)
        return records

    def _try(self, batch: Batch, hyperparameters: Hyperparameters) -> tuple[StepRecord, ...] | None:
        """Make a step; None where memory ended and there is something to halve.

        What the error holds of the step is let go of on the way out.
        """
        try:
            return self._trainer.advance(batch, hyperparameters)
        except torch.OutOfMemoryError:
            if self._trainer.world.size > 1 or self._at_once(batch) <= FEWEST:
                raise
            log.info("out of memory", exc_info=True)
        return None

    def _at_once(self, batch: Batch) -> int:
        first = batch.parts(self._trainer.micro_batch)[0]
        return int(first.stop - first.start)

    def _halve(self, batch: Batch) -> None:
        trainer = self._trainer
        trainer.optimizer.zero_grad(set_to_none=True)
        if trainer.device.type == "cuda":
            torch.cuda.empty_cache()  # or pieces of the former size stand in the way
        trainer.micro_batch = -(-self._at_once(batch) // 2)
        self._tell(
            f"the device ran out of memory, so from step {trainer.step_count + 1} on {trainer.micro_batch} images at "
            "once pass through the network; the losses are still those of the whole batch"
        )
        for note in statistics_notes(trainer.model, trainer.micro_batch, trainer.world, trainer.device):
            self._tell(note)
