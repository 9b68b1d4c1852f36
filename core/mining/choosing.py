"""Mining modes: the negatives that each anchor-positive pair is kept with."""

from dataclasses import dataclass

import torch
from torch import Tensor

from core.distances import widest_dtype
from core.mining.pairs import Pairs


@dataclass(frozen=True)
class Range:
    """All negatives with lower <= d_an < upper, for each anchor-positive pair."""

    lower: Tensor | None
    """[B, P], None: no bound"""
    upper: Tensor
    """[B, P], -inf for filling"""


@dataclass(frozen=True)
class Choice:
    """One negative for each of K anchor-positive pairs of an anchor."""

    positives: Tensor
    """int64 [B, K], columns"""
    negatives: Tensor
    """int64 [B, K], columns"""
    d_ap: Tensor
    """[B, K]"""
    d_an: Tensor
    """[B, K]"""
    kept: Tensor
    """bool [B, K], which of these triplets there are"""


def every_negative(pairs: Pairs) -> Range:
    """Each pair with all of the anchor's negatives."""
    return Range(None, torch.full_like(pairs.d_ap, torch.inf).masked_fill(~pairs.valid, -torch.inf))


def semi_hard_negatives(pairs: Pairs, margin: float) -> Range:
    """Each pair with the negatives that are farther than the positive by at most the margin."""
    return Range(_next(pairs.d_ap), _next(pairs.d_ap + margin).masked_fill(~pairs.valid, -torch.inf))


def closest_negative(pairs: Pairs) -> Choice:
    """Each pair with the anchor's closest negative."""
    return _with_closest(pairs.positives, pairs.d_ap, pairs.valid, pairs.d_an)


def farthest_positive(pairs: Pairs) -> Choice:
    """Each anchor with its farthest positive and closest negative."""
    d_ap, place = pairs.d_ap.masked_fill(~pairs.valid, -torch.inf).max(dim=1, keepdim=True)
    return _with_closest(pairs.positives.gather(1, place), d_ap, d_ap > -torch.inf, pairs.d_an)


def closest_positive(pairs: Pairs) -> Choice:
    """Each anchor with its closest positive and the closest negative that is farther than it."""
    d_ap, place = pairs.d_ap.masked_fill(~pairs.valid, torch.inf).min(dim=1, keepdim=True)
    farther = pairs.d_an.masked_fill(pairs.d_an <= d_ap, torch.inf)
    return _with_closest(pairs.positives.gather(1, place), d_ap, d_ap < torch.inf, farther)


def random_negative(pairs: Pairs, generator: torch.Generator | None) -> Choice:
    """Each pair with any of the anchor's negatives."""
    return _drawn(pairs, (~pairs.same).to(widest_dtype(pairs.same.device)), generator)


def weighted_negative(pairs: Pairs, log_weights: Tensor, generator: torch.Generator | None) -> Choice:
    """Each pair with a negative drawn in proportion to exp(`log_weights`) [B, M].

    Anchors whose negatives all weigh -inf are dropped.
    """
    weights = log_weights.masked_fill(pairs.same, -torch.inf).softmax(dim=1, dtype=widest_dtype(log_weights.device))
    return _drawn(pairs, weights.nan_to_num(0.0), generator)


def _drawn(pairs: Pairs, weights: Tensor, generator: torch.Generator | None) -> Choice:
    device = weights.device if generator is None else generator.device
    share = torch.rand(pairs.valid.shape, generator=generator, device=device, dtype=widest_dtype(device))
    summed = weights.cumsum(dim=1)
    total = summed[:, -1:]
    # Rounding up to the total itself would choose a column behind the last one with a weight.
    aim = torch.minimum(share.to(weights) * total, torch.nextafter(total, torch.zeros_like(total)))
    columns = torch.searchsorted(summed, aim, right=True).clamp(max=weights.shape[1] - 1)
    return Choice(pairs.positives, columns, pairs.d_ap, pairs.d_an.gather(1, columns), pairs.valid & (total > 0))


def _with_closest(positives: Tensor, d_ap: Tensor, kept: Tensor, d_an: Tensor) -> Choice:
    """Triplets of anchor-positive pairs [B, K] with the closest of the negatives at `d_an` [B, M]."""
    closest, column = d_an.min(dim=1, keepdim=True)
    return Choice(positives, column.expand_as(positives), d_ap, closest.expand_as(d_ap), kept & (closest < torch.inf))


def _next(values: Tensor) -> Tensor:
    """The next larger number: x > value is x >= next(value)."""
    return values.nextafter(torch.full_like(values, torch.inf))
