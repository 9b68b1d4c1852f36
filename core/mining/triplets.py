"""Which triplets of a batch count, without building them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, partial

import torch
from torch import Tensor

from core.hyperparameters import MINING_MODES, Mining
from core.mining.choosing import (
    Choice,
    Range,
    closest_negative,
    closest_positive,
    every_negative,
    farthest_positive,
    random_negative,
    semi_hard_negatives,
    weighted_negative,
)
from core.mining.pairs import Pairs, find_pairs
from core.mining.sums import Reach, hinge_sum, reach_of, soft_sum


@dataclass(frozen=True)
class MinedTriplets:
    """The mined triplets, as the sum of their losses: Σ weights · distances + offset."""

    weights: Tensor
    """[B, M], rows are anchors: the sum's gradient; of hinges how often a distance is a d_ap minus how often a d_an"""
    offset: Tensor
    """Scalar in the device's widest type."""
    tuples: Tensor
    """How many triplets are summed, int64 scalar."""
    total: Tensor
    """How many triplets the batch has, int64 scalar."""
    _reach: Callable[[], Reach]

    @cached_property
    def active(self) -> Tensor:
        """How many of all the batch's triplets have d_ap + margin > d_an, int64 scalar.

        Counted when it is asked for: of large classes that takes longer than mining one negative for each pair.
        """
        return self._reach().below.long().sum()


@torch.no_grad()
def mine_triplets(
    distances: Tensor,
    labels: Tensor,
    margin: float,
    mining: Mining,
    generator: torch.Generator | None = None,
    *,
    soft: bool = False,
    column_labels: Tensor | None = None,
    own: Tensor | None = None,
    log_weights: Tensor | None = None,
) -> MinedTriplets:
    """Mined triplets with positive loss, that is d_ap + margin > d_an; with `soft` all that are mined.

    No figure needs the device to be waited for, but for the softplus of 'all' and 'semi-hard'.

    Parameters
    ----------
    distances
        [B, M], rows are anchors.
    labels
        int64 [B].
    margin
        In units of the distance.
    mining
        all: every triplet; semi-hard: every triplet with d_ap < d_an <= d_ap + margin; hard: each anchor-positive
        pair with its closest negative; batch-hard: each anchor with its farthest positive and closest negative;
        random: each anchor-positive pair with one random negative; distance-weighted: each anchor-positive pair with
        one negative drawn by `log_weights` (Wu et al., Sampling Matters in Deep Embedding Learning, ICCV 2017);
        easy-positive: each anchor with its closest positive and the closest negative that is farther (EPSHN; Xuan et
        al., Improved Embeddings with Easy Positive Triplet Mining, WACV 2020).
    generator
        Draws the negatives of random and distance-weighted mining; None takes the default one.
    soft
        Losses are softplus(d_ap + margin - d_an) in place of max(0, d_ap + margin - d_an).
    column_labels, own
        int64 [M] and [B], given together: labels of the columns, and the column in which each row stands itself, -1
        for none. Without them the columns are the batch itself.
    log_weights
        [B, M], for distance-weighted mining; see `negative_log_weights`.

    Raises
    ------
    ValueError
        where the mining mode is unknown, or distance-weighted without weights.
    """
    if column_labels is None or own is None:
        column_labels, own = labels, torch.arange(len(labels), device=labels.device)
    pairs = find_pairs(distances, labels, column_labels, own)
    kept = _kept(pairs, margin, mining, generator, log_weights)
    reach = cache(partial(reach_of, pairs, margin))
    mined = soft_sum(distances, pairs, kept, margin) if soft else hinge_sum(pairs, reach, kept, margin)
    total = (pairs.valid.sum(dim=1, keepdim=True) * pairs.negatives).sum()
    return MinedTriplets(mined.weights, mined.offset, mined.tuples, total, reach)


def _kept(
    pairs: Pairs, margin: float, mining: Mining, generator: torch.Generator | None, log_weights: Tensor | None
) -> Range | Choice:
    match mining:
        case "all":
            return every_negative(pairs)
        case "semi-hard":
            return semi_hard_negatives(pairs, margin)
        case "hard":
            return closest_negative(pairs)
        case "batch-hard":
            return farthest_positive(pairs)
        case "random":
            return random_negative(pairs, generator)
        case "distance-weighted":
            if log_weights is None:
                raise ValueError("distance-weighted mining needs log_weights [B, M], found none")
            return weighted_negative(pairs, log_weights, generator)
        case "easy-positive":
            return closest_positive(pairs)
        case _:
            raise ValueError(f"mining must be one of {', '.join(MINING_MODES)}, found {mining!r}")
