"""Compiled inner loops over tiles of pairs that are searched by their distance; see `core.evaluation.pair_kernels`.

They compare squared distances, of which the bound of error is the same everywhere.
"""

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Positions = NDArray[np.int32]

Range = tuple[float, float]
"""Squared distances above the first and not above the second."""


@numba.njit(nogil=True, cache=True, error_model="numpy")
def near_pairs(
    products: Floats,
    row_norms: Floats,
    column_norms: Floats,
    first: tuple[int, int],
    class_ends: Counts,
    groups: Positions,
    rows: tuple[int, int],
    genuine: bool,
    possible: Range,
    sure: Range,
    near: Range,
    found: Positions,
    squares: Floats,
) -> tuple[int, int]:
    """Note the pairs of one kind that may be in a range and near enough, and count the others that are in the range.

    Parameters
    ----------
    products, row_norms, column_norms, first, class_ends, groups
        See `core.evaluation.pair_kernels.count_pairs`.
    rows
        The rows r to look at, from and to.
    genuine
        Which kind of pairs is looked for.
    possible, sure
        Estimates of pairs that may be in the range, and of those that are.
    near
        Estimates of pairs that are noted even though it is sure that they are in the range.
    found, squares
        [P, 2] and [P], P at least the pairs looked at: take the positions and estimates of the noted pairs.

    Returns
    -------
    tuple
        How many are noted, and how many are in the range beside them.
    """
    columns = products.shape[1]
    noted = 0
    beside = 0
    for r in range(rows[0], rows[1]):
        row = first[0] + r
        behind = min(max(row + 1 - first[1], 0), columns)
        class_end = min(max(class_ends[row] - first[1], behind), columns)
        begin, end = (behind, class_end) if genuine else (class_end, columns)
        for c in range(begin, end):
            squared = row_norms[r] + column_norms[c] - 2.0 * products[r, c]
            if not possible[0] < squared <= possible[1]:
                continue
            if groups[row] >= 0 and groups[first[1] + c] == groups[row]:
                continue
            if sure[0] < squared <= sure[1] and not near[0] < squared <= near[1]:
                beside += 1
                continue
            found[noted, 0] = row
            found[noted, 1] = first[1] + c
            squares[noted] = squared
            noted += 1
    return noted, beside


@numba.njit(nogil=True, cache=True, error_model="numpy")
def accepted_pairs(
    products: Floats,
    row_norms: Floats,
    column_norms: Floats,
    first: tuple[int, int],
    classes: Counts,
    groups: Positions,
    limits: Range,
    counts: Positions,
    doubtful: Positions,
) -> int:
    """Count the accepted pairs of a tile by both identities, and return how many are in doubt.

    Parameters
    ----------
    products, row_norms, column_norms, first, groups
        See `core.evaluation.pair_kernels.count_pairs`.
    classes
        [N], counted from the first class that has a row in `counts`.
    limits
        Up to which estimate a pair is accepted for sure, and up to which it may be.
    counts
        [C, K], added to: of the classes of the rows with those of the columns.
    doubtful
        [P, 2], P at least the pairs looked at: takes the positions of pairs between the limits.
    """
    columns = products.shape[1]
    found = 0
    for r in range(len(row_norms)):
        row = first[0] + r
        group = groups[row]
        mine = counts[classes[row]]
        for c in range(min(max(row + 1 - first[1], 0), columns), columns):
            squared = row_norms[r] + column_norms[c] - 2.0 * products[r, c]
            if squared > limits[1]:
                continue
            if group >= 0 and groups[first[1] + c] == group:
                continue
            if squared <= limits[0]:
                mine[classes[first[1] + c]] += 1
            else:
                doubtful[found, 0] = row
                doubtful[found, 1] = first[1] + c
                found += 1
    return found
