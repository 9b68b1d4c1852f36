"""Properties that every metric loss has, each stated once."""

import torch
from torch import Tensor
from torch.nn.functional import normalize

NO_TUPLES = ([0], [0, 1, 2])


def batch(size: int = 16, dim: int = 8, classes: int = 4, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Float64 unit embeddings that loosely follow their classes, in no order."""
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(classes, (size,), generator=generator)
    centres = torch.randn(classes, dim, dtype=torch.float64, generator=generator)
    noise = torch.randn(size, dim, dtype=torch.float64, generator=generator)
    return normalize(centres[labels] + noise), labels


def gradient(loss, embeddings: Tensor, labels: Tensor) -> Tensor:
    embeddings = embeddings.detach().clone().requires_grad_()
    (found,) = torch.autograd.grad(loss(embeddings, labels).value, embeddings)
    return found


def is_invariant_under_permutation(loss) -> None:
    embeddings, labels = batch()
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(1))
    before, after = loss(embeddings, labels), loss(embeddings[order], labels[order])
    torch.testing.assert_close(after.value, before.value)
    assert (after.active_fraction, after.tuples) == (before.active_fraction, before.tuples)
    torch.testing.assert_close(
        gradient(loss, embeddings[order], labels[order]), gradient(loss, embeddings, labels)[order]
    )


def agrees_with_finite_differences(loss) -> None:
    embeddings, labels = batch(size=8, dim=3, classes=3)
    assert torch.autograd.gradcheck(lambda x: loss(x, labels).value, embeddings.requires_grad_())


def is_0_without_gradient(loss, embeddings: Tensor, labels: Tensor) -> None:
    found = loss(embeddings, labels)
    assert (found.value.item(), found.active_fraction, found.tuples) == (0.0, 0.0, 0)
    assert not gradient(loss, embeddings, labels).any()


def is_finite_at_identical_embeddings(loss) -> None:
    for row in ([0.6, 0.8], [0.0, 0.0]):
        embeddings, labels = torch.tensor([row] * 6), torch.tensor([0, 0, 1, 1, 2, 2])
        assert loss(embeddings, labels).value.isfinite()
        assert gradient(loss, embeddings, labels).isfinite().all()


def separated() -> tuple[Tensor, Tensor]:
    """Three classes, each in one point, at right angles."""
    return torch.eye(3).repeat_interleave(4, dim=0), torch.arange(3).repeat_interleave(4)


def matches(loss, peer, embeddings: Tensor, labels: Tensor) -> None:
    """Value and gradient agree with a pytorch-metric-learning loss to 1e-5."""
    torch.testing.assert_close(loss(embeddings, labels).value, peer(embeddings, labels), rtol=1e-5, atol=1e-5)
    ours = embeddings.detach().clone().requires_grad_()
    theirs = embeddings.detach().clone().requires_grad_()
    loss(ours, labels).value.backward()
    peer(theirs, labels).backward()
    torch.testing.assert_close(ours.grad, theirs.grad, rtol=1e-5, atol=1e-5)
