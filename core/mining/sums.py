"""Sums of the losses of kept triplets, and how they change with the distances."""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import softplus

from core.distances import widest_dtype
from core.mining.choosing import Choice, Range
from core.mining.counting import count_below
from core.mining.pairs import Pairs

_AT_ONCE = 2**20
"""Triplets of a soft sum held at a time, or those of one anchor where they are more."""


class Sum(NamedTuple):
    """Sum of losses as Σ weights · distances + offset, where `weights` is its gradient."""

    weights: Tensor
    """[B, M]"""
    offset: Tensor
    """Scalar in the device's widest type."""
    tuples: Tensor
    """How many triplets these are, int64 scalar."""


class Reach(NamedTuple):
    """How far each anchor-positive pair's loss is positive."""

    limit: Tensor
    """[B, P]: d_ap + margin, which d_an must be below; -inf for filling"""
    below: Tensor
    """[B, P], how many negatives are"""
    above: Tensor
    """[B, M], how many limits each negative is below of"""


def reach_of(pairs: Pairs, margin: float) -> Reach:
    """Limits of the positive losses, and all negatives counted by them."""
    limit = (pairs.d_ap + margin).masked_fill(~pairs.valid, -torch.inf)
    return Reach(limit, *count_below(pairs.d_an, limit))


def hinge_sum(pairs: Pairs, reach: Callable[[], Reach], kept: Range | Choice, margin: float) -> Sum:
    """Sum of d_ap + margin - d_an over the kept triplets in which it is positive."""
    if isinstance(kept, Choice):
        active = kept.kept & (kept.d_an < kept.d_ap + margin)
        weights = _chosen_weights(pairs, kept, active.to(kept.d_ap.dtype))
        tuples = active.sum()
    else:
        limit, below, above = reach()
        if kept.lower is not None:
            too_near = count_below(pairs.d_an, torch.minimum(kept.lower, limit))
            below, above = below - too_near[0], above - too_near[1]
        weights = _weights(pairs, below, above)
        tuples = below.long().sum()
    return Sum(weights, margin * tuples.to(widest_dtype(tuples.device)), tuples)


def soft_sum(distances: Tensor, pairs: Pairs, kept: Range | Choice, margin: float) -> Sum:
    """Sum of softplus(d_ap + margin - d_an) over the kept triplets; no counting replaces looking at each."""
    wide = widest_dtype(distances.device)
    if isinstance(kept, Choice):
        excess = kept.d_ap + margin - kept.d_an
        total = softplus(excess).masked_fill(~kept.kept, 0.0).sum(dtype=wide)
        weights = _chosen_weights(pairs, kept, excess.sigmoid().masked_fill(~kept.kept, 0.0))
        tuples = kept.kept.sum()
    else:
        total, tuples, by_ap, by_an = _soft_range(pairs, kept, margin)
        weights = _weights(pairs, by_ap, by_an)
    return Sum(weights, total - (weights * distances).sum(dtype=wide), tuples)


def _soft_range(pairs: Pairs, kept: Range, margin: float) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Sum and number of losses, and slopes by d_ap [B, P] and by minus d_an [B, M]."""
    # Looking at filling would cost a GPU more than waiting here for how far the lists of positives are used.
    used = pairs.valid.any(dim=0) * torch.arange(1, pairs.valid.shape[1] + 1, device=pairs.valid.device)
    width = max(int(used.max()), 1)
    by_ap, by_an = torch.zeros_like(pairs.d_ap), torch.empty_like(pairs.d_an)
    # Summed in place: small results kept between the large ones would leave the heap in pieces, 1 GB of them.
    total = torch.zeros((), dtype=widest_dtype(by_an.device), device=by_an.device)
    tuples = torch.zeros((), dtype=torch.int64, device=by_an.device)
    step = max(1, _AT_ONCE // (width * pairs.d_an.shape[1]))
    for start in range(0, len(by_ap), step):
        rows = slice(start, start + step)
        d_an = pairs.d_an[rows, None, :]
        inside = d_an < kept.upper[rows, :width, None]
        if kept.lower is not None:
            inside &= d_an >= kept.lower[rows, :width, None]
        excess = (pairs.d_ap[rows, :width, None] + margin) - d_an
        total += softplus(excess).mul_(inside).sum(dtype=total.dtype)
        tuples += inside.sum()
        slopes = excess.sigmoid_().mul_(inside)
        by_ap[rows, :width], by_an[rows] = slopes.sum(dim=2), slopes.sum(dim=1)
    return total, tuples, by_ap, by_an


def _weights(pairs: Pairs, by_ap: Tensor, by_an: Tensor) -> Tensor:
    """Slopes by d_ap [B, P] and by minus d_an [B, M] as one matrix [B, M]."""
    return (-by_an).scatter_add_(1, pairs.positives, by_ap)


def _chosen_weights(pairs: Pairs, chosen: Choice, slopes: Tensor) -> Tensor:
    """Slopes [B, K] by d_ap and by minus d_an as one matrix [B, M]."""
    weights = torch.zeros_like(pairs.d_an).scatter_add_(1, chosen.positives, slopes)
    return weights.scatter_add_(1, chosen.negatives, -slopes)
