import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.distances import LinearDistance
from core.errors import Cancelled, InputError
from core.evaluation.novelty import NoveltyScale
from tests.core.evaluation.populations import Population

RULES = ("cosine", "euclidean", "squared-euclidean", LinearDistance("mahalanobis", np.diag([1.0, 2.0, 0.5])))


def unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def by_hand(a: np.ndarray, b: np.ndarray, rule: object) -> float:
    """Distance of two unit vectors, from the definitions."""
    if isinstance(rule, LinearDistance):
        return float(np.sqrt((a - b) @ rule.M @ (a - b)))
    squared = float(((a - b) ** 2).sum())
    return {"cosine": 1 - float(a @ b), "euclidean": squared**0.5, "squared-euclidean": squared}[str(rule)]


def oracle(embeddings: np.ndarray, labels: np.ndarray, query: np.ndarray, rule: object) -> tuple[float, int, float]:
    """Loop over images and classes."""

    def nearest(vector: np.ndarray, without: int | None) -> tuple[float, int]:
        found = []
        for label in np.unique(labels):
            rows = [row for row in np.flatnonzero(labels == label) if row != without]
            if rows:
                found.append((by_hand(vector, unit(unit(embeddings[rows]).mean(axis=0)), rule), int(label)))
        return min(found)

    known = [nearest(unit(embeddings[row]), row)[0] for row in range(len(embeddings))]
    distance, label = nearest(unit(query), None)
    return distance, label, 100 * sum(one < distance for one in known) / len(known)


@pytest.mark.parametrize("rule", RULES, ids=("cosine", "euclidean", "squared", "mahalanobis"))
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_equals_a_loop_over_images_and_classes(rule: object, seed: int) -> None:
    generator = np.random.default_rng(seed)
    embeddings = generator.normal(size=(17, 3)).astype(np.float32)
    labels = generator.integers(3, 8, 17)
    query = generator.normal(size=3).astype(np.float32)
    found = NoveltyScale(embeddings, labels, rule).of(query)
    distance, label, percentile = oracle(embeddings.astype(float), labels, query.astype(float), rule)
    assert found.distance == pytest.approx(distance, abs=1e-9)
    assert (found.label, found.percentile) == (label, pytest.approx(percentile))


def test_worked_by_hand() -> None:
    embeddings = np.array([[1, 0], [0, 1], [0, 1], [1, 0]], dtype=np.float32)
    labels = np.array([4, 4, 9, 9])
    scale = NoveltyScale(embeddings, labels)
    # Without itself each image is 0 from none: its own class is the other image, at 1, the other class's mean at 45 °.
    between = 1 - 0.5**0.5
    assert scale.images == 4
    assert scale.of(np.array([1, 1])).distance == pytest.approx(0)
    assert scale.of(np.array([1, 1])).percentile == 0
    assert scale.of(np.array([1, 0])).distance == pytest.approx(between)
    assert scale.of(np.array([-1, -1])).distance == pytest.approx(2)
    assert scale.of(np.array([-1, -1])).percentile == 100


def test_equally_near_images_count_half() -> None:
    embeddings = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=np.float32)
    assert NoveltyScale(embeddings, np.array([0, 0, 1, 1])).of(np.array([3, 0])).percentile == 50


def test_an_image_alone_in_its_class_is_measured_to_the_others() -> None:
    embeddings = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)
    found = NoveltyScale(embeddings, np.array([0, 0, 1])).of(np.array([-1, 0]))
    assert (found.distance, found.label) == (pytest.approx(1), 1)
    assert found.percentile == pytest.approx(100 * (2 + 0.5) / 3)  # the lone one lies as far, at 1


def test_one_class_alone() -> None:
    embeddings = np.array([[1, 0], [0, 1]], dtype=np.float32)
    assert NoveltyScale(embeddings, np.array([7, 7])).of(np.array([0, 1])).label == 7


def test_percentiles_of_training_images_are_spread_evenly() -> None:
    """What leaving one out is for: new images of the same kind have percentiles of 50 on average, not 100."""
    embeddings, labels = Population(images=(12, 12)).sample(np.random.default_rng(1), identities=40)
    old = np.arange(len(labels)) % 2 == 0
    scale = NoveltyScale(embeddings[old], labels[old])
    percentiles = [scale.of(row).percentile for row in embeddings[~old]]
    assert np.mean(percentiles) == pytest.approx(50, abs=5)


def test_tells_how_far_it_has_come_and_can_be_cancelled() -> None:
    def cancel(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        NoveltyScale(np.eye(4), np.arange(4) % 2, watch=cancel)


def test_refuses_what_cannot_be_measured() -> None:
    with pytest.raises(InputError, match="a scale of novelty needs at least 2 embeddings, found 1"):
        NoveltyScale(np.eye(3)[:1], np.array([0]))
    scale = NoveltyScale(np.eye(3), np.array([0, 0, 1]))
    for query in (np.eye(2)[0], np.array([np.nan, 0, 0])):
        with pytest.raises(ValueError, match=r"embedding must be \[3\] and finite"):
            scale.of(query)
