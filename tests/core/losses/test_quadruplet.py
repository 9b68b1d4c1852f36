import itertools

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.losses import Columns, QuadrupletLoss, TripletLoss
from tests.core.losses import asserts


def mean_hinge(tuples, margin):
    """Mean of the positive hinges over pairs of distances, and how many of how many are positive."""
    hinges = [max(0.0, near + margin - far) for near, far in tuples]
    active = [hinge for hinge in hinges if hinge > 0]
    return sum(active) / max(len(active), 1), len(active), len(hinges)


def by_hand(embeddings, labels, margin, second_margin, columns=None):
    """The definition, one tuple at a time: value, active tuples, all tuples."""
    others = Columns(embeddings, labels, torch.arange(len(labels))) if columns is None else columns
    of_rows, of_columns, own = labels.tolist(), others.labels.tolist(), others.own.tolist()
    d = [[(x - y).norm().item() for y in others.embeddings] for x in embeddings]
    places = list(itertools.product(range(len(of_rows)), range(len(of_columns))))
    positive = [(i, j) for i, j in places if of_rows[i] == of_columns[j] and j != own[i]]
    negative = [(i, j) for i, j in places if of_rows[i] != of_columns[j]]
    triplets = [(d[a][p], d[k][n]) for a, p in positive for k, n in negative if k == a]
    if columns is None:
        positive, negative = ([(i, j) for i, j in pairs if i < j] for pairs in (positive, negative))
    quadruplets = [
        (d[a][p], d[k][n]) for a, p in positive for k, n in negative if of_rows[a] not in (of_rows[k], of_columns[n])
    ]
    first, second = mean_hinge(triplets, margin), mean_hinge(quadruplets, second_margin)
    return tuple(a + b for a, b in zip(first, second, strict=True))


def agrees(found, expected):
    value, active, total = expected
    assert found.value.item() == pytest.approx(value, abs=1e-9)
    assert (found.tuples, found.active_fraction) == (active, active / max(total, 1))


def test_worked_example():
    # Triplets: 1 + 0.5 against 3 and 4 (none active), 1 + 0.5 against 2 and 3. Quadruplets: 1 + 0.25 against 1.
    embeddings = torch.tensor([[0.0], [1.0], [3.0], [4.0]])
    found = QuadrupletLoss(margin=1.5, second_margin=0.25, distance="euclidean")(embeddings, torch.tensor([0, 0, 1, 2]))
    assert found.value.item() == pytest.approx(0.5 + 0.25)
    assert (found.tuples, found.active_fraction) == (2, pytest.approx(2 / 5))


@pytest.mark.parametrize(("margin", "second_margin"), [(0.2, None), (0.5, 0.3), (2.0, 2.0), (0.0, 0.0)])
@pytest.mark.parametrize("classes", [2, 3, 7])
def test_value_and_counts_are_those_of_plain_loops(margin, second_margin, classes):
    embeddings, labels = asserts.batch(size=14, classes=classes)
    second = margin / 2 if second_margin is None else second_margin
    agrees(
        QuadrupletLoss(margin, second_margin, "euclidean")(embeddings, labels),
        by_hand(embeddings, labels, margin, second),
    )


eighths = st.integers(0, 8).map(lambda count: count / 8)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), margin=eighths, second_margin=eighths)
def test_ties_are_not_active(data, margin, second_margin):
    # On a grid, where distances and hinges are exact.
    size = data.draw(st.integers(1, 8))
    column = data.draw(st.lists(eighths, min_size=size, max_size=size))
    labels = torch.tensor(data.draw(st.lists(st.integers(-1, 3), min_size=size, max_size=size)))
    embeddings = torch.tensor(column, dtype=torch.float64)[:, None]
    agrees(
        QuadrupletLoss(margin, second_margin, "euclidean")(embeddings, labels),
        by_hand(embeddings, labels, margin, second_margin),
    )


def test_against_columns():
    embeddings, labels, columns = asserts.memory()
    expected = by_hand(
        embeddings[:9], labels[:9], 0.4, 0.2, Columns(columns.embeddings, columns.labels, columns.own[:9])
    )
    found = QuadrupletLoss(0.4, distance="euclidean")(
        embeddings[:9], labels[:9], Columns(columns.embeddings, columns.labels, columns.own[:9])
    )
    agrees(found, expected)


def test_two_classes_leave_the_triplets():
    embeddings, labels = asserts.batch(size=24, classes=2)
    triplet = TripletLoss(margin=0.3, mining="all")
    asserts.matches(QuadrupletLoss(margin=0.3), lambda x, y: triplet(x, y).value, embeddings, labels)


def test_large_labels_are_as_good_as_small_ones():
    embeddings, labels = asserts.batch()
    loss = QuadrupletLoss()
    assert torch.equal(loss(embeddings, labels * 2**60 - 5).value, loss(embeddings, labels).value)


@pytest.mark.parametrize("name", ["margin", "second_margin"])
def test_a_negative_margin_is_refused(name):
    with pytest.raises(ValueError, match=f"^{name} must be finite and at least 0, found -1"):
        QuadrupletLoss(**{name: -1})
