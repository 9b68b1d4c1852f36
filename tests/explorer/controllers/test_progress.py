from dataclasses import replace

import pytest

from explorer.controllers.progress import ProgressMeter
from tests.explorer.standins import started, step


def test_speed_and_time_left_follow_the_training_time() -> None:
    meter = ProgressMeter()
    meter.begin(started())
    assert (meter.step, meter.total, meter.epoch, meter.epochs) == (0, 40, 0, 4)
    assert meter.images_per_second is None
    assert meter.seconds_left is None
    meter.advance(step(1))
    meter.advance(step(11))
    assert meter.images_per_second == 128  # 10 steps of 64 images in 5 s
    assert meter.seconds_left == 29 * 64 / 128
    assert (meter.step, meter.epoch) == (11, 2)


def test_the_speed_is_a_running_mean() -> None:
    meter = ProgressMeter()
    meter.begin(started())
    for number in (1, 2):
        meter.advance(step(number))
    meter.advance(replace(step(3), time=2.0))  # half as fast
    assert meter.images_per_second == pytest.approx(0.9 * 128 + 0.1 * 64)


def test_a_pause_is_no_slow_step() -> None:
    meter = ProgressMeter()
    meter.begin(started())
    for number in (1, 2):
        meter.advance(step(number))
    meter.restart()
    meter.advance(replace(step(3), time=1_000.0))
    assert meter.images_per_second == 128


def test_two_steps_at_one_time_tell_no_speed() -> None:
    meter = ProgressMeter()
    meter.begin(started())
    meter.advance(step(1))
    meter.advance(replace(step(2), time=step(1).time))
    assert meter.images_per_second is None
