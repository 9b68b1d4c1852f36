import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from pytorch_metric_learning import losses as peers

from core.losses import NormFaceLoss, SphereFaceLoss
from tests.core.losses.class_asserts import CLASSES, DIM, batch, generator, matches


def psi(angle, margin):
    k = math.floor(margin * angle / math.pi)
    return (-1) ** k * math.cos(margin * angle) - 2 * k


def by_hand(embeddings, labels, vectors, scale, margin):
    total = 0.0
    for x, y in zip(embeddings.tolist(), labels.tolist(), strict=True):
        length = math.hypot(*x)
        scores = []
        for c, w in enumerate(vectors.tolist()):
            cosine = sum(a * b for a, b in zip(x, w, strict=True)) / length / math.hypot(*w)
            scores.append(scale * length * (psi(math.acos(cosine), margin) if c == y else cosine))
        total += math.log(sum(math.exp(score - scores[y]) for score in scores))
    return total / len(labels)


@pytest.mark.filterwarnings("ignore:__array_wrap__ must accept:DeprecationWarning")  # the peer's own, of NumPy 2
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize(("scale", "margin"), [(1.0, 4), (5.0, 1), (2.0, 2), (1.0, 3)])
def test_agrees_with_pytorch_metric_learning(scale, margin, dtype):
    peer = peers.SphereFaceLoss(CLASSES, DIM, scale=scale, margin=margin)
    matches(SphereFaceLoss(CLASSES, DIM, scale=scale, margin=margin, generator=generator()), peer, peer.W, dtype)


@pytest.mark.parametrize("margin", [0.0, 0.5, 1.0, 1.35, 1.5, 2.5, 4.0, 7.3])
def test_agrees_with_plain_loops_at_any_margin(margin):
    loss = SphereFaceLoss(CLASSES, DIM, scale=2.0, margin=margin, generator=generator()).double()
    embeddings, labels = batch()
    found = loss(embeddings, labels).value.item()
    assert found == pytest.approx(by_hand(embeddings, labels, loss.vectors, 2.0, margin), rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(first=st.floats(0, math.pi), second=st.floats(0, math.pi), margin=st.floats(0, 8))
def test_the_own_score_falls_with_the_angle(first, second, margin):
    near, far = (torch.tensor([[math.cos(angle)]], dtype=torch.float64) for angle in sorted((first, second)))
    loss = SphereFaceLoss(1, 2, margin=margin)
    assert loss.make_harder(far) <= loss.make_harder(near) + 1e-6
    if margin >= 1:
        assert loss.make_harder(near) <= near + 1e-6


@pytest.mark.parametrize("margin", [1.5, 2.5, 4.0])
def test_the_own_score_has_no_jump_where_its_pieces_meet(margin):
    loss = SphereFaceLoss(1, 2, margin=margin)
    for k in range(1, math.floor(margin) + 1):
        around = torch.tensor([[k * math.pi / margin - 1e-6], [k * math.pi / margin + 1e-6]], dtype=torch.float64)
        before, after = loss.make_harder(around.clamp(max=math.pi).cos()).squeeze().tolist()
        assert before == pytest.approx(1 - 2 * k, abs=1e-5)
        assert after == pytest.approx(1 - 2 * k, abs=1e-5)


def test_the_length_of_an_embedding_multiplies_the_scale():
    embeddings, labels = batch()
    short = SphereFaceLoss(CLASSES, DIM, scale=6.0, generator=generator())
    long = SphereFaceLoss(CLASSES, DIM, scale=2.0, generator=generator())
    torch.testing.assert_close(long(3 * embeddings, labels).value, short(embeddings, labels).value)


def test_margin_1_on_unit_embeddings_is_normface():
    embeddings, labels = batch()
    embeddings /= embeddings.norm(dim=1, keepdim=True)
    plain = NormFaceLoss(CLASSES, DIM, scale=30.0, generator=generator())(embeddings, labels).value
    found = SphereFaceLoss(CLASSES, DIM, scale=30.0, margin=1.0, generator=generator())(embeddings, labels).value
    torch.testing.assert_close(found, plain)


def test_images_count_as_active_until_they_clear_the_margin():
    loss = SphereFaceLoss(2, 2, margin=2.0)
    loss.vectors.data = torch.eye(2)
    angles = torch.tensor([0.0, 0.5, 0.55, 1.0])  # 2θ passes 90° - θ at 30°, which is 0.524
    embeddings = torch.stack([angles.cos(), angles.sin()], dim=1)
    found = loss(embeddings, torch.zeros(4, dtype=torch.int64))
    assert (found.active_fraction, found.tuples) == (0.5, 4)
