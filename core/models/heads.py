"""Heads: what the multi-task model reads off the backbone's feature maps."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class EmbeddingHead(nn.Linear):
    """Embeddings [B, embedding_dim] of unit L2 norm from pooled features [B, channels]; float32 at least."""

    def forward(self, features: Tensor) -> Tensor:
        """Project and normalise; a zero vector stays zero, with a finite gradient."""
        projected = super().forward(features)
        # Distances between unit vectors lose too much in bfloat16.
        projected = projected.to(torch.promote_types(projected.dtype, torch.float32))
        return F.normalize(projected, dim=1, eps=1e-6)


class SegmentationDecoder(nn.Module):
    """Mask logits from the maps of all stages: a feature pyramid (Lin et al. 2017), read off at its finest level.

    The finest level, where a convolution costs four times as much as one level up, is half as wide as the others.

    Parameters
    ----------
    channels
        of the backbone's stages, finest first.
    width
        channels of the pyramid.
    """

    def __init__(self, channels: Sequence[int], width: int = 32) -> None:
        super().__init__()
        self.laterals = nn.ModuleList(nn.Conv2d(inputs, width, 1) for inputs in channels[1:])
        self.smooth = _smoothing(width)
        self.narrow = nn.Conv2d(width, width // 2, 1)
        self.finest = nn.Conv2d(channels[0], width // 2, 1)
        self.refine = _smoothing(width // 2)
        self.predict = nn.Conv2d(width // 2, 1, 1)

    def forward(self, maps: Sequence[Tensor], size: Sequence[int]) -> Tensor:
        """Mask logits [B, 1, *size] of feature maps given finest first."""
        levels = [lateral(features) for lateral, features in zip(self.laterals, maps[1:], strict=True)]
        merged = levels[-1]
        for level in reversed(levels[:-1]):
            merged = level + _scale_to(merged, level)
        finest = self.finest(maps[0])
        logits = self.predict(self.refine(finest + _scale_to(self.narrow(self.smooth(merged)), finest)))
        return F.interpolate(logits, size=tuple(size), mode="bilinear", align_corners=False)


def _smoothing(width: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(width, width, 3, padding=1, bias=False), nn.GroupNorm(width // 8, width), nn.ReLU(inplace=True)
    )


def _scale_to(coarse: Tensor, fine: Tensor) -> Tensor:
    return F.interpolate(coarse, size=fine.shape[-2:], mode="nearest")
