"""Unit embeddings and masks at input size."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models.heads import EmbeddingHead, SegmentationDecoder


def test_embedding_is_the_normalised_projection():
    head = EmbeddingHead(2, 2)
    with torch.no_grad():
        head.weight.copy_(torch.tensor([[3.0, 0.0], [0.0, 4.0]]))
        head.bias.zero_()
    torch.testing.assert_close(head(torch.tensor([[1.0, 1.0]])), torch.tensor([[0.6, 0.8]]))


@given(scale=st.floats(1e-4, 1e4), seed=st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_unit_norm_at_any_scale(scale, seed):
    generator = torch.Generator().manual_seed(seed)
    head = EmbeddingHead(8, 5, bias=False)
    with torch.no_grad():
        head.weight.copy_(torch.randn(5, 8, generator=generator))
    embedding = head(scale * torch.randn(3, 8, generator=generator))
    torch.testing.assert_close(embedding.norm(dim=1), torch.ones(3))


def test_zero_stays_zero_with_a_finite_gradient():
    head = EmbeddingHead(4, 3, bias=False)
    features = torch.zeros(2, 4, requires_grad=True)
    embedding = head(features)
    embedding.sum().backward()
    assert torch.equal(embedding, torch.zeros(2, 3))
    assert torch.isfinite(features.grad).all()


@pytest.mark.parametrize(
    ("inside", "outside"),
    [(torch.bfloat16, torch.float32), (torch.float32, torch.float32), (torch.float64, torch.float64)],
)
def test_embedding_precision_is_float32_at_least(inside, outside):
    assert EmbeddingHead(4, 3).to(inside)(torch.ones(1, 4, dtype=inside)).dtype == outside


@pytest.mark.parametrize("size", [(16, 16), (17, 17), (50, 50), (64, 48)])
def test_masks_have_the_input_size(size):
    height, width = size
    maps = [torch.rand(2, channels, -(-height // s), -(-width // s)) for channels, s in ((8, 2), (16, 4), (24, 8))]
    assert SegmentationDecoder((8, 16, 24))(maps, size).shape == (2, 1, height, width)


def test_every_stage_reaches_the_mask():
    torch.manual_seed(0)
    maps = [torch.rand(1, c, 32 // s, 32 // s, requires_grad=True) for c, s in ((8, 2), (16, 4), (24, 8))]
    SegmentationDecoder((8, 16, 24))(maps, (32, 32)).square().sum().backward()
    assert all(features.grad.abs().sum() > 0 for features in maps)
