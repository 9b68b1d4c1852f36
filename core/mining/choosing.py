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
    last = pairs.negatives - 1
    rank = torch.minimum((_shares(pairs, generator) * pairs.negatives).long(), last).clamp(min=0)
    # The anchor's own class stands together in `order`: ranks from there on skip it.
    place = rank + (rank >= pairs.first) * (len(pairs.order) - pairs.negatives)
    columns = pairs.order[place.clamp(max=len(pairs.order) - 1)]
    return _with(pairs, columns, pairs.valid & (last >= 0))


def weighted_negative(pairs: Pairs, log_weights: Tensor, generator: torch.Generator | None) -> Choice:
    """Each pair with a negative drawn in proportion to exp(`log_weights`) [B, M].

    Anchors whose negatives all weigh -inf are dropped.
    """
    weights = log_weights.masked_fill(pairs.same, -torch.inf).softmax(dim=1)
    summed = weights.nan_to_num_(0.0).cumsum(dim=1, dtype=widest_dtype(weights.device))
    total = summed[:, -1:]
    # Rounding up to the total itself would choose a column behind the last one with a weight.
    aim = torch.minimum(_shares(pairs, generator) * total, torch.nextafter(total, torch.zeros_like(total)))
    columns = torch.searchsorted(summed, aim, right=True).clamp(max=weights.shape[1] - 1)
    return _with(pairs, columns, pairs.valid & (total > 0))


def _shares(pairs: Pairs, generator: torch.Generator | None) -> Tensor:
    """One number in 0..1 for each pair [B, P], in the device's widest type."""
    device = pairs.d_ap.device if generator is None else generator.device
    drawn = torch.rand(pairs.d_ap.shape, generator=generator, device=device, dtype=widest_dtype(device))
    return drawn.to(pairs.d_ap.device, widest_dtype(pairs.d_ap.device))


def _with(pairs: Pairs, columns: Tensor, kept: Tensor) -> Choice:
    """Triplets of all pairs with the negatives in `columns` [B, P]."""
    return Choice(pairs.positives, columns, pairs.d_ap, pairs.d_an.gather(1, columns), kept)


def _with_closest(positives: Tensor, d_ap: Tensor, kept: Tensor, d_an: Tensor) -> Choice:
    """Triplets of anchor-positive pairs [B, K] with the closest of the negatives at `d_an` [B, M]."""
    closest, column = d_an.min(dim=1, keepdim=True)
    return Choice(positives, column.expand_as(positives), d_ap, closest.expand_as(d_ap), kept & (closest < torch.inf))


def _next(values: Tensor) -> Tensor:
    """The next larger number: x > value is x >= next(value)."""
    return values.nextafter(torch.full_like(values, torch.inf))
