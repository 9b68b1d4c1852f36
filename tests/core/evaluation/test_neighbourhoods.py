import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from core.errors import Cancelled, InputError
from core.evaluation.neighbourhoods import neighbourhood_change

RNG = np.random.default_rng(0)
LINE = np.array([[0.0], [1.0], [3.0], [7.0], [15.0]])
"""Nearest first: 0: 1 2, 1: 0 2, 2: 1 0, 3: 2 1, 4: 3 2."""
MOVED = np.array([[0.0], [1.0], [3.0], [7.0], [-1.5]])
"""4 moved to the left end: 0: 1 4, 1: 0 2 (4 at 2.5), 2: 1 0, 3: 2 1, 4: 0 1."""
LABELS = np.array([0, 0, 1, 1, 0])


def test_worked_by_hand() -> None:
    found = neighbourhood_change(LINE, MOVED, LABELS, "euclidean", k=2)
    assert found.before.tolist() == [[1, 2], [0, 2], [1, 0], [2, 1], [3, 2]]
    assert found.after.tolist() == [[1, 4], [0, 2], [1, 0], [2, 1], [0, 1]]
    assert found.changed.tolist() == [0.5, 0.0, 0.0, 0.0, 1.0]
    assert found.mean_overlap == pytest.approx(0.7)
    assert found.stayed.tolist()[0] == [True, False]
    assert found.came.tolist()[0] == [False, True]
    assert found.foreign(found.before).tolist()[4] == [True, True]
    assert found.foreign(found.after).tolist()[4] == [False, False]
    right = found.nearest_right()
    assert [each.tolist() for each in right] == [[True, True, False, True, False], [True, True, False, True, True]]
    assert found.order().tolist()[:2] == [4, 0]


def test_of_equally_changed_ones_that_with_other_classes_around_comes_first() -> None:
    before = np.array([[0.0], [1.0], [10.0], [11.0], [20.0], [21.0], [30.0], [31.0]])
    after = before[[0, 2, 4, 6, 1, 3, 5, 7]]
    found = neighbourhood_change(before, after, [0, 0, 1, 0, 0, 1, 1, 1], "euclidean", k=1)
    order = found.order()
    foreign = np.abs(found.foreign(found.after).sum(axis=1) - found.foreign(found.before).sum(axis=1))
    assert found.changed[order].tolist() == sorted(found.changed, reverse=True)
    equal = found.changed[order] == found.changed.max()
    assert foreign[order][equal].tolist() == sorted(foreign[order][equal], reverse=True)


@pytest.mark.parametrize("distance", ["cosine", "euclidean"])
def test_agrees_with_all_distances(distance: str) -> None:
    before, after = RNG.normal(size=(60, 6)), RNG.normal(size=(60, 9))
    labels = RNG.integers(0, 3, 60)
    found = neighbourhood_change(before, after, labels, distance, k=7)
    sets = []
    for vectors in (before, after):
        apart = cdist(vectors, vectors, distance)
        np.fill_diagonal(apart, np.inf)
        sets.append(np.argsort(apart, axis=1)[:, :7])
    assert np.array_equal(found.before, sets[0])
    assert np.array_equal(found.after, sets[1])
    both = [len(set(a) & set(b)) for a, b in zip(*(each.tolist() for each in sets), strict=True)]
    assert found.changed == pytest.approx(1 - np.array(both) / 7)


@given(st.integers(3, 25), st.integers(1, 12), st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_turning_moving_and_scaling_change_nothing_and_direction_does_not_matter(n: int, k: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(n, 4)), rng.normal(size=(n, 4))
    labels = rng.integers(0, 3, n)
    turn = np.linalg.qr(rng.normal(size=(4, 4)))[0]
    same = neighbourhood_change(x, 3 * x @ turn + 5, labels, "euclidean", k=k)
    assert same.changed.tolist() == [0.0] * n
    assert not same.came.any()
    there = neighbourhood_change(x, y, labels, "euclidean", k=k)
    back = neighbourhood_change(y, x, labels, "euclidean", k=k)
    assert there.changed.tolist() == back.changed.tolist()
    assert (there.came.sum(axis=1) == (~there.stayed).sum(axis=1)).all(), "as many come as go"
    assert there.k == min(k, (n - 1) // 2)


def test_each_set_by_its_own_distance() -> None:
    x = np.array([[1.0, 0.0], [5.0, 0.1], [1.0, 0.5], [9.0, 8.0], [0.1, 0.1]])
    found = neighbourhood_change(x, x, [0] * 5, "cosine", "euclidean", k=1)
    assert found.before[0, 0] == 1
    assert found.after[0, 0] == 2


def test_what_can_be_told_of_the_work() -> None:
    shares: list[float] = []
    x = RNG.normal(size=(3000, 2))
    neighbourhood_change(x, x, np.zeros(3000), watch=shares.append)
    assert shares[0] == 0
    assert 0.5 in shares
    assert shares == sorted(shares)

    def stop(share: float) -> None:
        if share >= 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        neighbourhood_change(x, x, np.zeros(3000), watch=stop)


def test_bad_input() -> None:
    with pytest.raises(InputError, match="from 3 images up, found 2"):
        neighbourhood_change(LINE[:2], LINE[:2], [0, 1])
    with pytest.raises(ValueError, match="of the same images, found 5 and 4"):
        neighbourhood_change(LINE, LINE[:4], LABELS)
    with pytest.raises(ValueError, match="k must be at least 1, found 0"):
        neighbourhood_change(LINE, LINE, LABELS, k=0)
    with pytest.raises(ValueError, match="NaN or infinity in row 1"):
        neighbourhood_change(LINE, np.where(LINE == 1, np.nan, LINE), LABELS)
