"""Which triplets of a batch count, without building them.

The hinge d_ap + margin - d_an is linear in the distances, so a set of triplets is known well enough by how often each
distance stands in it: a matrix [B, B]. With an anchor's negatives sorted by distance, every mining mode keeps for each
anchor-positive pair one run of their ranks, which sorting and binary search find in O(B² log B).
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from core.hyperparameters import MINING_MODES, Mining


@dataclass(frozen=True)
class MinedTriplets:
    """The mined triplets with positive loss, as counts; no count needs the device to be waited for."""

    weights: Tensor
    """[B, B]: how often each distance stands in the triplets, as d_ap minus as d_an; rows are anchors."""
    tuples: Tensor
    """How many triplets these are, int64 scalar."""
    active: Tensor
    """How many of all the batch's triplets have positive loss, int64 scalar."""
    total: Tensor
    """How many triplets the batch has, int64 scalar."""


@dataclass(frozen=True)
class _Batch:
    """Anchor-positive pairs against ranked negatives; P is the size of the largest class or more."""

    positives: Tensor
    """int64 [B, P], columns of each anchor's class"""
    valid: Tensor
    """bool [B, P], False for the anchor itself and for filling"""
    d_ap: Tensor
    """[B, P]"""
    ranked: Tensor
    """[B, B], distances to the negatives, ascending, then inf"""
    order: Tensor
    """int64 [B, B], columns that `ranked` comes from"""
    negatives: Tensor
    """int64 [B, 1], how many negatives an anchor has"""


@torch.no_grad()
def mine_triplets(
    distances: Tensor, labels: Tensor, margin: float, mining: Mining, generator: torch.Generator | None = None
) -> MinedTriplets:
    """Mined triplets with positive loss, that is d_ap + margin > d_an.

    Parameters
    ----------
    distances
        [B, B], rows are anchors.
    labels
        int64 [B].
    margin
        In units of the distance.
    mining
        all: every triplet; semi-hard: every triplet with d_ap < d_an <= d_ap + margin; hard: each anchor-positive
        pair with its closest negative; batch-hard: each anchor with its farthest positive and closest negative;
        random: each anchor-positive pair with one random negative.
    generator
        Draws the random negatives; None takes the default one.

    Raises
    ------
    ValueError
        where the mining mode is unknown.
    """
    batch = _rank_negatives(distances, labels)
    active = torch.searchsorted(batch.ranked, batch.d_ap + margin) * batch.valid
    first, last = _kept_ranks(batch, active, mining, generator)
    return MinedTriplets(
        weights=_weights(batch, first, last),
        tuples=(last - first).sum(),
        active=active.sum(),
        total=(batch.valid.sum(dim=1, keepdim=True) * batch.negatives).sum(),
    )


def _kept_ranks(
    batch: _Batch, active: Tensor, mining: Mining, generator: torch.Generator | None
) -> tuple[Tensor, Tensor]:
    """First kept rank and the one after the last [B, P], among the `active` nearest negatives of each pair."""
    match mining:
        case "all":
            return torch.zeros_like(active), active
        case "semi-hard":
            not_farther = torch.searchsorted(batch.ranked, batch.d_ap, right=True)
            return torch.minimum(not_farther, active), active
        case "hard":
            return torch.zeros_like(active), active.clamp(max=1)
        case "batch-hard":
            farthest = batch.d_ap.masked_fill(~batch.valid, -torch.inf).argmax(dim=1, keepdim=True)
            last = torch.zeros_like(active).scatter_(1, farthest, active.gather(1, farthest).clamp(max=1))
            return torch.zeros_like(active), last
        case "random":
            rank = _random_ranks(batch, generator)
            return torch.minimum(rank, active), torch.minimum(rank + 1, active)
        case _:
            raise ValueError(f"mining must be one of {', '.join(MINING_MODES)}, found {mining!r}")


def _random_ranks(batch: _Batch, generator: torch.Generator | None) -> Tensor:
    device = batch.d_ap.device if generator is None else generator.device
    share = torch.rand(batch.d_ap.shape, generator=generator, device=device).to(batch.d_ap.device)
    return torch.minimum((share * batch.negatives).long(), (batch.negatives - 1).clamp(min=0))


def _rank_negatives(distances: Tensor, labels: Tensor) -> _Batch:
    same = labels[:, None] == labels
    ranked, order = distances.masked_fill(same, torch.inf).sort(dim=1)
    positives, valid = _positives(labels)
    negatives = (~same).sum(dim=1, keepdim=True)
    return _Batch(positives, valid, distances.gather(1, positives), ranked, order, negatives)


def _positives(labels: Tensor) -> tuple[Tensor, Tensor]:
    """Columns of each row's class [B, P], and which of them are another row."""
    order = labels.argsort()
    grouped = labels[order]
    first, last = torch.searchsorted(grouped, labels), torch.searchsorted(grouped, labels, right=True)
    # Asking a GPU for the largest class would wait for all its work; columns to spare cost less there.
    width = int((last - first).max()) if labels.device.type == "cpu" else len(labels)
    places = first[:, None] + torch.arange(width, device=labels.device)
    columns = order[places.clamp(max=len(labels) - 1)]
    other = columns != torch.arange(len(labels), device=labels.device)[:, None]
    return columns, other & (places < last[:, None])


def _weights(batch: _Batch, first: Tensor, last: Tensor) -> Tensor:
    """How often each distance stands in the kept triplets [B, B]: as d_ap, minus as d_an."""
    size, dtype = len(first), batch.d_ap.dtype
    # +1 where a pair's run of ranks begins and -1 behind its end sum up to how many runs hold a rank.
    edges = torch.zeros(size, size + 1, dtype=dtype, device=first.device)
    one = torch.ones_like(batch.d_ap)
    edges.scatter_add_(1, first, one).scatter_add_(1, last, -one)
    weights = torch.zeros_like(batch.ranked).scatter_(1, batch.order, -edges.cumsum(dim=1)[:, :-1])
    return weights.scatter_add_(1, batch.positives, (last - first).to(dtype))
