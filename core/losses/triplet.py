"""Triplet loss with a hinge."""

import torch
from torch import Tensor, nn

from core.distances import Distance, as_distance, pairwise_distances, widest_dtype
from core.hyperparameters import MINING_MODES, Mining
from core.losses.value import LossValue, check_batch, check_margin, share_of
from core.mining import mine_triplets


class TripletLoss(nn.Module):
    """Mean of max(0, d_ap + margin - d_an) over the mined triplets in which it is positive.

    0 with a gradient of 0 where there is none. `margin` and `mining` may change between two steps.

    Schroff et al., FaceNet, CVPR 2015; batch-hard: Hermans et al., In Defense of the Triplet Loss, 2017.

    Parameters
    ----------
    margin
        How much farther a negative must be than a positive, in units of the distance.
    distance
        Name or distance object; embeddings are taken as they are.
    mining
        Which triplets count; see `core.mining.mine_triplets`.
    generator
        Draws the negatives of random mining; None takes torch's default one.

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
    ) -> None:
        super().__init__()
        check_margin(margin)
        if mining not in MINING_MODES:
            raise ValueError(f"mining must be one of {', '.join(MINING_MODES)}, found {mining!r}")
        self.margin = margin
        self.distance = as_distance(distance)
        self.mining: Mining = mining
        self.generator = generator

    def forward(self, embeddings: Tensor, labels: Tensor) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B].

        Raises
        ------
        ValueError
            where the shapes do not fit.
        """
        check_batch(embeddings, labels)
        distances = pairwise_distances(embeddings, embeddings, self.distance)
        mined = mine_triplets(distances.detach(), labels, self.margin, self.mining, self.generator)
        # A difference of two large sums: float32 would leave its rounding in the small rest.
        wide = widest_dtype(distances.device)
        count = mined.tuples.to(wide)
        hinges = (mined.weights * distances).sum(dtype=wide) + self.margin * count
        value = (hinges / count.clamp(min=1)).to(distances.dtype)
        return LossValue(value, share_of(mined.active, mined.total), mined.tuples)
