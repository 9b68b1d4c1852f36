"""Gradient methods: what is made of the tasks' gradients, and what is said where TorchJD is missing."""

import sys

import pytest
import torch
from torch import nn

from core.errors import InputError
from core.losses.gradient_balance import gradient_weighting, gradients_of, weigh_gradients

METHODS = ("upgrad", "mgda", "pcgrad", "aligned-mtl")


@pytest.fixture
def torchjd() -> None:
    pytest.importorskip("torchjd", reason="TorchJD, an optional dependency, is not installed")


class TwoTasks(nn.Module):
    """A shared vector and one number a task; each loss pulls the shared one along its own direction."""

    def __init__(self, *directions: list[float]) -> None:
        super().__init__()
        self.shared = nn.Parameter(torch.zeros(len(directions[0])))
        self.own = nn.ParameterList(nn.Parameter(torch.ones(())) for _ in directions)
        self.unused = nn.Parameter(torch.ones(()))
        self.directions = torch.tensor(directions)

    def losses(self) -> list[torch.Tensor]:
        return [own * direction @ self.shared for own, direction in zip(self.own, self.directions, strict=True)]


def weighed(weighting, *directions: list[float]):
    model = TwoTasks(*directions)
    others = [*model.own, model.unused]
    found = weigh_gradients(model.losses(), [model.shared], others, weighting, torch.Tensor.backward)
    return model, found


def test_gradients_are_summed_by_the_weights_and_measured_before() -> None:
    model, found = weighed(lambda gramian: torch.tensor([2.0, 0.5]), [3.0, 4.0], [0.0, 2.0])
    assert found.norms.tolist() == [5.0, 2.0]
    assert found.weights.tolist() == [2.0, 0.5]
    assert model.shared.grad.tolist() == [6.0, 9.0]


def test_heads_have_their_plain_gradient_and_idle_weights_none() -> None:
    model = TwoTasks([1.0, 0.0], [0.0, 1.0])
    with torch.no_grad():
        model.shared += torch.tensor([3.0, 7.0])
    others = [*model.own, model.unused]
    weigh_gradients(model.losses(), [model.shared], others, lambda gramian: gramian[0], torch.Tensor.backward)
    assert [own.grad.item() for own in model.own] == [3.0, 7.0]
    assert model.unused.grad is None


def test_the_weighting_is_told_the_inner_products() -> None:
    seen = []
    weighed(lambda gramian: seen.append(gramian) or torch.ones(2), [3.0, 4.0], [1.0, 0.0])
    assert seen[0].tolist() == [[25.0, 3.0], [3.0, 1.0]]
    assert seen[0].dtype == torch.float64


def test_what_is_not_finite_is_handed_on_unweighed() -> None:
    model, _ = weighed(lambda gramian: pytest.fail("no weights of this"), [torch.inf, 1.0], [1.0, 0.0])
    assert not model.shared.grad.isfinite().all()


def test_a_gradient_leaves_nothing_behind() -> None:
    model = TwoTasks([1.0, 2.0], [0.0, 1.0])
    losses = model.losses()
    for _ in range(2):
        shared, idle = gradients_of(losses[0], [model.shared, model.unused], torch.Tensor.backward)
        assert shared.tolist() == [1.0, 2.0]
        assert idle is None
    assert model.shared.grad is None
    assert gradients_of(torch.tensor(1.0), [model.shared], torch.Tensor.backward) == [None]


@pytest.mark.usefixtures("torchjd")
@pytest.mark.parametrize("name", METHODS)
def test_no_method_works_against_a_task_it_weighs(name) -> None:
    """Two gradients at an angle of more than 90 degrees: a small step lowers both losses."""
    torch.manual_seed(0)
    model, _ = weighed(gradient_weighting(name), [1.0, 0.0], [-0.8, 1.0])
    assert (model.directions @ model.shared.grad >= -1e-3).all()
    assert model.shared.grad.norm() > 0.1


@pytest.mark.usefixtures("torchjd")
@pytest.mark.parametrize("name", METHODS)
def test_weights_do_not_hang_on_the_scale_of_all_gradients(name) -> None:
    directions = torch.tensor([[1.0, 0.2], [-0.8, 1.0]], dtype=torch.float64)
    torch.manual_seed(0)
    usual = gradient_weighting(name)(directions @ directions.T)
    torch.manual_seed(0)
    small = gradient_weighting(name)(1e-8 * directions @ directions.T)
    torch.testing.assert_close(small, usual, rtol=1e-4, atol=1e-6)


@pytest.mark.usefixtures("torchjd")
def test_methods_against_worked_values() -> None:
    """Orthogonal gradients of lengths 1 and 2. MGDA: the point of their segment nearest to 0, weights 4/5 and 1/5;
    PCGrad: no conflict, the sum; UPGrad: no conflict, the mean; Aligned-MTL: both scaled to the shorter, their mean."""
    expected = {"mgda": [0.8, 0.2], "pcgrad": [1.0, 1.0], "upgrad": [0.5, 0.5], "aligned-mtl": [0.5, 0.25]}
    for name, weights in expected.items():
        _, found = weighed(gradient_weighting(name), [1.0, 0.0], [0.0, 2.0])
        assert found.weights.tolist() == pytest.approx(weights, abs=2e-3), name


def test_balances_of_losses_need_none() -> None:
    assert [gradient_weighting(name) for name in ("fixed", "uncertainty", "dwa")] == [None] * 3


@pytest.mark.parametrize("name", METHODS)
def test_without_torchjd_one_sentence_says_how_to_get_it(name, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "torchjd", None)
    with pytest.raises(InputError) as error:
        gradient_weighting(name)
    assert str(error.value) == (
        f"balance: {name!r} needs TorchJD, which is not installed; add it by "
        "pip install 'metric-explorer[balance]', or choose 'fixed', 'uncertainty' or 'dwa'"
    )
