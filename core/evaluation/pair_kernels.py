"""Compiled inner loops over blocks of pairs; they release the GIL, which NumPy's bincount holds.

A block is the products x·y of rows i with columns j of the centred vectors, both sorted by class, so that the genuine
columns of a row are one run. Distances are put into bins of equal width whose edges lie half a bin off the multiples
of it: where distances repeat, they do so at 0 or at round figures, and no edge stands there.
"""

import numba
import numpy as np
from numpy.typing import NDArray

from core.evaluation.pair_notes import PLACE, ROW

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Positions = NDArray[np.int32]

Scale = tuple[float, bool, float, float, float]
"""factor, root, origin, bins per unit, and what a place may be off, in bins."""


@numba.njit(nogil=True, cache=True, error_model="numpy")
def _place_row(
    products: Floats, row_norm: float, column_norms: Floats, bins: int, scale: Scale, places: Positions
) -> int:
    """Bins of one row's pairs, and how many of them are too near an edge to tell.

    Bin k is written as k + 1, anything before the first one as 0, and behind the last one as `bins` + 1. Without
    branches and from 0 on, so that the compiler makes vectors of it.
    """
    factor, root, origin, per_unit, tolerance = scale
    shift, step, end = 1.0 - origin * per_unit, factor * per_unit, bins + 1.5
    doubtful = 0
    if root:
        for c in range(len(products)):
            squared = max(row_norm + column_norms[c] - 2.0 * products[c], 0.0)
            place = min(max(step * np.sqrt(squared) + shift, 0.5), end)
            below = np.int32(place)
            doubtful += (place - below < tolerance) | (place - below > 1.0 - tolerance)
            places[c] = below
    else:
        for c in range(len(products)):
            squared = max(row_norm + column_norms[c] - 2.0 * products[c], 0.0)
            place = min(max(step * squared + shift, 0.5), end)
            below = np.int32(place)
            doubtful += (place - below < tolerance) | (place - below > 1.0 - tolerance)
            places[c] = below
    return doubtful


@numba.njit(nogil=True, cache=True, error_model="numpy")
def _leave_out(group: int, groups: Positions, places: Positions) -> None:
    """Put the pairs of one group outside the bins."""
    for c in range(len(places)):
        places[c] = 0 if groups[c] == group else places[c]


@numba.njit(nogil=True, cache=True, error_model="numpy")
def _add(places: Positions, counts: Counts) -> None:
    for c in range(len(places)):
        counts[np.uint32(places[c])] += 1


@numba.njit(nogil=True, cache=True, error_model="numpy")
def _note(places: Positions, watched: NDArray[np.bool_], row: int, first: int, notes: Counts, noted: int) -> int:
    """Note the pairs of a row that stand in watched bins, few of all; returns how many notes there are then."""
    for c in range(len(places)):
        if watched[np.uint32(places[c])]:
            notes[noted] = (np.int64(places[c]) << PLACE) | (np.int64(row) << ROW) | np.int64(first + c)
            noted += 1
    return noted


@numba.njit(nogil=True, cache=True, error_model="numpy")
def _hits(places: Positions, wanted: NDArray[np.bool_]) -> int:
    hits = 0
    for c in range(len(places)):
        if wanted[np.uint32(places[c])]:
            hits += 1
    return hits


@numba.njit(nogil=True, cache=True, error_model="numpy")
def _is_doubtful(squared: float, bins: int, scale: Scale) -> bool:
    factor, root, origin, per_unit, tolerance = scale
    distance = factor * (np.sqrt(max(squared, 0.0)) if root else max(squared, 0.0))
    place = min(max((distance - origin) * per_unit + 1.0, 0.5), bins + 1.5)
    share = place - np.int32(place)
    # A little more than asked: rounding must not let through what has been counted as doubtful.
    return bool(share < tolerance + 1e-9 or share > 1.0 - tolerance - 1e-9)


@numba.njit(nogil=True, cache=True, error_model="numpy")
def _set_aside(
    squared: Floats,
    is_left_out: NDArray[np.bool_],
    places: Positions,
    genuine: int,
    first: tuple[int, int],
    scale: Scale,
    counts: Counts,
    doubtful: Positions,
    found: int,
) -> int:
    """Take a row's pairs that are in doubt out of the counts again; returns how many were found by then."""
    for c in range(len(places)):
        if not is_left_out[c] and _is_doubtful(squared[c], counts.shape[1] - 2, scale):
            counts[0 if c < genuine else 1, places[c]] -= 1
            doubtful[found, 0] = first[0]
            doubtful[found, 1] = first[1] + c
            found += 1
    return found


@numba.njit(nogil=True, cache=True, error_model="numpy")
def count_pairs(
    products: Floats,
    row_norms: Floats,
    column_norms: Floats,
    first: tuple[int, int],
    class_ends: Counts,
    groups: Positions,
    scale: Scale,
    counts: Counts,
    doubtful: Positions,
    watched: NDArray[np.bool_],
    notes: Counts,
) -> tuple[int, int]:
    """Count the pairs of a tile by bin, note those in watched bins, return how many are in doubt and how many noted.

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
    groups
        [N]: pairs of one group are passed over; below 0 for no group.
    scale
        See `Scale`.
    counts
        [2, K + 2] of genuine and of impostor pairs, added to; bin k at k + 1, what lies outside at both ends.
    doubtful
        [P, 2], P at least the pairs of the tile: takes the positions of pairs that could be in either of two bins.
        They are not counted.
    watched
        [K + 2], as `counts`; [0] where nothing is to be noted.
    notes
        [P]: takes the pairs that seem to stand in watched bins, those in doubt among them; see `PairNotes.add`.
    """
    columns, bins = products.shape[1], counts.shape[1] - 2
    places = np.empty(columns, dtype=np.int32)
    found, noted = 0, 0
    for r in range(len(row_norms)):
        row = first[0] + r
        begin = min(max(row + 1 - first[1], 0), columns)
        behind, pairs = places[begin:], (row, first[1] + begin)
        in_doubt = _place_row(products[r, begin:], row_norms[r], column_norms[begin:], bins, scale, behind)
        group = groups[row]
        if group >= 0:
            _leave_out(group, groups[pairs[1] : first[1] + columns], behind)
        class_end = min(max(class_ends[row] - first[1], begin), columns)
        _add(places[begin:class_end], counts[0])
        _add(places[class_end:], counts[1])
        if len(watched):
            noted = _note(behind, watched, *pairs, notes, noted)
        if in_doubt:
            squared = row_norms[r] + column_norms[begin:] - 2.0 * products[r, begin:]
            is_left_out = (group >= 0) & (groups[pairs[1] : first[1] + columns] == group)
            found = _set_aside(squared, is_left_out, behind, class_end - begin, pairs, scale, counts, doubtful, found)
    return found, noted


@numba.njit(nogil=True, cache=True, error_model="numpy")
def find_pairs(
    products: Floats,
    row_norms: Floats,
    column_norms: Floats,
    first: tuple[int, int],
    groups: Positions,
    scale: Scale,
    wanted: NDArray[np.bool_],
    found: Positions,
) -> int:
    """Note the positions of all pairs that stand in a wanted bin, and return how many there are.

    Parameters as in `count_pairs`; `wanted` bool [K + 2], bin k at k + 1, `found` [P, 2], P at least the pairs of the
    tile.
    """
    columns = products.shape[1]
    places = np.empty(columns, dtype=np.int32)
    count = 0
    for r in range(len(row_norms)):
        row = first[0] + r
        begin = min(max(row + 1 - first[1], 0), columns)
        behind = places[begin:]
        _place_row(products[r, begin:], row_norms[r], column_norms[begin:], len(wanted) - 2, scale, behind)
        if _hits(behind, wanted) == 0:  # of most rows; counting takes a fifth of the time of noting
            continue
        group = groups[row]
        for c in range(begin, columns):
            if wanted[places[c]] and (group < 0 or groups[first[1] + c] != group):
                found[count, 0] = row
                found[count, 1] = first[1] + c
                count += 1
    return count


@numba.njit(nogil=True, cache=True, error_model="numpy", fastmath={"reassoc", "contract"})
def squared_between(vectors: Floats, positions: Counts) -> Floats:
    """Squared distances [P] of pairs [P, 2] of vectors [N, D], not exact to the last bit."""
    found = np.empty(len(positions))
    for p in range(len(positions)):
        left, right = vectors[positions[p, 0]], vectors[positions[p, 1]]
        total = 0.0
        for d in range(len(left)):
            total += (left[d] - right[d]) ** 2
        found[p] = total
    return found
