"""The clock of training, and the time that may be taken from it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.training.timing import Allowance, Stopwatch


@pytest.mark.parametrize(
    ("look", "looks"),
    [
        (0.5, [1, 2, 3, 4, 5, 6]),  # 5 % of the 10 s of an epoch: always
        (2.0, [1, 4, 6]),  # 20 %: the first, then where there is room for one more: 4 of 40 s, 6 of 60 s
        (100.0, [1]),
    ],
)
def test_looking_stays_within_its_share(look: float, looks: list[int]) -> None:
    allowance = Allowance(0.1)
    taken = []
    for epoch in range(1, 7):
        if allowance.covers_another(10.0 * epoch):
            taken.append(epoch)
            allowance.spend(look)
    assert taken == looks


def test_what_was_trained_before_is_no_credit() -> None:
    """A run that goes on after an hour may not look as often as it likes."""
    allowance = Allowance(0.1, since=3600.0)
    assert allowance.covers_another(3600.0)
    allowance.spend(2.0)
    assert not allowance.covers_another(3639.0)
    assert allowance.covers_another(3640.0)


@given(look=st.floats(0.1, 10), epochs=st.lists(st.floats(0.1, 10), min_size=1, max_size=50))
def test_looks_of_one_length_never_exceed_the_share_but_for_the_first(look: float, epochs: list[float]) -> None:
    allowance = Allowance(0.1)
    training = spent = 0.0
    for seconds in epochs:
        training += seconds
        if allowance.covers_another(training):
            allowance.spend(look)
            spent += look
        assert spent <= max(look, 0.1 * training + 1e-9)


def test_stopwatch(monkeypatch) -> None:
    now = 10.0
    monkeypatch.setattr(time, "perf_counter", lambda: now)
    watch = Stopwatch(100.0)
    assert watch.seconds == 100.0
    watch.run()
    watch.run()
    now = 12.0
    assert watch.seconds == 102.0
    watch.hold()
    watch.hold()
    now = 50.0
    assert watch.seconds == 102.0
    watch.run()
    now = 51.0
    assert watch.seconds == 103.0


def test_a_held_stopwatch_runs_again_only_where_it_ran(monkeypatch) -> None:
    now = 10.0
    monkeypatch.setattr(time, "perf_counter", lambda: now)
    watch = Stopwatch()
    with watch.held():
        now = 11.0
    now = 12.0
    assert watch.seconds == 0.0
    watch.run()
    now = 13.0
    with watch.held():
        now = 20.0
    now = 21.0
    assert watch.seconds == 2.0
