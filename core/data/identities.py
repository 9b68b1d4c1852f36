"""Identities where only pairs are known: images that genuine pairs join, directly or through others."""

from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def connected_components(pairs: Sequence[tuple[int, int]], count: int) -> NDArray[np.int64]:
    """Smallest member of the component of each of `count` things that `pairs` join, int64 [count].

    Union-find with path halving (Tarjan and van Leeuwen, 1984); the smaller root stays, so that the result does not
    depend on the order of the pairs.
    """
    parent = list(range(count))

    def root_of(thing: int) -> int:
        while parent[thing] != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return thing

    for a, b in pairs:
        root_a, root_b = root_of(a), root_of(b)
        parent[max(root_a, root_b)] = min(root_a, root_b)
    return np.array([root_of(thing) for thing in range(count)], dtype=np.int64)


def shortest_chain(pairs: Sequence[tuple[int, int]], start: int, end: int) -> list[int]:
    """Places in `pairs` of the fewest that lead from one thing to another; empty where none do."""
    neighbours: dict[int, list[tuple[int, int]]] = {}
    for place, (a, b) in enumerate(pairs):
        neighbours.setdefault(a, []).append((b, place))
        neighbours.setdefault(b, []).append((a, place))
    came_by: dict[int, tuple[int, int]] = {}
    waiting = deque([start])
    while waiting and end not in came_by:
        here = waiting.popleft()
        for there, place in neighbours.get(here, ()):
            if there != start and there not in came_by:
                came_by[there] = (here, place)
                waiting.append(there)
    chain = []
    while end in came_by:
        end, place = came_by[end]
        chain.append(place)
    return chain[::-1]
