"""The projection against what defines its solution, and against TorchJD's solver where that is installed."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.losses.dual_cone import REGULAR, project_on_dual_cone


def gradients(seed: int, count: int, dim: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(count, dim, dtype=torch.float64, generator=generator)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000), count=st.integers(1, 4), dim=st.integers(1, 6), scale=st.sampled_from([1e-6, 1, 1e6])
)
def test_the_conditions_of_karush_kuhn_and_tucker_hold(seed, count, dim, scale) -> None:
    """v >= u, G v >= 0, and for each entry one of the two with equality: together they make v the least."""
    jacobian = scale * gradients(seed, count, dim)
    gramian = jacobian @ jacobian.T
    wishes = torch.eye(count, dtype=torch.float64)
    regular = gramian / gramian.trace() + REGULAR * torch.eye(count, dtype=torch.float64)
    for wish, found in zip(wishes, project_on_dual_cone(wishes, gramian), strict=True):
        slack, dual = found - wish, regular @ found
        assert (slack >= -1e-9).all()
        assert (dual >= -1e-9).all()
        assert (slack * dual).abs().max() < 1e-9


def test_two_opposed_gradients_by_hand() -> None:
    """g = (1, 0) and h = (-1, 1): g turned square to h is g + h / 2."""
    jacobian = torch.tensor([[1.0, 0.0], [-1.0, 1.0]], dtype=torch.float64)
    found = project_on_dual_cone(torch.eye(2, dtype=torch.float64), jacobian @ jacobian.T)
    assert found[0].tolist() == pytest.approx([1.0, 0.5], abs=1e-3)
    assert found[1].tolist() == pytest.approx([1.0, 1.0], abs=1e-3)


def test_gradients_at_peace_and_none_at_all_stay_as_wished() -> None:
    wishes = torch.tensor([[0.5, 0.5]], dtype=torch.float64)
    for gramian in (torch.tensor([[2.0, 1.0], [1.0, 3.0]]), torch.zeros(2, 2)):
        assert torch.equal(project_on_dual_cone(wishes, gramian.double()), wishes)


@pytest.mark.parametrize("seed", range(5))
def test_parity_with_torchjd(seed) -> None:
    pytest.importorskip("quadprog", reason="TorchJD's solver is not installed")
    pytest.importorskip("qpsolvers", reason="TorchJD's solver is not installed")
    linalg = pytest.importorskip("torchjd.linalg", reason="TorchJD is not installed")
    jacobian = gradients(seed, 3, 5)
    gramian, wishes = jacobian @ jacobian.T, torch.eye(3, dtype=torch.float64)
    torch.testing.assert_close(
        project_on_dual_cone(wishes, gramian), linalg.QuadprogProjector()(wishes, gramian), rtol=1e-6, atol=1e-6
    )
