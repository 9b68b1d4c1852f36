import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.distances import COSINE, EUCLIDEAN, Distance, LinearDistance
from core.embedded import index as indexing
from core.embedded.embedding_set import EmbeddingSet
from core.embedded.index import fast_index
from core.embedded.nearest import nearest_rows
from core.errors import Cancelled, InputError
from tests.core.embedded.made import clustered, make_set

DISTANCES = (EUCLIDEAN, COSINE, LinearDistance("mahalanobis", np.random.default_rng(5).normal(size=(6, 16))))


def test_without_faiss_one_sentence_says_what_to_install(made: EmbeddingSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faiss", None)
    with pytest.raises(
        InputError, match=r"fast search needs faiss; install it by pip install 'metric-explorer\[search\]'"
    ):
        fast_index(made, COSINE)


@pytest.fixture
def made(tmp_path: Path) -> EmbeddingSet:
    return make_set(tmp_path / "set", *clustered(400, 5), shard=700)


@pytest.fixture
def faiss() -> object:
    return pytest.importorskip("faiss", reason="the extra 'search' is not installed")


@pytest.mark.usefixtures("faiss")
@pytest.mark.parametrize("distance", DISTANCES, ids=lambda distance: distance.name)
def test_it_finds_what_exact_search_finds(made: EmbeddingSet, distance: Distance) -> None:
    found = fast_index(made, distance)
    queries = clustered(60, 2, seed=3)[0]
    exact, fast = nearest_rows(made, queries, 10, distance), found.nearest(queries, 10)
    assert found.content.recall >= 0.95
    hits = (fast.distances <= exact.distances[:, -1:]).mean()
    assert hits >= 0.9
    both = fast.rows == exact.rows
    np.testing.assert_array_equal(fast.distances[both], exact.distances[both])  # exact, not rounded to bytes
    assert (np.diff(fast.distances, axis=1) >= 0).all()


@pytest.mark.usefixtures("faiss")
def test_the_recall_it_tells_is_true(made: EmbeddingSet) -> None:
    found = fast_index(made, COSINE)
    rows = np.sort(np.random.default_rng(1).choice(2000, 100, replace=False))
    exact, fast = (search(made.at(rows)) for search in (_exact(made), lambda queries: found.nearest(queries, 11)))
    hits = [np.isin(one[1:], two).mean() for one, two in zip(exact.rows, fast.rows, strict=True)]
    assert found.content.recall == pytest.approx(np.mean(hits), abs=0.01)


def _exact(made: EmbeddingSet):  # type: ignore[no-untyped-def]
    return lambda queries: nearest_rows(made, queries, 11, COSINE)


@pytest.mark.usefixtures("faiss")
def test_it_is_kept_and_made_anew_when_it_is_of_something_else(
    made: EmbeddingSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = 0
    real = indexing._filled

    def counted(*args: object) -> object:
        nonlocal times
        times += 1
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(indexing, "_filled", counted)
    first = fast_index(made, COSINE)
    again = fast_index(EmbeddingSet.open(made.path), COSINE)
    assert times == 1
    queries = clustered(5, 2, seed=4)[0]
    np.testing.assert_array_equal(first.nearest(queries, 5).rows, again.nearest(queries, 5).rows)
    fast_index(made, EUCLIDEAN)
    assert times == 2
    (made.path / "index.faiss").write_bytes(b"damaged")
    fast_index(made, EUCLIDEAN)
    assert times == 3
    (made.path / "index.json").write_text("{")
    fast_index(made, EUCLIDEAN)
    assert times == 4
    other = make_set(made.path, *clustered(400, 5, seed=9), shard=700)
    fast_index(other, EUCLIDEAN)
    assert times == 5
    assert fast_index(other, EUCLIDEAN).nearest(other.at(np.array([7])), 1).rows[0, 0] == 7


@pytest.mark.usefixtures("faiss")
def test_nothing_is_kept_of_an_index_that_was_cancelled(made: EmbeddingSet) -> None:
    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        fast_index(made, COSINE, stop)
    assert not list(made.path.glob("index*"))


def test_an_index_that_cannot_be_written_is_told_in_a_sentence(
    made: EmbeddingSet, faiss: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(index: object, path: str) -> None:
        Path(path).write_bytes(b"half of it")
        raise RuntimeError("Error in virtual size_t faiss::FileIOWriter::operator()\nwrite error")

    monkeypatch.setattr(faiss, "write_index", full)
    with pytest.raises(InputError, match=r"index\.faiss: cannot be written; is the disk full"):
        fast_index(made, COSINE)
    assert not list(made.path.glob("*index*"))


@pytest.mark.usefixtures("faiss")
@pytest.mark.parametrize("count", [1, 2, 3, 70])
def test_small_sets_are_indexed_too(tmp_path: Path, count: int) -> None:
    made = make_set(tmp_path / "set", clustered(count, 1)[0], np.arange(count))
    found = fast_index(made, COSINE).nearest(made.at(np.array([0])), 5)
    assert found.rows[0, 0] == 0
    assert len(found.rows[0]) == min(5, count)
