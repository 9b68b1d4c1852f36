import numpy as np
import pytest

from core.distances import LinearDistance, as_distance
from core.gallery.search import GalleryIndex

IMAGES, SIZE = 100_000, 12


@pytest.fixture(scope="module")
def people() -> tuple[np.ndarray, np.ndarray]:
    """Embeddings of 100,000 images, those of one name together, and how many each has."""
    random = np.random.default_rng(0)
    counts = random.integers(1, 9, 2 * IMAGES // 9)
    counts = np.append(counts[np.cumsum(counts) < IMAGES], 0)
    counts[-1] = IMAGES - counts.sum()
    vectors = random.normal(size=(IMAGES, SIZE)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), counts


@pytest.mark.parametrize("rule", ["mean", "nearest"])
@pytest.mark.parametrize("name", ["cosine", "euclidean", "mahalanobis"])
def test_the_nearest_of_100_000_images_are_found(people: tuple[np.ndarray, np.ndarray], name: str, rule: str) -> None:
    vectors, counts = people
    W = np.random.default_rng(1).normal(size=(SIZE, SIZE))
    distance = LinearDistance("mahalanobis", W) if name == "mahalanobis" else as_distance(name)
    index = GalleryIndex([f"{place}" for place in range(len(counts))], np.arange(IMAGES) + 7, counts, vectors)
    query = vectors[777] + np.float32(0.1)
    query /= np.linalg.norm(query)
    found = index.nearest(query, distance, rule, 9)  # type: ignore[arg-type]
    # By numpy, in float64.
    starts = np.cumsum(counts) - counts
    rows, to = vectors.astype(np.float64), query.astype(np.float64)
    if rule == "mean":
        sums = np.add.reduceat(rows / np.linalg.norm(rows, axis=1, keepdims=True), starts)
        rows = np.where(counts[:, None] == 1, rows[starts], sums / np.linalg.norm(sums, axis=1, keepdims=True))
    if name == "cosine":
        distances = 1 - rows @ to / np.linalg.norm(rows, axis=1) / np.linalg.norm(to)
    else:
        distances = np.linalg.norm((rows - to) @ (W.T if name == "mahalanobis" else np.eye(SIZE)), axis=1)
    if rule == "nearest":
        distances = np.minimum.reduceat(distances, starts)
    expected = np.argsort(distances)[:9]
    assert [match.name for match in found] == [f"{place}" for place in expected]
    assert [match.distance for match in found] == pytest.approx(distances[expected], abs=1e-9)
    assert [match.images for match in found] == counts[expected].tolist()
    for match in found:
        place = int(match.name)
        assert 0 <= match.image - 7 - starts[place] < counts[place]


def test_fewer_names_than_asked_for() -> None:
    index = GalleryIndex(["a", "b"], np.arange(3), np.array([2, 1]), np.eye(3, dtype=np.float32))
    found = index.nearest(np.eye(3, dtype=np.float32)[2], as_distance("cosine"), "mean", 5)
    assert [match.name for match in found] == ["b", "a"]
    none = GalleryIndex((), np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, 3), np.float32))
    assert none.nearest(np.eye(3, dtype=np.float32)[2], as_distance("cosine"), "nearest", 5) == ()
