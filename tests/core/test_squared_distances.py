import pytest
import torch

from core.squared_distances import root, squared_distances


def rows(count, dim=5, seed=0):
    return torch.randn(count, dim, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))


def euclidean(x, y, dtype):
    return root(squared_distances(x.double(), y if y is x else y.double(), dtype))


@pytest.mark.parametrize(("count", "others"), [(1, 1), (256, 3), (257, 600), (600, 257)])
def test_large_matrices_are_put_together_from_parts(count, others):
    x, y = rows(count), rows(others, seed=1)
    expected = (x[:, None] - y).square().sum(dim=2)
    torch.testing.assert_close(squared_distances(x, y, torch.float64), expected)
    assert squared_distances(x, y, torch.float32).dtype == torch.float32


def test_gradients_of_one_matrix_and_of_two_are_the_same():
    x, weights = rows(7).requires_grad_(), rows(7, 7, seed=1)
    (of_both,) = torch.autograd.grad((squared_distances(x, x, torch.float64) * weights).sum(), x)
    y = x.detach().clone().requires_grad_()
    parts = torch.autograd.grad((squared_distances(x, y, torch.float64) * weights).sum(), (x, y))
    torch.testing.assert_close(of_both, sum(parts))


def test_a_constant_side_gets_no_gradient():
    x, y = rows(3).requires_grad_(), rows(4, seed=1)
    squared_distances(x, y, torch.float64).sum().backward()
    torch.testing.assert_close(x.grad, 2 * (4 * x - y.sum(dim=0)).detach())
    assert y.grad is None


def test_float32_gradients_of_near_rows_far_from_the_origin_are_right():
    x = (100 + 1e-3 * rows(40, 16)).requires_grad_()
    found, expected = (
        torch.autograd.grad((euclidean(x, x, dtype) * rows(40, 40, seed=1).to(dtype)).sum(), x)[0]
        for dtype in (torch.float32, torch.float64)
    )
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-4)


def test_autocast_does_not_cost_precision_of_the_gradient():
    x = rows(20).requires_grad_()
    distances = euclidean(x, x, torch.float32)
    (expected,) = torch.autograd.grad(distances.sum(), x, retain_graph=True)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        (found,) = torch.autograd.grad(distances.sum(), x)
    assert torch.equal(found, expected)


def test_many_gradients_at_once():
    x, weights = rows(6).requires_grad_(), rows(3 * 6, 6, seed=1).view(3, 6, 6)
    distances = euclidean(x, x, torch.float64)
    (found,) = torch.autograd.grad(distances, x, weights, is_grads_batched=True, retain_graph=True)
    expected = [torch.autograd.grad(distances, x, each, retain_graph=True)[0] for each in weights]
    torch.testing.assert_close(found, torch.stack(expected))


def test_second_derivatives():
    x, y = rows(3).requires_grad_(), rows(4, seed=1).requires_grad_()
    assert torch.autograd.gradgradcheck(lambda a, b: euclidean(a, b, torch.float64), (x, y))


def test_root_has_a_gradient_of_0_at_0_and_keeps_nan():
    squared = torch.tensor([0.0, 4.0, float("nan")], requires_grad=True)
    found = root(squared)
    found.sum().backward()
    torch.testing.assert_close(found.detach(), torch.tensor([0.0, 2.0, float("nan")]), equal_nan=True)
    torch.testing.assert_close(squared.grad, torch.tensor([0.0, 0.25, float("nan")]), equal_nan=True)
