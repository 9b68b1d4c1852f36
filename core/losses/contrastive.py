"""Contrastive loss on pairs."""

import torch
from torch import Tensor, nn

from core.distances import Distance, as_distance, pairwise_distances
from core.losses.value import LossValue, check_batch, check_margin, share_of


class ContrastiveLoss(nn.Module):
    """Mean of d over the active positive pairs + mean of margin - d over the active negative pairs.

    A positive pair is active where d > 0, a negative one where d < margin; each pair of the batch counts once. A mean
    over no pair is 0 with a gradient of 0. This is the form in d, as pytorch-metric-learning has it; Hadsell et al.,
    Dimensionality Reduction by Learning an Invariant Mapping, CVPR 2006, square both terms.

    Parameters
    ----------
    margin
        Distance from which on a negative pair costs nothing; may change between two steps.
    distance
        Name or distance object; embeddings are taken as they are.

    Raises
    ------
    ValueError
        where margin or distance cannot be used.
    """

    def __init__(self, margin: float = 1.0, distance: str | Distance = "euclidean") -> None:
        super().__init__()
        check_margin(margin)
        self.margin = margin
        self.distance = as_distance(distance)

    def forward(self, embeddings: Tensor, labels: Tensor) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B].

        Raises
        ------
        ValueError
            where the shapes do not fit.
        """
        check_batch(embeddings, labels)
        distances = pairwise_distances(embeddings, embeddings, self.distance)
        same = labels[:, None] == labels
        pairs = torch.ones_like(same).triu(1)
        pulled = distances.masked_fill(~(pairs & same), 0.0)
        pushed = (self.margin - distances).relu().masked_fill(~(pairs & ~same), 0.0)
        pulled_count, pushed_count = pulled.count_nonzero(), pushed.count_nonzero()
        value = pulled.sum() / pulled_count.clamp(min=1) + pushed.sum() / pushed_count.clamp(min=1)
        active = pulled_count + pushed_count
        return LossValue(value, share_of(active, pairs.sum()), active)
