from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.samplers import BalancedSampler

quick = settings(max_examples=40, deadline=None)


def labels_of(counts: list[int]) -> np.ndarray:
    return np.repeat(np.arange(len(counts), dtype=np.int64), counts)


def sampler_of(counts: list[int], p: int = 16, k: int = 4, seed: int = 0) -> BalancedSampler:
    return BalancedSampler(labels_of(counts), p, k, seed)


@pytest.mark.parametrize(
    ("classes", "images", "p", "k", "batches"),
    [
        (40, 41, 16, 4, 25),  # 1640 images, batch 64
        (10, 144, 10, 6, 24),  # 1440 images, batch 60
        (16, 8, 16, 4, 2),
        (3, 50, 3, 21, 2),
        (2, 2, 2, 32, 1),
        (1, 5, 1, 64, 1),
    ],
)
def test_batch_shape(classes: int, images: int, p: int, k: int, batches: int) -> None:
    sampler = sampler_of([images] * classes)
    assert (sampler.classes_per_batch, sampler.samples_per_class) == (p, k)
    assert sampler.batch_size == p * k
    assert sampler.batches_per_epoch == batches
    drawn = sampler.epoch(0)
    assert drawn.shape == (batches, p * k)
    assert drawn.dtype == np.int64


@given(
    counts=st.lists(st.integers(1, 12), min_size=1, max_size=12),
    p=st.integers(1, 6),
    k=st.integers(1, 5),
    seed=st.integers(0, 5),
    epoch=st.integers(0, 50),
    randomness=st.randoms(use_true_random=False),
)
@quick
def test_batches_are_balanced(counts, p, k, seed, epoch, randomness) -> None:
    labels = labels_of(counts)
    randomness.shuffle(labels)
    sampler = BalancedSampler(labels, p, k, seed)
    drawn = sampler.epoch(epoch)
    wide = sampler.samples_per_class
    assert sampler.batches_per_epoch == max(1, len(labels) // sampler.batch_size)
    for batch in drawn:
        per_class = Counter(labels[batch].tolist())
        assert len(per_class) == min(p, len(counts))
        assert set(per_class.values()) == {wide}
        for label, group in groups(batch, labels, wide):
            times = Counter(group.tolist()).values()
            if counts_of(labels)[label] >= wide:
                assert max(times) == 1
            assert max(times) - min(times) <= 1
    turns = [Counter(labels[drawn].ravel().tolist())[label] for label in range(len(counts))]
    assert max(turns) - min(turns) <= wide
    uses = np.bincount(drawn.ravel(), minlength=len(labels))
    for label in range(len(counts)):
        assert np.ptp(uses[labels == label]) <= 1


def groups(batch: np.ndarray, labels: np.ndarray, wide: int) -> list[tuple[int, np.ndarray]]:
    rows = batch.reshape(-1, wide)
    assert (labels[rows] == labels[rows[:, :1]]).all()
    return [(int(labels[row[0]]), row) for row in rows]


def counts_of(labels: np.ndarray) -> np.ndarray:
    return np.bincount(labels)


def test_an_epoch_depends_on_the_seed_and_its_number_alone() -> None:
    sampler = sampler_of([10] * 20)
    third = sampler.epoch(3)
    sampler.epoch(7)
    np.testing.assert_array_equal(sampler.epoch(3), third)
    np.testing.assert_array_equal(sampler_of([10] * 20).epoch(3), third)
    assert (sampler.epoch(4) != third).any()
    assert (sampler_of([10] * 20, seed=1).epoch(3) != third).any()


def test_the_global_generator_is_left_alone() -> None:
    before = np.random.get_state()[1].copy()
    sampler_of([10] * 20).epoch(0)
    np.testing.assert_array_equal(np.random.get_state()[1], before)


def test_every_image_once_where_the_numbers_fit() -> None:
    drawn = sampler_of([8] * 32).epoch(5)
    assert sorted(drawn.ravel()) == list(range(256))


def test_labels_need_not_be_contiguous() -> None:
    labels = np.array([7, 7, 100, 100, 3, 3], dtype=np.int64)
    drawn = BalancedSampler(labels, 2, 2, 0).epoch(0)
    assert drawn.shape == (1, 4)
    assert len(set(drawn[0])) == 4


def test_small_classes_are_noted() -> None:
    assert sampler_of([4] * 16).notes == ()
    (note,) = sampler_of([4] * 14 + [3, 2]).notes
    assert note.startswith("2 of 16 classes have fewer than the 4 images")
    assert "(the smallest has 2)" in note


@pytest.mark.parametrize(("count", "p", "k"), [(0, 16, 4), (3, 0, 4), (3, 16, 0)])
def test_nothing_to_draw(count: int, p: int, k: int) -> None:
    with pytest.raises(ValueError, match="a batch needs at least one sample, class and sample per class, found"):
        BalancedSampler(np.zeros(count, dtype=np.int64), p, k, 0)
