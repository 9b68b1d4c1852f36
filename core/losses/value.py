"""What a metric loss reports for one batch, and the checks that all of them make."""

import math
from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor


@dataclass(frozen=True)
class LossValue:
    """Loss of one batch, and how much of the batch still costs something.

    The counts stay on the device: reading `active_fraction` or `tuples` waits for it, as reading `value` does.
    """

    value: Tensor
    """Scalar; each loss states its reduction."""
    counts: Tensor
    """int64 [3]: tuples with positive loss whatever the mining, tuples of the batch, tuples that `value` averages"""

    @classmethod
    def counted(cls, value: Tensor, *, active: Tensor, total: Tensor, tuples: Tensor) -> Self:
        """Loss with its three counts, int64 scalars."""
        return cls(value, torch.stack([active, total, tuples]))

    @property
    def active_fraction(self) -> float:
        """Share of all the batch's tuples with positive loss, whatever the mining; 0 where it has no tuple."""
        active, total, _ = self.counts.tolist()
        return float(active / max(total, 1))

    @property
    def tuples(self) -> int:
        """How many tuples `value` averages."""
        return int(self.counts[2])

    @property
    def active_share(self) -> Tensor:
        """`active_fraction` as a scalar tensor on the device."""
        return self.counts[0] / self.counts[1].clamp(min=1)


def full_precision(values: Tensor) -> Tensor:
    """float32 of half-precision values, in which long sums overflow or round; others unchanged."""
    return values if values.dtype.itemsize > 2 else values.float()


def check_batch(embeddings: Tensor, labels: Tensor) -> None:
    """Refuse a batch that is not embeddings [B, D] with labels [B].

    Raises
    ------
    ValueError
        naming both shapes.
    """
    if embeddings.ndim != 2 or labels.shape != embeddings.shape[:1] or not len(labels):
        raise ValueError(
            f"a batch needs embeddings [B, D] and labels [B] with B > 0, "
            f"found {list(embeddings.shape)} and {list(labels.shape)}"
        )


def check_margin(margin: float) -> None:
    """Refuse a margin that is negative or not finite.

    Raises
    ------
    ValueError
        naming the margin.
    """
    if not (math.isfinite(margin) and margin >= 0):
        raise ValueError(f"margin must be finite and at least 0, found {margin}")
