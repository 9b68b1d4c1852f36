import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.tuple_sampler import TupleSampler
from core.data.tuples import TupleKind, TupleList


def pairs(genuine: int, impostor: int) -> TupleList:
    same = np.arange(genuine + impostor) < genuine
    return TupleList("pairs", np.zeros((len(same), 2), dtype=np.int64), same)


@pytest.mark.parametrize(
    ("kind", "width", "tuples", "batches"),
    [("pairs", 2, 32, 3), ("triplets", 3, 21, 4), ("quadruplets", 4, 16, 6)],
)
def test_as_many_tuples_as_fill_a_batch(kind: TupleKind, width: int, tuples: int, batches: int) -> None:
    same = np.arange(100) % 2 == 0 if kind == "pairs" else None
    sampler = TupleSampler(TupleList(kind, np.zeros((100, width), dtype=np.int64), same), 64, seed=0)
    assert (sampler.tuples_per_batch, sampler.batch_size) == (tuples, tuples * width)
    assert sampler.epoch(0).shape == (batches, tuples)


@pytest.mark.parametrize(("images", "tuples"), [(1, 1), (5, 2), (1000, 7)])
def test_one_tuple_at_least_and_no_more_than_there_are(images: int, tuples: int) -> None:
    sampler = TupleSampler(pairs(3, 4), images, seed=0)
    assert sampler.tuples_per_batch == tuples


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 30), st.integers(0, 9))
def test_an_epoch_holds_no_tuple_twice_and_spreads_both_kinds(
    genuine: int, impostor: int, images: int, epoch: int
) -> None:
    if genuine + impostor == 0:
        return
    tuples = pairs(genuine, impostor)
    sampler = TupleSampler(tuples, images, seed=3)
    batches = sampler.epoch(epoch)
    assert batches.shape == (sampler.batches_per_epoch, sampler.tuples_per_batch)
    assert len(np.unique(batches)) == batches.size
    shares = tuples.same[batches].sum(axis=1)
    assert np.abs(shares - sampler.tuples_per_batch * genuine / (genuine + impostor)).max() < 2


def test_an_epoch_depends_on_seed_and_number_alone() -> None:
    tuples = pairs(50, 60)
    one, other = TupleSampler(tuples, 16, seed=1), TupleSampler(tuples, 16, seed=1)
    later = other.epoch(5)
    assert np.array_equal(one.epoch(5), later)
    assert not np.array_equal(one.epoch(6), later)
    assert not np.array_equal(TupleSampler(tuples, 16, seed=2).epoch(5), later)


def test_the_rest_of_an_epoch_is_another_each_time() -> None:
    sampler = TupleSampler(pairs(5, 6), 8, seed=0)
    seen = np.unique(np.concatenate([sampler.epoch(number).ravel() for number in range(20)]))
    assert len(seen) == 11


@pytest.mark.parametrize(("count", "images"), [(0, 8), (3, 0)])
def test_nothing_to_draw(count: int, images: int) -> None:
    with pytest.raises(ValueError, match=f"found {count} tuples and {images} images"):
        TupleSampler(pairs(count, 0), images, seed=0)
