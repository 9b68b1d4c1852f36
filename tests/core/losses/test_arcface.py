import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from pytorch_metric_learning import losses as peers

from core.losses import ArcFaceLoss, NormFaceLoss
from tests.core.losses.class_asserts import CLASSES, DIM, batch, generator, matches


def own_score(angle, margin):
    """What stands for the own cosine: with two opposite classes and scale 1, the loss is log(1 + e^(-cos θ - it))."""
    loss = ArcFaceLoss(2, 2, scale=1.0, margin=margin).double()
    loss.vectors.data = torch.tensor([[1.0, 0.0], [-1.0, 0.0]], dtype=torch.float64)
    embedding = torch.tensor([[math.cos(angle), math.sin(angle)]], dtype=torch.float64)
    value = loss(embedding, torch.tensor([0])).value.item()
    return -math.log(math.expm1(value)) - math.cos(angle)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize(("scale", "margin"), [(64.0, 28.6), (30.0, 0.0), (16.0, 90.0), (16.0, 130.0)])
def test_agrees_with_pytorch_metric_learning(scale, margin, dtype):
    peer = peers.ArcFaceLoss(CLASSES, DIM, scale=scale, margin=margin)
    ours = ArcFaceLoss(CLASSES, DIM, scale=scale, margin=math.radians(margin), generator=generator())
    matches(ours, peer, peer.W, dtype)


@pytest.mark.parametrize(
    ("angle", "margin", "expected"),
    [
        (0.0, 0.5, math.cos(0.5)),
        (1.0, 0.5, math.cos(1.5)),
        (2.6, 0.5, math.cos(3.1)),
        (2.7, 0.5, math.cos(2.7) - 0.5 * math.sin(0.5)),
        (math.pi, 0.5, -1.0 - 0.5 * math.sin(0.5)),
        (1.0, 0.0, math.cos(1.0)),
    ],
)
def test_worked_examples(angle, margin, expected):
    assert own_score(angle, margin) == pytest.approx(expected, abs=1e-7)


@settings(max_examples=60, deadline=None)
@given(first=st.floats(0, math.pi), second=st.floats(0, math.pi), margin=st.floats(0, 2.33))
def test_the_own_score_falls_with_the_angle_and_never_exceeds_the_cosine(first, second, margin):
    near, far = sorted((first, second))
    assert own_score(far, margin) <= own_score(near, margin) + 1e-6
    assert own_score(near, margin) <= math.cos(near) + 1e-6


def test_the_gradient_near_the_class_vector_is_that_of_the_angle():
    # d cos(θ + m) / dθ = -sin(θ + m), however small θ.
    for angle in (1e-2, 1e-4, 1e-6):
        at = torch.tensor(angle, dtype=torch.float64, requires_grad=True)
        loss = ArcFaceLoss(1, 2, margin=0.5)
        score = loss.make_harder(at.cos().view(1, 1)).squeeze()
        (slope,) = torch.autograd.grad(score, at)
        assert slope.item() == pytest.approx(-math.sin(angle + 0.5), rel=1e-3)


def test_no_margin_is_normface():
    embeddings, labels = batch()
    plain = NormFaceLoss(CLASSES, DIM, scale=30.0, generator=generator())(embeddings, labels).value
    found = ArcFaceLoss(CLASSES, DIM, scale=30.0, margin=0.0, generator=generator())(embeddings, labels).value
    torch.testing.assert_close(found, plain)


def test_images_count_as_active_until_they_clear_the_margin():
    loss = ArcFaceLoss(2, 2, margin=0.5)
    loss.vectors.data = torch.eye(2)
    angles = torch.tensor([0.0, 0.5, 0.55, 1.0])  # θ + 0.5 passes 90° - θ at 0.535
    embeddings = torch.stack([angles.cos(), angles.sin()], dim=1)
    found = loss(embeddings, torch.zeros(4, dtype=torch.int64))
    assert (found.active_fraction, found.tuples) == (0.5, 4)


def test_degrees_are_refused():
    with pytest.raises(ValueError, match=r"margin must be at most 2\.33 radians, found 28\.6"):
        ArcFaceLoss(3, 2, margin=28.6)
