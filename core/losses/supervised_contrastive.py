"""Supervised contrastive loss."""

import torch
from torch import Tensor, nn

from core.distances import COSINE
from core.loss_specs import LossSpec
from core.losses.context import LossContext
from core.losses.pairs import compare
from core.losses.value import Columns, LossValue, check_positive

SPEC = LossSpec(
    label="Supervised contrastive",
    kind="tuples",
    help="All positives of an anchor together against the rest of the batch. Robust, likes large batches.",
    defaults={"temperature": 0.1},
)


class SupervisedContrastiveLoss(nn.Module):
    """Mean over anchors of the mean over their positives p of -log(exp(s_ap/T) / Σ exp(s_ax/T)), s cosine similarity.

    x runs over all other images, positives and negatives (L_out of the paper). Cosine similarity normalises the
    embeddings. Anchors without a positive or without a negative do not count; 0 with a gradient of 0 where none does.
    Never below the mean of log(number of positives), which it approaches as classes separate.

    Khosla et al., Supervised Contrastive Learning, NeurIPS 2020.

    Parameters
    ----------
    temperature
        T, above 0; may change between two steps.

    Raises
    ------
    ValueError
        where the temperature cannot be used.
    """

    def __init__(self, temperature: float = 0.1) -> None:
        super().__init__()
        check_positive(temperature=temperature)
        self.temperature = temperature

    def forward(self, embeddings: Tensor, labels: Tensor, columns: Columns | None = None) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B], among one another or against `columns`.

        `active_fraction` is the share of the positive pairs whose anchor has a negative at least as similar, `tuples`
        counts the anchors.

        Raises
        ------
        ValueError
            where the shapes do not fit.
        """
        pairs = compare(embeddings, labels, columns)
        distances = pairs.distances(COSINE)
        # A softmax does not see the 1 in similarity = 1 - distance.
        logits = distances / -self.temperature
        contrasted, _, misranked_share = pairs.contrasted(distances)
        positives = contrasted.sum(dim=1)
        # Not minus infinity, which would leave NaN where a row has no other image.
        others = logits.masked_fill(~(pairs.positive | pairs.negative), torch.finfo(logits.dtype).min)
        gains = others.log_softmax(dim=1).masked_fill(~contrasted, 0.0).sum(dim=1) / positives.clamp(min=1)
        count = positives.count_nonzero()
        value = -gains.sum() / count.clamp(min=1)
        return LossValue(value, misranked_share, count)


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return SupervisedContrastiveLoss()
