"""Squared Euclidean distances and their root, with gradients that cost little more than the values.

autograd's own would go back through matrix products and copies [N, M] in float64.
"""

from typing import Any

import torch
from torch import Tensor

_ROWS = 256
"""Computed at a time, so that little of a large matrix stands in float64."""


def squared_distances(x: Tensor, y: Tensor, dtype: torch.dtype) -> Tensor:
    """|x|² + |y|² - 2 x·y of all rows of `x` [N, D] and `y` [M, D], with what rounding leaves between equal rows 0.

    Computed in the precision of `x` and `y`, handed out as `dtype` [N, M]; the gradient is computed in `dtype`.
    """
    found: Tensor = _SquaredDistances.apply(x, y, dtype)
    return found


def root(squared: Tensor) -> Tensor:
    """Square root whose gradient at 0 is 0 instead of infinite."""
    found: Tensor = _Root.apply(squared)
    return found


class _SquaredDistances(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, y: Tensor, dtype: torch.dtype) -> Tensor:
        ctx.save_for_backward(x, y)
        ctx.same = y is x
        x_norms = x.square().sum(dim=1, keepdim=True)
        y_norms = x_norms if y is x else y.square().sum(dim=1, keepdim=True)
        noise = 4.0 * x.shape[1] ** 0.5 * torch.finfo(x.dtype).eps
        found = torch.empty(len(x), len(y), dtype=dtype, device=x.device)
        for start in range(0, len(x), _ROWS):
            rows = slice(start, start + _ROWS)
            squared = torch.addmm(y_norms.T, x[rows], y.T, alpha=-2.0).add_(x_norms[rows])
            found[rows] = squared.masked_fill_(squared <= noise * x_norms[rows], 0.0)
        return found

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, Tensor | None, None]:
        x, y = ctx.saved_tensors
        # Differences do not see the origin, but rounding does: from among the rows it stays below that of `dtype`.
        centre = x.mean(dim=0)
        near_x = (x - centre).to(gradient.dtype)
        near_y = near_x if ctx.same else (y - centre).to(gradient.dtype)
        of_x, of_y, _ = ctx.needs_input_grad
        with torch.autocast(gradient.device.type, enabled=False):
            pull_x = _pull(gradient, near_x, near_y) if of_x else None
            pull_y = _pull(gradient.T, near_y, near_x) if of_y else None
        return pull_x, pull_y, None


def _pull(weights: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """2 Σ_j w_ij (x_i - y_j)."""
    return torch.addmm(weights.sum(dim=1, keepdim=True) * x, weights, y, beta=2.0, alpha=-2.0)


class _Root(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, squared: Tensor) -> Tensor:
        found = squared.sqrt()
        ctx.save_for_backward(found)
        return found

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        (found,) = ctx.saved_tensors
        slope: Tensor = (2.0 * found).reciprocal_().nan_to_num_(nan=torch.nan, posinf=0.0)
        return slope * gradient
