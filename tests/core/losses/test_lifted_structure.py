import math

import pytest
import torch
from pytorch_metric_learning.distances import LpDistance
from pytorch_metric_learning.losses import LiftedStructureLoss as Peer

from core.losses import LiftedStructureLoss
from tests.core.losses import asserts


def test_worked_example():
    found = LiftedStructureLoss(margin=1.0)(torch.tensor([[0.0], [0.5], [2.0]]), torch.tensor([0, 0, 1]))
    cost = 0.5 + math.log(math.exp(1 - 2.0) + math.exp(1 - 1.5))
    assert found.value.item() == pytest.approx(cost**2 / 2)
    assert (found.tuples, found.active_fraction) == (1, 1.0)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize(("power", "distance"), [(1, "euclidean"), (2, "squared-euclidean")])
@pytest.mark.parametrize("size", [12, 64])
def test_agrees_with_pytorch_metric_learning(size, power, distance, dtype):
    embeddings, labels = asserts.batch(size=size, dim=16, classes=5)
    peer = Peer(neg_margin=1, pos_margin=0, distance=LpDistance(normalize_embeddings=False, power=power))
    asserts.matches(LiftedStructureLoss(distance=distance), peer, 3 * embeddings.to(dtype), labels)


def test_against_columns_the_negatives_of_the_positive_are_rows():
    embeddings, labels, columns = asserts.memory()
    d = [[(x - y).norm().item() for y in columns.embeddings] for x in embeddings]
    rows, others = labels.tolist(), columns.labels.tolist()
    costs = []
    for i, label in enumerate(rows):
        for j, other in enumerate(others):
            if label == other and columns.own[i] != j:
                push = [math.exp(1.5 - d[i][k]) for k in range(len(others)) if others[k] != label]
                push += [math.exp(1.5 - d[r][j]) for r in range(len(rows)) if rows[r] != label]
                costs.append(max(0.0, d[i][j] + math.log(sum(push))))
    found = LiftedStructureLoss(margin=1.5)(embeddings, labels, columns)
    assert found.value.item() == pytest.approx(sum(cost**2 for cost in costs) / (2 * len(costs)))
    assert (found.tuples, found.active_fraction) == (len(costs), sum(cost > 0 for cost in costs) / len(costs))


def test_only_pairs_far_from_all_negatives_cost_nothing():
    # Negatives at 1 from the near pair and at 9 from the far one.
    embeddings, labels = torch.tensor([[0.0], [0.0], [9.0], [9.0], [1.0]]), torch.tensor([0, 0, 1, 1, 2])
    found = LiftedStructureLoss(margin=1.0)(embeddings, labels)
    assert (found.tuples, found.active_fraction) == (2, 0.5)


def test_a_margin_that_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="margin must be finite and at least 0, found inf"):
        LiftedStructureLoss(margin=float("inf"))
