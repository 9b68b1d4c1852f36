"""How the losses of the tasks are weighed against one another, beside the sliders α, β and γ.

A slider stays a factor on its task in every mode: on the whole term of the task under uncertainty weighting, on the
loss that goes into the sum under DWA, and on the loss whose gradient a gradient method weighs
(`core.losses.gradient_balance`). A slider at 0 leaves its task out.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from core.config import BalanceName

Terms = tuple[Tensor | None, Tensor | None, Tensor | None]
"""Something of classification, segmentation and metric loss, in this order; None where the task is left out."""
TASKS = 3


class FixedBalance(nn.Module):
    """Only the sliders weigh; the other balances say where they differ."""

    def forward(self, losses: Terms, weights: Sequence[float]) -> Terms:
        """What each task adds to the total loss.

        Parameters
        ----------
        losses
            Raw scalars; None where the batch has no labels for the task.
        weights
            Of the sliders; 0 leaves a task out.
        """
        cls, seg, metric = (
            None if loss is None or weight == 0 else weight * loss for loss, weight in zip(losses, weights, strict=True)
        )
        return cls, seg, metric

    def factors(self, device: torch.device) -> Tensor | None:
        """By what the balance multiplies each slider [3]; None where the sliders are all there is."""
        return None

    def observe(self, losses: Sequence[float | None]) -> None:
        """Take note of the raw losses of a step that was made."""

    def end_epoch(self) -> None:
        """Take note that an epoch is over."""


class UncertaintyBalance(FixedBalance):
    """Learned variances: each task adds weight · (exp(-s) · loss + s / 2), where s is a parameter that starts at 0.

    s stands for the log of the variance of the task's noise; the more a task's loss stays high, the less it counts.
    All three losses are taken as the likelihoods of classification are. The slider multiplies the whole term: on the
    loss alone, s would learn to undo it.

    Kendall, Gal and Cipolla, Multi-Task Learning Using Uncertainty to Weigh Losses, CVPR 2018.
    """

    def __init__(self) -> None:
        super().__init__()
        self.log_variances = nn.Parameter(torch.zeros(TASKS))

    def forward(self, losses: Terms, weights: Sequence[float]) -> Terms:
        """What each task adds to the total loss; see the class."""
        cls, seg, metric = (
            None if loss is None else (-log_variance).exp() * loss + log_variance / 2
            for loss, log_variance in zip(losses, self.log_variances.unbind(), strict=True)
        )
        return super().forward((cls, seg, metric), weights)

    def factors(self, device: torch.device) -> Tensor:
        """exp(-s) of each task [3]."""
        return (-self.log_variances.detach()).exp()


class DynamicWeightAverage(FixedBalance):
    """Tasks whose loss falls slowly count more: K · softmax(r / T), r the ratio of a loss's last two epoch means.

    K is the number of tasks that had a loss in both epochs, T = 2; until there are two epochs, and for other tasks,
    the factor is 1.

    Liu, Johns and Davison, End-to-End Multi-Task Learning with Attention, CVPR 2019.
    """

    TEMPERATURE = 2.0

    means: Tensor
    """float64 [2, 3]: mean losses of the last epoch and of the one before, 0 where there was none; on the CPU"""
    sums: Tensor
    """float64 [2, 3]: sum and number of the losses of this epoch; on the CPU"""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("means", torch.zeros(2, TASKS, dtype=torch.float64))
        self.register_buffer("sums", torch.zeros(2, TASKS, dtype=torch.float64))

    def forward(self, losses: Terms, weights: Sequence[float]) -> Terms:
        """What each task adds to the total loss; see the class."""
        factors = self._factors().tolist()
        return super().forward(losses, [weight * factor for weight, factor in zip(weights, factors, strict=True)])

    def factors(self, device: torch.device) -> Tensor:
        """K · softmax(r / T) [3]."""
        return self._factors().float().to(device)

    def observe(self, losses: Sequence[float | None]) -> None:
        """Add the losses of a step to those of its epoch."""
        for task, loss in enumerate(losses):
            if loss is not None:
                self.sums[:, task] += torch.tensor([loss, 1.0], dtype=torch.float64)

    def end_epoch(self) -> None:
        """Make the mean losses of this epoch the last ones."""
        self.means = torch.stack([self.sums[0] / self.sums[1].clamp(min=1), self.means[0]])
        self.sums = torch.zeros_like(self.sums)

    def _factors(self) -> Tensor:
        last, before = self.means
        known = (last > 0) & (before > 0)
        rates = (last / before.where(known, 1.0) / self.TEMPERATURE).masked_fill(~known, -torch.inf)
        factors: Tensor = (known.sum() * rates.softmax(dim=0)).where(known, 1.0)
        return factors


def build_balance(name: BalanceName, device: torch.device) -> FixedBalance:
    """The balance of that name; gradient methods weigh gradients instead and leave the losses to the sliders."""
    match name:
        case "uncertainty":
            return UncertaintyBalance().to(device)
        case "dwa":
            return DynamicWeightAverage()
        case _:
            return FixedBalance()
