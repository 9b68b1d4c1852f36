import math
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.config import ScheduleName
from core.training.schedule import FINAL_FACTOR, schedule_factor


def test_by_hand() -> None:
    """100 steps: 5 of warm-up, the peak at the 5th, then 95 down the cosine, of which the last has 1 %."""
    assert [schedule_factor(step, 100) for step in range(5)] == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    assert schedule_factor(5, 100) == pytest.approx(0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi / 95)))
    assert schedule_factor(51, 100) > 0.505 > schedule_factor(52, 100)  # 47 and 48 of the 95
    assert schedule_factor(99, 100) == FINAL_FACTOR == 0.01


@pytest.mark.parametrize("schedule", ["cosine", "linear"])
@pytest.mark.parametrize(("total", "warm_up"), [(2, None), (3, 0.0), (100, None), (1_000, 0.3), (5_000, None)])
def test_the_last_step_has_one_percent_exactly(total: int, warm_up: float | None, schedule: ScheduleName) -> None:
    factors = [schedule_factor(step, total, schedule, warm_up) for step in range(total)]
    assert factors[-1] == FINAL_FACTOR
    peak = factors.index(1.0)
    assert all(FINAL_FACTOR < factor < 1 for factor in factors[peak + 1 : -1])


def test_warm_up_takes_100_steps_at_most() -> None:
    assert schedule_factor(99, 1_000_000) == 1.0
    assert schedule_factor(98, 1_000_000) == 0.99


@given(total=st.integers(1, 5_000))
def test_rises_then_falls_and_is_never_zero(total: int) -> None:
    factors = [schedule_factor(step, total) for step in range(0, total, max(1, total // 50))]
    assert all(0 < factor <= 1 for factor in factors)
    peak = factors.index(max(factors))
    assert factors[: peak + 1] == sorted(factors[: peak + 1])
    assert factors[peak:] == sorted(factors[peak:], reverse=True)


def test_one_step() -> None:
    assert schedule_factor(0, 1) == 1.0


def test_linear_by_hand() -> None:
    """Of 110 steps 10 of warm-up, then a line: half way between 1 and 1 % at the 50th of the 100 that are left."""
    factors = [schedule_factor(step, 110, "linear", 10 / 110) for step in range(110)]
    assert factors[:10] == pytest.approx([(step + 1) / 10 for step in range(10)])
    assert (factors[59], factors[109]) == pytest.approx((0.505, FINAL_FACTOR))


def test_constant_stays_at_the_peak() -> None:
    assert [schedule_factor(step, 10, "constant", 0.2) for step in range(10)] == [0.5, *[1.0] * 9]


def test_a_share_of_one_s_own_has_no_limit() -> None:
    assert schedule_factor(2_499, 10_000, warm_up=0.5) == 0.5
    assert schedule_factor(0, 10_000, warm_up=0.0) == 1.0
    assert schedule_factor(9_999, 10_000, "constant", 1.0) == 1.0


@given(total=st.integers(1, 2_000), schedule=st.sampled_from(get_args(ScheduleName)), share=st.floats(0, 1) | st.none())
def test_every_schedule_rises_then_never_rises_again(total: int, schedule: ScheduleName, share: float | None) -> None:
    factors = [schedule_factor(step, total, schedule, share) for step in range(total)]
    assert all(0 < factor <= 1 for factor in factors)
    peak = factors.index(max(factors))
    assert factors[: peak + 1] == sorted(factors[: peak + 1])
    assert factors[peak:] == sorted(factors[peak:], reverse=True)
