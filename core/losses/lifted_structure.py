"""Lifted structured loss."""

import torch
from torch import Tensor, nn

from core.distances import Distance, as_distance
from core.loss_specs import LossSpec
from core.losses.context import LossContext
from core.losses.pairs import compare, log_sum_exp
from core.losses.value import Columns, LossValue, check_margin, share_of

SPEC = LossSpec(
    label="Lifted structure",
    kind="tuples",
    help="Each positive pair against all negatives of both of its images, by a smooth maximum.",
    defaults={"margin": 1.0},
    margin_help="From which distance on a negative counts little. Raise it when classes stay close.",
)


class LiftedStructureLoss(nn.Module):
    """Mean over positive pairs (i, j) of max(0, J)²/2, J = d_ij + log(Σ exp(m - d_ik) + Σ exp(m - d_jl)).

    k runs over the negatives of i and l over those of j. Against `columns` those of j are rows of the batch. Pairs
    that meet no negative do not count; 0 with a gradient of 0 where none does. Never below 0, and 0 only where all
    negatives are farther by the margin m and the logarithm of their number.

    Song et al., Deep Metric Learning via Lifted Structured Feature Embedding, CVPR 2016.

    Parameters
    ----------
    margin
        m, in units of the distance; may change between two steps.
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

    def forward(self, embeddings: Tensor, labels: Tensor, columns: Columns | None = None) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B], among one another or against `columns`.

        `active_fraction` is the share of the positive pairs with positive loss, `tuples` counts the positive pairs,
        each once.

        Raises
        ------
        ValueError
            where the shapes do not fit.
        """
        pairs = compare(embeddings, labels, columns)
        distances = pairs.distances(self.distance)
        push = self.margin - distances
        of_rows = log_sum_exp(push, pairs.negative)
        of_columns = of_rows.T if pairs.symmetric else log_sum_exp(push, pairs.negative, dim=0)
        met = pairs.negative.any(dim=1, keepdim=True) | pairs.negative.any(dim=0)
        contrasted = pairs.once().positive & met
        costs = (torch.logaddexp(of_rows, of_columns) + distances).relu().masked_fill(~contrasted, 0.0)
        count = contrasted.sum()
        value = costs.square().sum() / (2 * count.clamp(min=1))
        return LossValue(value, share_of(costs.count_nonzero(), count), count)


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return LiftedStructureLoss(distance=context.distance)
