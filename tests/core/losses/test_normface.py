import math

import pytest
import torch
from pytorch_metric_learning import losses as peers

from core.losses import NormFaceLoss
from tests.core.losses.class_asserts import CLASSES, DIM, generator, matches


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("scale", [1.0, 16.0, 64.0])
def test_agrees_with_pytorch_metric_learning(scale, dtype):
    peer = peers.NormalizedSoftmaxLoss(CLASSES, DIM, temperature=1 / scale)
    matches(NormFaceLoss(CLASSES, DIM, scale=scale, generator=generator()), peer, peer.W, dtype)


def test_worked_example():
    loss = NormFaceLoss(2, 2, scale=3.0)
    loss.vectors.data = torch.tensor([[2.0, 0.0], [0.0, 0.5]])
    found = loss(torch.tensor([[4.0, 0.0], [1.0, 0.0]]), torch.tensor([0, 1]))
    right = -math.log(math.exp(3) / (math.exp(3) + 1))
    wrong = -math.log(1 / (math.exp(3) + 1))
    assert found.value.item() == pytest.approx((right + wrong) / 2)
    assert (found.active_fraction, found.tuples) == (0.5, 2)


def test_lengths_do_not_matter():
    loss = NormFaceLoss(CLASSES, DIM, generator=generator())
    embeddings, labels = torch.randn(8, DIM, generator=generator(1)), torch.arange(8) % CLASSES
    before = loss(embeddings, labels).value
    loss.vectors.data *= 7.0
    torch.testing.assert_close(loss(0.1 * embeddings, labels).value, before)
