import pytest
import torch
from pytorch_metric_learning import distances
from pytorch_metric_learning import losses as peers

from core.losses import ContrastiveLoss
from tests.core.losses import asserts


def by_hand(embeddings, labels, margin):
    pulled, pushed, pairs = [], [], 0
    for i in range(len(labels)):
        for j in range(i):
            pairs += 1
            d = (embeddings[i] - embeddings[j]).norm().item()
            if labels[i] == labels[j] and d > 0:
                pulled.append(d)
            if labels[i] != labels[j] and d < margin:
                pushed.append(margin - d)
    value = sum(pulled) / max(len(pulled), 1) + sum(pushed) / max(len(pushed), 1)
    return value, len(pulled) + len(pushed), pairs


def test_worked_example():
    # Positive pairs at 0.4 and 0 (not active), negative pairs at 0.3 and 0.7, the others beyond the margin.
    embeddings = torch.tensor([[0.0], [0.4], [0.7], [0.7], [9.0]])
    labels = torch.tensor([0, 0, 1, 1, 2])
    found = ContrastiveLoss(margin=1.0)(embeddings, labels)
    assert found.value.item() == pytest.approx(0.4 + (0.7 + 0.7 + 0.3 + 0.3) / 4)
    assert found.tuples == 5
    assert found.active_fraction == pytest.approx(5 / 10)


@pytest.mark.parametrize("margin", [0.5, 1.0, 1.5])
def test_value_and_counts_are_those_of_plain_loops(margin):
    embeddings, labels = asserts.batch()
    value, active, pairs = by_hand(embeddings, labels, margin)
    found = ContrastiveLoss(margin)(embeddings, labels)
    assert found.value.item() == pytest.approx(value, abs=1e-12)
    assert (found.tuples, found.active_fraction) == (active, active / pairs)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("power", [1, 2])
def test_agrees_with_pytorch_metric_learning(power, dtype):
    embeddings, labels = asserts.batch(size=40, dim=16, classes=5)
    peer = peers.ContrastiveLoss(
        pos_margin=0, neg_margin=1, distance=distances.LpDistance(normalize_embeddings=False, power=power)
    )
    ours = ContrastiveLoss(margin=1.0, distance={1: "euclidean", 2: "squared-euclidean"}[power])
    asserts.matches(ours, peer, embeddings.to(dtype), labels)


@pytest.mark.parametrize("distance", ["euclidean", "cosine"])
def test_gradient(distance):
    asserts.agrees_with_finite_differences(ContrastiveLoss(distance=distance))


def test_permutation():
    asserts.is_invariant_under_permutation(ContrastiveLoss())


def test_a_separated_batch_costs_nothing():
    asserts.is_0_without_gradient(ContrastiveLoss(), *asserts.separated())


def test_a_single_image_costs_nothing():
    asserts.is_0_without_gradient(ContrastiveLoss(), torch.ones(1, 3), torch.tensor([0]))


@pytest.mark.parametrize("distance", ["euclidean", "squared-euclidean", "cosine"])
def test_identical_embeddings(distance):
    asserts.is_finite_at_identical_embeddings(ContrastiveLoss(distance=distance))


def test_one_class_only_pulls_and_singletons_only_push():
    embeddings = torch.tensor([[0.0], [0.5]])
    assert ContrastiveLoss()(embeddings, torch.tensor([0, 0])).value.item() == pytest.approx(0.5)
    assert ContrastiveLoss(0.8)(embeddings, torch.tensor([0, 1])).value.item() == pytest.approx(0.3)


@pytest.mark.parametrize("labels", [[0, 0, 1], [0, 1, 2]])
def test_nan_is_not_hidden(labels):
    embeddings = torch.eye(3)
    embeddings[0, 1] = float("nan")
    assert ContrastiveLoss()(embeddings, torch.tensor(labels)).value.isnan()


def test_a_negative_margin_is_refused():
    with pytest.raises(ValueError, match="margin must be finite and at least 0, found -1"):
        ContrastiveLoss(margin=-1)
