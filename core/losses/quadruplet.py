"""Quadruplet loss."""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from core.distances import Distance, as_distance, widest_dtype
from core.loss_specs import LossSpec
from core.losses.context import LossContext
from core.losses.pairs import Pairs, compare
from core.losses.value import Columns, LossValue, check_margin, share_of
from core.mining import MinedTriplets, mine_triplets

SPEC = LossSpec(
    label="Quadruplet",
    kind="tuples",
    help="The triplet loss and, with half the margin, positive pairs against pairs of two other classes: makes "
    "one threshold fit all classes.",
    defaults={"margin": 0.2},
)


class QuadrupletLoss(nn.Module):
    """Mean of max(0, d_ap + m - d_an) over triplets + mean of max(0, d_ap + m₂ - d_kl) over quadruplets.

    A quadruplet is a positive pair (a, p) and a pair (k, l) of two other, different classes: distances within any
    class are to be smaller than those between any two, so that one threshold fits all. Each mean is over the tuples
    in which its term is positive, and 0 with a gradient of 0 where there is none. Every triplet counts, and every
    quadruplet once, whichever way round its pairs stand; they are counted in O(B² log B), not built. Never below 0.

    Chen et al., Beyond Triplet Loss: A Deep Quadruplet Network for Person Re-identification, CVPR 2017, who sum over
    squared distances that are learned.

    Parameters
    ----------
    margin
        m: how much farther a negative must be than a positive, in units of the distance.
    second_margin
        m₂: the same for a pair of two other classes; None for half of `margin`.
    distance
        Name or distance object; embeddings are taken as they are.

    Both margins may change between two steps.

    Raises
    ------
    ValueError
        where a margin or the distance cannot be used.
    """

    def __init__(
        self, margin: float = 0.2, second_margin: float | None = None, distance: str | Distance = "cosine"
    ) -> None:
        super().__init__()
        check_margin(margin)
        check_margin(second_margin or 0.0, "second_margin")
        self.margin = margin
        self.second_margin = second_margin
        self.distance = as_distance(distance)

    def forward(self, embeddings: Tensor, labels: Tensor, columns: Columns | None = None) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B], among one another or against `columns`.

        `active_fraction` is the share of all triplets and quadruplets with positive loss, `tuples` counts these.

        Raises
        ------
        ValueError
            where the shapes do not fit.
        """
        pairs = compare(embeddings, labels, columns)
        distances = pairs.distances(self.distance)
        triplets = mine_triplets(
            distances,
            labels,
            self.margin,
            "all",
            column_labels=None if columns is None else columns.labels,
            own=None if columns is None else columns.own,
        )
        second_margin = self.margin / 2 if self.second_margin is None else self.second_margin
        quadruplets = _count_quadruplets(distances, pairs.once(), second_margin, *_classes(labels, columns))
        value = _mean(triplets, distances) + _mean(quadruplets, distances)
        tuples = triplets.tuples + quadruplets.tuples
        return LossValue(value.to(distances.dtype), share_of(tuples, triplets.total + quadruplets.total), tuples)


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return QuadrupletLoss(distance=context.distance)


class _Quadruplets(NamedTuple):
    """Those with positive loss, as the sum of their losses: Σ weights · distances + offset."""

    weights: Tensor
    """[B, M]: how often a distance stands in them as a positive pair's minus as a negative pair's"""
    offset: Tensor
    """Scalar in the device's widest type."""
    tuples: Tensor
    """How many these are, int64 scalar."""
    total: Tensor
    """How many quadruplets there are in all, int64 scalar."""


def _mean(found: MinedTriplets | _Quadruplets, distances: Tensor) -> Tensor:
    # A difference of two large sums: float32 would leave its rounding in the small rest.
    total = (found.weights * distances).sum(dtype=found.offset.dtype) + found.offset
    return total / found.tuples.clamp(min=1)


def _classes(labels: Tensor, columns: Columns | None) -> tuple[Tensor, Tensor]:
    """Classes of the rows [B, 1] and the columns [M], counted from 0."""
    others = labels if columns is None else columns.labels
    _, classes = torch.unique(torch.cat([labels, others]), return_inverse=True)
    return classes[: len(labels), None], classes[len(labels) :]


@torch.no_grad()
def _count_quadruplets(
    distances: Tensor, pairs: Pairs, margin: float, of_rows: Tensor, of_columns: Tensor
) -> _Quadruplets:
    """Quadruplets in which the positive pair's distance + margin, its reach, is above the negative pair's distance.

    All pairs of a positive and a negative pair, less those that share the class of the row or the column.
    """
    reach, order = (distances[pairs.positive] + margin).sort()
    # The positive pairs that reach a negative one are those from a rank on.
    first = torch.searchsorted(reach, distances[pairs.negative], right=True)
    own = of_rows.expand_as(distances)[pairs.positive][order]
    everything = torch.zeros_like(own), torch.zeros_like(first)
    of_row, of_column = (classes.expand_as(distances)[pairs.negative] for classes in (of_rows, of_columns))
    counts = [
        _count_within(*groups, first, sum(distances.shape)) for groups in (everything, (own, of_row), (own, of_column))
    ]
    reached, reaching, total = (every - row - column for every, row, column in zip(*counts, strict=True))
    tuples = reaching.sum()
    wide = widest_dtype(distances.device)
    weights = torch.zeros_like(distances, dtype=wide)
    weights[pairs.positive] = torch.empty_like(reached).scatter_(0, order, reached).to(wide)
    weights[pairs.negative] = -reaching.to(wide)
    return _Quadruplets(weights, margin * tuples.to(wide), tuples, total)


class _Within(NamedTuple):
    reached: Tensor
    """int64 [P]: how many negative pairs of its group each positive pair reaches"""
    reaching: Tensor
    """int64 [N]: how many positive pairs of its group reach each negative pair"""
    total: Tensor
    """How many positive and negative pairs of one group there are, int64 scalar."""


def _count_within(ranked_groups: Tensor, groups: Tensor, first: Tensor, group_count: int) -> _Within:
    """Count inside groups, of P positive pairs by rank and N negative pairs that are reached from rank `first` on.

    Sorted by group and then by rank, the positive pairs that reach a negative one of their group are the end of the
    group's run.
    """
    size, device = len(ranked_groups), first.device
    stride = size + 1
    keys, order = (ranked_groups * stride + torch.arange(size, device=device)).sort()
    bounds = torch.searchsorted(keys, torch.arange(group_count + 1, device=device) * stride)
    begin, end = torch.searchsorted(keys, groups * stride + first), bounds[groups + 1]
    # +1 where a negative pair's run begins and -1 behind its end sum up to how many runs hold a positive pair.
    edges = torch.zeros(stride, dtype=torch.int64, device=device)
    one = torch.ones_like(begin)
    edges.scatter_add_(0, begin, one).scatter_add_(0, end, -one)
    reached = torch.empty_like(order).scatter_(0, order, edges.cumsum(dim=0)[:-1])
    return _Within(reached, end - begin, (end - bounds[groups]).sum())
