import math

import pytest
import torch
from pytorch_metric_learning import losses as peers

from core.losses import CosFaceLoss, NormFaceLoss
from tests.core.losses.class_asserts import CLASSES, DIM, batch, generator, matches


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize(("scale", "margin"), [(64.0, 0.35), (30.0, 0.0), (8.0, 1.2)])
def test_agrees_with_pytorch_metric_learning(scale, margin, dtype):
    peer = peers.CosFaceLoss(CLASSES, DIM, scale=scale, margin=margin)
    matches(CosFaceLoss(CLASSES, DIM, scale=scale, margin=margin, generator=generator()), peer, peer.W, dtype)


def test_worked_example():
    # Cosines 0.8 and 0.6; the first class's margin of 0.35 leaves it 0.45, so the second one is ahead.
    loss = CosFaceLoss(2, 2, scale=10.0, margin=0.35)
    loss.vectors.data = torch.eye(2)
    found = loss(torch.tensor([[0.8, 0.6]]), torch.tensor([0]))
    assert found.value.item() == pytest.approx(math.log(1 + math.exp(6.0 - 4.5)), rel=1e-6)
    assert (found.active_fraction, found.tuples) == (1.0, 1)
    loss.margin = 0.1
    assert loss(torch.tensor([[0.8, 0.6]]), torch.tensor([0])).active_fraction == 0.0


def test_no_margin_is_normface():
    embeddings, labels = batch()
    plain = NormFaceLoss(CLASSES, DIM, scale=30.0, generator=generator())(embeddings, labels).value
    found = CosFaceLoss(CLASSES, DIM, scale=30.0, margin=0.0, generator=generator())(embeddings, labels).value
    assert found == plain
