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


class TaskTerms(NamedTuple):
    """Raw (unweighted) losses of one batch, None where it has no labels for them."""

    cls: Tensor | None
    seg: Tensor | None
    metric: LossValue | None
    labelled: tuple[Tensor, Tensor] | None = None
    """Embeddings [N, D] and labels int64 [N] of the images whose class is known; None where none is."""

    @property
    def values(self) -> tuple[Tensor | None, Tensor | None, Tensor | None]:
        """The three scalars."""
        return self.cls, self.seg, None if self.metric is None else self.metric.value


class KnownRows(NamedTuple):
    """The rows of a batch whose labels, and whose masks, are known, int64 [N] on the device; None where all are."""

    labels: Tensor | None
    masks: Tensor | None


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


def sum_of_terms(terms: Sequence[Tensor | None], output: TaskOutput) -> Tensor:
    """Sum of the weighted terms that are there; it has a gradient even where there is none, one of 0."""
    present = [term for term in terms if term is not None]
    total = torch.stack(present).sum() if present else torch.zeros(())
    return total if total.requires_grad else total + 0.0 * output.embedding.sum()


def task_terms(
    output: TaskOutput,
    *,
    labels: Tensor,
    masks: Tensor | None,
    has_mask: Tensor | None,
    metric_loss: MetricLoss,
    known: KnownRows | None = None,
) -> TaskTerms:
    """Raw losses of a batch; a term whose labels are missing is left out, never zero-filled.

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
    known
        What `labels` and `has_mask` say, where that is known; to ask the device for it would wait for its work.

    Raises
    ------
    ValueError
        where the shapes do not fit.
    """
    of_labels, of_masks = _known_rows(labels, has_mask) if known is None else known
    cls = seg = metric = labelled = None
    if of_labels is None or len(of_labels):
        labelled = rows_of(output.embedding, of_labels), rows_of(labels, of_labels)
        cls = cross_entropy(full_precision(rows_of(output.logits, of_labels)), labelled[1])
        metric = metric_loss(*labelled)
    if (of_masks is None or len(of_masks)) and masks is not None and output.mask_logits is not None:
        seg = segmentation_loss(rows_of(output.mask_logits, of_masks), rows_of(masks, of_masks))
    return TaskTerms(cls, seg, metric, labelled)


def multi_task_loss(
    output: TaskOutput,
    *,
    labels: Tensor,
    masks: Tensor | None,
    has_mask: Tensor | None,
    metric_loss: MetricLoss,
    weights: TaskWeights,
) -> TaskLosses:
    """Losses of a batch (`task_terms`, which see) and their sum under fixed weights."""
    terms = task_terms(output, labels=labels, masks=masks, has_mask=has_mask, metric_loss=metric_loss)
    total = sum_of_terms([weighted_total(terms.values, weights)], output)
    return TaskLosses(total, *terms.values, None if terms.metric is None else terms.metric.active_share)


def rows_of(values: Tensor, rows: Tensor | None) -> Tensor:
    """Some rows; all of them without a copy where `rows` is None."""
    return values if rows is None else values[rows]


def _known_rows(labels: Tensor, has_mask: Tensor | None) -> KnownRows:
    labelled = labels >= 0
    masked = torch.ones_like(labelled) if has_mask is None else has_mask
    counts = torch.stack([labelled.sum(), masked.sum()]).tolist()
    kept = zip((labelled, masked), counts, strict=True)
    return KnownRows(*(None if count == len(labels) else known.nonzero().squeeze(1) for known, count in kept))
