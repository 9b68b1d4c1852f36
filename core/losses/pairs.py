"""Which pairs the images of a batch make."""

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

import torch
from torch import Tensor

from core.distances import Distance, pairwise_distances
from core.losses.value import Columns, check_batch, share_of


@dataclass(frozen=True)
class Pairs:
    """The rows of a batch against its columns: one another, or what stands in the batch's place."""

    rows: Tensor
    """[B, D]"""
    columns: Tensor
    """[M, D]"""
    positive: Tensor
    """bool [B, M]: another image of the row's class"""
    negative: Tensor
    """bool [B, M]: an image of another class"""
    places: Tensor
    """How many places [B, M] hold a pair, int64 scalar."""
    symmetric: bool
    """Whether the batch is compared with itself, so that each pair stands twice."""

    def distances(self, distance: str | Distance) -> Tensor:
        """Differentiable, [B, M], float32 or float64; a row has no pair with itself, whatever stands there."""
        return pairwise_distances(self.rows, self.columns, distance)

    def once(self) -> "Pairs":
        """The same pairs, each in one place only."""
        if not self.symmetric:
            return self
        return replace(self, positive=self.positive.triu(1), negative=self.negative.triu(1))

    @torch.no_grad()
    def nearest_negatives(self, distances: Tensor) -> Tensor:
        """Each row's smallest distance to a negative [B, 1]; inf where it has none."""
        return distances.masked_fill(~self.negative, torch.inf).amin(dim=1, keepdim=True)

    @torch.no_grad()
    def contrasted(self, distances: Tensor) -> "Contrasted":
        """The positive pairs whose row has a negative as well."""
        nearest = self.nearest_negatives(distances)
        pairs = self.positive & (nearest != torch.inf)
        count = pairs.count_nonzero()
        return Contrasted(pairs, count, share_of((pairs & (nearest <= distances)).count_nonzero(), count))


class Contrasted(NamedTuple):
    """Positive pairs that are compared with the negatives of their row."""

    pairs: Tensor
    """bool [B, M]"""
    tuples: Tensor
    """How many they are, int64 scalar."""
    misranked_share: Tensor
    """Share of them whose row has a negative that is no farther than the positive, scalar."""


def compare(embeddings: Tensor, labels: Tensor, columns: Columns | None) -> Pairs:
    """Pairs of embeddings [B, D] with labels int64 [B] among one another, or with `columns`.

    Raises
    ------
    ValueError
        where the shapes do not fit.
    """
    check_batch(embeddings, labels, columns)
    if columns is None:
        same = labels[:, None] == labels
        places = torch.tensor(len(labels) * (len(labels) - 1))
        return Pairs(embeddings, embeddings, same.clone().fill_diagonal_(False), ~same, places, symmetric=True)
    same = labels[:, None] == columns.labels
    other = columns.own[:, None] != torch.arange(len(columns.labels), device=labels.device)
    places = same.numel() - (columns.own >= 0).sum()
    return Pairs(embeddings, columns.embeddings, same & other, ~same, places, symmetric=False)


def log_sum_exp(values: Tensor, keep: Tensor, dim: int = 1) -> Tensor:
    """Logarithm of the summed exponentials of the kept values along `dim`, which stays with size 1.

    Where none is kept: the dtype's lowest number, since minus infinity would leave NaN in the gradient.
    """
    kept = values.masked_fill(~keep, torch.finfo(values.dtype).min)
    largest = kept.detach().amax(dim, keepdim=True)
    # On the CPU exp takes twenty times as long where it rounds to 0, exp2 does not.
    powers = ((kept - largest) * math.log2(math.e)).exp2()
    return powers.sum(dim, keepdim=True).log() + largest
