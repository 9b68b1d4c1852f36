"""Weighted sum of the tasks' losses: α · classification + β · segmentation + γ · metric."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from core.losses.segmentation import segmentation_loss
from core.losses.value import LossValue, full_precision

MetricLoss = Callable[[Tensor, Tensor], LossValue]


class TaskOutput(Protocol):
    """What a model says about a batch of images."""

    @property
    def embedding(self) -> Tensor:
        """Embeddings [B, D]."""

    @property
    def logits(self) -> Tensor:
        """Class scores [B, C]."""

    @property
    def mask_logits(self) -> Tensor | None:
        """Mask scores [B, 1, H, W]; None where the model has none."""


class TaskWeights(NamedTuple):
    """Weights of the three losses in the total; 0 leaves a task out of it."""

    alpha: float
    """of classification"""
    beta: float
    """of segmentation"""
    gamma: float
    """of the metric loss"""


@dataclass(frozen=True)
class TaskLosses:
    """Losses of one batch; the tasks' are raw (unweighted) scalars, None where the batch has no labels for them."""

    total: Tensor
    """Weighted sum; has a gradient even where no task counts, one of 0."""
    cls: Tensor | None
    seg: Tensor | None
    metric: Tensor | None
    active_fraction: Tensor | None
    """Share of all the batch's tuples with positive metric loss, a scalar on the device."""


def weighted_total(losses: Sequence[Tensor | None], weights: Sequence[float]) -> Tensor:
    """Sum of weight · loss over the losses that are there and have a weight; 0 where there is none."""
    terms = [weight * loss for loss, weight in zip(losses, weights, strict=True) if loss is not None and weight != 0]
    return torch.stack(terms).sum() if terms else torch.zeros(())


def multi_task_loss(
    output: TaskOutput,
    *,
    labels: Tensor,
    masks: Tensor | None,
    has_mask: Tensor | None,
    metric_loss: MetricLoss,
    weights: TaskWeights,
) -> TaskLosses:
    """Losses of a batch; a term whose labels are missing is left out, never zero-filled.

    Parameters
    ----------
    output
        Of the model, B images.
    labels
        int64 [B]; below 0 where unknown: such an image counts for segmentation only.
    masks
        [B, 1, H, W], bool or 0..1; None where the batch has none.
    has_mask
        bool [B]: which masks are known; None where all are.
    metric_loss
        Takes embeddings and labels.
    weights
        Of the three terms in the total.

    Raises
    ------
    ValueError
        where the shapes do not fit.
    """
    labelled = labels >= 0
    masked = torch.ones_like(labelled) if has_mask is None else has_mask
    label_count, mask_count = torch.stack([labelled.sum(), masked.sum()]).tolist()
    cls = seg = metric = None
    if label_count:
        known = _rows(labels, labelled, label_count)
        cls = cross_entropy(full_precision(_rows(output.logits, labelled, label_count)), known)
        metric = metric_loss(_rows(output.embedding, labelled, label_count), known)
    if mask_count and masks is not None and output.mask_logits is not None:
        seg = segmentation_loss(_rows(output.mask_logits, masked, mask_count), _rows(masks, masked, mask_count))
    value = None if metric is None else metric.value
    total = weighted_total((cls, seg, value), weights)
    if not total.requires_grad:
        total = total + 0.0 * output.embedding.sum()
    return TaskLosses(total, cls, seg, value, None if metric is None else metric.active_share)


def _rows(values: Tensor, keep: Tensor, count: int) -> Tensor:
    """The kept rows; all of them without a copy."""
    return values if count == len(values) else values[keep]
