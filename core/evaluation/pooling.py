"""Pooling of adjacent levels, so that pairs that are farther apart are never more often genuine."""

from typing import NamedTuple

import numpy as np

from core.evaluation.distance_counts import Counts


class Pools(NamedTuple):
    """Runs of levels that count as one, in the order of the levels."""

    starts: Counts
    """[P], the first level of each"""
    genuine: Counts
    """[P], pairs in each"""
    impostor: Counts
    """[P]"""


def pooled(genuine: Counts, impostor: Counts) -> Pools:
    """Pool adjacent levels [L] until the genuine share of their pairs falls from each to the next.

    What is found is the regression with the least squared error, and with the least of every other proper score. All
    neighbours that violate the order are pooled at once, again and again.

    Ayer et al., An Empirical Distribution Function for Sampling with Incomplete Information, 1955; Brümmer and du
    Preez, The PAV Algorithm Optimizes Binary Proper Scoring Rules, 2009.
    """
    pools = Pools(np.arange(len(genuine)), genuine, impostor)
    while True:
        shares = pools.genuine / (pools.genuine + pools.impostor)
        kept = np.flatnonzero(np.concatenate([[True], shares[1:] < shares[:-1]]))
        if len(kept) == len(shares):
            return pools
        pools = Pools(pools.starts[kept], np.add.reduceat(pools.genuine, kept), np.add.reduceat(pools.impostor, kept))
