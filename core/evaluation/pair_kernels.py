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


Scale = tuple[float, bool, float, float, float]
"""factor, root, origin, bins per unit, and what a place may be off, in bins."""


@numba.njit(nogil=True, cache=True, error_model="numpy")
def _place_row(
    products: Floats, row_norm: float, column_norms: Floats, begin: int, scale: Scale, places: Floats
) -> None:
    """Where the distances of one row to all columns from `begin` on stand, in bins."""
    factor, root, origin, per_unit, _ = scale
    shift = origin * per_unit
    step = factor * per_unit
    if root:
        for c in range(begin, len(products)):
            places[c] = step * np.sqrt(max(row_norm + column_norms[c] - 2.0 * products[c], 0.0)) - shift
    else:
        for c in range(begin, len(products)):
            places[c] = step * (row_norm + column_norms[c] - 2.0 * products[c]) - shift


@numba.njit(nogil=True, cache=True)
def count_pairs(
    products: Floats,
    row_norms: Floats,
    column_norms: Floats,
    first: tuple[int, int],
    class_ends: Counts,
    rows: tuple[int, int],
    scale: Scale,
    counts: Counts,
    doubtful: Positions,
) -> int:
    """Count the pairs of some rows of a tile by bin, and return how many are too near an edge to tell.

    Parameters
    ----------
    products
        [R, C]: of row `first[0] + r` with column `first[1] + c`.
    row_norms, column_norms
        Squared lengths [R] and [C].
    first
        Positions of the first row and column; only columns behind their row are looked at.
    class_ends
        [N]: position behind the last of the same class.
    rows
        The rows r to count, from and to.
    scale
        See `Scale`.
    counts
        [2, K] of genuine and of impostor pairs, added to; what lies outside the K bins is not counted.
    doubtful
        [P, 2], P at least the pairs of the tile: takes the positions of pairs that could be in either of two bins.
        They are not counted.
    """
    bins = counts.shape[1]
    tolerance = scale[4]
    places = np.empty(products.shape[1])
    found = 0
    for r in range(rows[0], rows[1]):
        row = first[0] + r
        begin = max(row + 1 - first[1], 0)
        _place_row(products[r], row_norms[r], column_norms, begin, scale, places)
        class_end = class_ends[row] - first[1]
        for c in range(begin, products.shape[1]):
            place = places[c]
            if place < -tolerance or place > bins + tolerance:
                continue
            bin_of = int(place + 1.0) - 1  # rounds down from -1 on
            share = place - bin_of
            if share < tolerance or share > 1.0 - tolerance:
                doubtful[found, 0] = row
                doubtful[found, 1] = first[1] + c
                found += 1
            elif 0 <= bin_of < bins:
                counts[0 if c < class_end else 1, bin_of] += 1
    return found


@numba.njit(nogil=True, cache=True)
def find_pairs(
    products: Floats,
    row_norms: Floats,
    column_norms: Floats,
    first: tuple[int, int],
    rows: tuple[int, int],
    scale: Scale,
    wanted: NDArray[np.bool_],
    found: Positions,
) -> int:
    """Note the positions of all pairs that could stand in a wanted bin, and return how many there are.

    Parameters as in `count_pairs`; `wanted` bool [K], `found` [P, 2], P at least the pairs of the tile.
    """
    bins = len(wanted)
    tolerance = scale[4]
    places = np.empty(products.shape[1])
    count = 0
    for r in range(rows[0], rows[1]):
        row = first[0] + r
        begin = max(row + 1 - first[1], 0)
        _place_row(products[r], row_norms[r], column_norms, begin, scale, places)
        for c in range(begin, products.shape[1]):
            place = places[c]
            if place < -tolerance or place > bins + tolerance:
                continue
            low = max(int(place - tolerance), 0)
            high = min(int(place + tolerance), bins - 1)
            hit = wanted[low] if low < bins else False
            for bin_of in range(low + 1, high + 1):
                hit = hit or wanted[bin_of]
            if hit:
                found[count, 0] = row
                found[count, 1] = first[1] + c
                count += 1
    return count
