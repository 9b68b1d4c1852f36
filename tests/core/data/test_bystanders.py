from itertools import repeat

import numpy as np

from core.data.bystanders import follow_tuples
from core.data.tuples import TupleList


def follow(pairs: list[list[int]], settled: dict[int, bool], count: int, undecided: list[bool]) -> list[int]:
    known, held_out = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
    for image, outside in settled.items():
        known[image], held_out[image] = True, outside
    tuples = TupleList("pairs", np.array(pairs), np.zeros(len(pairs), dtype=np.bool_))
    return np.flatnonzero(follow_tuples(held_out, known, tuples, iter(undecided))).tolist()


def test_the_majority_of_the_company_decides() -> None:
    """Of 3's company two are held out and one is not; of 4's it is the other way round."""
    pairs = [[0, 3], [1, 3], [3, 2], [4, 0], [2, 4], [4, 5]]
    assert follow(pairs, {0: True, 1: True, 2: False, 5: False}, 6, []) == [0, 1, 3]


def test_one_follows_another() -> None:
    assert follow([[0, 1], [1, 2], [2, 3]], {0: True}, 4, []) == [0, 1, 2, 3]


def test_without_a_majority_it_is_said_who_goes_where() -> None:
    """1 has no company yet, 2 follows it; 3 has one of each, 4 none at all."""
    assert follow([[1, 2], [3, 0], [3, 1]], {0: False}, 5, [True, False, True]) == [1, 2, 4]


def test_what_is_settled_stays() -> None:
    tuples = TupleList("triplets", np.array([[0, 1, 2]]))
    before = np.array([True, False, True])
    assert follow_tuples(before, np.ones(3, dtype=np.bool_), tuples, repeat(False)).tolist() == before.tolist()
