"""Losses of tuples that somebody has listed: nothing is mined, and two images that no tuple joins are not compared."""

import itertools
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

from core.data.tuples import FITTING_LOSSES
from core.distances import Distance, as_distance
from core.loss_specs import LossName
from core.losses.value import LossValue, check_margin, full_precision, share_of


@dataclass(frozen=True)
class GivenTuples:
    """The listed tuples of a batch."""

    rows: Tensor
    """int64 [T, W], rows of the batch: both images of a pair; anchor, positive and one or two negatives"""
    same: Tensor | None = None
    """bool [T], whether a pair is genuine; None for triplets and quadruplets"""


class GivenTuplesLoss(nn.Module):
    """What the losses of listed tuples have in common.

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
        members = self.distance.transform(full_precision(embeddings))[rows]
        return self._loss(members, tuples)

    def _loss(self, members: Tensor, tuples: GivenTuples) -> LossValue:
        """Loss of tuples whose images are at `members` [T, W, D]."""
        raise NotImplementedError

    def _between(self, members: Tensor, one: int, other: int) -> Tensor:
        """Distances [T] of two images of each tuple."""
        return self.distance.from_squared((members[:, one] - members[:, other]).square().sum(dim=1))


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

    def _loss(self, members: Tensor, tuples: GivenTuples) -> LossValue:
        if tuples.same is None or tuples.same.shape != members.shape[:1]:
            found = None if tuples.same is None else list(tuples.same.shape)
            raise ValueError(f"pairs need same [T] with T = {len(members)}, found {found}")
        distances = self._between(members, 0, 1)
        pulled = distances.masked_fill(~tuples.same, 0.0)
        pushed = (self.margin - distances).relu().masked_fill(tuples.same, 0.0)
        pulled_count, pushed_count = pulled.count_nonzero(), pushed.count_nonzero()
        if self.squared:
            pulled, pushed = pulled.square(), pushed.square()
        value = pulled.sum() / pulled_count.clamp(min=1) + pushed.sum() / pushed_count.clamp(min=1)
        active = pulled_count + pushed_count
        return LossValue(value, active / len(members), active)


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

    def _loss(self, members: Tensor, tuples: GivenTuples) -> LossValue:
        excess = self._between(members, 0, 1) + self.margin - self._between(members, 0, 2)
        active = (excess > 0).sum()
        if self.soft:
            return LossValue(softplus(excess).mean(), active / len(excess), len(excess))
        return LossValue(excess.relu().sum() / active.clamp(min=1), active / len(excess), active)


class GivenQuadrupletsLoss(GivenTuplesLoss):
    """Hinges d_ap + margin - d(a, n1) and d_ap + margin / 2 - d(n1, n2) of the listed quadruplets.

    Source: Chen et al., Beyond Triplet Loss, CVPR 2017.
    """

    width = 4

    def __init__(self, margin: float = 0.2, distance: str | Distance = "cosine") -> None:
        super().__init__(margin, distance)

    def _loss(self, members: Tensor, tuples: GivenTuples) -> LossValue:
        pulled = self._between(members, 0, 1)
        near = (pulled + self.margin - self._between(members, 0, 2)).relu()
        far = (pulled + self.margin / 2 - self._between(members, 2, 3)).relu()
        counts = torch.stack([near.count_nonzero(), far.count_nonzero()])
        value = near.sum() / counts[0].clamp(min=1) + far.sum() / counts[1].clamp(min=1)
        return LossValue(value, share_of(counts.sum(), torch.tensor(2 * len(near))), counts.sum())


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
