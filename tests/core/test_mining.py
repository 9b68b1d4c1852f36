import itertools
import math
from dataclasses import replace
from functools import partial

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from pytorch_metric_learning.miners import DistanceWeightedMiner
from pytorch_metric_learning.utils import loss_and_miner_utils
from torch.nn.functional import normalize, pad

from core.hyperparameters import MINING_MODES
from core.mining import mine_triplets, negative_log_weights
from core.mining.choosing import closest_negative, every_negative, farthest_positive, semi_hard_negatives
from core.mining.counting import compared_one_by_one, count_below, searched_among_sorted
from core.mining.pairs import find_pairs
from core.mining.sums import hinge_sum, reach_of, soft_sum

examples = settings(max_examples=25, deadline=None)
EVERY_MODE = pytest.mark.parametrize("mining", MINING_MODES)
RANDOM = ("random", "distance-weighted")
ONE_NEGATIVE = ("hard", "batch-hard", "easy-positive")


class Batch:
    """Rows among columns: one another, or others of which some are the rows themselves."""

    def __init__(self, distances, labels, margin, columns=None):
        self.distances, self.labels, self.margin, self.columns = distances, labels, margin, columns

    def mine(self, mining, generator=None, **settings):
        more = {}
        if self.columns is not None:
            more = {"column_labels": self.columns[0], "own": self.columns[1]}
        if mining == "distance-weighted":
            more["log_weights"] = torch.zeros_like(self.distances)
        return mine_triplets(self.distances, self.labels, self.margin, mining, generator, **more, **settings)

    def d(self, row, column):
        return self.distances[row, column].item()

    def every_triplet(self):
        """The definition, written down."""
        labels = self.labels.tolist()
        others, own = labels, range(len(labels))
        if self.columns is not None:
            others, own = (values.tolist() for values in self.columns)
        return [
            (a, p, n)
            for a, p, n in itertools.product(range(len(labels)), range(len(others)), range(len(others)))
            if p != own[a] and labels[a] == others[p] != others[n]
        ]

    def costs(self, triplet):
        a, p, n = triplet
        return self.d(a, p) + self.margin > self.d(a, n)

    def chosen(self, mining):
        """api.md's definitions over the list of all triplets; of equal distances, the first column."""
        triplets = self.every_triplet()
        if mining == "all":
            return triplets
        if mining == "semi-hard":
            return [(a, p, n) for a, p, n in triplets if self.d(a, p) < self.d(a, n) <= self.d(a, p) + self.margin]
        if mining == "easy-positive":
            near = {a: min((self.d(a, p), p) for b, p, _ in triplets if b == a)[1] for a, _, _ in triplets}
            triplets = [(a, p, n) for a, p, n in triplets if p == near[a] and self.d(a, n) > self.d(a, p)]
        if mining == "batch-hard":
            far = {a: min((-self.d(a, p), p) for b, p, _ in triplets if b == a)[1] for a, _, _ in triplets}
            triplets = [(a, p, n) for a, p, n in triplets if p == far[a]]
        closest = {}
        for a, p, n in triplets:
            if (a, p) not in closest or self.d(a, n) < self.d(a, closest[a, p]):
                closest[a, p] = n
        return [(a, p, n) for (a, p), n in closest.items()]

    def counted(self, triplets):
        weights = torch.zeros_like(self.distances)
        for a, p, n in triplets:
            weights[a, p] += 1
            weights[a, n] -= 1
        return weights

    def loss(self, mined):
        return ((mined.weights * self.distances).sum(dtype=torch.float64) + mined.offset).item()


@st.composite
def batches(draw, distinct=False):
    """Distances on a grid, so that ties and d_an = d_ap + margin are common; distinct ones where asked for."""
    size = draw(st.integers(1, 8))
    labels = draw(st.lists(st.integers(-1, 3), min_size=size, max_size=size))
    columns, width = None, size
    if draw(st.booleans()):
        more = draw(st.lists(st.integers(-1, 3), min_size=1, max_size=6))
        stands = draw(st.permutations(range(size + len(more))))[:size]
        width = size + len(more)
        rest = iter(more)
        others = [labels[stands.index(place)] if place in stands else next(rest) for place in range(width)]
        # A row that stands among the columns as itself, or as none of them.
        own = [place if draw(st.booleans()) else -1 for place in stands]
        columns = torch.tensor(others), torch.tensor(own)
    cells = size * width
    if distinct:
        values = [cell / 16 for cell in draw(st.permutations(range(cells)))]
    else:
        values = [value / 8 for value in draw(st.lists(st.integers(0, 6), min_size=cells, max_size=cells))]
    margin = draw(st.integers(0, 8)) / 8
    return Batch(torch.tensor(values).view(size, width), torch.tensor(labels), margin, columns)


@pytest.mark.parametrize("mining", [mode for mode in MINING_MODES if mode not in RANDOM])
@examples
@given(data=st.data())
def test_counts_are_those_of_the_definition(mining, data):
    batch = data.draw(batches(distinct=mining in ONE_NEGATIVE))
    kept = [triplet for triplet in batch.chosen(mining) if batch.costs(triplet)]
    mined = batch.mine(mining)
    assert torch.equal(mined.weights, batch.counted(kept))
    assert mined.tuples == len(kept)
    assert mined.offset == batch.margin * len(kept)


@pytest.mark.parametrize("mining", ONE_NEGATIVE)
@examples
@given(batch=batches())
def test_ties_change_neither_the_number_nor_the_loss(mining, batch):
    kept = [triplet for triplet in batch.chosen(mining) if batch.costs(triplet)]
    mined = batch.mine(mining)
    assert mined.tuples == len(kept)
    hinges = sum(batch.d(a, p) + batch.margin - batch.d(a, n) for a, p, n in kept)
    assert batch.loss(mined) == pytest.approx(hinges, abs=1e-6)


@pytest.mark.parametrize("mining", [mode for mode in MINING_MODES if mode not in RANDOM])
@examples
@given(data=st.data())
def test_soft_losses_are_those_of_the_definition(mining, data):
    batch = data.draw(batches(distinct=mining in ONE_NEGATIVE))
    slopes, total = torch.zeros_like(batch.distances), 0.0
    kept = batch.chosen(mining)
    for a, p, n in kept:
        excess = batch.d(a, p) + batch.margin - batch.d(a, n)
        total += math.log1p(math.exp(excess))
        slopes[a, p] += 1 / (1 + math.exp(-excess))
        slopes[a, n] -= 1 / (1 + math.exp(-excess))
    mined = batch.mine(mining, soft=True)
    assert mined.tuples == len(kept)
    torch.testing.assert_close(mined.weights, slopes, rtol=1e-5, atol=1e-5)
    assert batch.loss(mined) == pytest.approx(total, rel=1e-5, abs=1e-5)


@EVERY_MODE
@examples
@given(batch=batches(), soft=st.booleans())
def test_active_and_total_are_the_same_for_every_mode(mining, batch, soft):
    triplets = batch.every_triplet()
    mined = batch.mine(mining, soft=soft)
    assert mined.total == len(triplets)
    assert mined.active == sum(batch.costs(triplet) for triplet in triplets)


@pytest.mark.parametrize("mining", RANDOM)
@examples
@given(batch=batches(), seed=st.integers(0, 99))
def test_random_modes_take_one_negative_for_each_pair(mining, batch, seed):
    batch.margin = 100.0
    mined = batch.mine(mining, torch.Generator().manual_seed(seed))
    pairs = {(a, p) for a, p, _ in batch.every_triplet()}
    assert mined.tuples == len(pairs)
    assert not mined.weights.sum(dim=1).any()
    assert {(a, p) for a, p in (mined.weights == 1).nonzero().tolist()} == pairs
    drawn = {(a, n) for a, n in (mined.weights < 0).nonzero().tolist()}
    assert drawn <= {(a, n) for a, _, n in batch.every_triplet()}


def test_random_negatives_are_uniform_and_follow_the_generator():
    labels = torch.tensor([0, 0, 1, 2, 3, 4])
    batch = Batch(torch.rand(6, 6, generator=torch.Generator().manual_seed(0)), labels, 5.0)
    generator = torch.Generator().manual_seed(1)
    drawn = sum(batch.mine("random", generator).weights for _ in range(800))
    # 800 draws of one of four: mean 200, standard deviation 12.2.
    assert ((drawn[:2, 2:] + 200).abs() < 5 * 12.2).all()
    again = [batch.mine("random", torch.Generator().manual_seed(7)).weights for _ in range(2)]
    assert torch.equal(*again)


def test_weighted_negatives_are_drawn_in_proportion():
    labels = torch.tensor([0, 0, 1, 2, 3, 4])
    weights = torch.tensor([9.0, 9.0, 0.1, 0.2, 0.3, 0.4])
    distances = torch.rand(6, 6, generator=torch.Generator().manual_seed(0))
    generator = torch.Generator().manual_seed(1)
    log_weights = weights.log().expand(6, 6) + 700
    drawn = sum(
        mine_triplets(distances, labels, 5.0, "distance-weighted", generator, log_weights=log_weights).weights
        for _ in range(800)
    )
    expected = 800 * weights[2:]
    assert ((drawn[:2, 2:] + expected).abs() < 5 * (expected * (1 - weights[2:])).sqrt()).all()


def test_what_weighs_nothing_is_never_drawn():
    distances, labels = torch.ones(4, 4), torch.tensor([0, 0, 1, 2])
    log_weights = torch.zeros(4, 4)
    log_weights[0] = -torch.inf
    log_weights[1, 3] = -torch.inf
    for seed in range(20):
        generator = torch.Generator().manual_seed(seed)
        mined = mine_triplets(distances, labels, 5.0, "distance-weighted", generator, log_weights=log_weights)
        assert mined.weights.tolist() == [[0] * 4, [1, 0, -1, 0], [0] * 4, [0] * 4]


def test_random_keeps_only_negatives_with_positive_loss():
    distances = torch.tensor([[0.0, 0.1, 0.2, 5.0], [0.1, 0.0, 5.0, 5.0], [9.0] * 4, [9.0] * 4])
    batch = Batch(distances, torch.tensor([0, 0, 1, 2]), 0.5)
    generator = torch.Generator().manual_seed(0)
    counts = [int(batch.mine("random", generator).tuples) for _ in range(50)]
    assert set(counts) == {0, 1}


@pytest.mark.parametrize("dim", [2, 3, 8, 32])
def test_weights_of_distances_are_those_of_pytorch_metric_learning(dim, monkeypatch):
    generator = torch.Generator().manual_seed(dim)
    labels = torch.arange(24) % 6
    embeddings = normalize(torch.randn(24, dim, dtype=torch.float64, generator=generator))
    seen = {}

    def note(labels, ref_labels, weights):
        seen["weights"] = weights
        return loss_and_miner_utils.get_all_triplets_indices(labels, ref_labels)

    monkeypatch.setattr(loss_and_miner_utils, "get_random_triplet_indices", note)
    DistanceWeightedMiner()(embeddings, labels)
    same = labels[:, None] == labels
    cosine = 1 - embeddings @ embeddings.T
    log_weights = negative_log_weights(cosine, dim).masked_fill(same, -torch.inf)
    torch.testing.assert_close(log_weights.softmax(dim=1), seen["weights"], rtol=1e-6, atol=1e-12)


def test_weights_of_distances_undo_their_density():
    """Directions drawn at random have distances that, weighed, are spread evenly between the cut-offs."""
    directions = normalize(torch.randn(300_000, 4, generator=torch.Generator().manual_seed(0)))
    pole = normalize(torch.ones(1, 4))
    weights = negative_log_weights(1 - pole @ directions.T, 4)[0].exp()
    distance = (directions - pole).norm(dim=1)
    edges = torch.linspace(0.5, 1.4, 10)
    parts = torch.stack(
        [weights[(distance >= a) & (distance < b)].sum() for a, b in itertools.pairwise(edges.tolist())]
    )
    assert (parts / parts.mean() - 1).abs().max() < 0.1
    assert not weights[distance >= 1.4].any()


def test_weights_of_distances_are_finite_at_any_dimension():
    log_weights = negative_log_weights(torch.tensor([[0.0, 1e-9, 0.5, 0.97, 0.98, 1.0, 2.0]]), 4096)
    assert log_weights[0, :4].isfinite().all()
    assert (log_weights[0, 4:] == -torch.inf).all()


def test_far_negatives_are_drawn_where_only_their_likes_are_left():
    """Their weight is nothing beside that of closer columns of the anchor's own class."""
    cosine = torch.tensor([[0.0, 0.1, 0.9, 0.95], [0.1, 0.0, 0.9, 0.95], [1.0] * 4, [1.0] * 4])
    mined = mine_triplets(
        cosine, torch.tensor([0, 0, 1, 2]), 5.0, "distance-weighted", log_weights=negative_log_weights(cosine, 4096)
    )
    assert mined.tuples == 2


@EVERY_MODE
@pytest.mark.parametrize("labels", [[0], [0, 0, 0], [0, 1, 2]])
def test_a_batch_without_triplets_has_no_counts(mining, labels):
    batch = Batch(torch.ones(len(labels), len(labels)), torch.tensor(labels), 0.2)
    for soft in (False, True):
        mined = batch.mine(mining, soft=soft)
        assert not mined.weights.any()
        assert (mined.offset, mined.tuples, mined.active, mined.total) == (0, 0, 0, 0)


def test_an_unknown_mode_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"all, semi-hard, hard, batch-hard, random, .*, found 'soft'"):
        mine_triplets(torch.ones(2, 2), torch.tensor([0, 1]), 0.2, "soft")


def test_distance_weighted_mining_needs_weights():
    with pytest.raises(ValueError, match="distance-weighted mining needs log_weights"):
        mine_triplets(torch.ones(2, 2), torch.tensor([0, 1]), 0.2, "distance-weighted")


@pytest.mark.parametrize("count", [compared_one_by_one, searched_among_sorted, count_below])
@examples
@given(data=st.data())
def test_counting_is_that_of_plain_loops(count, data):
    rows, columns, width = (data.draw(st.integers(1, most)) for most in (4, 9, 20))
    grid = st.sampled_from([-math.inf, 0.0, 0.25, 0.5, 1.0, math.inf])
    values, thresholds = (
        torch.tensor(data.draw(st.lists(grid, min_size=rows * size, max_size=rows * size))).view(rows, size)
        for size in (columns, width)
    )
    below, above = count(values, thresholds)
    assert below.tolist() == [[sum(v < t for v in vs) for t in ts] for vs, ts in zip(values, thresholds, strict=True)]
    assert above.tolist() == [[sum(v < t for t in ts) for v in vs] for vs, ts in zip(values, thresholds, strict=True)]


@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize(
    "choose", [every_negative, partial(semi_hard_negatives, margin=0.25), closest_negative, farthest_positive]
)
@examples
@given(batch=batches())
def test_filling_changes_nothing(choose, soft, batch):
    """On a GPU the lists of positives are as long as there are columns, so that nothing waits for the largest class."""
    column_labels, own = batch.columns or (batch.labels, torch.arange(len(batch.labels)))
    pairs = find_pairs(batch.distances, batch.labels, column_labels, own)
    spare = batch.distances.shape[1]
    longer = replace(
        pairs,
        positives=pad(pairs.positives, (0, spare)),
        valid=pad(pairs.valid, (0, spare)),
        d_ap=pad(pairs.d_ap, (0, spare), value=0.125),
    )
    short, long = (
        soft_sum(batch.distances, some, choose(some), 0.25)
        if soft
        else hinge_sum(some, partial(reach_of, some, 0.25), choose(some), 0.25)
        for some in (pairs, longer)
    )
    torch.testing.assert_close(long.weights, short.weights)
    torch.testing.assert_close(long.offset, short.offset)
    assert long.tuples == short.tuples
