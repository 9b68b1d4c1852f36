"""Random changes to images and masks together, a whole batch at once (why not torchvision v2: docs/adr/0001)."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import grid_sample

_ROTATION = np.deg2rad(10.0)
_SCALE = 0.15
_SHIFT = 0.08
"""Share of the image's side."""
_BRIGHTNESS = 0.2
_CONTRAST = 0.2
_DRAWS = 7

Floats = NDArray[np.float64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Augmentation:
    """Rotation up to 10°, scale and brightness and contrast within 15 and 20 %, shift up to 8 %, mirroring at random.

    What happens to a sample depends on the seed, the epoch and the sample alone, not on the batch around it, and no
    torch generator is touched.
    """

    seed: int
    horizontal_flip: bool
    """Whether half of the images are mirrored; wrong for characters."""

    @torch.no_grad()
    def __call__(
        self, images: Tensor, masks: Tensor | None, epoch: int, sample_ids: NDArray[np.int64] | Tensor
    ) -> tuple[Tensor, Tensor | None]:
        """Change a batch, on the device it is on.

        Parameters
        ----------
        images
            float [B, C, S, S] in 0..1; beyond the border the outermost pixels go on.
        masks
            float [B, 1, S, S] of 0 and 1, or None; beyond the border is background.
        epoch
            Number of the epoch, not negative.
        sample_ids
            What tells the samples apart, int64 [B], on the CPU.

        Returns
        -------
        images, masks
            New tensors of the same shape, type and range; masks stay 0 and 1.
        """
        mirror, rotation, scale, shift_x, shift_y, brightness, contrast = _draws(
            self.seed, epoch, np.asarray(sample_ids)
        )
        sign = np.where(mirror < 0, -1.0, 1.0) if self.horizontal_flip else np.ones_like(mirror)
        maps = _maps(sign, rotation * _ROTATION, 1 + scale * _SCALE, 2 * _SHIFT * shift_x, 2 * _SHIFT * shift_y)
        colours = np.stack((1 + brightness * _BRIGHTNESS, 1 + contrast * _CONTRAST))
        size = images.shape[-1]
        grid = _grid(_like(images, maps), size)
        if masks is not None:
            masks = grid_sample(masks, grid, mode="nearest", align_corners=False)
        # Clamped to the outermost pixel centres, which is padding_mode="border" for every device.
        grid.clamp_(1 / size - 1, 1 - 1 / size)
        images = grid_sample(images, grid, align_corners=False)
        return _recoloured(images, *_like(images, colours)), masks


def _draws(seed: int, epoch: int, sample_ids: NDArray[np.int64]) -> Floats:
    """Uniform numbers in [-1, 1) for each sample, float64 [draws, B]: a hash of (seed, epoch, sample, place).

    Source: the mixing function of SplitMix64 (Steele, Lea and Flood 2014), which makes any counter a generator.
    """
    key = np.zeros(len(sample_ids), dtype=np.uint64)
    for part in (np.array([seed]), np.array([epoch]), sample_ids):
        key = _mixed(key + _GOLDEN + part.astype(np.uint64))
    bits = _mixed(key + _GOLDEN * np.arange(1, _DRAWS + 1, dtype=np.uint64)[:, None])
    return (bits >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1.0


def _mixed(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def _maps(sign: Floats, angle: Floats, scale: Floats, shift_x: Floats, shift_y: Floats) -> Floats:
    """Where output pixels come from, as an affine map of x, y and 1 for each sample, [B, 2, 3]."""
    cosine, sine = np.cos(angle) / scale, np.sin(angle) / scale
    return np.stack((sign * cosine, sine, shift_x, -sign * sine, cosine, shift_y), axis=1).reshape(-1, 2, 3)


def _grid(maps: Tensor, size: int) -> Tensor:
    """Where each output pixel comes from, [B, S, S, 2] in -1..1, by the maps of the samples.

    A sum of a row and a column term: `affine_grid` does the same with a matrix product that takes eight times as long.
    All x come before all y in memory, which is what `grid_sample` reads fastest.
    """
    centres = (torch.arange(size, device=maps.device, dtype=maps.dtype) * 2 + 1) / size - 1
    along_x, along_y, shift = maps[..., None].unbind(dim=2)
    columns, rows = along_x * centres, along_y * centres + shift
    return (rows[..., :, None] + columns[..., None, :]).permute(0, 2, 3, 1)


def _recoloured(images: Tensor, brightness: Tensor, contrast: Tensor) -> Tensor:
    """Multiply each image's mean by its brightness and the distances from the mean by its contrast."""
    mean = images.mean(dim=(1, 2, 3), keepdim=True)
    contrast = contrast[:, None, None, None]
    offset = mean * (brightness[:, None, None, None] - contrast)
    return torch.addcmul(offset, images, contrast).clamp_(0, 1)


def _like(images: Tensor, values: Floats) -> Tensor:
    """Values in the precision of the images, and where they are."""
    return torch.from_numpy(values).to(images, non_blocking=True)
