"""Balances against their definitions, written out by hand."""

import math

import pytest
import torch

from core.config import BALANCE_NAMES
from core.losses.balance import DynamicWeightAverage, FixedBalance, UncertaintyBalance, build_balance

CPU = torch.device("cpu")
LOSSES = (torch.tensor(2.0), torch.tensor(0.5), torch.tensor(0.3))
WEIGHTS = (1.0, 2.0, 5.0)


def values(terms) -> list[float | None]:
    return [None if term is None else pytest.approx(term.item()) for term in terms]


def test_every_name_has_a_balance() -> None:
    kinds = {name: type(build_balance(name, CPU)) for name in BALANCE_NAMES}
    assert kinds == dict.fromkeys(BALANCE_NAMES, FixedBalance) | {
        "uncertainty": UncertaintyBalance,
        "dwa": DynamicWeightAverage,
    }


@pytest.mark.parametrize("name", BALANCE_NAMES)
def test_at_the_start_every_balance_weighs_by_the_sliders_alone(name) -> None:
    assert values(build_balance(name, CPU)(LOSSES, WEIGHTS)) == [2.0, 1.0, 1.5]


@pytest.mark.parametrize("name", BALANCE_NAMES)
def test_a_task_without_loss_or_weight_is_left_out(name) -> None:
    balance = build_balance(name, CPU)
    assert values(balance((LOSSES[0], None, LOSSES[2]), WEIGHTS)) == [2.0, None, 1.5]
    assert values(balance(LOSSES, (1.0, 0.0, 5.0))) == [2.0, None, 1.5]


# --- uncertainty


def test_uncertainty_is_the_likelihood_of_kendall() -> None:
    """With s = log σ²: loss / σ² + log σ, times the slider."""
    balance = UncertaintyBalance()
    sigmas = (2.0, 1.0, 0.5)
    balance.log_variances.data = torch.tensor([math.log(sigma**2) for sigma in sigmas])
    expected = [
        weight * (loss.item() / sigma**2 + math.log(sigma))
        for weight, loss, sigma in zip(WEIGHTS, LOSSES, sigmas, strict=True)
    ]
    assert values(balance(LOSSES, WEIGHTS)) == pytest.approx(expected)
    assert balance.factors(CPU).tolist() == pytest.approx([0.25, 1.0, 4.0])


def test_the_variance_learns_what_the_loss_is() -> None:
    """exp(-s) loss + s / 2 is least at exp(s) = 2 loss, whatever the slider says."""
    balance = UncertaintyBalance()
    optimizer = torch.optim.Adam(balance.parameters(), lr=0.05)
    for _ in range(500):
        optimizer.zero_grad()
        torch.stack(balance(LOSSES, WEIGHTS)).sum().backward()
        optimizer.step()
    assert balance.log_variances.exp().tolist() == pytest.approx([4.0, 1.0, 0.6], rel=1e-2)


# --- dynamic weight average


def feed(balance: DynamicWeightAverage, *epochs) -> None:
    for losses in epochs:
        balance.observe([None if loss is None else loss - 0.1 for loss in losses])
        balance.observe([None if loss is None else loss + 0.1 for loss in losses])
        balance.end_epoch()


def test_slow_tasks_count_more() -> None:
    """Mean losses 1 -> 0.5, 1 -> 1, 1 -> 0.9: by hand, K softmax of the ratios over T = 2."""
    balance = DynamicWeightAverage()
    feed(balance, (1.0, 1.0, 1.0))
    assert balance.factors(CPU).tolist() == [1.0, 1.0, 1.0]
    feed(balance, (0.5, 1.0, 0.9))
    powers = [math.exp(ratio / 2) for ratio in (0.5, 1.0, 0.9)]
    expected = [3 * power / sum(powers) for power in powers]
    assert balance.factors(CPU).tolist() == pytest.approx(expected)
    assert values(balance(LOSSES, WEIGHTS)) == pytest.approx(
        [weight * factor * loss.item() for weight, factor, loss in zip(WEIGHTS, expected, LOSSES, strict=True)]
    )


def test_only_the_last_two_epochs_count() -> None:
    balance, other = DynamicWeightAverage(), DynamicWeightAverage()
    feed(balance, (9.0, 0.1, 3.0), (1.0, 1.0, 1.0), (0.5, 1.0, 0.9))
    feed(other, (1.0, 1.0, 1.0), (0.5, 1.0, 0.9))
    assert torch.equal(balance.factors(CPU), other.factors(CPU))


def test_a_task_that_was_absent_keeps_its_factor() -> None:
    """Two tasks share 2; a third that had no loss in one of the epochs stays at 1."""
    balance = DynamicWeightAverage()
    feed(balance, (1.0, None, 1.0), (0.5, 1.0, 1.0))
    factors = balance.factors(CPU).tolist()
    assert factors[1] == 1.0
    assert factors[0] + factors[2] == pytest.approx(2.0)
    assert factors[0] < 1 < factors[2]


def test_it_goes_on_from_its_state_within_an_epoch() -> None:
    balance, other = DynamicWeightAverage(), DynamicWeightAverage()
    feed(balance, (1.0, 2.0, 3.0))
    balance.observe((0.3, 0.7, 0.1))
    other.load_state_dict(balance.state_dict())
    for each in (balance, other):
        each.observe((0.4, 0.1, 0.6))
        each.end_epoch()
    assert torch.equal(balance.factors(CPU), other.factors(CPU))
    assert not torch.equal(balance.factors(CPU), torch.ones(3))
