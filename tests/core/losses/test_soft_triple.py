import math

import pytest
import torch
from pytorch_metric_learning import losses as peers

from core.losses import CosFaceLoss, SoftTripleLoss
from tests.core.losses.class_asserts import CLASSES, DIM, batch, generator, gradients, matches


def spread_by_hand(vectors):
    """R of the paper, equation 9 and its weight in the objective, without τ."""
    classes, each, _ = vectors.shape
    unit = vectors / vectors.norm(dim=2, keepdim=True)
    total = sum(
        (unit[c, t] - unit[c, s]).norm().item() for c in range(classes) for t in range(each) for s in range(t + 1, each)
    )
    return total / (classes * each * (each - 1))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize(
    ("centers", "scale", "margin", "softness"), [(10, 20.0, 0.01, 0.1), (1, 5.0, 0.3, 0.1), (3, 64.0, 0.0, 1.0)]
)
def test_agrees_with_pytorch_metric_learning(centers, scale, margin, softness, dtype):
    peer = peers.SoftTripleLoss(CLASSES, DIM, centers_per_class=centers, la=scale, gamma=softness, margin=margin)
    ours = SoftTripleLoss(
        CLASSES,
        DIM,
        centers_per_class=centers,
        scale=scale,
        margin=margin,
        softness=softness,
        regulariser=0.0,
        generator=generator(),
    )
    matches(ours, peer, peer.fc, dtype)


@pytest.mark.parametrize("centers", [2, 4])
def test_the_regulariser_is_that_of_the_paper(centers):
    plain, drawn = (
        SoftTripleLoss(CLASSES, DIM, centers_per_class=centers, regulariser=tau, generator=generator()).double()
        for tau in (0.0, 0.2)
    )
    embeddings, labels = batch()
    difference = drawn(embeddings, labels).value - plain(embeddings, labels).value
    assert difference.item() == pytest.approx(0.2 * spread_by_hand(plain.vectors.detach()), rel=1e-9)


def test_the_regulariser_draws_the_centres_of_a_class_together():
    loss = SoftTripleLoss(2, 2, centers_per_class=2, regulariser=1.0)
    loss.vectors.data = torch.tensor([[[1.0, 0.2], [1.0, -0.2]], [[-1.0, 0.0], [-1.0, 0.0]]])
    _, of_vectors = gradients(loss, torch.tensor([[1.0, 0.0]]), torch.tensor([0]))
    assert of_vectors[0, 0, 1] > 0 > of_vectors[0, 1, 1]


def test_worked_example():
    # One image on the first of two centres of class 0 (cosines 1 and 0) and at a right angle to both of class 1.
    loss = SoftTripleLoss(2, 3, centers_per_class=2, scale=4.0, margin=0.1, softness=0.5, regulariser=0.0)
    axes = torch.eye(3)
    loss.vectors.data = torch.stack([axes[[0, 1]], axes[[1, 2]]])
    found = loss(2 * axes[:1], torch.tensor([0]))
    similarity = math.exp(2) / (math.exp(2) + 1)
    assert found.value.item() == pytest.approx(math.log(1 + math.exp(-4 * (similarity - 0.1))), rel=1e-6)
    assert (found.active_fraction, found.tuples) == (0.0, 1)


def test_one_centre_a_class_is_cosface():
    loss = SoftTripleLoss(CLASSES, DIM, centers_per_class=1, scale=30.0, margin=0.2, generator=generator())
    peer = CosFaceLoss(CLASSES, DIM, scale=30.0, margin=0.2)
    peer.vectors.data = loss.vectors.detach()[:, 0]
    embeddings, labels = batch()
    torch.testing.assert_close(loss(embeddings, labels).value, peer(embeddings, labels).value)


def test_identical_centres_have_a_finite_gradient():
    loss = SoftTripleLoss(CLASSES, DIM, generator=generator())
    loss.vectors.data = loss.vectors.detach()[:, :1].repeat(1, 10, 1)
    embeddings, labels = batch()
    assert all(part.isfinite().all() for part in gradients(loss, embeddings.float(), labels))


def test_centres_start_within_the_bound_of_the_authors_code():
    vectors = SoftTripleLoss(20, 16, centers_per_class=5, generator=generator()).vectors
    assert vectors.shape == (20, 5, 16)
    assert 0.099 < vectors.abs().max() <= 0.1


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        ("centers_per_class", 0, "centers_per_class must be at least 1, found 0"),
        ("softness", 0.0, "softness must be finite and above 0, found 0.0"),
        ("regulariser", -0.1, "regulariser must be finite and at least 0, found -0.1"),
        ("regulariser", float("inf"), "regulariser must be finite and at least 0, found inf"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(setting, value, message):
    with pytest.raises(ValueError, match=message):
        SoftTripleLoss(CLASSES, DIM, **{setting: value})
