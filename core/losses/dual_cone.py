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
    sets = [list(subset) for subset in subsets]
    return torch.stack([_least(scaled, wish, sets) for wish in wishes.to(gramian.dtype)])


def _least(gramian: Tensor, wish: Tensor, subsets: list[list[int]]) -> Tensor:
    candidates = [_with_free(gramian, wish, free) for free in subsets]
    allowed = [candidate for candidate in candidates if (candidate >= wish - 1e-12).all()]  # the wish itself is one
    return min(allowed, key=lambda v: float(v @ gramian @ v))


def _with_free(gramian: Tensor, wish: Tensor, free: list[int]) -> Tensor:
    """The least v with all but the `free` entries at their bounds."""
    found = wish.clone()
    bound = [place for place in range(len(wish)) if place not in free]
    if free:
        pull = gramian[free][:, bound] @ wish[bound]
        found[free] = torch.linalg.solve(gramian[free][:, free], -pull)
    return found
