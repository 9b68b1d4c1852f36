import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.hyperparameters import MINING_MODES
from core.mining import mine_triplets

examples = settings(max_examples=40, deadline=None)


def every_triplet(labels):
    size = len(labels)
    return [
        (a, p, n)
        for a in range(size)
        for p in range(size)
        for n in range(size)
        if a != p and labels[a] == labels[p] != labels[n]
    ]


def chosen_triplets(distances, labels, margin, mining):
    """api.md's definitions over the list of all triplets."""
    triplets = every_triplet(labels)
    if mining == "all":
        return triplets
    if mining == "semi-hard":
        return [(a, p, n) for a, p, n in triplets if distances[a][p] < distances[a][n] <= distances[a][p] + margin]
    closest = {}
    for a, p, n in triplets:
        if (a, p) not in closest or distances[a][n] < distances[a][closest[a, p]]:
            closest[a, p] = n
    if mining == "hard":
        return [(a, p, n) for (a, p), n in closest.items()]
    farthest = {}
    for a, p in closest:
        if a not in farthest or distances[a][p] > distances[a][farthest[a]]:
            farthest[a] = p
    return [(a, p, closest[a, p]) for a, p in farthest.items()]


def positive(triplets, distances, margin):
    return [(a, p, n) for a, p, n in triplets if distances[a][p] + margin > distances[a][n]]


def counted(triplets, size):
    weights = torch.zeros(size, size)
    for a, p, n in triplets:
        weights[a, p] += 1
        weights[a, n] -= 1
    return weights


@st.composite
def batches(draw, distinct):
    """Distances on a grid, so that ties and d_an = d_ap + margin are common; distinct ones where asked for."""
    size = draw(st.integers(1, 9))
    labels = draw(st.lists(st.integers(-1, 3), min_size=size, max_size=size))
    if distinct:
        cells = draw(st.permutations(range(size * size)))
        values = [cell / 16 for cell in cells]
    else:
        values = draw(st.lists(st.integers(0, 6), min_size=size * size, max_size=size * size))
        values = [value / 8 for value in values]
    return torch.tensor(values).view(size, size), torch.tensor(labels), draw(st.integers(0, 8)) / 8


@pytest.mark.parametrize(
    ("mining", "distinct"), [("all", False), ("semi-hard", False), ("hard", True), ("batch-hard", True)]
)
@examples
@given(data=st.data())
def test_counts_are_those_of_the_definition(mining, distinct, data):
    distances, labels, margin = data.draw(batches(distinct))
    kept = positive(chosen_triplets(distances.tolist(), labels.tolist(), margin, mining), distances.tolist(), margin)
    mined = mine_triplets(distances, labels, margin, mining)
    assert torch.equal(mined.weights, counted(kept, len(labels)))
    assert mined.tuples == len(kept)


@pytest.mark.parametrize("mining", MINING_MODES)
@examples
@given(batch=batches(distinct=False))
def test_active_and_total_are_the_same_for_every_mode(mining, batch):
    distances, labels, margin = batch
    triplets = every_triplet(labels.tolist())
    mined = mine_triplets(distances, labels, margin, mining)
    assert mined.total == len(triplets)
    assert mined.active == len(positive(triplets, distances.tolist(), margin))


@examples
@given(batch=batches(distinct=False), seed=st.integers(0, 99))
def test_random_takes_one_negative_for_each_pair(batch, seed):
    distances, labels, _ = batch
    mined = mine_triplets(distances, labels, 100.0, "random", torch.Generator().manual_seed(seed))
    pairs = {(a, p) for a, p, _ in every_triplet(labels.tolist())}
    assert mined.tuples == len(pairs)
    assert not mined.weights.sum(dim=1).any()
    same = labels[:, None] == labels
    assert torch.equal(mined.weights.clamp(min=0), counted([(a, p, a) for a, p in pairs], len(labels)).clamp(min=0))
    assert not mined.weights.clamp(max=0)[same].any()


def test_random_negatives_are_uniform_and_follow_the_generator():
    labels = torch.tensor([0, 0, 1, 2, 3, 4])
    distances = torch.rand(6, 6, generator=torch.Generator().manual_seed(0))
    generator = torch.Generator().manual_seed(1)
    drawn = sum(mine_triplets(distances, labels, 5.0, "random", generator).weights for _ in range(800))
    # 800 draws of one of four: mean 200, standard deviation 12.2.
    assert ((drawn[:2, 2:] + 200).abs() < 5 * 12.2).all()
    again = [
        mine_triplets(distances, labels, 5.0, "random", torch.Generator().manual_seed(7)).weights for _ in range(2)
    ]
    assert torch.equal(*again)


def test_random_keeps_only_negatives_with_positive_loss():
    distances = torch.tensor([[0.0, 0.1, 0.2, 5.0], [0.1, 0.0, 5.0, 5.0], [9.0] * 4, [9.0] * 4])
    labels = torch.tensor([0, 0, 1, 2])
    generator = torch.Generator().manual_seed(0)
    counts = [int(mine_triplets(distances, labels, 0.5, "random", generator).tuples) for _ in range(50)]
    assert set(counts) == {0, 1}


@pytest.mark.parametrize("mining", MINING_MODES)
@pytest.mark.parametrize("labels", [[0], [0, 0, 0], [0, 1, 2]])
def test_a_batch_without_triplets_has_no_counts(mining, labels):
    mined = mine_triplets(torch.ones(len(labels), len(labels)), torch.tensor(labels), 0.2, mining)
    assert not mined.weights.any()
    assert (mined.tuples, mined.active, mined.total) == (0, 0, 0)


def test_an_unknown_mode_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"all, semi-hard, hard, batch-hard, random, found 'soft'"):
        mine_triplets(torch.ones(2, 2), torch.tensor([0, 1]), 0.2, "soft")
