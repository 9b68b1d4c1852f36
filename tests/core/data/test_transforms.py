import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn.functional import affine_grid, grid_sample

from core.data import transforms
from core.data.transforms import Augmentation

quick = settings(max_examples=25, deadline=None)


def blobs(count: int, size: int = 32) -> torch.Tensor:
    """Masks of one off-centre square each, away from the border: float32 [B, 1, S, S]."""
    masks = torch.zeros(count, 1, size, size)
    masks[:, :, size // 4 : size // 2, size // 3 : size * 2 // 3] = 1
    return masks


def noise(count: int, size: int = 16, channels: int = 3) -> torch.Tensor:
    return torch.rand(count, channels, size, size, generator=torch.Generator().manual_seed(0))


def only_geometry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transforms, "_BRIGHTNESS", 0.0)
    monkeypatch.setattr(transforms, "_CONTRAST", 0.0)


def only_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_ROTATION", "_SCALE", "_SHIFT"):
        monkeypatch.setattr(transforms, name, 0.0)


def test_image_and_mask_move_together(monkeypatch: pytest.MonkeyPatch) -> None:
    only_geometry(monkeypatch)
    masks = blobs(64)
    images, moved = Augmentation(3, True)(masks.repeat(1, 3, 1, 1), masks, 5, np.arange(64))
    assert moved is not None
    assert set(moved.unique().tolist()) == {0.0, 1.0}
    # The nearest pixel has at least a quarter of the weight in the image's value, so beyond that the mask is certain.
    certain = (images - 0.5).abs() > 0.25
    assert certain.float().mean() > 0.9
    torch.testing.assert_close((images > 0.5).float()[certain], moved.expand_as(images)[certain])
    assert (moved != masks).flatten(1).any(1).float().mean() > 0.9


def test_the_motion_is_the_affine_map_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Against torch's own affine_grid, by the matrix written out from the documented ranges."""
    only_geometry(monkeypatch)
    images, ids = noise(32), np.arange(32)
    moved, _ = Augmentation(1, True)(images, None, 2, ids)
    mirror, rotation, scale, x, y, _, _ = torch.from_numpy(transforms._draws(1, 2, ids)).float()
    sign, angle, factor = torch.where(mirror < 0, -1.0, 1.0), torch.deg2rad(10 * rotation), 1 + 0.15 * scale
    rows = [
        torch.stack([sign * angle.cos() / factor, angle.sin() / factor, 0.16 * x], 1),
        torch.stack([-sign * angle.sin() / factor, angle.cos() / factor, 0.16 * y], 1),
    ]
    grid = affine_grid(torch.stack(rows, 1), [32, 3, 16, 16], align_corners=False)
    expected = grid_sample(images, grid, padding_mode="border", align_corners=False)
    torch.testing.assert_close(moved, expected, atol=1e-5, rtol=0)


def test_beyond_the_border_the_image_goes_on_and_the_mask_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    only_geometry(monkeypatch)
    full = torch.full((64, 1, 16, 16), 1.0)
    images, masks = Augmentation(0, True)(full * 0.3, full, 0, np.arange(64))
    torch.testing.assert_close(images, full * 0.3)
    assert masks is not None
    assert (masks == 0).any()


def test_half_are_mirrored_where_asked_and_none_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    only_geometry(monkeypatch)
    left = torch.zeros(400, 1, 16, 16)
    left[..., :5] = 1
    weight = torch.linspace(-1, 1, 16)
    for flip, low, high in ((True, 0.4, 0.6), (False, 0.0, 0.0)):
        images, _ = Augmentation(0, flip)(left, None, 0, np.arange(400))
        right = ((images * weight).mean((1, 2, 3)) > 0).float().mean()
        assert low <= right <= high


def test_brightness_scales_the_mean_and_contrast_the_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    only_colour(monkeypatch)
    images = 0.45 + 0.1 * noise(200)
    changed, _ = Augmentation(0, False)(images, None, 0, np.arange(200))
    means = changed.mean((1, 2, 3)) / images.mean((1, 2, 3))
    spreads = changed.std((1, 2, 3)) / images.std((1, 2, 3))
    for ratios in (means, spreads):
        assert 0.8 <= ratios.min() < 0.83
        assert 1.17 < ratios.max() <= 1.2 + 1e-4
    assert torch.corrcoef(torch.stack([means, spreads]))[0, 1].abs() < 0.2


@given(
    seed=st.integers(0, 2**31 - 1),
    epoch=st.integers(0, 10**6),
    ids=st.lists(st.integers(0, 2**40), min_size=1, max_size=6, unique=True),
    flip=st.booleans(),
)
@quick
def test_a_sample_does_not_depend_on_its_batch(seed: int, epoch: int, ids: list[int], flip: bool) -> None:
    augment, images, masks = Augmentation(seed, flip), noise(len(ids)), blobs(len(ids), 16)
    together, together_masks = augment(images, masks, epoch, np.array(ids))
    for row in reversed(range(len(ids))):
        alone, alone_masks = augment(
            images[row : row + 1], masks[row : row + 1], epoch, torch.tensor(ids[row : row + 1])
        )
        torch.testing.assert_close(alone[0], together[row], atol=1e-6, rtol=0)
        torch.testing.assert_close(alone_masks[0], together_masks[row])
    repeated, _ = augment(images, None, epoch, np.array(ids))
    assert torch.equal(repeated, together)


def test_seed_epoch_and_sample_each_matter() -> None:
    image = noise(1)
    variants = [
        Augmentation(seed, True)(image, None, epoch, np.array([sample]))[0]
        for seed, epoch, sample in [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)]
    ]
    for i, first in enumerate(variants):
        for second in variants[i + 1 :]:
            assert not torch.allclose(first, second)


def test_draws_are_uniform_and_unrelated() -> None:
    ids = np.arange(20_000)
    draws = [transforms._draws(*key, ids).T for key in ((0, 1), (0, 2), (1, 1))]
    for table in draws:
        assert table.min() >= -1
        assert table.max() < 1
        # Standard errors: mean 0.0041, second moment 0.0021.
        assert np.abs(table.mean(0)).max() < 0.02
        assert np.abs((table**2).mean(0) - 1 / 3).max() < 0.011
    columns = np.concatenate([*draws, np.roll(draws[0], 1, axis=0)], axis=1)
    between = np.corrcoef(columns.T) - np.eye(columns.shape[1])
    assert np.abs(between).max() < 0.035  # five standard errors


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_range_type_and_inputs_are_kept(dtype: torch.dtype) -> None:
    images, masks = noise(16).to(dtype), blobs(16, 16).to(dtype)
    copies = images.clone(), masks.clone()
    changed, changed_masks = Augmentation(0, True)(images, masks, 0, np.arange(16))
    assert torch.equal(images, copies[0])
    assert torch.equal(masks, copies[1])
    assert changed.dtype == changed_masks.dtype == dtype
    assert changed.shape == images.shape
    assert 0 <= changed.min() <= changed.max() <= 1
    assert not changed.requires_grad


def test_global_generators_are_left_alone() -> None:
    before, numpy_before = torch.random.get_rng_state(), np.random.get_state()[1].copy()
    Augmentation(0, True)(noise(8), blobs(8, 16), 0, np.arange(8))
    assert torch.equal(torch.random.get_rng_state(), before)
    np.testing.assert_array_equal(np.random.get_state()[1], numpy_before)
