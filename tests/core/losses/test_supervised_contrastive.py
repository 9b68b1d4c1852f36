import math

import pytest
import torch
from pytorch_metric_learning.losses import SupConLoss

from core.losses import SupervisedContrastiveLoss
from tests.core.losses import asserts


def test_worked_example():
    # Right angles but for the opposite pairs (0, 2) and (1, 3): every image sees two at 0 and one at -1.
    embeddings = torch.tensor([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]])
    found = SupervisedContrastiveLoss(temperature=1.0)(embeddings, torch.tensor([0, 0, 0, 1]))
    whole = math.log(2 + math.exp(-1))
    assert found.value.item() == pytest.approx((whole + 0.5 + whole + whole + 0.5) / 3)
    assert (found.tuples, found.active_fraction) == (3, pytest.approx(4 / 6))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize(("size", "temperature"), [(12, 0.1), (64, 0.1), (40, 0.5)])
def test_agrees_with_pytorch_metric_learning(size, temperature, dtype):
    embeddings, labels = asserts.batch(size=size, dim=16, classes=5)
    asserts.matches(SupervisedContrastiveLoss(temperature), SupConLoss(temperature), 3 * embeddings.to(dtype), labels)


def test_agrees_with_pytorch_metric_learning_against_columns():
    asserts.matches_against_columns(SupervisedContrastiveLoss(), SupConLoss())


def test_separated_classes_approach_the_logarithm_of_the_number_of_positives():
    found = SupervisedContrastiveLoss(temperature=0.05)(*asserts.separated())
    assert found.value.item() == pytest.approx(math.log(3), abs=1e-6)
    assert found.active_fraction == 0.0


def test_a_temperature_of_0_is_refused():
    with pytest.raises(ValueError, match="temperature must be finite and above 0, found 0"):
        SupervisedContrastiveLoss(temperature=0)
