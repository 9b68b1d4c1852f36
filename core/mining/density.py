"""Weights of distance-weighted mining (Wu et al., Sampling Matters in Deep Embedding Learning, ICCV 2017)."""

import torch
from torch import Tensor

_CUTOFF = 0.5
"""Closer negatives weigh as if they were so far away: their gradients are mostly noise."""
_NO_LOSS = 1.4
"""Negatives from here on are never drawn; most random directions lie at √2."""


@torch.no_grad()
def negative_log_weights(cosine: Tensor, dim: int) -> Tensor:
    """How likely each column is drawn as a negative of each row: a logarithm, up to a constant.

    Minus the logarithm of the density of distances on the unit sphere, q(d) ∝ d^(D-2) (1 - d²/4)^((D-3)/2), where d is
    the Euclidean distance of two embeddings brought to unit length, but at least 0.5; -inf from 1.4 on. The cut-offs
    are those of pytorch-metric-learning's DistanceWeightedMiner.

    Parameters
    ----------
    cosine
        [B, M], cosine distances of rows and columns.
    dim
        D, of the embeddings.

    Returns
    -------
    Tensor
        [B, M]. Columns of the row's own class are weighed like others.
    """
    squared = 2.0 * cosine
    clipped = squared.clamp(_CUTOFF**2, _NO_LOSS**2)
    log_weights = (2.0 - dim) / 2.0 * clipped.log() - (dim - 3.0) / 2.0 * torch.log1p(-clipped / 4.0)
    return log_weights.masked_fill(squared >= _NO_LOSS**2, -torch.inf)
