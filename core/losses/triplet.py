"""Triplet loss with a hinge or a soft margin."""

from typing import Any

import torch
from torch import Tensor, nn

from core.distances import COSINE, Distance, as_distance, pairwise_distances
from core.hyperparameters import MINING_MODES, Mining
from core.loss_specs import LossSpec
from core.losses.context import LossContext
from core.losses.value import Columns, LossValue, check_batch, check_margin, share_of
from core.mining import mine_triplets, negative_log_weights

SPEC = LossSpec(
    label="Triplet",
    kind="tuples",
    help="A negative must be farther than a positive by the margin. The usual first choice.",
    defaults={"margin": 0.2},
    mined=True,
)


class TripletLoss(nn.Module):
    """Mean of max(0, d_ap + margin - d_an) over the mined triplets in which it is positive.

    0 with a gradient of 0 where there is none. `margin` and `mining` may change between two steps.

    With a soft margin, the mean of log(1 + exp(d_ap + margin - d_an)) over all mined triplets; `active_fraction` stays
    the share of the batch's triplets with d_ap + margin > d_an, since no softplus is ever 0.

    Schroff et al., FaceNet, CVPR 2015; batch-hard and the soft margin, there without an offset: Hermans et al., In
    Defense of the Triplet Loss, 2017.

    Parameters
    ----------
    margin
        How much farther a negative must be than a positive, in units of the distance.
    distance
        Name or distance object; embeddings are taken as they are.
    mining
        Which triplets count; see `core.mining.mine_triplets`. Distance-weighted mining takes distances of the
        embeddings brought to unit length, whatever `distance` is.
    generator
        Draws the negatives of random and distance-weighted mining; None takes torch's default one.
    soft
        Softplus in place of the hinge.

    Raises
    ------
    ValueError
        where margin, distance or mining cannot be used.
    """

    def __init__(
        self,
        margin: float = 0.2,
        distance: str | Distance = "cosine",
        mining: Mining = "semi-hard",
        generator: torch.Generator | None = None,
        soft: bool = False,
    ) -> None:
        super().__init__()
        check_margin(margin)
        if mining not in MINING_MODES:
            raise ValueError(f"mining must be one of {', '.join(MINING_MODES)}, found {mining!r}")
        self.margin = margin
        self.distance = as_distance(distance)
        self.mining: Mining = mining
        self.generator = generator
        self.soft = soft

    def forward(self, embeddings: Tensor, labels: Tensor, columns: Columns | None = None) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B].

        Positives and negatives come from the batch itself, or from `columns`.

        Raises
        ------
        ValueError
            where the shapes do not fit.
        """
        check_batch(embeddings, labels, columns)
        others = embeddings if columns is None else columns.embeddings
        distances = pairwise_distances(embeddings, others, self.distance)
        mined = mine_triplets(
            distances,
            labels,
            self.margin,
            self.mining,
            self.generator,
            soft=self.soft,
            column_labels=None if columns is None else columns.labels,
            own=None if columns is None else columns.own,
            log_weights=self._log_weights(embeddings, others, distances),
        )
        value: Tensor = _MeanLoss.apply(distances, mined.weights, mined.offset, mined.tuples)
        return LossValue(value, lambda: share_of(mined.active, mined.total), mined.tuples)

    @torch.no_grad()
    def _log_weights(self, embeddings: Tensor, others: Tensor, distances: Tensor) -> Tensor | None:
        if self.mining != "distance-weighted":
            return None
        cosine = distances if self.distance is COSINE else pairwise_distances(embeddings, others, COSINE)
        return negative_log_weights(cosine, embeddings.shape[1])


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return TripletLoss(distance=context.distance, generator=context.generator)


class _MeanLoss(torch.autograd.Function):
    """Σ weights · distances + offset over the number of tuples; autograd's own way back takes six steps."""

    @staticmethod
    def forward(ctx: Any, distances: Tensor, weights: Tensor, offset: Tensor, tuples: Tensor) -> Tensor:
        count = tuples.clamp(min=1)
        ctx.save_for_backward(weights, count)
        # A difference of two large sums: float32 would leave its rounding in the small rest.
        total = (weights * distances).sum(dtype=offset.dtype) + offset
        return (total / count).to(distances.dtype)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None, None, None]:
        weights, count = ctx.saved_tensors
        return weights * (gradient / count), None, None, None
