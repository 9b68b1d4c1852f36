"""A loss as somebody might add it: this file is all there is of it."""

from torch import Tensor, nn

from core.distances import COSINE
from core.loss_specs import LossSpec
from core.losses.context import LossContext
from core.losses.pairs import compare
from core.losses.value import Columns, LossValue, check_margin, share_of

SPEC = LossSpec(
    label="My loss",
    kind="tuples",
    help="Mean of d over positive pairs and of what negative pairs lack to the margin, over all pairs.",
    defaults={"margin": 0.5},
)


class MyLoss(nn.Module):
    """Σ d of positive pairs + Σ max(0, margin - d) of negative pairs, over the number of all pairs."""

    def __init__(self, margin: float = 0.5) -> None:
        super().__init__()
        check_margin(margin)
        self.margin = margin

    def forward(self, embeddings: Tensor, labels: Tensor, columns: Columns | None = None) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B], among one another or against `columns`."""
        pairs = compare(embeddings, labels, columns)
        distances = pairs.distances(COSINE)
        costs = distances.masked_fill(~pairs.positive, 0.0)
        costs = costs + (self.margin - distances).relu().masked_fill(~pairs.negative, 0.0)
        return LossValue(
            costs.sum() / pairs.places.clamp(min=1), share_of(costs.count_nonzero(), pairs.places), pairs.places
        )


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return MyLoss()
