"""Segmentation: how well predicted masks cover the true ones."""

import torch
from torch import Tensor


class MeanIoU:
    """Mean over images of |predicted ∩ true| / |predicted ∪ true|, gathered batch by batch.

    Two empty masks agree: 1.
    """

    def __init__(self) -> None:
        self._sum = 0.0
        self._images = 0

    def update(self, predicted: Tensor, true: Tensor) -> None:
        """Add masks, bool [B, ..., H, W].

        Raises
        ------
        ValueError
            where the shapes differ or a mask is not bool.
        """
        if predicted.shape != true.shape or predicted.dtype != torch.bool or true.dtype != torch.bool:
            raise ValueError(
                f"masks must be bool and of one shape, found {predicted.dtype} {list(predicted.shape)} "
                f"and {true.dtype} {list(true.shape)}"
            )
        intersection = (predicted & true).flatten(1).sum(dim=1)
        union = (predicted | true).flatten(1).sum(dim=1)
        iou = torch.where(union == 0, 1.0, intersection / union.clamp(min=1))
        self._sum += float(iou.sum())
        self._images += len(iou)

    @property
    def value(self) -> float | None:
        """The mean so far; None before the first image."""
        return self._sum / self._images if self._images else None
