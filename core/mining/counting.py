"""How many values of a row lie below each of its thresholds, and how many thresholds above each of its values.

An anchor has few positives and many negatives. With thresholds that its positives set, comparing each of them with all
negatives is fastest while they are few; beyond that the thresholds are sorted and every negative is searched in them.
Both hold a matrix of negatives or two, never one for each threshold.
"""

import torch
from torch import Tensor

_FEW = 192
"""Up to so many thresholds a row are compared one by one on a CPU; measured with 512 and 1,024 columns."""
_AT_ONCE = 2**18
"""Comparisons held at a time: a megabyte, which the caches hold; or those of one row where they are more."""


def count_below(values: Tensor, thresholds: Tensor) -> tuple[Tensor, Tensor]:
    """How many values lie below each threshold, and how many thresholds above each value, row by row.

    Parameters
    ----------
    values
        float32 or float64 [B, M]
    thresholds
        [B, P]

    Returns
    -------
    tuple
        Whole numbers [B, P] and [B, M], exact, in the type of `values`.
    """
    if values.device.type == "cpu" and thresholds.shape[1] <= _FEW:
        return compared_one_by_one(values, thresholds)
    return searched_among_sorted(values, thresholds)


def compared_one_by_one(values: Tensor, thresholds: Tensor) -> tuple[Tensor, Tensor]:
    """`count_below` in O(B M P), without a jump in memory."""
    below, above = torch.empty_like(thresholds), torch.empty_like(values)
    width, columns = thresholds.shape[1], values.shape[1]
    step = max(1, _AT_ONCE // max(1, width * columns))
    # Ones and zeros in the type of the values: comparing into bool and summing bool takes four times as long.
    held = values.new_empty(min(step, len(values)), width, columns)
    for start in range(0, len(values), step):
        rows = slice(start, start + step)
        under = held[: len(values) - start]
        torch.lt(values[rows, None, :], thresholds[rows, :, None], out=under)
        torch.sum(under, dim=2, out=below[rows])
        torch.sum(under, dim=1, out=above[rows])
    return below, above


def searched_among_sorted(values: Tensor, thresholds: Tensor) -> tuple[Tensor, Tensor]:
    """`count_below` in O(B M log P)."""
    width = thresholds.shape[1]
    ordered, origin = thresholds.sort(dim=1)
    not_above = torch.searchsorted(ordered, values, right=True)
    histogram = torch.zeros(len(values), width + 1, dtype=torch.int64, device=values.device)
    histogram.scatter_add_(1, not_above, torch.ones_like(not_above))
    counts = histogram.cumsum(dim=1)[:, :width].to(values.dtype)
    return torch.empty_like(counts).scatter_(1, origin, counts), (width - not_above).to(values.dtype)
