import pytest
import torch
from pytorch_metric_learning import distances
from pytorch_metric_learning import losses as peers

from core.losses import ContrastiveLoss
from tests.core.losses import asserts


def by_hand(embeddings, labels, margin, power):
    pulled, pushed, pairs = [], [], 0
    for i in range(len(labels)):
        for j in range(i):
            pairs += 1
            d = (embeddings[i] - embeddings[j]).norm().item()
            if labels[i] == labels[j] and d > 0:
                pulled.append(d**power)
            if labels[i] != labels[j] and d < margin:
                pushed.append((margin - d) ** power)
    value = sum(pulled) / max(len(pulled), 1) + sum(pushed) / max(len(pushed), 1)
    return value, len(pulled) + len(pushed), pairs


@pytest.mark.parametrize(
    ("squared", "value"),
    [(False, 0.4 + (0.7 + 0.7 + 0.3 + 0.3) / 4), (True, 0.16 + (0.49 + 0.49 + 0.09 + 0.09) / 4)],
)
def test_worked_example(squared, value):
    # Positive pairs at 0.4 and 0 (not active), negative pairs at 0.3 and 0.7, the others beyond the margin.
    embeddings = torch.tensor([[0.0], [0.4], [0.7], [0.7], [9.0]])
    labels = torch.tensor([0, 0, 1, 1, 2])
    found = ContrastiveLoss(margin=1.0, squared=squared)(embeddings, labels)
    assert found.value.item() == pytest.approx(value)
    assert found.tuples == 5
    assert found.active_fraction == pytest.approx(5 / 10)


@pytest.mark.parametrize("squared", [False, True])
@pytest.mark.parametrize("margin", [0.5, 1.0, 1.5])
def test_value_and_counts_are_those_of_plain_loops(margin, squared):
    embeddings, labels = asserts.batch()
    value, active, pairs = by_hand(embeddings, labels, margin, power=2 if squared else 1)
    found = ContrastiveLoss(margin, squared=squared)(embeddings, labels)
    assert found.value.item() == pytest.approx(value, abs=1e-12)
    assert (found.tuples, found.active_fraction) == (active, active / pairs)


def peer_with(power):
    distance = distances.LpDistance(normalize_embeddings=False, power=power)
    return peers.ContrastiveLoss(pos_margin=0, neg_margin=1, distance=distance)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize(("power", "distance"), [(1, "euclidean"), (2, "squared-euclidean")])
def test_agrees_with_pytorch_metric_learning(power, distance, dtype):
    embeddings, labels = asserts.batch(size=40, dim=16, classes=5)
    asserts.matches(ContrastiveLoss(distance=distance), peer_with(power), embeddings.to(dtype), labels)


def test_agrees_with_pytorch_metric_learning_against_columns():
    asserts.matches_against_columns(ContrastiveLoss(), peer_with(power=1))


def test_one_class_only_pulls_and_singletons_only_push():
    embeddings = torch.tensor([[0.0], [0.5]])
    assert ContrastiveLoss()(embeddings, torch.tensor([0, 0])).value.item() == pytest.approx(0.5)
    assert ContrastiveLoss(0.8)(embeddings, torch.tensor([0, 1])).value.item() == pytest.approx(0.3)


def test_a_negative_margin_is_refused():
    with pytest.raises(ValueError, match="margin must be finite and at least 0, found -1"):
        ContrastiveLoss(margin=-1)
