"""Projection of a few gradients onto the directions that work against none of them."""

from itertools import chain, combinations

import torch
from torch import Tensor

REGULAR = 1e-4
"""Added to the diagonal, as a share of the trace: gradients that point one way make the system singular."""


def project_on_dual_cone(wishes: Tensor, gramian: Tensor) -> Tensor:
    """Weights whose combination of gradients is nearest to the wished one and lowers no loss's gradient step.

    For each row u of `wishes` it is the v >= u with the least vᵀ G v (Quinton and Rey, Jacobian Descent for
    Multi-Objective Optimization, 2024, proposition 1). Which of the m bounds hold with equality is tried out, 2^m ways:
    exact, and fast for the few tasks of a model. Small gradients are projected as large ones are; TorchJD's own solver
    leaves those with a squared norm below 1e-4 as they are, and needs a library under the GPL.

    Parameters
    ----------
    wishes
        [K, m]
    gramian
        Inner products of m gradients [m, m], float64.

    Returns
    -------
    Tensor
        [K, m]
    """
    size = len(gramian)
    trace = gramian.trace()
    if not trace > 0:
        return wishes
    scaled = gramian / trace + REGULAR * torch.eye(size, dtype=gramian.dtype)
    subsets = chain.from_iterable(combinations(range(size), count) for count in range(size + 1))
    wishes = wishes.to(gramian.dtype)
    candidates = torch.stack([_with_free(scaled, wishes, list(free)) for free in subsets])  # [2^m, K, m]
    allowed = (candidates >= wishes - 1e-12).all(dim=2)  # the wishes themselves are
    lengths = ((candidates @ scaled) * candidates).sum(dim=2).where(allowed, torch.inf)
    return candidates[lengths.argmin(dim=0), torch.arange(len(wishes))]


def _with_free(gramian: Tensor, wishes: Tensor, free: list[int]) -> Tensor:
    """For each wish [K, m] the least v with all but the `free` entries at their bounds."""
    found = wishes.clone()
    bound = [place for place in range(len(gramian)) if place not in free]
    if free:
        pull = wishes[:, bound] @ gramian[bound][:, free]
        found[:, free] = torch.linalg.solve(gramian[free][:, free], -pull.T).T
    return found
