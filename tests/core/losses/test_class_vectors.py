import math

import pytest
import torch

from core.losses.class_vectors import check_class_batch, class_cosines, random_vectors, root, sines, unit_rows


def test_vectors_are_drawn_from_the_standard_normal_distribution():
    found = random_vectors(200, 50, torch.Generator().manual_seed(0))
    assert (found.shape, found.dtype, found.requires_grad) == ((200, 50), torch.float32, True)
    assert found.mean().item() == pytest.approx(0.0, abs=0.05)
    assert found.std().item() == pytest.approx(1.0, abs=0.05)


def test_cosines_of_known_angles():
    embeddings = torch.tensor([[2.0, 0.0], [1.0, 1.0], [0.0, 0.0]])
    vectors = torch.tensor([[5.0, 0.0], [0.0, 0.1], [-1.0, 0.0]])
    half = math.sqrt(0.5)
    torch.testing.assert_close(
        class_cosines(embeddings, vectors), torch.tensor([[1.0, 0.0, -1.0], [half, half, -half], [0.0, 0.0, 0.0]])
    )


def test_cosines_have_the_precision_of_the_embeddings():
    vectors = torch.ones(3, 2)
    found = [class_cosines(torch.ones(1, 2, dtype=dtype), vectors).dtype for dtype in (torch.float16, torch.float64)]
    assert found == [torch.float32, torch.float64]


def test_a_zero_row_stays_zero_with_a_finite_gradient():
    rows = torch.tensor([[0.0, 0.0], [3.0, 4.0]], requires_grad=True)
    found = unit_rows(rows)
    assert found.tolist() == [[0.0, 0.0], [pytest.approx(0.6), pytest.approx(0.8)]]
    found.sum().backward()
    assert rows.grad.isfinite().all()


def test_roots_of_nothing_have_no_slope():
    squares = torch.tensor([4.0, 0.0, -1e-8], requires_grad=True)
    found = root(squares)
    assert found.tolist() == [2.0, 0.0, 0.0]
    found.sum().backward()
    assert squares.grad.tolist() == [0.25, 0.0, 0.0]


def test_sines_are_exact_near_the_ends():
    angles = torch.tensor([0.0, 1e-3, 1.0, math.pi - 1e-3], dtype=torch.float64)
    torch.testing.assert_close(sines(angles.cos()), angles.sin(), rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("labels", [[0, 3], [0, -1]])
def test_labels_are_checked_by_the_device_itself_elsewhere(labels):
    embeddings = torch.ones(2, 4, device="meta")
    check_class_batch(embeddings, torch.tensor(labels, device="meta"), torch.ones(3, 4, device="meta"))
    with pytest.raises(ValueError, match=r"labels must be in 0\.\.2"):
        check_class_batch(torch.ones(2, 4), torch.tensor(labels), torch.ones(3, 4))
