"""What tests of losses with class vectors share."""

import torch
from torch import Tensor, nn

CLASSES, DIM = 5, 6


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def batch(size: int = 24, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Float64 embeddings [B, 6] of many lengths and labels in 0..3: class 4 has a vector and no image."""
    draw = generator(seed)
    return (
        torch.randn(size, DIM, dtype=torch.float64, generator=draw),
        torch.randint(CLASSES - 1, (size,), generator=draw),
    )


def gradients(loss: nn.Module, embeddings: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """With respect to embeddings and class vectors."""
    embeddings = embeddings.detach().clone().requires_grad_()
    return torch.autograd.grad(loss(embeddings, labels).value, (embeddings, loss.vectors))


def matches(loss: nn.Module, peer: nn.Module, weight: nn.Parameter, dtype: torch.dtype) -> None:
    """Value and gradients agree with a pytorch-metric-learning loss to 1e-5; `weight` is [C, D] or [D, C]."""
    embeddings, labels = batch(size=40)
    embeddings = embeddings.to(dtype)
    loss, peer = loss.to(dtype), peer.to(dtype)
    rows = loss.vectors.detach().flatten(0, -2)
    turned = weight.shape != rows.shape
    weight.data = (rows.T if turned else rows).clone()
    theirs = embeddings.clone().requires_grad_()
    expected = peer(theirs, labels)
    expected.backward()
    of_embeddings, of_vectors = gradients(loss, embeddings, labels)
    torch.testing.assert_close(loss(embeddings, labels).value, expected, rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(of_embeddings, theirs.grad, rtol=1e-5, atol=1e-5)
    peers = weight.grad.T if turned else weight.grad
    torch.testing.assert_close(of_vectors.flatten(0, -2), peers, rtol=1e-5, atol=1e-5)
