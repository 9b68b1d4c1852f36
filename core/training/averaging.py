"""Averaged weights: a second model that follows the trained one slowly and is judged in its place."""

import copy

import torch
from torch import nn
from torch.optim.swa_utils import get_ema_multi_avg_fn

from core.models.multi_task import MultiTaskModel
from core.training.sharding import is_sharded, own_part, sharded_copy


class AveragedWeights:
    """Exponential moving average of a model's weights (Polyak and Juditsky 1992), and of its batch norms' statistics.

    Parameters
    ----------
    model
        Followed from the weights it has now on; stays as it is.
    decay
        Share of the average that a step leaves; in the first steps less, so that the weights from before training are
        soon forgotten: after step t at most (1 + t) / (10 + t), as in TensorFlow.
    """

    def __init__(self, model: MultiTaskModel, decay: float) -> None:
        copied = sharded_copy(model) if is_sharded(model) else copy.deepcopy(model)
        self.model = copied.requires_grad_(False).eval()
        self._decay = decay
        averaged, followed = _tensors(self.model), _tensors(model)
        pairs = list(zip(averaged, followed, strict=True))
        self._averages = [(average, value) for average, value in pairs if average.is_floating_point()]
        self._counts = [(count, value) for count, value in pairs if not count.is_floating_point()]

    @torch.no_grad()
    def follow(self, step: int) -> None:
        """Take a step, the `step`-th from 1, towards the weights as they are now."""
        decay = min(self._decay, (1 + step) / (10 + step))
        averages, values = ([own_part(pair[place]) for pair in self._averages] for place in (0, 1))
        get_ema_multi_avg_fn(decay)(averages, values, None)  # type: ignore[no-untyped-call]
        for count, value in self._counts:
            count.copy_(value)


def _tensors(model: nn.Module) -> list[torch.Tensor]:
    """Weights and buffers, not copied: training changes them in place."""
    return list(model.state_dict(keep_vars=True).values())
