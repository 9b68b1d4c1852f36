import pytest
import torch
from pytorch_metric_learning import distances, miners
from pytorch_metric_learning.losses import TripletMarginLoss
from torch.nn.functional import normalize

from core.hyperparameters import MINING_MODES
from core.losses import TripletLoss
from tests.core.losses import asserts

EVERY_MODE = pytest.mark.parametrize("mining", MINING_MODES)


class Seeded(TripletLoss):
    """Draws the same random negatives at every call, as finite differences need."""

    def forward(self, embeddings, labels):
        self.generator = torch.Generator().manual_seed(0)
        return super().forward(embeddings, labels)


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


@pytest.mark.parametrize("mining", ["semi-hard", "hard", "batch-hard", "random"])
def test_active_fraction_does_not_depend_on_mining(mining):
    embeddings, labels = asserts.batch()
    everything, some = (TripletLoss(mining=mode)(embeddings, labels) for mode in ("all", mining))
    assert some.active_fraction == everything.active_fraction > 0
    assert 0 < some.tuples < everything.tuples


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("size", [12, 64])
@pytest.mark.parametrize(
    ("mining", "miner"),
    [
        ("all", None),
        ("all", lambda d: miners.TripletMarginMiner(margin=0.2, type_of_triplets="all", distance=d)),
        ("semi-hard", lambda d: miners.TripletMarginMiner(margin=0.2, type_of_triplets="semihard", distance=d)),
        ("hard", lambda d: miners.BatchEasyHardMiner("all", "hard", distance=d)),
        ("batch-hard", lambda d: miners.BatchHardMiner(distance=d)),
    ],
)
@pytest.mark.parametrize(
    ("distance", "peer_distance"),
    [
        ("cosine", distances.CosineSimilarity()),
        ("euclidean", distances.LpDistance(normalize_embeddings=False)),
        ("squared-euclidean", distances.LpDistance(normalize_embeddings=False, power=2)),
    ],
)
def test_agrees_with_pytorch_metric_learning(mining, miner, distance, peer_distance, size, dtype):
    embeddings, labels = asserts.batch(size=size, dim=16, classes=5)
    mine = miner and miner(peer_distance)
    peer_loss = TripletMarginLoss(margin=0.2, distance=peer_distance)

    def peer(x, y):
        return peer_loss(x, y, mine and mine(x, y))

    asserts.matches(TripletLoss(margin=0.2, distance=distance, mining=mining), peer, embeddings.to(dtype), labels)


@EVERY_MODE
@pytest.mark.parametrize("distance", ["euclidean", "cosine"])
def test_gradient(mining, distance):
    asserts.agrees_with_finite_differences(Seeded(margin=0.7, distance=distance, mining=mining))


@pytest.mark.parametrize("mining", [mode for mode in MINING_MODES if mode != "random"])
def test_permutation(mining):
    asserts.is_invariant_under_permutation(TripletLoss(mining=mining))


@EVERY_MODE
def test_a_separated_batch_costs_nothing(mining):
    asserts.is_0_without_gradient(TripletLoss(mining=mining), *asserts.separated())


@EVERY_MODE
@pytest.mark.parametrize("labels", asserts.NO_TUPLES)
def test_a_batch_without_triplets_costs_nothing(mining, labels):
    embeddings = asserts.batch(size=len(labels))[0]
    asserts.is_0_without_gradient(TripletLoss(mining=mining), embeddings, torch.tensor(labels))


@EVERY_MODE
def test_one_class_costs_nothing(mining):
    asserts.is_0_without_gradient(TripletLoss(mining=mining), asserts.batch(size=5)[0], torch.zeros(5).long())


@EVERY_MODE
@pytest.mark.parametrize("distance", ["euclidean", "squared-euclidean", "cosine"])
def test_identical_embeddings(mining, distance):
    asserts.is_finite_at_identical_embeddings(TripletLoss(distance=distance, mining=mining))


def test_collapse_shows_as_a_loss_of_the_margin():
    embeddings, labels = torch.ones(6, 2), torch.tensor([0, 0, 1, 1, 2, 2])
    found = TripletLoss(margin=0.2, mining="all")(embeddings, labels)
    assert found.value.item() == pytest.approx(0.2)
    assert found.active_fraction == 1.0
    assert TripletLoss(margin=0.2, mining="semi-hard")(embeddings, labels).tuples == 0


def test_margin_and_mining_act_at_the_next_call():
    embeddings, labels = asserts.batch()
    loss = TripletLoss(margin=0.1, mining="all")
    loss.margin, loss.mining = 0.4, "hard"
    expected = TripletLoss(margin=0.4, mining="hard")(embeddings, labels)
    assert torch.equal(loss(embeddings, labels).value, expected.value)


def test_random_mining_follows_its_generator():
    embeddings, labels = asserts.batch(size=32)
    first, second, other = (
        TripletLoss(mining="random", generator=torch.Generator().manual_seed(seed))(embeddings, labels).value
        for seed in (3, 3, 4)
    )
    assert torch.equal(first, second)
    assert not torch.equal(first, other)


def test_nan_is_not_hidden():
    embeddings = normalize(torch.randn(4, 3, generator=torch.Generator().manual_seed(0)))
    embeddings[2, 1] = float("nan")
    assert TripletLoss()(embeddings, torch.tensor([0, 0, 1, 1])).value.isnan()


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
