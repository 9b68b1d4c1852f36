import pytest
import torch

from core.losses import CenterLoss
from tests.core.losses.class_asserts import CLASSES, DIM, batch, generator, gradients


def test_worked_example():
    loss = CenterLoss(2, 2)
    loss.vectors.data = torch.tensor([[1.0, 0.0], [0.0, 2.0]])
    found = loss(torch.tensor([[1.0, 0.0], [4.0, 4.0], [0.0, 1.0]]), torch.tensor([0, 0, 1]))
    assert found.value.item() == pytest.approx((0.0 + 25.0 + 1.0) / 2 / 3)
    # The second image is 5 from its own centre and √20 from the other.
    assert (found.active_fraction, found.tuples) == (1 / 3, 3)


def test_agrees_with_plain_loops():
    loss = CenterLoss(CLASSES, DIM, generator=generator()).double()
    embeddings, labels = batch()
    centres = loss.vectors.detach()
    total, contested = 0.0, 0
    for x, y in zip(embeddings, labels.tolist(), strict=True):
        squares = [(x - c).square().sum().item() for c in centres]
        total += squares[y] / 2
        contested += min(square for c, square in enumerate(squares) if c != y) <= squares[y]
    found = loss(embeddings, labels)
    assert found.value.item() == pytest.approx(total / len(labels), rel=1e-12)
    assert found.active_fraction == contested / len(labels)


def test_images_and_centres_are_drawn_to_one_another():
    loss = CenterLoss(3, 1)
    loss.vectors.data = torch.tensor([[1.0], [5.0], [9.0]])
    of_embeddings, of_vectors = gradients(loss, torch.tensor([[2.0], [0.0], [5.0]]), torch.tensor([0, 0, 1]))
    torch.testing.assert_close(of_embeddings, torch.tensor([[1.0], [-1.0], [0.0]]) / 3)
    torch.testing.assert_close(of_vectors, torch.zeros(3, 1))
    _, of_vectors = gradients(loss, torch.tensor([[3.0], [2.0]]), torch.tensor([0, 0]))
    torch.testing.assert_close(of_vectors, torch.tensor([[-1.5], [0.0], [0.0]]))


def test_images_at_their_centres_cost_nothing():
    loss = CenterLoss(CLASSES, DIM, generator=generator())
    labels = torch.arange(CLASSES)
    found = loss(loss.vectors.detach(), labels)
    assert (found.value.item(), found.active_fraction) == (0.0, 0.0)


def test_centres_that_fell_together_leave_every_image_contested():
    loss = CenterLoss(3, 2)
    loss.vectors.data = torch.ones(3, 2)
    assert loss(torch.ones(4, 2), torch.tensor([0, 1, 2, 0])).active_fraction == 1.0


def test_centres_start_on_the_unit_sphere():
    vectors = CenterLoss(CLASSES, DIM, generator=generator()).vectors
    torch.testing.assert_close(vectors.norm(dim=1), torch.ones(CLASSES))
