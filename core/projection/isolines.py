"""Lines along which a grid of numbers has one value: marching squares."""

import numpy as np
from numpy.typing import NDArray

_UP, _RIGHT, _DOWN, _LEFT = range(4)
"""Sides of a cell."""
# A cell is the sum of its corners that are inside (1: up left, 2: up right, 4: down right, 8: down left), with the side
# at which the line enters and the one at which it leaves, the inside always at the same hand. 5 and 10 have two lines.
_LINES: tuple[tuple[int, int, int], ...] = (
    (1, _UP, _LEFT),
    (2, _RIGHT, _UP),
    (3, _RIGHT, _LEFT),
    (4, _DOWN, _RIGHT),
    (6, _DOWN, _UP),
    (7, _DOWN, _LEFT),
    (8, _LEFT, _DOWN),
    (9, _UP, _DOWN),
    (11, _RIGHT, _DOWN),
    (12, _LEFT, _RIGHT),
    (13, _UP, _RIGHT),
    (14, _LEFT, _UP),
)
_SADDLES: tuple[tuple[int, bool, tuple[tuple[int, int], tuple[int, int]]], ...] = (
    (5, False, ((_UP, _LEFT), (_DOWN, _RIGHT))),
    (5, True, ((_UP, _RIGHT), (_DOWN, _LEFT))),
    (10, False, ((_RIGHT, _UP), (_LEFT, _DOWN))),
    (10, True, ((_RIGHT, _DOWN), (_LEFT, _UP))),
)
"""Whether the middle is inside, and with it the two corners joined, decides how the lines run."""


def isolines(values: NDArray[np.float32], level: float) -> list[NDArray[np.float64]]:
    """Closed lines between the values that reach a level and those that do not.

    Parameters
    ----------
    values
        Finite [H, W]; below the level all around the border.
    level
        Value of the line.

    Returns
    -------
    Loops [V, 2] of (row, column), linear between neighbours on the grid, the last point equal to the first, with the
    inside always at the same hand.

    Raises
    ------
    ValueError
        where a value at the border reaches the level: a line would not be closed.
    """
    inside = values >= level
    if inside[0].any() or inside[-1].any() or inside[:, 0].any() or inside[:, -1].any():
        raise ValueError(f"level: must be above all values at the border, found {level}")
    starts, ends = _segments(values, inside, level)
    loops = _loops(starts, ends)
    return [_places(np.array(loop), values, level) for loop in loops]


def simplified(loop: NDArray[np.float64], tolerance: float) -> NDArray[np.float64]:
    """A closed line [V, 2] with as few of its points as it takes to stay within a distance of all of them.

    Douglas and Peucker (1973), from the first point and the one farthest from it.
    """
    middle = int(np.hypot(*(loop - loop[0]).T).argmax())
    kept = {0, middle, len(loop) - 1}
    parts = [(0, middle), (middle, len(loop) - 1)]
    while parts:
        first, last = parts.pop()
        if last - first < 2:
            continue
        along, away = loop[last] - loop[first], loop[first + 1 : last] - loop[first]
        distance = np.abs(away[:, 0] * along[1] - away[:, 1] * along[0]) / max(np.hypot(*along), 1e-30)
        farthest = int(distance.argmax())
        if distance[farthest] > tolerance:
            split = first + 1 + farthest
            kept.add(split)
            parts += [(first, split), (split, last)]
    return loop[sorted(kept)]


def _segments(
    values: NDArray[np.float32], inside: NDArray[np.bool_], level: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Edges of the grid [S] at which the line enters a cell, and at which it leaves it.

    An edge to the right of node k is number 2 k, the one below it 2 k + 1. Each is crossed once, if at all.
    """
    corners = inside[:-1, :-1], inside[:-1, 1:], inside[1:, 1:], inside[1:, :-1]
    case = np.add.reduce([corner.astype(np.uint8) << bit for bit, corner in enumerate(corners)]).ravel()
    crossed = np.flatnonzero((case > 0) & (case < 15))
    case, width = case[crossed], values.shape[1]
    row, column = np.divmod(crossed, width - 1)
    node = row * width + column
    sides = np.stack([2 * node, 2 * (node + 1) + 1, 2 * (node + width), 2 * node + 1])
    middle = (values[row, column] + values[row, column + 1] + values[row + 1, column] + values[row + 1, column + 1]) / 4
    starts, ends = [], []
    for wanted, enter, leave in _LINES:
        here = np.flatnonzero(case == wanted)
        starts.append(sides[enter, here])
        ends.append(sides[leave, here])
    for wanted, joined, lines in _SADDLES:
        here = np.flatnonzero((case == wanted) & ((middle >= level) == joined))
        for enter, leave in lines:
            starts.append(sides[enter, here])
            ends.append(sides[leave, here])
    return np.concatenate(starts), np.concatenate(ends)


def _loops(starts: NDArray[np.intp], ends: NDArray[np.intp]) -> list[list[int]]:
    """Edges in the order in which the lines run from one to the next, the first again at the end."""
    following = dict(zip(starts.tolist(), ends.tolist(), strict=True))
    loops = []
    while following:
        first, edge = following.popitem()
        loop = [first, edge]
        while edge != first:
            edge = following.pop(edge)
            loop.append(edge)
        loops.append(loop)
    return loops


def _places(edges: NDArray[np.intp], values: NDArray[np.float32], level: float) -> NDArray[np.float64]:
    """Where a line crosses edges [V], (row, column) [V, 2]."""
    node, below = np.divmod(edges, 2)
    other = node + np.where(below, values.shape[1], 1)
    here, there = values.ravel()[node].astype(np.float64), values.ravel()[other].astype(np.float64)
    share = (level - here) / (there - here)
    row, column = np.divmod(node, values.shape[1])
    return np.stack([row + below * share, column + (1 - below) * share], axis=1)
