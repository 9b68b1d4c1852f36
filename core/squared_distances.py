"""Squared Euclidean distances and their root, with gradients that cost little more than the values.

autograd's own would go back through matrix products and copies [N, M] in float64.
"""

from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable


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
        x_norms = x.square().sum(dim=1, keepdim=True)
        y_norms = x_norms if y is x else y.square().sum(dim=1, keepdim=True)
        squared = torch.addmm(y_norms.T, x, y.T, alpha=-2.0).add_(x_norms)
        noise = 4.0 * x.shape[1] ** 0.5 * torch.finfo(x.dtype).eps
        return squared.masked_fill_(squared <= noise * x_norms, 0.0).to(dtype)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, Tensor | None, None]:
        x, y = ctx.saved_tensors
        # Differences do not see the origin, but rounding does: from among the rows it stays below that of `dtype`.
        centre = x.mean(dim=0)
        near_x, near_y = ((rows - centre).to(gradient.dtype) for rows in (x, y))
        of_x, of_y, _ = ctx.needs_input_grad
        with torch.autocast(gradient.device.type, enabled=False):
            return (
                _pull(gradient, near_x, near_y).to(x.dtype) if of_x else None,
                _pull(gradient.T, near_y, near_x).to(y.dtype) if of_y else None,
                None,
            )


def _pull(weights: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """2 Σ_j w_ij (x_i - y_j)."""
    return 2.0 * torch.addmm(weights.sum(dim=1, keepdim=True) * x, weights, y, alpha=-1.0)


class _Root(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, squared: Tensor) -> Tensor:
        found = squared.sqrt()
        ctx.save_for_backward(found)
        return found

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        (found,) = ctx.saved_tensors
        slope: Tensor = (2.0 * found).reciprocal_().nan_to_num_(nan=torch.nan, posinf=0.0)
        return slope.mul_(gradient)
