"""Searches of pairs against measuring and sorting all of them."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.tuples import ListedPairs
from core.distances import LinearDistance, exact_distances
from core.errors import Cancelled, InputError
from core.evaluation import pair_search
from core.evaluation.evaluated import NO_GROUP, EvaluatedImages
from core.evaluation.pair_search import FoundPairs, find_pairs

DISTANCES = ("cosine", "euclidean", LinearDistance("mahalanobis", np.random.default_rng(2).normal(size=(5, 6))))


def images(x: np.ndarray, y: np.ndarray, groups: np.ndarray | None = None) -> EvaluatedImages:
    return EvaluatedImages(np.asarray(x, dtype=np.float32), np.asarray(y), np.arange(len(y)), groups)


def clusters(count: int = 120, seed: int = 0) -> EvaluatedImages:
    generator = np.random.default_rng(seed)
    y = generator.integers(0, 15, count) * 3
    centres = generator.normal(size=(45, 6))
    groups = generator.integers(NO_GROUP, 20, count)
    return images(centres[y] + generator.normal(size=(count, 6)), y, groups)


def on_a_grid() -> EvaluatedImages:
    """Few different distances, each of many pairs."""
    generator = np.random.default_rng(1)
    return images(generator.integers(0, 3, (90, 6)), generator.integers(0, 8, 90), generator.integers(-1, 9, 90))


def by_sorting(
    of: EvaluatedImages, distance: object, genuine: bool, low: float, high: float, nearest: float, limit: int
) -> FoundPairs:
    every = exact_distances(of.embeddings, of.embeddings, distance).numpy()
    groups = np.full(len(of), NO_GROUP) if of.groups is None else of.groups
    counts = ((of.labels[:, None] == of.labels) == genuine) & (every > low) & (every <= high)
    counts &= (groups[:, None] != groups) | (groups == NO_GROUP)
    rows = np.argwhere(np.triu(counts, 1))
    distances = every[tuple(rows.T)]
    order = np.lexsort((rows[:, 1], rows[:, 0], np.abs(distances - nearest)))[:limit]
    return FoundPairs(rows[order], distances[order], len(rows))


def check(found: FoundPairs, expected: FoundPairs) -> None:
    assert found.total == expected.total
    assert found.rows.tolist() == expected.rows.tolist()
    assert found.distances.tolist() == expected.distances.tolist()
    assert found.rows.dtype == np.int64
    assert found.distances.dtype == np.float64


@pytest.mark.parametrize("genuine", [True, False])
@pytest.mark.parametrize("distance", DISTANCES, ids=["cosine", "euclidean", "linear"])
@pytest.mark.parametrize("case", [clusters, on_a_grid])
def test_the_same_as_sorting_all_pairs(case, distance, genuine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_search, "_ROWS_AT_ONCE", 16)
    of = case()
    whole = by_sorting(of, distance, genuine, -np.inf, np.inf, 0.0, 10_000).distances
    middle, far = float(np.median(whole)), float(whole.max())
    # Ends that are observed distances: above the low one, not above the high one.
    for low, high, nearest in (
        (-np.inf, np.inf, middle),
        (middle, np.inf, middle),
        (-np.inf, middle, middle),
        (0.0, far, far),
        (middle, middle, 0.0),
        (far, np.inf, 0.0),
        (-1.0, 0.0, 0.0),
        (middle / 2, middle, 1e300),
    ):
        for limit in (1, 7, 10_000):
            asked = {"genuine": genuine, "low": low, "high": high, "nearest": nearest, "limit": limit}
            check(find_pairs(of, distance, **asked), by_sorting(of, distance, **asked))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(-1, 1), st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12
    ),
    st.booleans(),
    st.integers(0, 4),
    st.integers(0, 4),
    st.integers(1, 5),
)
def test_any_small_set(rows, genuine: bool, low: int, nearest: int, limit: int) -> None:
    y, groups, x = (np.array([row[at] for row in rows]) for at in (0, 1, slice(2, 4)))
    of = images(x, y, groups)
    asked = {"genuine": genuine, "low": float(low), "high": low + 2.0, "nearest": float(nearest), "limit": limit}
    check(find_pairs(of, "euclidean", **asked), by_sorting(of, "euclidean", **asked))


def test_a_range_with_more_pairs_than_are_handed_out_over_several_tiles() -> None:
    generator = np.random.default_rng(3)
    x = generator.normal(size=(1_500, 6)).astype(np.float32)
    y = generator.permutation(np.arange(1_500) // 300)
    of = images(x, y)
    for genuine in (True, False):
        asked = {"genuine": genuine, "low": -np.inf, "high": 4.0, "nearest": 3.5}
        found = find_pairs(of, "euclidean", **asked)
        check(found, by_sorting(of, "euclidean", **asked, limit=200))
        assert found.total > 100_000


def test_identical_embeddings_are_taken_in_the_order_of_their_rows() -> None:
    of = images(np.ones((40, 6)), np.arange(40) % 4)
    found = find_pairs(of, "cosine", genuine=False, low=-np.inf, high=0.0, nearest=0.5, limit=3)
    assert (found.total, found.rows.tolist()) == (40 * 30 // 2, [[0, 1], [0, 2], [0, 3]])


def test_listed_pairs_are_the_only_ones() -> None:
    of = clusters()
    listed = ListedPairs(np.array([[0, 1], [4, 9], [7, 8]]), np.array([[2, 3]]))
    by_list = EvaluatedImages(of.embeddings, of.labels, of.sample_ids, pairs=listed)
    for genuine, pairs in ((True, listed.genuine), (False, listed.impostor)):
        found = find_pairs(by_list, "cosine", genuine=genuine, low=-1.0, high=3.0, nearest=0.0, limit=2)
        exact = [exact_distances(of.embeddings[[a]], of.embeddings[[b]], "cosine").item() for a, b in pairs]
        order = np.argsort(exact)[:2]
        assert found.total == len(pairs)
        assert found.rows.tolist() == pairs[order].tolist()
        assert found.distances.tolist() == np.array(exact)[order].tolist()


def test_what_is_found_can_be_named_without_torch() -> None:
    code = "import sys, core.evaluation.confusions, core.evaluation.pair_search; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


# --- bad input, cancel


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"nearest": np.inf}, "nearest must be finite"),
        ({"low": np.nan}, "low and high no NaN"),
        ({"high": np.nan}, "low and high no NaN"),
        ({"limit": 0}, "limit must be at least 1, found 0"),
        ({"distance": "taxi"}, "distance must be one of"),
    ],
)
def test_bad_questions(changed: dict[str, object], rule: str) -> None:
    asked = {"distance": "cosine", "genuine": True, "low": 0.0, "high": 1.0, "nearest": 0.5} | changed
    with pytest.raises(ValueError, match=rule):
        find_pairs(clusters(), **asked)


def test_bad_images() -> None:
    asked = {"genuine": True, "low": 0.0, "high": 1.0, "nearest": 0.5}
    with pytest.raises(InputError, match="needs at least 2 embeddings, found 1"):
        find_pairs(images(np.ones((1, 2)), np.zeros(1, dtype=np.int64)), **asked)
    with pytest.raises(ValueError, match="found NaN or infinity in row 1"):
        find_pairs(images(np.array([[1.0], [np.nan]]), np.zeros(2, dtype=np.int64)), **asked)


def test_progress_rises_and_a_search_can_be_cancelled() -> None:
    generator = np.random.default_rng(0)
    of = images(generator.normal(size=(2_500, 4)), np.arange(2_500) // 2)
    shares: list[float] = []
    find_pairs(of, "cosine", genuine=False, low=0.0, high=0.1, nearest=0.1, watch=shares.append)
    assert len(shares) >= 3
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] < 1

    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        find_pairs(of, "cosine", genuine=True, low=0.0, high=0.1, nearest=0.1, watch=stop)
