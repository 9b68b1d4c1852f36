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
        (2.0, [1, 2, 6]),  # 20 %: the first two, then where there is room for one more: 6 of 60 s
        (100.0, [1, 2]),
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
    for _ in range(2):
        assert allowance.covers_another(3600.0)
        allowance.spend(2.0)
    assert not allowance.covers_another(3659.0)
    assert allowance.covers_another(3660.0)


def test_a_dear_look_does_not_spoil_the_next_ones() -> None:
    """8 epochs of 2 s on a busy machine, the first look in 3 s, the fifth in 1 s, others in 0.05 s: 5 % is one of each.

    The third is due where 3 x 0.05 s fit into 5 % of the training: after 3 s, the n-th after n seconds.
    """
    allowance, taken = Allowance(0.05), []
    for epoch, look in enumerate([3.0, 0.05, 0.05, 0.05, 1.0, 0.05, 0.05, 0.05], 1):
        if allowance.covers_another(2.0 * epoch):
            allowance.spend(look)
            taken.append(epoch)
    assert taken == [1, 2, 3, 4, 5, 6, 7, 8]


def test_looks_that_become_dear_are_charged_as_such() -> None:
    """Nine looks of 1 s, then some of 4 s, whose fifth makes that the usual price: (14 + 1) x 4 s are 10 % of 600 s."""
    allowance = Allowance(0.1)
    for look in [1.0] * 9 + [4.0] * 4:
        allowance.spend(look)
    assert allowance.covers_another(140.0)
    allowance.spend(4.0)
    assert not allowance.covers_another(599.0)
    assert allowance.covers_another(600.0)


@given(look=st.floats(0.1, 10), epochs=st.lists(st.floats(0.1, 10), min_size=1, max_size=50))
def test_looks_of_one_length_never_exceed_the_share_but_for_the_first_two(look: float, epochs: list[float]) -> None:
    allowance = Allowance(0.1)
    training = spent = 0.0
    for seconds in epochs:
        training += seconds
        if allowance.covers_another(training):
            allowance.spend(look)
            spent += look
        assert spent <= max(2 * look, 0.1 * training + 1e-9)


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
