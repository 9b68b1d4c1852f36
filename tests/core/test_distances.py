import pickle

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import cdist
from torch.nn.functional import normalize

from core.distances import DISTANCES, EUCLIDEAN, LinearDistance, as_distance, exact_distances, pairwise_distances
from core.losses import ContrastiveLoss, TripletLoss

BOTH = pytest.mark.parametrize("measure", [pairwise_distances, exact_distances])
EVERY = pytest.mark.parametrize("distance", list(DISTANCES))
points = arrays(np.float64, st.tuples(st.integers(1, 6), st.just(3)), elements=st.floats(-10, 10, width=32))
examples = settings(max_examples=40, deadline=None)


def by_hand(x, y, distance):
    """The definitions, one pair at a time."""
    result = np.empty((len(x), len(y)))
    for i, a in enumerate(x):
        for j, b in enumerate(y):
            squared = sum((p - q) ** 2 for p, q in zip(a, b, strict=True))
            lengths = np.sqrt(sum(p * p for p in a)) * np.sqrt(sum(q * q for q in b))
            cosine = 1 - sum(p * q for p, q in zip(a, b, strict=True)) / lengths if lengths else np.nan
            result[i, j] = {"euclidean": np.sqrt(squared), "squared-euclidean": squared, "cosine": cosine}[distance]
    return result


@BOTH
@pytest.mark.parametrize(("distance", "value"), [("euclidean", 0.2828), ("squared-euclidean", 0.08), ("cosine", 0.04)])
def test_golden_values(measure, distance, value):
    x, y = torch.tensor([[0.6, 0.8, 0.0]]), torch.tensor([[0.8, 0.6, 0.0]])
    assert measure(x, y, distance).item() == pytest.approx(value, abs=5e-5)


@BOTH
@EVERY
def test_matches_the_definition(measure, distance):
    generator = np.random.default_rng(0)
    x, y = generator.normal(size=(7, 5)), generator.normal(size=(4, 5))
    np.testing.assert_allclose(measure(x, y, distance), by_hand(x, y, distance), rtol=1e-12, atol=1e-12)


@EVERY
def test_keeps_float32_precision_for_near_pairs(distance):
    x = normalize(torch.randn(50, 128, generator=torch.Generator().manual_seed(0)))
    near = normalize(x + 1e-4 * torch.randn(50, 128, generator=torch.Generator().manual_seed(1)))
    found = pairwise_distances(x, near, distance).diagonal()
    assert found.dtype == torch.float32
    torch.testing.assert_close(found.double(), exact_distances(x, near, distance).diagonal(), rtol=1e-5, atol=1e-12)


def test_is_exact_far_from_the_origin():
    x = 1000 + torch.randn(20, 16, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(pairwise_distances(x, x).double(), exact_distances(x, x), rtol=1e-5, atol=1e-4)


@pytest.mark.parametrize("size", [2, 3, 64, 129, 2048])
def test_equal_rows_have_distance_exactly_0(size):
    row = normalize(torch.randn(1, size, generator=torch.Generator().manual_seed(size)))
    x = row.repeat(70, 1)
    for distance in DISTANCES:
        assert not pairwise_distances(x, x, distance).any()
        assert not pairwise_distances(x.double(), x.clone().double(), distance).any()


def test_exact_distances_keep_ties_wherever_a_pair_stands():
    corners = torch.randn(5, 127, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    x = corners.repeat(13, 1)
    blocks = exact_distances(x, x, "cosine").view(13, 5, 13, 5)
    assert torch.equal(blocks, blocks[:1, :, :1].expand_as(blocks))
    assert torch.equal(blocks[0, :, 0], exact_distances(corners, corners, "cosine"))


@BOTH
@EVERY
@examples
@given(x=points)
def test_is_a_dissimilarity(measure, distance, x):
    found = measure(x, x, distance)
    scale = 1 + float(found.max())
    assert (found >= 0).all()
    assert not found.diagonal().any()
    torch.testing.assert_close(found, found.T, rtol=1e-9, atol=1e-6 * scale)


@BOTH
@examples
@given(x=points)
def test_euclidean_distance_obeys_the_triangle_inequality(measure, x):
    found = measure(x, x, "euclidean")
    detour = (found[:, :, None] + found[None]).amin(dim=1)
    assert (found <= detour + 1e-6 * (1 + np.abs(x).max())).all()


@EVERY
@examples
@given(x=points, seed=st.integers(0, 99))
def test_follows_a_permutation_of_the_rows(distance, x, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    found = pairwise_distances(x, x, distance)
    expected = found[order][:, order]
    torch.testing.assert_close(pairwise_distances(x[order], x[order], distance), expected, rtol=1e-9, atol=1e-5)


def test_unit_vectors_have_squared_euclidean_twice_the_cosine():
    x = normalize(torch.randn(10, 6, dtype=torch.float64, generator=torch.Generator().manual_seed(0)))
    squared, cosine = (pairwise_distances(x, x, name) for name in ("squared-euclidean", "cosine"))
    torch.testing.assert_close(squared, 2 * cosine)


@EVERY
def test_gradient_agrees_with_finite_differences(distance):
    generator = torch.Generator().manual_seed(0)
    x, y = (torch.randn(n, 4, dtype=torch.float64, generator=generator, requires_grad=True) for n in (3, 5))
    assert torch.autograd.gradcheck(lambda a, b: pairwise_distances(a, b, distance), (x, y))


@EVERY
@pytest.mark.parametrize("row", [[0.0, 0.0, 0.0], [0.3, -0.1, 0.2]])
def test_gradient_at_equal_rows_is_0(distance, row):
    x = torch.tensor([row] * 4, requires_grad=True)
    pairwise_distances(x, x, distance).sum().backward()
    torch.testing.assert_close(x.grad, torch.zeros(4, 3), rtol=0, atol=1e-6)


@BOTH
def test_a_zero_row_is_half_a_cosine_distance_away_from_any_that_is_not(measure):
    x = torch.tensor([[0.0, 0.0], [0.0, 0.0], [3.0, 4.0]])
    assert measure(x, x, "cosine").tolist() == [[0.0, 0.0, 0.5], [0.0, 0.0, 0.5], [0.5, 0.5, 0.0]]


@EVERY
def test_a_zero_row_leaves_the_gradient_finite(distance):
    x = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.6, 0.8]], requires_grad=True)
    found = pairwise_distances(x, x, distance)
    found.sum().backward()
    assert found.isfinite().all()
    assert x.grad.abs().max() < 100


@pytest.mark.parametrize(
    ("given_dtype", "result"),
    [(torch.float16, torch.float32), (torch.bfloat16, torch.float32), (torch.float64, torch.float64)],
)
def test_half_precision_gives_float32(given_dtype, result):
    x = torch.tensor([[3.0, 0.0], [0.0, 4.0]], dtype=given_dtype)
    found = pairwise_distances(x, x)
    assert found.dtype == result
    assert found.tolist() == [[0.0, 5.0], [5.0, 0.0]]


def test_autocast_does_not_cost_precision():
    x = normalize(torch.randn(30, 64, generator=torch.Generator().manual_seed(0)))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found = pairwise_distances(x, x)
    torch.testing.assert_close(found, pairwise_distances(x, x))


def test_nan_stays_nan():
    x = torch.tensor([[0.0, float("nan")], [1.0, 0.0]])
    assert pairwise_distances(x, x)[0].isnan().all()


def test_a_distance_object_is_as_good_as_its_name():
    x = torch.eye(3)
    assert torch.equal(pairwise_distances(x, x, EUCLIDEAN), pairwise_distances(x, x, "euclidean"))
    assert as_distance(EUCLIDEAN) is EUCLIDEAN


@BOTH
def test_an_unknown_distance_is_refused_with_the_known_ones(measure):
    with pytest.raises(ValueError, match=r"euclidean, squared-euclidean, cosine, found 'manhattan'"):
        measure(torch.eye(2), torch.eye(2), "manhattan")


@BOTH
@pytest.mark.parametrize("y", [torch.ones(2, 4), torch.ones(3), torch.ones(1, 2, 3)])
def test_shapes_that_do_not_fit_are_refused(measure, y):
    with pytest.raises(ValueError, match=r"must agree in D, found \[2, 3\]"):
        measure(torch.ones(2, 3), y)


# --- after a linear map

maps = arrays(np.float64, st.tuples(st.integers(1, 4), st.just(3)), elements=st.floats(-3, 3, width=32))


@BOTH
@examples
@given(x=points, y=points, W=maps)
def test_a_linear_distance_is_that_of_its_quadratic_form(measure, x, y, W):
    rule = LinearDistance("learned", W)
    np.testing.assert_allclose(rule.M, W.T @ W)
    gaps = x[:, None] - y[None]
    expected = np.sqrt(np.maximum(np.einsum("nmd,de,nme->nm", gaps, W.T @ W, gaps), 0.0))
    np.testing.assert_allclose(measure(x, y, rule), expected, rtol=1e-6, atol=1e-5)


@BOTH
def test_a_linear_distance_agrees_with_scipys_mahalanobis(measure):
    random = np.random.default_rng(0)
    x, y, W = random.normal(size=(9, 5)), random.normal(size=(4, 5)), random.normal(size=(5, 5))
    np.testing.assert_allclose(
        measure(x, y, LinearDistance("learned", W)), cdist(x, y, "mahalanobis", VI=W.T @ W), rtol=1e-9
    )


@BOTH
@examples
@given(x=points, W=maps)
def test_a_linear_distance_is_a_pseudometric(measure, x, W):
    found = measure(x, x, LinearDistance("learned", W))
    scale = 1 + float(found.max())
    assert not found.diagonal().any()
    torch.testing.assert_close(found, found.T, rtol=1e-9, atol=1e-6 * scale)
    assert (found <= (found[:, :, None] + found[None]).amin(dim=1) + 1e-5 * scale).all()


@BOTH
def test_the_identity_gives_euclidean_distances(measure):
    x = np.random.default_rng(0).normal(size=(6, 4))
    assert torch.equal(measure(x, x, LinearDistance("learned", np.eye(4))), measure(x, x, "euclidean"))


def test_linear_distances_keep_ties_wherever_a_pair_stands():
    generator = torch.Generator().manual_seed(0)
    rule = LinearDistance("learned", torch.randn(127, 127, generator=generator))
    corners = torch.randn(5, 127, dtype=torch.float64, generator=generator)
    x = corners.repeat(13, 1)
    blocks = exact_distances(x, x, rule).view(13, 5, 13, 5)
    assert torch.equal(blocks, blocks[:1, :, :1].expand_as(blocks))
    assert torch.equal(blocks[0, 0, 0, 1], exact_distances(corners[:1], corners[1:2], rule)[0, 0])


def test_losses_take_a_linear_distance_and_hand_its_gradient_on():
    generator = torch.Generator().manual_seed(0)
    rule = LinearDistance("learned", torch.randn(3, 4, generator=generator))
    x = torch.randn(8, 4, dtype=torch.float64, generator=generator, requires_grad=True)
    labels = torch.arange(8) % 2
    for loss, plain in (
        (
            TripletLoss(margin=0.5, distance=rule, mining="all"),
            TripletLoss(margin=0.5, mining="all", distance="euclidean"),
        ),
        (ContrastiveLoss(margin=1.0, distance=rule), ContrastiveLoss(margin=1.0, distance="euclidean")),
    ):
        value = loss(x, labels).value
        torch.testing.assert_close(value, plain(x @ torch.tensor(rule.W).T, labels).value)
        (gradient,) = torch.autograd.grad(value, x)
        assert gradient.isfinite().all()
        assert gradient.any()
    assert torch.autograd.gradcheck(lambda a: pairwise_distances(a[:3], a[3:], rule), (x,))


def test_float32_and_half_embeddings_are_mapped_in_float64():
    x = normalize(torch.randn(20, 16, generator=torch.Generator().manual_seed(0)))
    rule = LinearDistance("learned", 1e3 * np.eye(16))
    found = pairwise_distances(x, x, rule)
    assert found.dtype == pairwise_distances(x.half(), x.half(), rule).dtype == torch.float32
    torch.testing.assert_close(found.double(), exact_distances(x, x, rule), rtol=1e-6, atol=1e-9)


def test_a_linear_distance_survives_the_way_to_another_process():
    rule = LinearDistance("learned", np.arange(6.0).reshape(2, 3))
    found = pickle.loads(pickle.dumps(rule))
    assert (type(found), found.name) == (LinearDistance, "learned")
    np.testing.assert_array_equal(found.W, rule.W)
    assert not found.W.flags.writeable


@BOTH
def test_embeddings_of_another_size_are_refused(measure):
    rule = LinearDistance("nca", np.eye(3))
    with pytest.raises(ValueError, match=r"the nca distance is between embeddings \[N, 3\], found \[\d, 4\]"):
        measure(torch.ones(2, 4), torch.ones(2, 4), rule)


@pytest.mark.parametrize(
    ("W", "words"),
    [
        (np.eye(2)[0], r"W must be a matrix \[E, D\], found an array of shape \[2\]"),
        (np.empty((0, 3)), r"found an array of shape \[0, 3\]"),
        ([[1.0, np.nan]], "W must be finite, found nan"),
    ],
)
def test_a_map_that_is_none_is_refused(W, words):
    with pytest.raises(ValueError, match=words):
        LinearDistance("learned", np.array(W))
