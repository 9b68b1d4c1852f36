"""What a metric loss reports for one batch, and the checks that all of them make."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from core.distances import widest_dtype


@dataclass(frozen=True)
class Columns:
    """What the rows of a batch are compared with in place of one another, such as a memory of earlier batches."""

    embeddings: Tensor
    """[M, D]"""
    labels: Tensor
    """int64 [M]"""
    own: Tensor
    """int64 [B]: the column in which each row stands itself, and with which it makes no pair; -1 for none"""


class LossValue:
    """Loss of one batch, and how much of the batch still costs something.

    Figures handed in as scalars on the device stay there: reading `active_fraction` or `tuples` waits for the device,
    as reading `value` does.

    Parameters
    ----------
    value
        Scalar; each loss states its reduction.
    active_fraction
        Share of all the batch's tuples with positive loss, whatever the mining; 0 where it has no tuple. A loss that
        never reaches 0 states which tuples count as active. A function is called when the share is asked for first.
    tuples
        How many tuples `value` averages.
    """

    def __init__(
        self, value: Tensor, active_fraction: float | Tensor | Callable[[], Tensor], tuples: int | Tensor
    ) -> None:
        self.value = value
        self._active_fraction = active_fraction
        self._tuples = tuples

    @cached_property
    def active_share(self) -> Tensor:
        """`active_fraction` as a scalar tensor."""
        known = self._active_fraction
        return torch.as_tensor(known() if callable(known) else known)

    @property
    def active_fraction(self) -> float:
        """Share of all the batch's tuples with positive loss, whatever the mining; 0 where it has no tuple."""
        return float(self.active_share)

    @property
    def tuples(self) -> int:
        """How many tuples `value` averages."""
        return int(self._tuples)


def share_of(part: Tensor, whole: Tensor) -> Tensor:
    """Share of one count in another on their device, as exact as it can be; 0 where both are 0."""
    return part.to(widest_dtype(part.device)) / whole.clamp(min=1)


def full_precision(values: Tensor) -> Tensor:
    """float32 of half-precision values, in which long sums overflow or round; others unchanged."""
    return values if values.dtype.itemsize > 2 else values.float()


def check_batch(embeddings: Tensor, labels: Tensor, columns: Columns | None = None) -> None:
    """Refuse a batch that is not embeddings [B, D] with labels [B], or columns that do not fit it.

    Raises
    ------
    ValueError
        naming the shapes.
    """
    if embeddings.ndim != 2 or labels.shape != embeddings.shape[:1] or not len(labels):
        raise ValueError(
            f"a batch needs embeddings [B, D] and labels [B] with B > 0, "
            f"found {list(embeddings.shape)} and {list(labels.shape)}"
        )
    if columns is not None:
        _check_columns(embeddings, columns)


def _check_columns(embeddings: Tensor, columns: Columns) -> None:
    rows, dim = embeddings.shape
    shape = columns.embeddings.shape
    fits = len(shape) == 2 and shape[0] > 0 and shape[1] == dim
    if not fits or columns.labels.shape != shape[:1] or columns.own.shape != (rows,):
        raise ValueError(
            f"columns of a batch [{rows}, {dim}] need embeddings [M, {dim}], labels [M] with M > 0 and own [{rows}], "
            f"found {list(shape)}, {list(columns.labels.shape)} and {list(columns.own.shape)}"
        )


def check_margin(margin: float, name: str = "margin") -> None:
    """Refuse a margin that is negative or not finite.

    Raises
    ------
    ValueError
        naming the margin.
    """
    if not (math.isfinite(margin) and margin >= 0):
        raise ValueError(f"{name} must be finite and at least 0, found {margin}")


def check_positive(**settings: float) -> None:
    """Refuse a setting that is not finite and above 0.

    Raises
    ------
    ValueError
        naming it.
    """
    for name, value in settings.items():
        if not (math.isfinite(value) and value > 0):
            raise ValueError(f"{name} must be finite and above 0, found {value}")
