import math

import pytest
import torch
from pytorch_metric_learning import losses as peers

from core.losses import ProxyAnchorLoss
from tests.core.losses.class_asserts import CLASSES, DIM, generator, matches


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize(("scale", "margin"), [(32.0, 0.1), (1.0, 0.0), (128.0, 2.0)])
def test_agrees_with_pytorch_metric_learning(scale, margin, dtype):
    peer = peers.ProxyAnchorLoss(CLASSES, DIM, alpha=scale, margin=margin)
    matches(ProxyAnchorLoss(CLASSES, DIM, scale=scale, margin=margin, generator=generator()), peer, peer.proxies, dtype)


def test_worked_example():
    # Cosines to the three proxies: 0.8, 0.6, -0.8 and 0, 1, 0; both images are of class 1.
    loss = ProxyAnchorLoss(3, 2, scale=5.0, margin=0.7)
    loss.vectors.data = torch.tensor([[2.0, 0.0], [0.0, 3.0], [-1.0, 0.0]])
    found = loss(torch.tensor([[0.8, 0.6], [0.0, 7.0]]), torch.tensor([1, 1]))
    pull = math.log(1 + math.exp(5 * (0.7 - 0.6)) + math.exp(5 * (0.7 - 1.0)))
    push = [
        math.log(1 + math.exp(5 * (0.7 + 0.8)) + math.exp(5 * (0.7 + 0.0))),
        0.0,
        math.log(1 + math.exp(5 * (0.7 - 0.8)) + math.exp(5 * (0.7 + 0.0))),
    ]
    assert found.value.item() == pytest.approx(pull + sum(push) / 3, rel=1e-6)
    # Broken: 0.6 < 0.7 of the own proxy; 0.8, 0 and 0 of the others are above -0.7.
    assert (found.active_fraction, found.tuples) == (4 / 6, 6)


def test_a_proxy_without_images_pulls_none():
    loss = ProxyAnchorLoss(3, 2, scale=5.0, generator=generator())
    embeddings, labels = torch.randn(4, 2, generator=generator(1)), torch.tensor([0, 0, 1, 1])
    pull = sum(
        torch.log1p(torch.exp(5.0 * (0.1 - torch.cosine_similarity(embeddings[labels == c], loss.vectors[c]))).sum())
        for c in (0, 1)
    )
    push = sum(
        torch.log1p(torch.exp(5.0 * (0.1 + torch.cosine_similarity(embeddings[labels != c], loss.vectors[c]))).sum())
        for c in (0, 1, 2)
    )
    torch.testing.assert_close(loss(embeddings, labels).value, pull / 2 + push / 3)
