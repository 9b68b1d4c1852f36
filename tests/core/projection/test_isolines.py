import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.projection.isolines import isolines, simplified


def sorted_points(loop: np.ndarray) -> list[tuple[float, float]]:
    return sorted(map(tuple, loop[:-1].tolist()))


def test_one_high_value_is_ringed_half_way_to_its_neighbours() -> None:
    values = np.zeros((3, 3), np.float32)
    values[1, 1] = 2.0
    (loop,) = isolines(values, 1.0)
    assert sorted_points(loop) == [(0.5, 1.0), (1.0, 0.5), (1.0, 1.5), (1.5, 1.0)]
    assert (loop[0] == loop[-1]).all()


def test_the_line_runs_where_the_value_is_reached_between_two_neighbours() -> None:
    values = np.zeros((3, 4), np.float32)
    values[1, 1:3] = 4.0, 8.0
    (loop,) = isolines(values, 3.0)
    assert (1.0, 0.75) in sorted_points(loop)
    assert (1.0, 2.625) in sorted_points(loop)
    assert len(loop) == 7


def test_a_hole_has_a_line_of_its_own() -> None:
    values = np.zeros((7, 7), np.float32)
    values[1:6, 1:6] = 1.0
    values[3, 3] = 0.0
    assert sorted(map(len, isolines(values, 0.5))) == [5, 21]


@pytest.mark.parametrize(("between", "lines"), [(0.0, 2), (0.9, 1)])
def test_two_that_touch_at_a_corner_are_one_where_the_middle_is_high(between: float, lines: int) -> None:
    for turn in (False, True):
        values = np.zeros((4, 4), np.float32)
        values[1, 1] = values[2, 2] = 1.2
        values[1, 2] = values[2, 1] = between
        assert len(isolines(np.fliplr(values) if turn else values, 1.0)) == lines


@settings(max_examples=40, deadline=None)
@given(arrays(np.float32, (9, 8), elements=st.floats(0, 1, width=32)))
def test_the_lines_part_high_values_from_low_ones(values: np.ndarray) -> None:
    values = np.pad(values, 1)
    level = 0.5
    loops = isolines(values, level)
    inside = values >= level
    assert (
        sum(len(loop) - 1 for loop in loops)
        == (inside[1:] != inside[:-1]).sum() + (inside[:, 1:] != inside[:, :-1]).sum()
    ), "each edge is crossed once"
    area = sum((loop[:-1, 1] * loop[1:, 0] - loop[1:, 1] * loop[:-1, 0]).sum() / 2 for loop in loops)
    assert (area > 0) == bool(inside.any()), "the inside is always at the same hand"


def test_values_at_the_border_would_leave_lines_open() -> None:
    with pytest.raises(ValueError, match="level: must be above all values at the border, found 1"):
        isolines(np.ones((3, 3), np.float32), 1.0)
    assert isolines(np.zeros((3, 3), np.float32), 1.0) == []


def test_a_line_has_no_more_points_than_can_be_seen() -> None:
    angles = np.linspace(0, 2 * np.pi, 401)
    circle = 10 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    few = simplified(circle, 0.05)
    assert len(few) < 50
    assert (few[0] == circle[0]).all()
    assert (few[-1] == circle[-1]).all()
    middles = (few[1:] + few[:-1]) / 2
    assert np.abs(np.hypot(*middles.T) - 10).max() < 0.06
    square = np.array([(0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0), (0, 0)], float)
    assert simplified(square, 0.1).tolist() == [[0, 0], [0, 2], [2, 2], [2, 0], [0, 0]]
