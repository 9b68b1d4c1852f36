import math

import pytest
import torch
from pytorch_metric_learning import losses as peers

from core.losses import ProxyNCALoss
from tests.core.losses.class_asserts import CLASSES, DIM, generator, matches


@pytest.mark.parametrize(
    ("scale", "dtype"),
    [(1.0, torch.float32), (8.0, torch.float32), (1.0, torch.float64), (8.0, torch.float64), (32.0, torch.float64)],
)
def test_agrees_with_pytorch_metric_learning(scale, dtype):
    peer = peers.ProxyNCALoss(CLASSES, DIM, softmax_scale=scale)
    matches(ProxyNCALoss(CLASSES, DIM, scale=scale, generator=generator()), peer, peer.proxies, dtype)


def test_worked_example():
    # Squared distances of the unit vectors: 0.4 to the own proxy, 0.8 to the other; then 4 and 2.
    loss = ProxyNCALoss(2, 2, scale=3.0)
    loss.vectors.data = torch.tensor([[5.0, 0.0], [0.0, 0.1]])
    found = loss(torch.tensor([[1.6, 1.2], [-1.0, 0.0]]), torch.tensor([0, 0]))
    first, second = math.log(1 + math.exp(3 * (0.4 - 0.8))), math.log(1 + math.exp(3 * (4.0 - 2.0)))
    assert found.value.item() == pytest.approx((first + second) / 2, rel=1e-6)
    assert (found.active_fraction, found.tuples) == (0.5, 2)


def test_the_worst_images_count_where_their_probability_underflows():
    # The peer leaves them out of its mean: exp(-4 · 32) is 0 in float32.
    loss = ProxyNCALoss(2, 2, scale=32.0)
    loss.vectors.data = torch.eye(2) - torch.eye(2).flip(0)
    found = loss(torch.tensor([[1.0, -1.0], [-1.0, 1.0]]), torch.tensor([0, 0]))
    assert found.value.item() == pytest.approx((0.0 + 4 * 32) / 2)
