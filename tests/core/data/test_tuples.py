import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.tuples import FITTING_LOSSES, ListedPairs, TupleKind, TupleList
from core.loss_specs import LOSS_SPECS

PAIRS = TupleList("pairs", np.array([[4, 1], [1, 4], [2, 0], [3, 1]]), np.array([True, True, False, False]))
TRIPLETS = TupleList("triplets", np.array([[0, 1, 2], [1, 0, 2], [0, 1, 3]]))
QUADRUPLETS = TupleList("quadruplets", np.array([[0, 1, 2, 3], [0, 1, 3, 4]]))


def listed(pairs: ListedPairs) -> tuple[list[list[int]], list[list[int]]]:
    return pairs.genuine.tolist(), pairs.impostor.tolist()


@pytest.mark.parametrize(
    ("tuples", "genuine", "impostor"),
    [
        (PAIRS, [[1, 4]], [[0, 2], [1, 3]]),
        (TRIPLETS, [[0, 1]], [[0, 2], [0, 3], [1, 2]]),
        (QUADRUPLETS, [[0, 1]], [[0, 2], [0, 3], [0, 4], [2, 3], [3, 4]]),
        (TRIPLETS.at(np.zeros(3, dtype=np.bool_)), [], []),
        (PAIRS.at(np.array([0])), [[1, 4]], []),
    ],
    ids=["pairs", "triplets", "quadruplets", "nothing", "one pair"],
)
def test_pairs_by_hand(tuples: TupleList, genuine: list[list[int]], impostor: list[list[int]]) -> None:
    """Each counts once, whichever image comes first and however many tuples say it."""
    assert listed(tuples.pairs()) == (genuine, impostor)


def test_pairs_within_a_part() -> None:
    pairs = QUADRUPLETS.pairs()
    assert listed(pairs.within(np.array([3, 0, 2]))) == ([], [[1, 2], [1, 0], [2, 0]])
    assert listed(pairs.within(np.array([], dtype=np.int64))) == ([], [])
    assert listed(pairs.within(np.arange(9))) == listed(pairs)


def test_tuples_that_lose_an_image() -> None:
    left = PAIRS.renumbered(np.array([0, 2, 3, 1]))
    assert (left.images.tolist(), left.same.tolist()) == ([[1, 0], [2, 3]], [False, False])
    assert TRIPLETS.renumbered(np.array([0, 1, 2])).images.tolist() == [[0, 1, 2], [1, 0, 2]]
    assert TRIPLETS.renumbered(np.array([0, 1])).images.shape == (0, 3)


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(6)), st.integers(0, 6))
def test_numbering_anew_keeps_the_images(order: list[int], count: int) -> None:
    positions = np.array(order[:count], dtype=np.int64)
    left = QUADRUPLETS.renumbered(positions)
    expected = [row for row in QUADRUPLETS.images.tolist() if set(row) <= set(order[:count])]
    assert positions[left.images].tolist() == expected


def test_what_is_missing() -> None:
    assert PAIRS.shortage() == ""
    assert PAIRS.at(PAIRS.same).shortage().endswith("found no impostor pair")
    assert PAIRS.at(~PAIRS.same).shortage().endswith("found no genuine pair")
    assert TRIPLETS.at(np.array([], dtype=np.int64)).shortage().endswith("found no genuine pair")


def test_what_is_no_list_of_pairs() -> None:
    with pytest.raises(ValueError, match=r"impostor must be int64 \[pairs, 2\], found int64 \[2, 3\]"):
        ListedPairs(np.zeros((1, 2), np.int64), np.zeros((2, 3), np.int64))
    with pytest.raises(ValueError, match="genuine must be int64"):
        ListedPairs(np.zeros((1, 2)), np.zeros((2, 2), np.int64))


@pytest.mark.parametrize("kind", FITTING_LOSSES)
def test_losses_that_fit(kind: TupleKind) -> None:
    assert FITTING_LOSSES[kind]
    assert all(LOSS_SPECS[loss].kind == "tuples" for loss in FITTING_LOSSES[kind])
