"""Losses of listed tuples: by hand, and against the losses of labelled batches where everything is listed."""

import math
from itertools import combinations, permutations

import pytest
import torch
from torch import Tensor

from core.data.tuples import FITTING_LOSSES
from core.losses.contrastive import ContrastiveLoss
from core.losses.given_tuples import (
    GivenPairsLoss,
    GivenQuadrupletsLoss,
    GivenTripletsLoss,
    GivenTuples,
    GivenTuplesLoss,
    build_given_tuples_loss,
)
from core.losses.quadruplet import QuadrupletLoss
from core.losses.triplet import TripletLoss

LINE = torch.tensor([[0.0], [0.5], [0.6], [2.0]])
"""Embeddings on a line, so that distances are differences."""
LABELS = torch.tensor([0, 0, 0, 1, 1, 2, 3])


def tuples(*rows: tuple[int, ...], same: tuple[int, ...] | None = None) -> GivenTuples:
    return GivenTuples(torch.tensor(rows), None if same is None else torch.tensor(same, dtype=torch.bool))


def batch(dtype: torch.dtype = torch.float64) -> Tensor:
    values = torch.randn(len(LABELS), 5, generator=torch.Generator().manual_seed(0), dtype=dtype)
    return torch.nn.functional.normalize(values, dim=1).requires_grad_()


def every_triplet() -> GivenTuples:
    count = range(len(LABELS))
    return tuples(
        *((a, p, n) for a in count for p in count for n in count if a != p and LABELS[a] == LABELS[p] != LABELS[n])
    )


# --- by hand


def test_pairs_by_hand() -> None:
    """Genuine at 0.5 and 0.6; impostors 0.1 and 1.5 apart, of which a margin of 1 costs the first one 0.9."""
    given = tuples((0, 1), (2, 0), (1, 2), (3, 1), same=(1, 1, 0, 0))
    plain, squared = GivenPairsLoss(1.0)(LINE, given), GivenPairsLoss(1.0, squared=True)(LINE, given)
    assert plain.value.item() == pytest.approx((0.5 + 0.6) / 2 + 0.9)
    assert squared.value.item() == pytest.approx((0.25 + 0.36) / 2 + 0.81)
    for loss in (plain, squared):
        assert (loss.active_fraction, loss.tuples) == (0.75, 3)


@pytest.mark.parametrize(("margin", "value", "active"), [(0.2, 0.1, 1), (0.05, 0.0, 0), (1.6, (1.5 + 0.1) / 2, 2)])
def test_triplets_by_hand(margin: float, value: float, active: int) -> None:
    """The field's golden value: d_ap 0.5, d_an 0.6 and margin 0.2 give 0.1; beside it a triplet with d_an 2."""
    found = GivenTripletsLoss(margin, "euclidean")(LINE, tuples((0, 1, 2), (0, 1, 3)))
    assert found.value.item() == pytest.approx(value, abs=1e-6)
    assert (found.tuples, found.active_fraction) == (active, active / 2)


def test_soft_triplets_by_hand() -> None:
    found = GivenTripletsLoss(0.2, "euclidean", soft=True)(LINE, tuples((0, 1, 2), (0, 1, 3)))
    assert found.value.item() == pytest.approx((math.log1p(math.exp(0.1)) + math.log1p(math.exp(-1.3))) / 2)
    assert (found.tuples, found.active_fraction) == (2, 0.5)


def test_quadruplets_by_hand() -> None:
    """d_ap = 0.5, d(a, n1) = 0.6, d(n1, n2) = 1.4: hinges 0.5 + 0.4 - 0.6 and 0.5 + 0.2 - 1.4."""
    found = GivenQuadrupletsLoss(0.4, "euclidean")(LINE, tuples((0, 1, 2, 3)))
    assert found.value.item() == pytest.approx(0.3)
    assert (found.tuples, found.active_fraction) == (1, 0.5)
    found = GivenQuadrupletsLoss(2.0, "euclidean")(LINE, tuples((0, 1, 2, 3)))
    assert found.value.item() == pytest.approx(1.9 + 0.1)


def test_cosine_distances() -> None:
    vectors = torch.tensor([[0.6, 0.8, 0.0], [1.6, 1.2, 0.0], [0.0, 0.0, 3.0]])
    found = GivenPairsLoss(1.0, "cosine")(vectors, tuples((0, 1), (0, 2), same=(1, 0)))
    assert found.value.item() == pytest.approx(0.04, abs=1e-6)


# --- against the losses of labelled batches


@pytest.mark.parametrize("distance", ["cosine", "euclidean", "squared-euclidean"])
@pytest.mark.parametrize("squared", [False, True])
def test_all_pairs_listed_are_the_contrastive_loss(distance: str, squared: bool) -> None:
    rows = list(combinations(range(len(LABELS)), 2))
    given = tuples(*rows, same=tuple(int(LABELS[a] == LABELS[b]) for a, b in rows))
    ours = lambda x: GivenPairsLoss(0.9, distance, squared)(x, given)  # noqa: E731
    theirs = lambda x: ContrastiveLoss(0.9, distance, squared)(x, LABELS)  # noqa: E731
    assert_same_loss(ours, theirs)


@pytest.mark.parametrize("distance", ["cosine", "euclidean"])
def test_all_triplets_listed_are_the_triplet_loss(distance: str) -> None:
    given = every_triplet()
    ours = lambda x: GivenTripletsLoss(0.3, distance)(x, given)  # noqa: E731
    theirs = lambda x: TripletLoss(0.3, distance, "all")(x, LABELS)  # noqa: E731
    assert_same_loss(ours, theirs)


def test_all_quadruplets_of_one_pair_are_the_quadruplet_loss() -> None:
    labels = torch.tensor([0, 0, 1, 2])
    given = tuples(*((a, p, *negatives) for a, p in ((0, 1), (1, 0)) for negatives in permutations((2, 3))))
    ours = lambda x: GivenQuadrupletsLoss(0.5)(x[:4], given)  # noqa: E731
    theirs = lambda x: QuadrupletLoss(0.5)(x[:4], labels)  # noqa: E731
    assert_same_loss(ours, theirs, counts=False)


def assert_same_loss(ours, theirs, counts: bool = True) -> None:
    one, other = batch(), batch()
    found, expected = ours(one), theirs(other)
    torch.testing.assert_close(found.value, expected.value, rtol=1e-9, atol=1e-12)
    assert expected.value > 0
    if counts:
        assert found.tuples == expected.tuples
        assert found.active_fraction == pytest.approx(expected.active_fraction)
    found.value.backward()
    expected.value.backward()
    torch.testing.assert_close(one.grad, other.grad, rtol=1e-9, atol=1e-12)


# --- properties

LOSSES = [
    (GivenPairsLoss(0.7), tuples((0, 1), (1, 2), (0, 3), (3, 5), same=(1, 1, 0, 0))),
    (GivenPairsLoss(0.7, squared=True), tuples((0, 1), (1, 2), (0, 3), (3, 5), same=(1, 1, 0, 0))),
    (GivenTripletsLoss(0.4), tuples((0, 1, 3), (1, 2, 5), (3, 4, 6))),
    (GivenTripletsLoss(0.4, soft=True), tuples((0, 1, 3), (1, 2, 5), (3, 4, 6))),
    (GivenQuadrupletsLoss(0.4), tuples((0, 1, 3, 5), (3, 4, 0, 6))),
]
every_loss = pytest.mark.parametrize(("loss", "given"), LOSSES, ids=["pairs", "d²", "triplets", "soft", "quadruplets"])


@every_loss
def test_gradient_against_finite_differences(loss: GivenTuplesLoss, given: GivenTuples) -> None:
    assert torch.autograd.gradcheck(lambda x: loss(x, given).value, batch())


@every_loss
def test_the_order_of_tuples_and_images_does_not_matter(loss: GivenTuplesLoss, given: GivenTuples) -> None:
    embeddings = batch()
    expected = loss(embeddings, given)
    order = torch.randperm(len(LABELS), generator=torch.Generator().manual_seed(1))
    flipped = GivenTuples(order.argsort()[given.rows].flip(0), None if given.same is None else given.same.flip(0))
    found = loss(embeddings[order], flipped)
    torch.testing.assert_close(found.value, expected.value)
    assert (found.tuples, found.active_fraction) == (expected.tuples, expected.active_fraction)


@every_loss
def test_identical_embeddings_leave_everything_finite(loss: GivenTuplesLoss, given: GivenTuples) -> None:
    embeddings = torch.ones(len(LABELS), 5, requires_grad=True)
    value = loss(embeddings, given).value
    value.backward()
    assert value.isfinite()
    assert embeddings.grad.isfinite().all()


@every_loss
def test_nothing_is_left_to_learn_where_all_is_well(loss: GivenTuplesLoss, given: GivenTuples) -> None:
    embeddings = torch.eye(4)[LABELS].requires_grad_()
    found = loss(embeddings, given)
    found.value.backward()
    if isinstance(loss, GivenTripletsLoss) and loss.soft:
        assert 0 < found.value < math.log(2)
    else:
        assert (found.value, found.tuples) == (0, 0)
        assert not embeddings.grad.any()
    assert found.active_fraction == 0


@every_loss
def test_half_precision_is_summed_in_full(loss: GivenTuplesLoss, given: GivenTuples) -> None:
    embeddings = batch(torch.float32).detach().bfloat16()
    found = loss(embeddings, given).value
    assert found.dtype == torch.float32
    torch.testing.assert_close(found, loss(embeddings.float(), given).value)


def test_the_margin_is_live() -> None:
    loss = GivenTripletsLoss(0.2, "euclidean")
    loss.margin = 1.6
    assert loss(LINE, tuples((0, 1, 2), (0, 1, 3))).tuples == 2


# --- which loss, and bad input


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("contrastive", GivenPairsLoss),
        ("contrastive-squared", GivenPairsLoss),
        ("triplet", GivenTripletsLoss),
        ("soft-triplet", GivenTripletsLoss),
        ("quadruplet", GivenQuadrupletsLoss),
    ],
)
def test_by_name(name: str, kind: type[GivenTuplesLoss]) -> None:
    loss = build_given_tuples_loss(name, "euclidean")
    assert type(loss) is kind
    assert loss.distance.name == "euclidean"
    assert getattr(loss, "squared", getattr(loss, "soft", False)) == (name in ("contrastive-squared", "soft-triplet"))


def test_every_fitting_loss_is_there() -> None:
    widths = {"pairs": 2, "triplets": 3, "quadruplets": 4}
    for kind, names in FITTING_LOSSES.items():
        assert [build_given_tuples_loss(name, "cosine").width for name in names] == [widths[kind]] * len(names)


def test_a_loss_of_labelled_batches() -> None:
    with pytest.raises(ValueError, match=r"loss must be one of contrastive, .*, found 'arcface'"):
        build_given_tuples_loss("arcface", "cosine")


@pytest.mark.parametrize(
    ("loss", "given", "found"),
    [
        (GivenTripletsLoss(), tuples((0, 1)), r"tuples \[T, 3\] with T > 0, found \[4, 1\] and \[1, 2\]"),
        (GivenPairsLoss(), GivenTuples(torch.empty(0, 2, dtype=torch.int64)), r"found \[4, 1\] and \[0, 2\]"),
        (GivenPairsLoss(), tuples((0, 1)), r"pairs need same \[T\] with T = 1, found None"),
        (GivenPairsLoss(), tuples((0, 1), same=(1, 0)), r"pairs need same \[T\] with T = 1, found \[2\]"),
    ],
)
def test_batches_that_do_not_fit(loss: GivenTuplesLoss, given: GivenTuples, found: str) -> None:
    with pytest.raises(ValueError, match=found):
        loss(LINE, given)


@pytest.mark.parametrize("margin", [-0.1, math.nan, math.inf])
def test_margins_that_cannot_be_used(margin: float) -> None:
    with pytest.raises(ValueError, match="margin must be finite and at least 0"):
        GivenPairsLoss(margin)
