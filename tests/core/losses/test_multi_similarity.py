import math

import pytest
import torch
from pytorch_metric_learning.losses import MultiSimilarityLoss as Peer
from pytorch_metric_learning.miners import MultiSimilarityMiner

from core.losses import MultiSimilarityLoss
from tests.core.losses import asserts


def term(slope, *exponents):
    return math.log(1 + sum(math.exp(exponent) for exponent in exponents)) / slope


# Similarities: a and p 0.6, a and n 0, p and n 0.8.
EMBEDDINGS, LABELS = torch.tensor([[2.0, 0.0], [0.3, 0.4], [0.0, 5.0]]), torch.tensor([0, 0, 1])


def test_worked_example():
    found = MultiSimilarityLoss(alpha=2, scale=10, base=0.5)(EMBEDDINGS, LABELS)
    costs = (term(2, -0.2) + term(10, -5.0), term(2, -0.2) + term(10, 3.0), term(10, -5.0, 3.0))
    assert found.value.item() == pytest.approx(sum(costs) / 3)
    assert (found.tuples, found.active_fraction) == (6, pytest.approx(2 / 6))


def test_worked_example_of_mining():
    # Of p alone the negative comes within the margin of the positive; n has no positive.
    found = MultiSimilarityLoss(alpha=2, scale=10, base=0.5, margin=0.1)(EMBEDDINGS, LABELS)
    assert found.value.item() == pytest.approx((term(2, -0.2) + term(10, 3.0)) / 3)
    assert (found.tuples, found.active_fraction) == (2, pytest.approx(2 / 6))


def peer_with(margin):
    miner = None if margin is None else MultiSimilarityMiner(epsilon=margin)
    loss = Peer(alpha=2, beta=50, base=0.5)
    return lambda x, y: loss(x, y, miner and miner(x, y))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("size", [12, 64])
@pytest.mark.parametrize("margin", [None, 0.0, 0.1, 0.5])
def test_agrees_with_pytorch_metric_learning(margin, size, dtype):
    embeddings, labels = asserts.batch(size=size, dim=16, classes=5)
    asserts.matches(MultiSimilarityLoss(margin=margin), peer_with(margin), 3 * embeddings.to(dtype), labels)


def test_agrees_with_pytorch_metric_learning_against_columns():
    asserts.matches_against_columns(MultiSimilarityLoss(), Peer())


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"alpha": 0}, "alpha must be finite and above 0, found 0"),
        ({"scale": -1}, "scale must be finite and above 0, found -1"),
        ({"margin": -0.5}, "margin must be finite and at least 0, found -0.5"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        MultiSimilarityLoss(**settings)
