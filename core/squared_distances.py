"""Squared Euclidean and cosine distances, and roots, with gradients that cost little more than the values.

autograd's own would go back through matrix products and copies [N, M] in float64, in three times as many steps.
"""

from typing import Any

import torch
from torch import Tensor

_ROWS = 256
"""Computed at a time, so that little of a large matrix stands in float64."""


def squared_distances(x: Tensor, y: Tensor, dtype: torch.dtype) -> Tensor:
    """|x|² + |y|² - 2 x·y of all rows of `x` [N, D] and `y` [M, D], with what rounding leaves between equal rows 0.

    Computed in the precision of `x` and `y`, handed out as `dtype` [N, M]; the gradient is computed in `dtype`, by one
    product for each of `x` and `y`, or one in all where they are the same tensor.
    """
    found: Tensor = _SquaredDistances.apply(x, None if y is x else y, dtype)
    return found


def root(squared: Tensor) -> Tensor:
    """Square root whose gradient at 0 is 0 instead of infinite."""
    found: Tensor = _Root.apply(squared)
    return found


def cosine_distances(x: Tensor, y: Tensor, wide: torch.dtype, dtype: torch.dtype) -> Tensor:
    """1 - cosine of the angle between all rows of `x` [N, D] and `y` [M, D], or 0.5 where one row is 0, 0 where both.

    Computed in `wide`, handed out as `dtype` [N, M]; gradients as of `squared_distances`.
    """
    found: Tensor = _CosineDistances.apply(x, None if y is x else y, wide, dtype)
    return found


class _SquaredDistances(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, y: Tensor | None, dtype: torch.dtype) -> Tensor:
        ctx.save_for_backward(x, y)
        return _by_product(x, x if y is None else y, dtype)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, Tensor | None, None]:
        x, y = ctx.saved_tensors
        return *_pulls(2.0 * gradient, x, y, ctx.needs_input_grad), None


class _CosineDistances(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, y: Tensor | None, wide: torch.dtype, dtype: torch.dtype) -> Tensor:
        ctx.save_for_backward(x, y)
        ctx.wide = wide
        rows, _ = _unit_rows(x.to(wide))
        columns = rows if y is None else _unit_rows(y.to(wide))[0]
        return _by_product(rows, columns, dtype).mul_(0.5)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, Tensor | None, None, None]:
        x, y = ctx.saved_tensors
        rows, lengths = _unit_rows(x.to(ctx.wide))
        columns, column_lengths = (None, lengths) if y is None else _unit_rows(y.to(ctx.wide))
        of_x, of_y = _pulls(gradient, rows, columns, ctx.needs_input_grad)
        return (
            None if of_x is None else _across(of_x, rows, lengths),
            None if of_y is None or columns is None else _across(of_y, columns, column_lengths),
            None,
            None,
        )


def _by_product(x: Tensor, y: Tensor, dtype: torch.dtype) -> Tensor:
    x_norms = x.square().sum(dim=1, keepdim=True)
    y_norms = x_norms if y is x else y.square().sum(dim=1, keepdim=True)
    noise = 4.0 * x.shape[1] ** 0.5 * torch.finfo(x.dtype).eps
    found = torch.empty(len(x), len(y), dtype=dtype, device=x.device)
    for start in range(0, len(x), _ROWS):
        rows = slice(start, start + _ROWS)
        squared = torch.addmm(y_norms.T, x[rows], y.T, alpha=-2.0).add_(x_norms[rows])
        found[rows] = squared.masked_fill_(squared <= noise * x_norms[rows], 0.0)
    return found


def _pulls(
    slopes: Tensor, x: Tensor, y: Tensor | None, needed: tuple[bool, ...]
) -> tuple[Tensor | None, Tensor | None]:
    """Gradients by x and y of half their squared distances, each with its slope [N, M]; all by x where y is None."""
    # Differences do not see the origin, but rounding does: from among the rows it stays below that of the slopes.
    centre = x.mean(dim=0)
    near_x = (x - centre).to(slopes.dtype)
    with torch.autocast(slopes.device.type, enabled=False):
        if y is None:
            # Copied by tiles: adding across the grain takes five times as long at 1,024 rows.
            return _pull(slopes + slopes.T.contiguous(), near_x, near_x), None
        near_y = (y - centre).to(slopes.dtype)
        return (
            _pull(slopes, near_x, near_y) if needed[0] else None,
            _pull(slopes.T, near_y, near_x) if needed[1] else None,
        )


def _pull(slopes: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Σ_j s_ij (x_i - y_j)."""
    return torch.addmm(slopes.sum(dim=1, keepdim=True) * x, slopes, y, alpha=-1.0)


def _unit_rows(x: Tensor) -> tuple[Tensor, Tensor]:
    """Rows divided by their length, and the lengths [N, 1]; a zero row stays, with length 1."""
    lengths: Tensor = torch.linalg.vector_norm(x, dim=1, keepdim=True)
    lengths = lengths.masked_fill(lengths == 0, 1.0)
    return x / lengths, lengths


def _across(gradient: Tensor, unit: Tensor, lengths: Tensor) -> Tensor:
    """Gradient by rows of what their unit rows have as `gradient`: what lies along a row is lost."""
    along = (unit * gradient).sum(dim=1, keepdim=True)
    return (gradient - unit * along) / lengths


class _Root(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, squared: Tensor) -> Tensor:
        found = squared.sqrt()
        ctx.save_for_backward(found)
        return found

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        (found,) = ctx.saved_tensors
        slope: Tensor = (0.5 / found).nan_to_num(nan=torch.nan, posinf=0.0)
        return slope * gradient
