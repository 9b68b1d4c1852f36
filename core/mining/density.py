"""Weights of distance-weighted mining (Wu et al., Sampling Matters in Deep Embedding Learning, ICCV 2017)."""

import torch
from torch import Tensor

from core.distances import COSINE, pairwise_distances, widest_dtype

_CUTOFF = 0.5
"""Closer negatives weigh as if they were so far away: their gradients are mostly noise."""
_NO_LOSS = 1.4
"""Negatives from here on are never drawn; most random directions lie at √2."""


@torch.no_grad()
def negative_log_weights(embeddings: Tensor, columns: Tensor) -> Tensor:
    """How likely each column [M, D] is drawn as a negative of each row [B, D]: a logarithm, up to a constant.

    Minus the logarithm of the density of distances on the unit sphere, q(d) ∝ d^(D-2) (1 - d²/4)^((D-3)/2), where d is
    the Euclidean distance of the rows brought to unit length, but at least 0.5; -inf from 1.4 on. The cut-offs are
    those of pytorch-metric-learning's DistanceWeightedMiner.

    Returns
    -------
    Tensor
        [B, M] in the device's widest type. Columns of the row's own class are weighed like others.
    """
    cosine = pairwise_distances(embeddings, columns, COSINE)
    chord = (2.0 * cosine.to(widest_dtype(cosine.device))).sqrt()
    clipped = chord.clamp(_CUTOFF, _NO_LOSS)
    dim = embeddings.shape[1]
    log_weights = (2.0 - dim) * clipped.log() - (dim - 3.0) / 2.0 * torch.log1p(-clipped.square() / 4.0)
    return log_weights.masked_fill(chord >= _NO_LOSS, -torch.inf)
