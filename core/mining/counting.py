"""How many values of a row lie below each of its thresholds, and how many thresholds above each of its values.

An anchor has few positives and many negatives. With thresholds that its positives set, comparing each of them with all
negatives is fastest while they are few; beyond that the thresholds are sorted and every negative is searched in them.
Both cost memory for one matrix of negatives, never for one a threshold.
"""

import torch
from torch import Tensor

_FEW = 256
"""Up to so many thresholds a row are compared one by one on a CPU; measured with 512 and 1,024 columns."""
_AT_ONCE = 2**17
"""Values compared at a time: half a megabyte, which the caches hold."""


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
    """`count_below` in O(B M P), without a jump in memory and without a matrix of indices."""
    below, above = torch.empty_like(thresholds), torch.zeros_like(values)
    rows = max(1, _AT_ONCE // values.shape[1])
    for start in range(0, len(values), rows):
        block, limits, counts, sums = (m[start : start + rows] for m in (values, thresholds, below, above))
        under = torch.empty_like(block)
        for place in range(limits.shape[1]):
            # Ones and zeros in the type of the values: comparing into bool and summing bool takes four times as long.
            torch.lt(block, limits[:, place, None], out=under)
            sums += under
            torch.sum(under, dim=1, out=counts[:, place])
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
