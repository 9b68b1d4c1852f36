"""When a run goes back, and when it gives up."""

from core.training.checkpoint import Trouble
from core.training.guard import ROLL_BACKS, SKIPPED_IN_A_ROW, Guard


def test_three_in_a_row_are_too_many() -> None:
    guard = Guard(Trouble())
    outcomes = [guard.observe(skipped=skipped) for skipped in (True, True, False, True, True, True)]
    assert outcomes == [False] * 5 + [True]
    assert SKIPPED_IN_A_ROW == 3


def test_it_goes_on_from_what_a_checkpoint_holds() -> None:
    guard = Guard(Trouble())
    guard.observe(skipped=True)
    guard.observe(skipped=True)
    assert Guard(guard.trouble).observe(skipped=True)


def test_roll_backs_run_out() -> None:
    guard = Guard(Trouble())
    assert [guard.spend_roll_back(step) for step in range(1, ROLL_BACKS + 2)] == [True] * ROLL_BACKS + [False]


def test_a_roll_back_ends_the_row() -> None:
    guard = Guard(Trouble(skipped=3))
    guard.spend_roll_back(7)
    assert guard.trouble == Trouble(skipped=0, roll_backs=1, rolled_back_at=7)


def test_a_whole_epoch_without_one_forgives_all() -> None:
    guard = Guard(Trouble())
    guard.spend_roll_back(13)
    guard.end_epoch(20, 10)
    assert guard.trouble.roll_backs == 1
    guard.observe(skipped=True)
    guard.end_epoch(30, 10)
    assert guard.trouble == Trouble(skipped=1)


def test_one_at_the_end_of_an_epoch_belongs_to_it() -> None:
    guard = Guard(Trouble())
    guard.spend_roll_back(20)
    guard.end_epoch(20, 10)
    assert guard.trouble.roll_backs == 1
    guard.end_epoch(30, 10)
    assert guard.trouble.roll_backs == 0
