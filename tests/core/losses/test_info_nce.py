import math

import pytest
import torch
from pytorch_metric_learning.losses import NTXentLoss

from core.losses import InfoNCELoss
from tests.core.losses import asserts


def test_worked_example():
    # Similarities: a and p 0.6, a and n 0, p and n 0.8; lengths do not count.
    embeddings = torch.tensor([[2.0, 0.0], [0.3, 0.4], [0.0, 5.0]])
    found = InfoNCELoss(temperature=0.5)(embeddings, torch.tensor([0, 0, 1]))
    assert found.value.item() == pytest.approx((math.log(1 + math.exp(-1.2)) + math.log(1 + math.exp(0.4))) / 2)
    assert (found.tuples, found.active_fraction) == (2, 0.5)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize(("size", "temperature"), [(12, 0.07), (64, 0.07), (40, 0.5)])
def test_agrees_with_pytorch_metric_learning(size, temperature, dtype):
    embeddings, labels = asserts.batch(size=size, dim=16, classes=5)
    asserts.matches(InfoNCELoss(temperature), NTXentLoss(temperature), 3 * embeddings.to(dtype), labels)


def test_agrees_with_pytorch_metric_learning_against_columns():
    asserts.matches_against_columns(InfoNCELoss(), NTXentLoss())


def test_stays_finite_where_exponentials_would_not():
    embeddings = torch.tensor([[1.0, 0.0], [-1.0, 0.0], [1.0, 0.0], [-1.0, 0.0]])
    found = InfoNCELoss(temperature=0.01)(embeddings, torch.tensor([0, 0, 1, 1]))
    assert found.value.item() == pytest.approx(200.0)
    assert found.active_fraction == 1.0


@pytest.mark.parametrize("temperature", [0.0, -0.1, float("inf")])
def test_a_temperature_that_cannot_be_used_is_refused(temperature):
    with pytest.raises(ValueError, match=f"temperature must be finite and above 0, found {temperature}"):
        InfoNCELoss(temperature)
