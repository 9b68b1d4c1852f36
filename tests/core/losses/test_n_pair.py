import math

import pytest
import torch
from pytorch_metric_learning.distances import DotProductSimilarity
from pytorch_metric_learning.losses import NPairsLoss

from core.losses import Columns, NPairLoss
from tests.core.losses import asserts


def test_worked_example():
    # Anchors (2, 0) and (0, 1), positives (1, 0) and (0, 3); the last two rows are more of class 0 and one alone.
    embeddings = torch.tensor([[2.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.0, 3.0], [9.0, 9.0], [9.0, 9.0]])
    found = NPairLoss()(embeddings, torch.tensor([5, 3, 5, 3, 5, 4]))
    assert found.value.item() == pytest.approx((math.log(1 + math.exp(-2)) + math.log(1 + math.exp(-3))) / 2)
    assert (found.tuples, found.active_fraction) == (2, 0.0)


def test_active_are_anchors_with_another_positive_at_least_as_near():
    embeddings = torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5], [0.5, 0.9]])
    assert NPairLoss()(embeddings, torch.tensor([0, 1, 0, 1])).active_fraction == 0.5


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("size", [12, 64])
def test_agrees_with_pytorch_metric_learning(size, dtype):
    embeddings, labels = asserts.batch(size=size, dim=16, classes=5)
    peer = NPairsLoss(distance=DotProductSimilarity(normalize_embeddings=False))
    asserts.matches(NPairLoss(), peer, 3 * embeddings.to(dtype), labels)


def test_positives_are_the_first_other_columns():
    embeddings, labels, columns = asserts.memory()
    anchors, positives = {}, {}
    for row, label in enumerate(labels.tolist()):
        others = [c for c in range(42) if columns.labels[c] == label and c != columns.own[row]]
        if label not in anchors and others:
            anchors[label], positives[label] = row, others[0]
    costs = []
    for label, row in anchors.items():
        products = {c: float(embeddings[row] @ columns.embeddings[c]) for c in positives.values()}
        costs.append(math.log(sum(math.exp(p - products[positives[label]]) for p in products.values())))
    found = NPairLoss()(embeddings, labels, columns)
    assert found.value.item() == pytest.approx(sum(costs) / len(costs))
    assert found.tuples == len(costs) == 4


def test_a_row_alone_in_the_columns_is_no_anchor():
    embeddings, labels = asserts.batch(4)[0], torch.tensor([0, 0, 1, 1])
    columns = Columns(embeddings[[0, 2, 3]], labels[[0, 2, 3]], torch.tensor([0, -1, 1, 2]))
    expected = NPairLoss()(embeddings[[1, 2, 0, 3]], labels[[1, 2, 0, 3]])
    torch.testing.assert_close(NPairLoss()(embeddings, labels, columns).value, expected.value)
