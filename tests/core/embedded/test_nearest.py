from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.neighbors import NearestNeighbors

from core.distances import COSINE, EUCLIDEAN, Distance, LinearDistance
from core.embedded import nearest
from core.embedded.embedding_set import EmbeddingSet
from core.embedded.nearest import Barred, nearest_rows
from core.errors import Cancelled, InputError
from tests.core.embedded.made import clustered, make_set

W = np.random.default_rng(5).normal(size=(6, 16))
DISTANCES = {"euclidean": EUCLIDEAN, "cosine": COSINE, "linear": LinearDistance("mahalanobis", W)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> EmbeddingSet:
    return make_set(tmp_path_factory.mktemp("sets") / "set", *clustered(20, 8), shard=50)


@pytest.mark.parametrize("name", DISTANCES)
@pytest.mark.parametrize("rows_at_once", [7, 1 << 15])
def test_the_same_as_scikit_learn(
    made: EmbeddingSet, name: str, rows_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest, "_ROWS_AT_ONCE", rows_at_once)
    embeddings, _ = clustered(20, 8)
    queries = clustered(3, 2, seed=1)[0]
    space = (embeddings @ W.T, queries @ W.T) if name == "linear" else (embeddings, queries)
    peer = NearestNeighbors(n_neighbors=9, metric="cosine" if name == "cosine" else "euclidean", algorithm="brute")
    distances, rows = peer.fit(space[0].astype(np.float64)).kneighbors(space[1].astype(np.float64))
    found = nearest_rows(made, queries, 9, DISTANCES[name])
    np.testing.assert_array_equal(found.rows, rows)
    np.testing.assert_allclose(found.distances, distances, atol=1e-7)


def test_equal_distances_are_in_the_order_of_the_rows(tmp_path: Path) -> None:
    twice = np.tile(clustered(4, 3)[0], (2, 1))
    made = make_set(tmp_path / "set", twice, [0, 1] * 12, shard=5)
    found = nearest_rows(made, twice[:3], 2, EUCLIDEAN)
    np.testing.assert_array_equal(found.rows, [[0, 12], [1, 13], [2, 14]])
    np.testing.assert_array_equal(found.distances, np.zeros((3, 2)))


def test_images_do_not_find_themselves_nor_those_of_their_group(made: EmbeddingSet) -> None:
    rows, groups = np.array([3, 77]), np.arange(160) // 4
    groups[76:80] = -1  # of no group
    found = nearest_rows(made, made.at(rows), 159, COSINE, barred=Barred(rows, groups))
    assert not np.isin([0, 1, 2, 3], found.rows[0]).any()
    assert (found.rows[0] >= 0).sum() == 156
    assert np.isinf(found.distances[0, 156:]).all()
    np.testing.assert_array_equal(np.sort(found.rows[1]), np.delete(np.arange(160), 77))


def test_more_than_there_are_are_not_invented(made: EmbeddingSet) -> None:
    found = nearest_rows(made, made.at(np.array([0])), 1000, COSINE)
    np.testing.assert_array_equal(np.sort(found.rows[0]), np.arange(160))


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), k=st.integers(1, 30), distance=st.sampled_from(sorted(DISTANCES)))
def test_no_image_outside_is_nearer(made: EmbeddingSet, seed: int, k: int, distance: str) -> None:
    rule: Distance = DISTANCES[distance]
    queries = np.random.default_rng(seed).normal(size=(2, 16)).astype(np.float32)
    found, everything = nearest_rows(made, queries, k, rule), nearest_rows(made, queries, 160, rule)
    np.testing.assert_array_equal(found.distances, everything.distances[:, :k])
    assert (np.diff(found.distances, axis=1) >= 0).all()


def test_what_cannot_be_looked_up_is_refused(made: EmbeddingSet) -> None:
    with pytest.raises(InputError, match="k: must be at least 1, found 0"):
        nearest_rows(made, made.at(np.array([0])), 0, COSINE)
    with pytest.raises(InputError, match="of 16 dimensions, found"):
        nearest_rows(made, np.zeros((1, 3), np.float32), 1, COSINE)


def test_it_can_be_cancelled(made: EmbeddingSet) -> None:
    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        nearest_rows(made, made.at(np.array([0])), 1, COSINE, watch=stop)
