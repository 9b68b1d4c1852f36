"""Properties that metric losses have, each stated once; `every.py` lists the losses."""

import torch
from pytorch_metric_learning.utils.loss_and_miner_utils import get_all_pairs_indices
from torch import Tensor
from torch.nn.functional import normalize

from core.losses import Columns

CLASSES, DIM = 4, 8
NO_TUPLES = ([0], [0, 1, 2])


def batch(size: int = 16, dim: int = DIM, classes: int = CLASSES, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Float64 unit embeddings that loosely follow their classes, in no order."""
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(classes, (size,), generator=generator)
    centres = torch.randn(classes, dim, dtype=torch.float64, generator=generator)
    noise = torch.randn(size, dim, dtype=torch.float64, generator=generator)
    return normalize(centres[labels] + noise), labels


def separated() -> tuple[Tensor, Tensor]:
    """Three classes, each in one point, at right angles and far away."""
    return 20 * torch.eye(3, DIM).repeat_interleave(4, dim=0), torch.arange(3).repeat_interleave(4)


def gradient(loss, embeddings: Tensor, labels: Tensor) -> Tensor:
    embeddings = embeddings.detach().clone().requires_grad_()
    (found,) = torch.autograd.grad(loss(embeddings, labels).value, embeddings)
    return found


def is_invariant_under_permutation(loss, keep_order_in_classes: bool = False) -> None:
    embeddings, labels = batch()
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(1))
    if keep_order_in_classes:
        order = order[:CLASSES].argsort()[labels].argsort(stable=True)
    before, after = loss(embeddings, labels), loss(embeddings[order], labels[order])
    torch.testing.assert_close(after.value, before.value)
    assert (after.active_fraction, after.tuples) == (before.active_fraction, before.tuples)
    torch.testing.assert_close(
        gradient(loss, embeddings[order], labels[order]), gradient(loss, embeddings, labels)[order]
    )


def agrees_with_finite_differences(loss) -> None:
    embeddings, labels = batch(size=7, classes=3)
    assert torch.autograd.gradcheck(lambda x: loss(x, labels).value, embeddings.requires_grad_())


def is_0_without_gradient(loss, embeddings: Tensor, labels: Tensor) -> None:
    found = loss(embeddings, labels)
    assert (found.value.item(), found.active_fraction, found.tuples) == (0.0, 0.0, 0)
    assert not gradient(loss, embeddings, labels).any()


def costs_nothing(loss, embeddings: Tensor, labels: Tensor) -> None:
    found = loss(embeddings, labels)
    assert (found.value.item(), found.active_fraction) == (0.0, 0.0)
    assert not gradient(loss, embeddings, labels).any()


def is_finite(loss, embeddings: Tensor, labels: Tensor) -> None:
    found = loss(embeddings, labels)
    assert found.value.isfinite()
    assert 0.0 <= found.active_fraction <= 1.0
    assert gradient(loss, embeddings, labels).isfinite().all()


def is_finite_at_identical_embeddings(loss) -> None:
    for value in (0.25, 0.0):
        is_finite(loss, torch.full((6, DIM), value), torch.tensor([0, 0, 1, 1, 2, 2]))


def does_not_hide_nan(loss) -> None:
    embeddings, labels = batch(size=6)[0], torch.tensor([0, 0, 1, 1, 2, 2])
    embeddings[2, 1] = float("nan")
    assert loss(embeddings, labels).value.isnan()


def takes_half_precision_as_float32(loss) -> None:
    embeddings, labels = batch(size=32)
    half = embeddings.bfloat16()
    expected = loss(half.float(), labels).value
    assert torch.equal(loss(half, labels).value, expected)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        torch.testing.assert_close(loss(half, labels).value, expected)


def is_the_same_against_its_own_batch(loss) -> None:
    """Columns that hold the batch itself change neither value nor gradient."""
    embeddings, labels = batch(size=24)
    columns = Columns(embeddings, labels, torch.arange(24))
    torch.testing.assert_close(loss(embeddings, labels, columns).value, loss(embeddings, labels).value)
    torch.testing.assert_close(
        gradient(lambda x, y: loss(x, y, Columns(x, y, torch.arange(24))), embeddings, labels),
        gradient(loss, embeddings, labels),
    )


def is_0_against_columns_without_tuples(loss) -> None:
    """Columns in which each row finds itself alone, or images of its own class alone, or no positives."""
    embeddings, _ = batch(size=3)
    ones, others = torch.ones(3).long(), torch.arange(2, 5)
    for labels, own in ((ones[:1], torch.tensor([0])), (ones, -ones), (others, -ones)):
        columns = Columns(embeddings[: len(labels)], labels, own)
        rows = torch.ones_like(labels)
        is_0_without_gradient(lambda x, y, c=columns: loss(x, y, c), embeddings[: len(rows)].flip(1), rows)


def matches(loss, peer, embeddings: Tensor, labels: Tensor) -> None:
    """Value and gradient agree with a pytorch-metric-learning loss to 1e-5."""
    ours = embeddings.detach().clone().requires_grad_()
    theirs = embeddings.detach().clone().requires_grad_()
    found, expected = loss(ours, labels).value, peer(theirs, labels)
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-5)
    found.backward()
    expected.backward()
    torch.testing.assert_close(ours.grad, theirs.grad, rtol=1e-5, atol=1e-5)


def memory() -> tuple[Tensor, Tensor, Columns]:
    """A batch, and columns that hold others and the first half of it."""
    (embeddings, labels), (earlier, earlier_labels) = batch(size=24), batch(size=30, classes=5, seed=1)
    own = torch.cat([torch.arange(30, 42), -torch.ones(12).long()])
    columns = torch.cat([earlier, embeddings[:12]]), torch.cat([earlier_labels, labels[:12]])
    return embeddings, labels, Columns(*columns, own)


def matches_against_columns(loss, peer) -> None:
    """Value and both gradients agree with pytorch-metric-learning's reference embeddings, less the rows themselves."""
    embeddings, labels, columns = memory()
    a, p, b, n = get_all_pairs_indices(labels, columns.labels)
    other = columns.own[a] != p
    rows, others = (x.clone().requires_grad_() for x in (embeddings, columns.embeddings))
    found = loss(rows, labels, Columns(others, columns.labels, columns.own)).value
    expected = peer(rows, labels, (a[other], p[other], b, n), others, columns.labels)
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-5)
    for ours, theirs in zip(
        torch.autograd.grad(found, (rows, others)), torch.autograd.grad(expected, (rows, others)), strict=True
    ):
        torch.testing.assert_close(ours, theirs, rtol=1e-5, atol=1e-5)
