import pytest
import torch
from pytorch_metric_learning import distances, losses, miners
from torch import nn
from torch.nn.functional import normalize

from core.losses import ContrastiveLoss, LossValue, TripletLoss
from core.losses.cross_batch_memory import CrossBatchMemory
from tests.core.losses import asserts


def stream(count, size=8, dim=6, classes=4):
    generator = torch.Generator().manual_seed(0)
    for _ in range(count):
        labels = torch.randint(classes, (size,), generator=generator)
        yield normalize(torch.randn(size, dim, dtype=torch.float64, generator=generator)), labels


class Seen(nn.Module):
    """Notes what it is asked to compare."""

    def forward(self, embeddings, labels, columns):
        self.columns = columns
        return LossValue(embeddings.sum(), 0.0, 0)


PEER_DISTANCE = distances.LpDistance(normalize_embeddings=False)


@pytest.mark.parametrize("size", [8, 20, 24, 1000])
@pytest.mark.parametrize(
    ("ours", "peer", "miner"),
    [
        (
            TripletLoss(0.3, "euclidean", "all"),
            losses.TripletMarginLoss(margin=0.3, distance=PEER_DISTANCE),
            miners.TripletMarginMiner(margin=0.3, distance=PEER_DISTANCE),
        ),
        (
            TripletLoss(0.3, "euclidean", "semi-hard"),
            losses.TripletMarginLoss(margin=0.3, distance=PEER_DISTANCE),
            miners.TripletMarginMiner(margin=0.3, type_of_triplets="semihard", distance=PEER_DISTANCE),
        ),
        (ContrastiveLoss(1.0, "euclidean"), losses.ContrastiveLoss(distance=PEER_DISTANCE), None),
    ],
    ids=["all", "semi-hard", "contrastive"],
)
def test_agrees_with_pytorch_metric_learning(ours, peer, miner, size):
    memory = CrossBatchMemory(ours, size, 6).double()
    peer_memory = losses.CrossBatchMemory(peer, 6, memory_size=size, miner=miner)
    for embeddings, labels in stream(6):
        asserts.matches(memory, peer_memory, embeddings, labels)


def test_columns_are_the_newest_rows_and_each_row_knows_its_own():
    seen = Seen()
    memory = CrossBatchMemory(seen, 20, 6).double()
    batches = list(stream(4))
    for count, (embeddings, labels) in enumerate(batches, start=1):
        memory(embeddings, labels)
        columns = seen.columns
        newest = torch.cat([rows for rows, _ in batches[:count]])[-20:]
        assert len(columns.embeddings) == len(columns.labels) == len(newest)
        assert torch.equal(columns.embeddings[columns.own], embeddings)
        assert torch.equal(columns.labels[columns.own], labels)
        assert sorted(columns.embeddings.tolist()) == sorted(newest.tolist())


def test_the_first_batch_is_compared_with_itself():
    (embeddings, labels), *_ = stream(1)
    loss = TripletLoss(0.3, mining="all")
    found, expected = CrossBatchMemory(loss, 50, 6).double()(embeddings, labels), loss(embeddings, labels)
    torch.testing.assert_close(found.value, expected.value)
    assert (found.tuples, found.active_fraction) == (expected.tuples, expected.active_fraction)


def test_only_the_batch_s_own_rows_have_a_gradient():
    memory = CrossBatchMemory(TripletLoss(1.0, mining="all"), 50, 6).double()
    first, second = (batch[0].requires_grad_() for batch in stream(2))
    labels = torch.arange(8) % 2
    memory(first, labels)
    memory(second, labels).value.backward()
    assert first.grad is None
    assert second.grad.any()
    assert not memory.embeddings.requires_grad


def test_a_loss_can_be_differentiated_after_the_next_batch_came():
    memory = CrossBatchMemory(TripletLoss(1.0, "euclidean", mining="all"), 8, 6).double()
    batches = [(rows.requires_grad_(), labels) for rows, labels in stream(2)]
    values = [memory(*batch).value for batch in batches]
    sum(values).backward()
    assert all(rows.grad.any() for rows, _ in batches)


def test_the_state_goes_on_bit_for_bit():
    batches = list(stream(7))
    memory, other = (CrossBatchMemory(TripletLoss(0.5, mining="all"), 20, 6) for _ in range(2))
    for embeddings, labels in batches[:4]:
        memory(embeddings.float(), labels)
    other.load_state_dict({name: value.clone() for name, value in memory.state_dict().items()})
    for embeddings, labels in batches[4:]:
        assert torch.equal(memory(embeddings.float(), labels).value, other(embeddings.float(), labels).value)


@pytest.mark.parametrize("before", [0, 1, 5])
def test_a_batch_that_is_not_finite_is_forgotten(before):
    batches = list(stream(before + 2))
    memory, other = (CrossBatchMemory(TripletLoss(0.5, mining="all"), 20, 6).double() for _ in range(2))
    for batch in batches[:before]:
        memory(*batch)
        other(*batch)
    broken = batches[before][0].clone()
    broken[3, 2] = float("nan")
    assert memory(broken, batches[before][1]).value.isnan()
    for name, value in memory.state_dict().items():
        assert torch.equal(value, other.state_dict()[name]), name
    assert torch.equal(memory(*batches[-1]).value, other(*batches[-1]).value)


def test_live_settings_are_those_of_the_loss_inside():
    embeddings, labels = next(stream(1))
    memory = CrossBatchMemory(TripletLoss(0.1, mining="all"), 50, 6).double()
    memory.loss.margin = 0.9
    expected = TripletLoss(0.9, mining="all")(embeddings, labels).value
    torch.testing.assert_close(memory(embeddings, labels).value, expected)


@pytest.mark.parametrize(("size", "dim", "name"), [(0, 4, "size"), (4, -1, "embedding_dim")])
def test_sizes_below_1_are_refused(size, dim, name):
    with pytest.raises(ValueError, match=f"{name} must be at least 1, found {min(size, dim)}"):
        CrossBatchMemory(TripletLoss(), size, dim)


@pytest.mark.parametrize("shape", [(5, 3), (4, 2)])
def test_a_batch_that_does_not_fit_is_refused(shape):
    with pytest.raises(ValueError, match=r"a memory of 4 embeddings takes batches up to that size with 3 values a row"):
        CrossBatchMemory(TripletLoss(), 4, 3)(torch.ones(shape), torch.zeros(shape[0]).long())
