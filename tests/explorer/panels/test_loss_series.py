import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.panels.loss_series import Column, LossSeries, Smoothed


def average_one_by_one(values: list[float], smoothing: float) -> list[float]:
    """The definition, as a loop."""
    mean, found = 0.0, []
    for count, value in enumerate(values, start=1):
        mean = smoothing * mean + (1 - smoothing) * value
        found.append(mean / (1 - smoothing**count))
    return found


def test_smoothing_worked_by_hand() -> None:
    # m = 0.5·0 + 0.5·4 = 2, /0.5 = 4; m = 0.5·2 + 0.5·1 = 1.5, /0.75 = 2; m = 0.75 + 0 = 0.75, /0.875 = 6/7
    smoothed = Smoothed(0.5)
    smoothed.extend(np.array([4.0, 1.0, 0.0]))
    np.testing.assert_allclose(smoothed.values, [4.0, 2.0, 6.0 / 7.0])


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(st.floats(-1e3, 1e3), max_size=300),
    smoothing=st.floats(0.0, 0.99),
    cuts=st.lists(st.integers(0, 300), max_size=4),
)
def test_smoothing_in_pieces_is_the_definition(values: list[float], smoothing: float, cuts: list[int]) -> None:
    smoothed = Smoothed(smoothing)
    for piece in np.split(np.array(values), sorted(min(cut, len(values)) for cut in cuts)):
        smoothed.extend(piece)
    np.testing.assert_allclose(smoothed.values, average_one_by_one(values, smoothing), rtol=1e-9, atol=1e-9)


def test_a_constant_stays_where_it_is() -> None:
    smoothed = Smoothed(0.99)
    smoothed.extend(np.full(10_000, 3.0))
    np.testing.assert_allclose(smoothed.values, 3.0)


@pytest.mark.parametrize("smoothing", [-0.1, 1.0, math.nan])
def test_smoothing_outside_its_range_is_refused(smoothing: float) -> None:
    with pytest.raises(ValueError, match=r"at least 0 and below 1, found"):
        Smoothed(smoothing)


def test_a_column_grows_and_leaves_earlier_views_alone() -> None:
    column = Column()
    column.extend(np.arange(1000.0))
    early = column.values
    column.extend(np.arange(5000.0))
    assert len(column) == 6000
    np.testing.assert_array_equal(early, np.arange(1000.0))
    np.testing.assert_array_equal(column.values[1000:], np.arange(5000.0))


def test_weights_apply_before_smoothing_and_can_be_replaced() -> None:
    series = LossSeries()
    series.extend(np.array([1.0, 2.0]), np.array([1.0, 1.0]), np.array([1.0, 3.0]))
    assert series.shown(weighted=True, smoothing=0.0).tolist() == [1.0, 3.0]
    # m = 0.5, /0.5 = 1; m = 0.25 + 1.5 = 1.75, /0.75 = 7/3
    np.testing.assert_allclose(series.shown(weighted=True, smoothing=0.5), [1.0, 7.0 / 3.0])
    series.set_weights(np.array([2.0, 2.0]))
    np.testing.assert_allclose(series.shown(weighted=True, smoothing=0.5), [2.0, 2.0])
    assert series.shown(weighted=False, smoothing=0.5).tolist() == [1.0, 1.0]


def test_new_values_continue_what_is_shown() -> None:
    series = LossSeries()
    for step in range(1, 200):
        series.extend(np.array([float(step)]), np.array([math.sin(step)]), np.ones(1))
        series.shown(weighted=False, smoothing=0.9)
    expected = average_one_by_one([math.sin(step) for step in range(1, 200)], 0.9)
    np.testing.assert_allclose(series.shown(weighted=False, smoothing=0.9), expected)
