import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.widgets.mark_size import LARGEST, SMALLEST, mark_size


def test_few_points_are_large_and_very_many_are_specks_that_show_through() -> None:
    sizes = [mark_size(count, 700) for count in (0, 100, 2_000, 10_000, 100_000, 1_000_000)]
    assert sizes == sorted(sizes, key=lambda size: -size.diameter)
    assert (sizes[1].diameter, sizes[1].opacity) == (LARGEST, 1)
    assert (sizes[2].opacity, sizes[3].opacity) == (1, 1)
    assert sizes[-1].diameter == SMALLEST
    assert sizes[-1].opacity < 0.5


def test_zooming_in_makes_room() -> None:
    sizes = [mark_size(1_000_000, 700 * 2**zoom) for zoom in range(8)]
    pairs = list(itertools.pairwise(sizes))
    assert all(near.diameter >= far.diameter and near.opacity >= far.opacity for far, near in pairs)
    assert (sizes[-1].diameter, sizes[-1].opacity) == (LARGEST, 1)


def test_points_that_are_all_in_one_place_are_large() -> None:
    assert mark_size(50, 0.0).diameter == LARGEST


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**7), st.floats(0, 1e6))
def test_every_mark_can_be_seen(points: int, side: float) -> None:
    size = mark_size(points, side)
    assert SMALLEST <= size.diameter <= LARGEST
    assert 0.3 <= size.opacity <= 1


@pytest.mark.parametrize("points", [500, 20_000, 400_000])
def test_a_small_turn_of_the_wheel_is_a_small_change(points: int) -> None:
    sizes = [mark_size(points, 500 * 1.02**turn) for turn in range(200)]
    for before, after in itertools.pairwise(sizes):
        assert after.diameter - before.diameter <= 0.5
        assert abs(after.opacity - before.opacity) <= 0.26, "where the diameter takes a step"
