"""Figures of a batch of listed tuples beside its losses."""

import torch
from torch import Tensor

from core.distances import Distance, as_distance, widest_dtype
from core.losses.given_tuples import GivenTuples, distances_within
from core.training.diagnostics import participation_ratio


@torch.no_grad()
def listed_figures(
    embeddings: Tensor, tuples: GivenTuples, distance: str | Distance, margin: float
) -> dict[str, Tensor]:
    """How far apart the listed pairs are, how hard the listed triplets, and how far the embeddings spread.

    NaN where there is nothing to tell. Of a quadruplet, the anchor, the positive and the first negative make the
    triplet; the effective rank is that of `core.training.diagnostics.embedding_figures`.

    Parameters
    ----------
    embeddings
        [B, D]
    tuples
        Of these embeddings.
    distance
        In which they are judged.
    margin
        Between semi-hard and easy, in units of the distance.

    Returns
    -------
    dict
        Scalars on the device under the names of `StepRecord`; without kinds of triplets for pairs.
    """
    rule = as_distance(distance)
    spread = {"effective_rank": participation_ratio(embeddings)}
    d_ap = distances_within(embeddings, tuples, 0, 1, rule)
    if tuples.same is not None:
        return spread | {"mean_d_ap": _mean(d_ap, tuples.same), "mean_d_an": _mean(d_ap, ~tuples.same)}
    d_an = distances_within(embeddings, tuples, 0, 2, rule)
    hard, near = d_an <= d_ap, d_an <= d_ap + margin
    kinds = {"easy": ~near, "semi_hard": near & ~hard, "hard": hard}
    wide = widest_dtype(d_ap.device)
    counted = {name: kind.sum().to(wide) for name, kind in kinds.items()}
    return spread | counted | {"mean_d_ap": d_ap.mean(), "mean_d_an": d_an.mean()}


def _mean(values: Tensor, keep: Tensor) -> Tensor:
    """Mean of the kept values, NaN where none is."""
    return values.masked_fill(~keep, 0.0).sum() / keep.sum()
