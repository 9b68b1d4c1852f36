"""Pairs by identity, against loops over all pairs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from core.errors import Cancelled
from core.evaluation import identity_counts as module
from core.evaluation.identity_counts import IdentityCounts, count_by_identity
from core.evaluation.sampled_rates import SampledRates
from core.evaluation.verification import verification_curve
from tests.core.evaluation.populations import Population


def counted(x, y, distance="euclidean", groups=None) -> IdentityCounts:
    return count_by_identity(x, y, distance, verification_curve(x, y, distance, groups=groups), groups=groups)


def by_loop(x, y, edges, distances, groups) -> tuple[np.ndarray, np.ndarray]:
    genuine, impostor = np.zeros((2, y.max() + 1, len(edges)))
    for a in range(len(x)):
        for b in range(a + 1, len(x)):
            if groups[a] >= 0 and groups[a] == groups[b]:
                continue
            place = np.searchsorted(edges[:-1], distances[a, b])
            if y[a] == y[b]:
                genuine[y[a], place] += 1
            else:
                impostor[y[a], place] += 1
                impostor[y[b], place] += 1
    return genuine, impostor


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["euclidean", "squared-euclidean", "cosine"]), st.booleans())
def test_every_pair_is_counted_once_for_each_identity(seed: int, distance: str, grouped: bool) -> None:
    """Whole-numbered embeddings, so that many distances are the same as an edge."""
    generator = np.random.default_rng(seed)
    x, y = generator.integers(-2, 3, (40, 3)).astype(float), np.repeat(np.arange(8), 5)
    x[:, 0] += 3
    groups = generator.integers(-1, 10, 40) if grouped else np.full(40, -1)
    counts = counted(x, y, distance, groups)
    plain = np.linalg.norm(x[:, None] - x, axis=2)
    unit = x / np.linalg.norm(x, axis=1, keepdims=True)
    distances = {"euclidean": plain, "squared-euclidean": plain**2, "cosine": 1 - unit @ unit.T}[distance]
    for found, expected in zip(
        (counts.genuine, counts.impostor), by_loop(x, y, counts.edges + 1e-9, distances, groups), strict=True
    ):
        np.testing.assert_array_equal(found, expected)


def test_several_tiles_count_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = Population().sample(np.random.default_rng(1), 300)
    counts = counted(x, y)
    assert len(x) == 1_500
    curve = verification_curve(x, y, "euclidean")
    assert counts.pairs == (curve.genuine_pairs, curve.impostor_pairs)
    np.testing.assert_array_equal(counts.genuine.sum(axis=0).cumsum()[:-1], curve.kinds[0].up_to(counts.edges[:-1]))
    np.testing.assert_array_equal(
        counts.impostor.sum(axis=0).cumsum()[:-1] / 2, curve.kinds[1].up_to(counts.edges[:-1])
    )


def test_the_order_of_the_images_does_not_matter() -> None:
    x, y = Population().sample(np.random.default_rng(1), 30)
    order = np.random.default_rng(2).permutation(len(x))
    one, other = counted(x, y), counted(x[order], y[order])
    np.testing.assert_array_equal(one.impostor, other.impostor)


def test_many_identities_have_fewer_edges() -> None:
    x, y = Population().sample(np.random.default_rng(1), 25)
    curve = verification_curve(x, y, "euclidean")
    assert 300 < len(module.edges_of(curve, 25)) <= module.MOST_EDGES
    few = len(module.edges_of(curve, 10_000))
    assert few * 10_000 <= module.MOST_COUNTS
    assert len(module.edges_of(curve, 10_000_000)) >= module.FEWEST_EDGES // 2


def test_leaving_an_identity_out_is_measuring_the_others() -> None:
    x, y = Population(images=(4, 4)).sample(np.random.default_rng(2), 20)
    counts = counted(x, y)
    left_out = SampledRates(*counts.without_one(), counts.distances, counts.pairs)
    for one in (0, 7, 19):
        others = verification_curve(x[y != one], y[y != one], "euclidean")
        assert left_out.auc()[one] == pytest.approx(others.auc, abs=1e-3)
        assert left_out.eer()[one] == pytest.approx(others.eer, abs=0.01)


def test_weights_are_those_of_the_pairs_of_the_drawn_identities() -> None:
    """A pair of identities drawn m and n times counts m + n - 1 times, pairs of one identity m times."""
    x, y = Population(images=(3, 3)).sample(np.random.default_rng(3), 20)
    counts = counted(x, y)
    times = np.random.default_rng(5).integers(1, 4, 20)
    times[7] = 0
    rates = SampledRates(*counts.weighted(times[None].astype(float)), counts.distances, counts.pairs)
    first, second = np.triu_indices(len(x), 1)
    same = y[first] == y[second]
    weights = np.where(same, times[y[first]], times[y[first]] + times[y[second]] - 1)
    expected = roc_auc_score(same, -np.linalg.norm(x[first] - x[second], axis=1), sample_weight=weights)
    assert rates.auc()[0] == pytest.approx(expected, abs=2e-3)


def test_it_can_be_cancelled() -> None:
    def stop(share: float) -> None:
        raise Cancelled

    x, y = Population().sample(np.random.default_rng(1), 25)
    with pytest.raises(Cancelled):
        count_by_identity(x, y, "euclidean", verification_curve(x, y, "euclidean"), watch=stop)
