"""One training step: forward, losses, backward, update. Plain code without threads."""

import math
import time
from typing import Any

import torch
from lightning_fabric import Fabric
from torch import nn

from core.distances import widest_dtype
from core.hyperparameters import Hyperparameters
from core.losses.multi_task import TaskLosses, TaskWeights, multi_task_loss
from core.losses.triplet import TripletLoss
from core.models.multi_task import MultiTaskModel
from core.training.batches import Batch
from core.training.records import StepRecord
from core.training.schedule import schedule_factor


class Stopwatch:
    """Seconds of training; stands still during pauses and evaluation."""

    def __init__(self, seconds: float = 0.0) -> None:
        self._before = seconds
        self._since: float | None = None

    def run(self) -> None:
        """Go on counting."""
        if self._since is None:
            self._since = time.perf_counter()

    def hold(self) -> None:
        """Stand still."""
        self._before, self._since = self.seconds, None

    @property
    def seconds(self) -> float:
        """Seconds counted so far."""
        return self._before + (0.0 if self._since is None else time.perf_counter() - self._since)


class Trainer:
    """Model, optimizer and loss, and the step that joins them."""

    def __init__(
        self,
        model: MultiTaskModel,
        fabric: Fabric,
        *,
        distance: str,
        weight_decay: float,
        total_steps: int,
        seed: int,
    ) -> None:
        self.model = model
        self.mining_generator = torch.Generator(device=fabric.device).manual_seed(seed)
        self.metric_loss = TripletLoss(distance=distance, generator=self.mining_generator)
        self.optimizer = torch.optim.AdamW(parameter_groups(model, weight_decay), lr=1e-3, fused=True)
        self.step_count = 0
        self.stopwatch = Stopwatch()
        self.device = fabric.device
        self._fabric = fabric
        self._total_steps = total_steps
        self._forward, self._optimizer = fabric.setup(model, self.optimizer)

    def step(self, batch: Batch, hyperparameters: Hyperparameters) -> StepRecord:
        """Train on one batch with exactly these settings.

        Raises
        ------
        FloatingPointError
            where the total loss is not finite; the weights are left as they were.
        """
        self._forward.train()
        learning_rate = hyperparameters.learning_rate * schedule_factor(self.step_count, self._total_steps)
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate
        losses = self._losses(batch, hyperparameters)
        self._optimizer.zero_grad(set_to_none=True)
        self._fabric.backward(losses.total)
        values = _values(losses)  # only now: reading waits for the device, which has the backward pass to do meanwhile
        if not math.isfinite(values["total"] or 0.0):
            raise FloatingPointError(
                f"the loss is {values['total']} at step {self.step_count + 1}; "
                "lower the learning rate or the weights of the losses"
            )
        self._optimizer.step()
        self.step_count += 1
        return StepRecord(
            step=self.step_count,
            epoch=batch.epoch,
            time=self.stopwatch.seconds,
            total=values["total"] or 0.0,
            cls=values["cls"],
            seg=values["seg"],
            metric=values["metric"],
            learning_rate=learning_rate,
            active_fraction=values["active_fraction"],
        )

    def _losses(self, batch: Batch, hyperparameters: Hyperparameters) -> TaskLosses:
        self.metric_loss.margin = hyperparameters.margin
        self.metric_loss.mining = hyperparameters.mining
        output = self._forward(batch.images, with_masks=batch.masks is not None)
        return multi_task_loss(
            output,
            labels=batch.labels,
            masks=batch.masks,
            has_mask=batch.has_mask,
            metric_loss=self.metric_loss,
            weights=TaskWeights(hyperparameters.alpha, hyperparameters.beta, hyperparameters.gamma),
        )


def _values(losses: TaskLosses) -> dict[str, float | None]:
    """Read all figures of a step off the device at once: each reading waits for it."""
    figures = {
        "total": losses.total,
        "cls": losses.cls,
        "seg": losses.seg,
        "metric": losses.metric,
        "active_fraction": losses.active_fraction,
    }
    present = {name: value for name, value in figures.items() if value is not None}
    wide = widest_dtype(losses.total.device)
    read = torch.stack([value.detach().to(wide) for value in present.values()]).tolist()
    return {**dict.fromkeys(figures), **dict(zip(present, read, strict=True))}


def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    """Weights that decay, and those that should not: biases and the scales of norms."""
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    return [
        {"params": [p for p in parameters if p.ndim > 1], "weight_decay": weight_decay},
        {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0},
    ]
