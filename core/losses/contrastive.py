"""Contrastive loss on pairs."""

from torch import Tensor, nn

from core.distances import Distance, as_distance
from core.loss_specs import LossSpec
from core.losses.context import LossContext
from core.losses.pairs import compare
from core.losses.value import Columns, LossValue, check_margin, share_of

SPEC = LossSpec(
    label="Contrastive (d)",
    kind="tuples",
    help="Positive pairs are pulled together, negative pairs pushed out to the margin. Simple; margin matters.",
    defaults={"margin": 1.0},
    margin_help="How far apart the images of a negative pair must be before the pair costs nothing. Raise it when "
    "classes stay close; lower it when pairs that are far enough still take up the loss.",
)


class ContrastiveLoss(nn.Module):
    """Mean of d over the active positive pairs + mean of margin - d over the active negative pairs.

    With `squared`, mean of d² + mean of (margin - d)². A positive pair is active where d > 0, a negative one where
    d < margin; each pair of the batch counts once. A mean over no pair is 0 with a gradient of 0. Positive and
    negative pairs need not meet: one class alone is pulled together, images of one each are pushed apart. Never below
    0; the negative term is at most the margin (its square).

    The squared form, with a factor of ½, is Hadsell et al., Dimensionality Reduction by Learning an Invariant
    Mapping, CVPR 2006; the form in d is pytorch-metric-learning's.

    Parameters
    ----------
    margin
        Distance from which on a negative pair costs nothing; may change between two steps.
    distance
        Name or distance object; embeddings are taken as they are.
    squared
        Whether both terms are squared.

    Raises
    ------
    ValueError
        where margin or distance cannot be used.
    """

    def __init__(self, margin: float = 1.0, distance: str | Distance = "euclidean", squared: bool = False) -> None:
        super().__init__()
        check_margin(margin)
        self.margin = margin
        self.distance = as_distance(distance)
        self.squared = squared

    def forward(self, embeddings: Tensor, labels: Tensor, columns: Columns | None = None) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B], among one another or against `columns`.

        `active_fraction` is the share of all pairs that are active, `tuples` counts these.

        Raises
        ------
        ValueError
            where the shapes do not fit.
        """
        pairs = compare(embeddings, labels, columns)
        distances = pairs.distances(self.distance)
        pulled, pushed = pairs.positive & (distances > 0), pairs.negative & (distances < self.margin)
        pulled_count, pushed_count = pulled.count_nonzero(), pushed.count_nonzero()
        pull, push = (1.0 / count.clamp(min=1).to(distances.dtype) for count in (pulled_count, pushed_count))
        if self.squared:
            gaps = distances - self.margin * pairs.negative.to(distances.dtype)
            value = ((pushed * push).masked_fill_(pulled, pull) * gaps.square()).sum()
        else:
            # The margin stands in each pushed pair, so in their mean: it need not go through all of them.
            margin = self.margin * (pushed_count > 0).to(distances.dtype)
            value = ((pushed * -push).masked_fill_(pulled, pull) * distances).sum() + margin
        active = pulled_count + pushed_count
        return LossValue(value, share_of(active, pairs.places), active // 2 if pairs.symmetric else active)


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return ContrastiveLoss(distance=context.distance)
