"""Losses of tuples that somebody has listed: nothing is mined, and two images that no tuple joins are not compared."""

import itertools
from abc import ABC, abstractmethod
from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn.functional import softplus

from core.data.tuples import FITTING_LOSSES
from core.distances import Distance, as_distance
from core.loss_specs import LossName
from core.losses.value import LossValue, check_margin, full_precision


@dataclass(frozen=True)
class GivenTuples:
    """The listed tuples of a batch."""

    rows: Tensor
    """int64 [T, W], rows of the batch: both images of a pair; anchor, positive and one or two negatives"""
    same: Tensor | None = None
    """bool [T], whether a pair is genuine; None for triplets and quadruplets"""


def distances_within(embeddings: Tensor, tuples: GivenTuples, one: int, other: int, distance: Distance) -> Tensor:
    """Distances [T] of two images of each tuple, by their places in it; differentiable, float32 at least."""
    a, b = (distance.transform(full_precision(embeddings)[tuples.rows[:, place]]) for place in (one, other))
    return distance.from_squared((a - b).square().sum(dim=1))


class GivenTuplesLoss(nn.Module, ABC):
    """What the losses of listed tuples have in common; each says what one costs.

    Parameters
    ----------
    margin
        In units of the distance; may change between two steps.
    distance
        Name or distance object; embeddings are taken as they are.

    Raises
    ------
    ValueError
        where margin or distance cannot be used.
    """

    width: int
    """Images in a tuple, W."""

    def __init__(self, margin: float, distance: str | Distance) -> None:
        super().__init__()
        check_margin(margin)
        self.margin = margin
        self.distance = as_distance(distance)

    def forward(self, embeddings: Tensor, tuples: GivenTuples) -> LossValue:
        """Loss of embeddings [B, D] that make these tuples.

        Raises
        ------
        ValueError
            where the shapes do not fit.
        """
        rows = tuples.rows
        if embeddings.ndim != 2 or rows.ndim != 2 or rows.shape[1] != self.width or not len(rows):
            raise ValueError(
                f"a batch needs embeddings [B, D] and tuples [T, {self.width}] with T > 0, "
                f"found {list(embeddings.shape)} and {list(rows.shape)}"
            )
        return self._loss(embeddings, tuples)

    @abstractmethod
    def _loss(self, embeddings: Tensor, tuples: GivenTuples) -> LossValue:
        """The loss of a batch that fits."""

    def _between(self, embeddings: Tensor, tuples: GivenTuples, one: int, other: int) -> Tensor:
        return distances_within(embeddings, tuples, one, other, self.distance)


class GivenPairsLoss(GivenTuplesLoss):
    """Mean of d over the active genuine pairs + mean of margin - d over the active impostor pairs, or of their squares.

    As `core.losses.ContrastiveLoss`, of listed pairs: a genuine one is active where d > 0, an impostor where
    d < margin. A mean over no pair is 0 with a gradient of 0. `active_fraction` is the share of the listed pairs that
    are active.

    Hadsell et al., Dimensionality Reduction by Learning an Invariant Mapping, CVPR 2006, with both terms squared.

    Parameters
    ----------
    margin
        Distance from which on an impostor pair costs nothing; may change between two steps.
    distance
        Name or distance object; embeddings are taken as they are.
    squared
        Whether both terms are squared.

    Raises
    ------
    ValueError
        where margin or distance cannot be used.
    """

    width = 2

    def __init__(self, margin: float = 1.0, distance: str | Distance = "euclidean", squared: bool = False) -> None:
        super().__init__(margin, distance)
        self.squared = squared

    def _loss(self, embeddings: Tensor, tuples: GivenTuples) -> LossValue:
        if tuples.same is None or tuples.same.shape != tuples.rows.shape[:1]:
            found = None if tuples.same is None else list(tuples.same.shape)
            raise ValueError(f"pairs need same [T] with T = {len(tuples.rows)}, found {found}")
        distances = self._between(embeddings, tuples, 0, 1)
        pulled = distances.masked_fill(~tuples.same, 0.0)
        pushed = (self.margin - distances).relu().masked_fill(tuples.same, 0.0)
        pulled_count, pushed_count = pulled.count_nonzero(), pushed.count_nonzero()
        if self.squared:
            pulled, pushed = pulled.square(), pushed.square()
        value = pulled.sum() / pulled_count.clamp(min=1) + pushed.sum() / pushed_count.clamp(min=1)
        active = pulled_count + pushed_count
        return LossValue(value, active / len(distances), active)


class GivenTripletsLoss(GivenTuplesLoss):
    """Mean of max(0, d_ap + margin - d_an) over the listed triplets in which it is positive.

    0 with a gradient of 0 where there is none. With a soft margin: mean of log(1 + exp(d_ap + margin - d_an)) over all
    listed triplets. Either way `active_fraction` is the share of the triplets with d_an < d_ap + margin.

    Schroff et al., FaceNet, CVPR 2015; the soft margin: Hermans et al., In Defense of the Triplet Loss, 2017.

    Parameters
    ----------
    margin
        How much farther a negative must be than a positive; may change between two steps.
    distance
        Name or distance object; embeddings are taken as they are.
    soft
        Whether the margin is soft.

    Raises
    ------
    ValueError
        where margin or distance cannot be used.
    """

    width = 3

    def __init__(self, margin: float = 0.2, distance: str | Distance = "cosine", soft: bool = False) -> None:
        super().__init__(margin, distance)
        self.soft = soft

    def _loss(self, embeddings: Tensor, tuples: GivenTuples) -> LossValue:
        d_ap, d_an = (self._between(embeddings, tuples, 0, other) for other in (1, 2))
        excess = d_ap + self.margin - d_an
        active = (excess > 0).sum()
        if self.soft:
            return LossValue(softplus(excess).mean(), active / len(excess), len(excess))
        return LossValue(excess.relu().sum() / active.clamp(min=1), active / len(excess), active)


class GivenQuadrupletsLoss(GivenTuplesLoss):
    """Mean of max(0, d_ap + m - d(a, n₁)) + mean of max(0, d_ap + m / 2 - d(n₁, n₂)) over the listed quadruplets.

    As `core.losses.QuadrupletLoss`, each mean is over the quadruplets in which its term is positive, and 0 with a
    gradient of 0 where there is none; `active_fraction` is the share of the two hinges of each quadruplet that are.

    Chen et al., Beyond Triplet Loss: A Deep Quadruplet Network for Person Re-identification, CVPR 2017.

    Parameters
    ----------
    margin
        m: how much farther a negative must be than a positive; may change between two steps.
    distance
        Name or distance object; embeddings are taken as they are.

    Raises
    ------
    ValueError
        where margin or distance cannot be used.
    """

    width = 4

    def __init__(self, margin: float = 0.2, distance: str | Distance = "cosine") -> None:
        super().__init__(margin, distance)

    def _loss(self, embeddings: Tensor, tuples: GivenTuples) -> LossValue:
        d_ap = self._between(embeddings, tuples, 0, 1)
        near = (d_ap + self.margin - self._between(embeddings, tuples, 0, 2)).relu()
        far = (d_ap + self.margin / 2 - self._between(embeddings, tuples, 2, 3)).relu()
        near_count, far_count = near.count_nonzero(), far.count_nonzero()
        value = near.sum() / near_count.clamp(min=1) + far.sum() / far_count.clamp(min=1)
        active = near_count + far_count
        return LossValue(value, active / (2 * len(d_ap)), active)


def build_given_tuples_loss(name: LossName, distance: str | Distance) -> GivenTuplesLoss:
    """The loss of that name for listed tuples; which fit which list says `core.data.tuples.FITTING_LOSSES`.

    Raises
    ------
    ValueError
        where the loss is none of them, or the distance cannot be used.
    """
    match name:
        case "contrastive" | "contrastive-squared":
            return GivenPairsLoss(distance=distance, squared=name == "contrastive-squared")
        case "triplet" | "soft-triplet":
            return GivenTripletsLoss(distance=distance, soft=name == "soft-triplet")
        case "quadruplet":
            return GivenQuadrupletsLoss(distance=distance)
    known = ", ".join(itertools.chain.from_iterable(FITTING_LOSSES.values()))
    raise ValueError(f"loss must be one of {known} for listed tuples, found {name!r}")
