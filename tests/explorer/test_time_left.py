import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.time_left import TimeLeft
from tests.explorer.standins import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_quarter_in_ten_seconds_leaves_thirty(clock: Clock) -> None:
    left = TimeLeft(clock)
    clock.now += 10
    assert left.at(0.25) == 30.0


def test_nothing_is_told_after_a_moment_or_of_a_beginning(clock: Clock) -> None:
    left = TimeLeft(clock)
    clock.now += 2.9
    assert left.at(0.5) is None
    later = TimeLeft(clock)
    clock.now += 100
    assert later.at(0.04) is None


def test_it_counts_down_while_nothing_is_reported_and_gives_up_at_the_end(clock: Clock) -> None:
    left = TimeLeft(clock)
    clock.now += 10
    told = [left.at(0.25)]
    for _ in range(4):
        clock.now += 10
        told.append(left.at(0.25))
    assert told == [30.0, 20.0, 10.0, None, None]


def test_one_slow_part_moves_the_end_by_a_share_only(clock: Clock) -> None:
    left = TimeLeft(clock)
    clock.now += 10
    assert left.at(0.5) == 10.0  # at 120
    clock.now += 8
    # by the mean speed 18 s * 0.4 / 0.6 = 12 s are left, to 130; 0.3 of that and 0.7 of 120 is 123
    assert left.at(0.6) == 5.0


def test_a_share_that_falls_is_another_piece_of_work(clock: Clock) -> None:
    left = TimeLeft(clock)
    clock.now += 10
    left.at(0.9)
    assert left.at(0.1) is None
    clock.now += 10
    assert left.at(0.2) == 80.0  # from 0.1 on


@settings(max_examples=30, deadline=None)
@given(total=st.floats(5.0, 5_000.0), parts=st.integers(10, 200))
def test_at_an_even_speed_it_is_right_to_a_second(total: float, parts: int) -> None:
    clock = Clock()
    left, began = TimeLeft(clock), clock.now
    for part in range(1, parts):
        clock.now = began + total * part / parts
        told = left.at(part / parts)
        if told is not None:
            assert told == pytest.approx(total * (1 - part / parts), abs=0.51)
