"""Compiled inner loop that counts pairs by identity; it releases the GIL, which NumPy's bincount holds."""

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Labels = NDArray[np.int64]


@numba.njit(nogil=True, cache=True, error_model="numpy")
def _bin_of(squared: float, borders: Floats) -> int:
    """How many of the ascending borders are below."""
    low, high = 0, len(borders)
    while low < high:
        middle = (low + high) // 2
        if borders[middle] < squared:
            low = middle + 1
        else:
            high = middle
    return low


@numba.njit(nogil=True, cache=True, error_model="numpy")
def count_by_identity(
    products: Floats,
    norms: Floats,
    first: tuple[int, int],
    classes: Labels,
    groups: Labels,
    borders: Floats,
    genuine: Counts,
    impostor: Counts,
) -> None:
    """Count the pairs of a tile by the identities they are of and by bin.

    Parameters
    ----------
    products
        [R, C]: of vector `first[0] + r` with vector `first[1] + c`; only pairs whose second is behind are counted.
    norms
        [N], squared lengths of all vectors.
    first
        Positions of the first row and column.
    classes, groups
        [N], of all vectors; pairs within one group that is not negative are left out.
    borders
        [K - 1], squared distances at which the bins end, each with its bin; the last bin has no end.
    genuine
        [I, K], added to.
    impostor
        [I, I, K], added to at the two classes of a pair, the one with fewer rows first as they are sorted; or
        [1, I, K], added to at both.
    """
    paired = impostor.shape[0] > 1
    for r in range(products.shape[0]):
        row = first[0] + r
        for c in range(max(row + 1 - first[1], 0), products.shape[1]):
            column = first[1] + c
            if groups[row] >= 0 and groups[row] == groups[column]:
                continue
            place = _bin_of(norms[row] + norms[column] - 2.0 * products[r, c], borders)
            one, other = classes[row], classes[column]
            if one == other:
                genuine[one, place] += 1
            elif paired:
                impostor[one, other, place] += 1
            else:
                impostor[0, one, place] += 1
                impostor[0, other, place] += 1
