"""Compiled inner loop that counts pairs by identity; it releases the GIL, which NumPy's bincount holds."""

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
Numbers = NDArray[np.int32]


@numba.njit(nogil=True, cache=True, error_model="numpy")
def _place_row(
    products: Floats, row_norm: float, column_norms: Floats, borders: Floats, cells: Numbers, places: Numbers
) -> None:
    """Bins of one row's pairs: how many borders are below the squared distance of each.

    Cells of equal width say with how many borders to begin, so that few have to be looked at.
    """
    per_unit = len(cells) / borders[-1]
    last = len(cells) - 1
    for c in range(len(products)):
        squared = max(row_norm + column_norms[c] - 2.0 * products[c], 0.0)
        place = cells[np.uint32(min(squared * per_unit, last))]
        while borders[place] < squared:
            place += 1
        places[c] = place


@numba.njit(nogil=True, cache=True, error_model="numpy")
def count_by_identity(
    products: Floats,
    row_norms: Floats,
    column_norms: Floats,
    first: tuple[int, int],
    classes: Labels,
    groups: Numbers,
    borders: Floats,
    cells: Numbers,
    genuine: Numbers,
    impostor: Numbers,
) -> None:
    """Count the pairs of a tile by the identities they are of and by bin.

    Parameters
    ----------
    products
        [R, C]: of vector `first[0] + r` with vector `first[1] + c`; only columns behind their row are looked at.
    row_norms, column_norms
        Squared lengths [R] and [C].
    first
        Positions of the first row and column.
    classes, groups
        [N], by position; pairs within one group that is not negative are left out.
    borders
        [K], ascending squared distances at which the bins end, each with its bin; none is above the last.
    cells
        [M]: how many borders are below the start of each of M equal cells from 0 to the last border.
    genuine, impostor
        [I, K], added to; an impostor pair counts for both its identities.
    """
    columns = products.shape[1]
    places = np.empty(columns, dtype=np.int32)
    for r in range(products.shape[0]):
        row = first[0] + r
        begin = min(max(row + 1 - first[1], 0), columns)
        _place_row(products[r, begin:], row_norms[r], column_norms[begin:], borders, cells, places[begin:])
        one, group = classes[row], groups[row]
        for c in range(begin, columns):
            other = classes[first[1] + c]
            if group >= 0 and group == groups[first[1] + c]:
                continue
            if one == other:
                genuine[one, places[c]] += 1
            else:
                impostor[one, places[c]] += 1
                impostor[other, places[c]] += 1
