from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.data.dataset import DecodedDataset
from core.data.samplers import BalancedSampler
from core.data.split import split_dataset
from core.data.transforms import Augmentation
from core.training.batches import BatchSource, parts_of

CPU = torch.device("cpu")


@pytest.fixture
def data() -> DecodedDataset:
    """20 images whose every pixel says their position; one of 4 classes will be held out; every third has a mask."""
    count = 20
    labels = np.arange(count) % 4
    has_mask = np.arange(count) % 3 == 0
    return DecodedDataset(
        name="numbers",
        classes=("a", "b", "c", "d"),
        ids=tuple(f"{'abcd'[label]}/{i:02}" for i, label in enumerate(labels)),
        labels=labels,
        images=np.broadcast_to(np.arange(count, dtype=np.uint8)[:, None, None, None], (count, 3, 16, 16)).copy(),
        masks=np.where(has_mask[:, None, None], np.uint8(255), np.uint8(0)) * np.ones((1, 16, 16), np.uint8),
        has_mask=has_mask,
        problems=(),
        content_hash="",
        directional=False,
    )


def make_source(data: DecodedDataset, augmentation: Augmentation | None = None) -> BatchSource:
    split = split_dataset(data, "open", 0.25)
    sampler = BalancedSampler(split.training_label_of[data.labels[split.training]], 2, 2, seed=5)
    return BatchSource(data, split, sampler, augmentation, CPU)


def test_images_labels_and_masks_belong_together(data: DecodedDataset) -> None:
    source = make_source(data)
    split = split_dataset(data, "open", 0.25)
    assert (source.batch_size, source.batches_per_epoch) == (4, 3)
    for step in range(6):
        batch = source.batch(step)
        positions = (batch.images[:, 0, 0, 0] * 255).round().long().numpy()
        assert batch.images.shape == (4, 3, 16, 16)
        assert batch.images.dtype == torch.float32
        assert np.isin(positions, split.training).all()
        assert batch.labels.tolist() == split.training_label_of[data.labels[positions]].tolist()
        assert batch.has_mask.tolist() == data.has_mask[positions].tolist()
        assert batch.masks.shape == (4, 1, 16, 16)
        assert batch.masks[:, 0, 3, 4].tolist() == data.has_mask[positions].astype(float).tolist()
        assert batch.epoch == step // 3 + 1


def test_a_batch_depends_on_its_step_alone(data: DecodedDataset) -> None:
    """A resumed run asks for step 4 first."""
    augmentation = Augmentation(seed=5, horizontal_flip=True)
    in_order, at_once = make_source(data, augmentation), make_source(data, augmentation)
    batches = [in_order.batch(step) for step in range(6)]
    for step in (4, 1, 5, 0):
        again = at_once.batch(step)
        assert torch.equal(again.images, batches[step].images)
        assert torch.equal(again.labels, batches[step].labels)


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 60))
def test_parts_are_about_equal(start: int, count: int, size: int) -> None:
    """A part of one image would be nothing to a batch norm."""
    parts = parts_of(slice(start, start + count), size)
    assert [row for part in parts for row in range(part.start, part.stop)] == list(range(start, start + count))
    sizes = [part.stop - part.start for part in parts]
    assert len(parts) == (-(-count // size) if size else 1)
    assert sizes[0] == max(sizes)
    assert max(sizes) - min(sizes) <= 1


def test_epochs_differ(data: DecodedDataset) -> None:
    source = make_source(data)
    assert not torch.equal(source.batch(0).images, source.batch(3).images)


def test_without_masks(data: DecodedDataset) -> None:
    source = make_source(replace(data, masks=None, has_mask=np.zeros(20, dtype=np.bool_)))
    assert source.batch(0).masks is None
