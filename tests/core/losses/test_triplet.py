import math

import pytest
import torch
from pytorch_metric_learning import distances, miners
from pytorch_metric_learning.losses import TripletMarginLoss
from torch.nn.functional import normalize

from core.hyperparameters import MINING_MODES
from core.losses import Columns, TripletLoss
from tests.core.losses import asserts

RANDOM = ("random", "distance-weighted")
EVERY_MODE = pytest.mark.parametrize("mining", MINING_MODES)
HARD_OR_SOFT = pytest.mark.parametrize("soft", [False, True], ids=["hinge", "soft"])
PEER_DISTANCES = {
    "cosine": distances.CosineSimilarity(),
    "euclidean": distances.LpDistance(normalize_embeddings=False),
    "squared-euclidean": distances.LpDistance(normalize_embeddings=False, power=2),
}


class Seeded(TripletLoss):
    """Draws the same random negatives at every call, as finite differences need."""

    def forward(self, embeddings, labels, columns=None):
        self.generator = torch.Generator().manual_seed(0)
        return super().forward(embeddings, labels, columns)


def on_a_line(d_ap, d_an):
    """An anchor at 0, its positive at d_ap, a negative beyond reach of the positive but d_an away from the anchor."""
    return torch.tensor([[0.0], [d_ap], [-d_an]]), torch.tensor([0, 0, 1])


def mean_hinge(embeddings, labels, margin):
    """Mean of the positive hinges over all triplets, and how many of how many are positive."""
    d = [[(a - b).norm().item() for b in embeddings] for a in embeddings]
    size = range(len(labels))
    hinges = [
        max(0.0, d[a][p] + margin - d[a][n])
        for a in size
        for p in size
        for n in size
        if a != p and labels[a] == labels[p] and labels[a] != labels[n]
    ]
    active = [hinge for hinge in hinges if hinge > 0]
    return sum(active) / max(len(active), 1), len(active), len(hinges)


def test_golden_values():
    loss = TripletLoss(margin=0.2, distance="euclidean", mining="all")
    assert loss(*on_a_line(0.5, 0.6)).value.item() == pytest.approx(0.1, abs=1e-6)
    assert loss(*on_a_line(0.5, 1.0)).value.item() == 0.0


def test_value_and_counts_are_those_of_plain_loops():
    embeddings, labels = asserts.batch()
    value, active, total = mean_hinge(embeddings, labels, 0.3)
    found = TripletLoss(margin=0.3, distance="euclidean", mining="all")(embeddings, labels)
    assert found.value.item() == pytest.approx(value, abs=1e-12)
    assert (found.tuples, found.active_fraction) == (active, active / total)


@pytest.mark.parametrize("mining", [mode for mode in MINING_MODES if mode != "all"])
@HARD_OR_SOFT
def test_active_fraction_does_not_depend_on_mining(mining, soft):
    embeddings, labels = asserts.batch()
    everything, some = TripletLoss(mining="all"), TripletLoss(mining=mining, soft=soft)
    everything, some = everything(embeddings, labels), some(embeddings, labels)
    assert some.active_fraction == everything.active_fraction > 0
    assert 0 < some.tuples < everything.tuples


def peer_miner(mining, distance):
    match mining:
        case "all":
            return None
        case "semi-hard":
            return miners.TripletMarginMiner(margin=0.2, type_of_triplets="semihard", distance=distance)
        case "hard":
            return miners.BatchEasyHardMiner("all", "hard", distance=distance)
        case "batch-hard":
            return miners.BatchHardMiner(distance=distance)
        case "easy-positive":
            return miners.BatchEasyHardMiner("easy", "semihard", distance=distance)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("size", [12, 64])
@pytest.mark.parametrize("mining", [mode for mode in MINING_MODES if mode not in RANDOM])
@pytest.mark.parametrize("distance", list(PEER_DISTANCES))
@HARD_OR_SOFT
def test_agrees_with_pytorch_metric_learning(mining, distance, size, dtype, soft):
    embeddings, labels = asserts.batch(size=size, dim=16, classes=5)
    mine = peer_miner(mining, PEER_DISTANCES[distance])
    peer_loss = TripletMarginLoss(margin=0.2, distance=PEER_DISTANCES[distance], smooth_loss=soft)

    def peer(x, y):
        return peer_loss(x, y, mine and mine(x, y))

    ours = TripletLoss(margin=0.2, distance=distance, mining=mining, soft=soft)
    asserts.matches(ours, peer, embeddings.to(dtype), labels)


def test_all_triplets_are_those_that_a_miner_of_all_finds():
    embeddings, labels = asserts.batch(size=64, dim=16, classes=5)
    mine = miners.TripletMarginMiner(margin=0.2, type_of_triplets="all", distance=PEER_DISTANCES["cosine"])
    peer_loss = TripletMarginLoss(margin=0.2, distance=PEER_DISTANCES["cosine"])
    asserts.matches(TripletLoss(mining="all"), lambda x, y: peer_loss(x, y, mine(x, y)), embeddings, labels)


@EVERY_MODE
@pytest.mark.parametrize("distance", ["euclidean", "cosine"])
@HARD_OR_SOFT
def test_gradient(mining, distance, soft):
    asserts.agrees_with_finite_differences(Seeded(margin=0.7, distance=distance, mining=mining, soft=soft))


@pytest.mark.parametrize("mining", [mode for mode in MINING_MODES if mode not in RANDOM])
@HARD_OR_SOFT
def test_permutation(mining, soft):
    asserts.is_invariant_under_permutation(TripletLoss(mining=mining, soft=soft))


@EVERY_MODE
def test_a_separated_batch_costs_nothing(mining):
    asserts.is_0_without_gradient(TripletLoss(mining=mining), *asserts.separated())


@EVERY_MODE
@pytest.mark.parametrize("labels", [*asserts.NO_TUPLES, [0] * 5])
@HARD_OR_SOFT
def test_a_batch_without_triplets_costs_nothing(mining, labels, soft):
    embeddings = asserts.batch(size=len(labels))[0]
    asserts.is_0_without_gradient(TripletLoss(mining=mining, soft=soft), embeddings, torch.tensor(labels))


@EVERY_MODE
@pytest.mark.parametrize("distance", ["euclidean", "squared-euclidean", "cosine"])
@HARD_OR_SOFT
def test_identical_embeddings(mining, distance, soft):
    asserts.is_finite_at_identical_embeddings(TripletLoss(distance=distance, mining=mining, soft=soft))


def test_collapse_shows_as_a_loss_of_the_margin():
    embeddings, labels = torch.ones(6, 2), torch.tensor([0, 0, 1, 1, 2, 2])
    found = TripletLoss(margin=0.2, mining="all")(embeddings, labels)
    assert found.value.item() == pytest.approx(0.2)
    assert found.active_fraction == 1.0
    assert TripletLoss(margin=0.2, mining="semi-hard")(embeddings, labels).tuples == 0


def test_a_soft_margin_at_collapse():
    embeddings, labels = torch.ones(6, 2), torch.tensor([0, 0, 1, 1, 2, 2])
    found = TripletLoss(margin=0.2, mining="all", soft=True)(embeddings, labels)
    assert found.value.item() == pytest.approx(math.log(1 + math.exp(0.2)))
    assert (found.active_fraction, found.tuples) == (1.0, 24)


@HARD_OR_SOFT
def test_a_soft_sum_in_parts_is_the_same(soft, monkeypatch):
    embeddings, labels = asserts.batch(size=40, dim=4)
    whole = TripletLoss(mining="all", soft=soft)(embeddings, labels)
    monkeypatch.setattr("core.mining.sums._AT_ONCE", 3_000)
    monkeypatch.setattr("core.mining.counting._AT_ONCE", 100)
    parts = TripletLoss(mining="all", soft=soft)(embeddings, labels)
    torch.testing.assert_close(parts.value, whole.value)
    assert parts.tuples == whole.tuples


@EVERY_MODE
@HARD_OR_SOFT
def test_the_batch_as_its_own_columns(mining, soft):
    embeddings, labels = asserts.batch(size=24)
    loss = Seeded(margin=0.4, distance="euclidean", mining=mining, soft=soft)
    columns = Columns(embeddings, labels, torch.arange(24))
    found, expected = loss(embeddings, labels, columns), loss(embeddings, labels)
    torch.testing.assert_close(found.value, expected.value)
    assert (found.tuples, found.active_fraction) == (expected.tuples, expected.active_fraction)


@EVERY_MODE
@HARD_OR_SOFT
def test_columns_of_other_images(mining, soft):
    embeddings, labels = asserts.batch(size=24)
    rows, others = slice(0, 10), slice(10, 24)
    columns = Columns(embeddings[others], labels[others], -torch.ones(10).long())
    loss = Seeded(margin=0.4, distance="euclidean", mining=mining, soft=soft)
    assert loss(embeddings[rows], labels[rows], columns).tuples > 0
    assert torch.autograd.gradcheck(lambda x: loss(x, labels[rows], columns).value, embeddings[rows].requires_grad_())
    triplets = sum(
        int((labels[others] == label).sum() * (labels[others] != label).sum()) for label in labels[rows].tolist()
    )
    everything = TripletLoss(100.0, "euclidean", "all")(embeddings[rows], labels[rows], columns)
    assert everything.tuples == triplets


def test_columns_that_do_not_fit_are_refused():
    columns = Columns(torch.ones(3, 5), torch.zeros(3).long(), torch.zeros(2).long())
    with pytest.raises(ValueError, match=r"columns of a batch \[2, 4\] need embeddings"):
        TripletLoss()(torch.ones(2, 4), torch.tensor([0, 1]), columns)


def test_margin_and_mining_act_at_the_next_call():
    embeddings, labels = asserts.batch()
    loss = TripletLoss(margin=0.1, mining="all")
    loss.margin, loss.mining = 0.4, "hard"
    expected = TripletLoss(margin=0.4, mining="hard")(embeddings, labels)
    assert torch.equal(loss(embeddings, labels).value, expected.value)


@pytest.mark.parametrize("mining", RANDOM)
def test_random_mining_follows_its_generator(mining):
    embeddings, labels = asserts.batch(size=32)
    first, second, other = (
        TripletLoss(mining=mining, generator=torch.Generator().manual_seed(seed))(embeddings, labels).value
        for seed in (3, 3, 4)
    )
    assert torch.equal(first, second)
    assert not torch.equal(first, other)


@EVERY_MODE
@HARD_OR_SOFT
def test_nan_is_not_hidden(mining, soft):
    embeddings = normalize(torch.randn(4, 3, generator=torch.Generator().manual_seed(0)))
    embeddings[2, 1] = float("nan")
    assert TripletLoss(mining=mining, soft=soft)(embeddings, torch.tensor([0, 0, 1, 1])).value.isnan()


def test_embeddings_under_autocast_give_a_float32_loss():
    embeddings, labels = asserts.batch()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert TripletLoss()(embeddings.bfloat16(), labels).value.dtype == torch.float32


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"margin": -0.1}, "margin must be finite and at least 0, found -0.1"),
        ({"margin": float("nan")}, "margin must be finite and at least 0, found nan"),
        ({"mining": "softest"}, "mining must be one of all, .*, found 'softest'"),
        ({"distance": "far"}, "distance must be one of euclidean, .*, found 'far'"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        TripletLoss(**settings)


@pytest.mark.parametrize(("shape", "labels"), [((3, 2), [0, 1]), ((3,), [0, 1, 1]), ((0, 2), [])])
def test_shapes_that_do_not_fit_are_refused(shape, labels):
    with pytest.raises(ValueError, match=r"a batch needs embeddings \[B, D\] and labels \[B\]"):
        TripletLoss()(torch.ones(shape), torch.tensor(labels))
