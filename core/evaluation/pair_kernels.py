"""Compiled inner loops over blocks of pairs; they release the GIL, which NumPy's bincount holds.

A block is the products x·y of rows i with columns j of the centred vectors, both sorted by class, so that the genuine
columns of a row are one run. Distances are put into bins of equal width whose edges lie half a bin off the multiples
of it: where distances repeat, they do so at 0 or at round figures, and no edge stands there.
"""

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Positions = NDArray[np.int32]


@numba.njit(nogil=True, cache=True, inline="always")
def _place(squared: float, factor: float, root: bool, origin: float, per_unit: float) -> float:
    """Where a squared Euclidean distance stands, in bins."""
    distance = factor * np.sqrt(max(squared, 0.0)) if root else factor * squared
    return (distance - origin) * per_unit


@numba.njit(nogil=True, cache=True)
def count_pairs(
    products: Floats,
    row_norms: Floats,
    column_norms: Floats,
    first: int,
    class_ends: Counts,
    rows: tuple[int, int],
    scale: tuple[float, bool, float, float, float],
    genuine: Counts,
    impostor: Counts,
    doubtful: Positions,
) -> int:
    """Count the pairs of some rows of a block by bin, and return how many are too near an edge to tell.

    Parameters
    ----------
    products
        [R, C]: of row `first + r` with column `first + c`.
    row_norms, column_norms
        Squared lengths [R] and [C].
    first
        Position of the first row and column.
    class_ends
        [N]: position behind the last of the same class.
    rows
        The rows r to count, from and to.
    scale
        factor, root, origin, bins per unit, and what a place may be off, in bins.
    genuine, impostor
        [K], added to; what lies outside the K bins is not counted.
    doubtful
        [P, 2], P at least the pairs of the block: takes the positions of pairs that could be in either of two bins.
        They are not counted.
    """
    factor, root, origin, per_unit, tolerance = scale
    bins = len(genuine)
    found = 0
    for r in range(rows[0], rows[1]):
        row_norm = row_norms[r]
        class_end = class_ends[first + r] - first
        for c in range(r + 1, products.shape[1]):
            place = _place(row_norm + column_norms[c] - 2.0 * products[r, c], factor, root, origin, per_unit)
            if place < -tolerance or place > bins + tolerance:
                continue
            bin_of = int(np.floor(place))
            if place - bin_of < tolerance or bin_of + 1 - place < tolerance:
                doubtful[found, 0] = first + r
                doubtful[found, 1] = first + c
                found += 1
            elif 0 <= bin_of < bins:
                if c < class_end:
                    genuine[bin_of] += 1
                else:
                    impostor[bin_of] += 1
    return found


@numba.njit(nogil=True, cache=True)
def find_pairs(
    products: Floats,
    row_norms: Floats,
    column_norms: Floats,
    first: int,
    rows: tuple[int, int],
    scale: tuple[float, bool, float, float, float],
    wanted: NDArray[np.bool_],
    found: Positions,
) -> int:
    """Note the positions of all pairs that could stand in a wanted bin, and return how many there are.

    Parameters as in `count_pairs`; `wanted` bool [K], `found` [P, 2], P at least the pairs of the block.
    """
    factor, root, origin, per_unit, tolerance = scale
    bins = len(wanted)
    count = 0
    for r in range(rows[0], rows[1]):
        row_norm = row_norms[r]
        for c in range(r + 1, products.shape[1]):
            place = _place(row_norm + column_norms[c] - 2.0 * products[r, c], factor, root, origin, per_unit)
            if place < -tolerance or place > bins + tolerance:
                continue
            low = max(int(np.floor(place - tolerance)), 0)
            high = min(int(np.floor(place + tolerance)), bins - 1)
            hit = False
            for bin_of in range(low, high + 1):
                hit = hit or wanted[bin_of]
            if hit:
                found[count, 0] = first + r
                found[count, 1] = first + c
                count += 1
    return count
