import numpy as np
import pytest

from core.distances import LinearDistance, exact_distances, pairwise_distances
from core.errors import Cancelled, InputError
from core.evaluation.image_scores import (
    centre_distances,
    foreign_neighbours,
    neighbours_of,
    neighbours_to,
    triplet_losses,
)

RNG = np.random.default_rng(0)
EMBEDDINGS = RNG.normal(size=(30, 5)).astype(np.float32)
LABELS = np.array([0] * 12 + [1] * 17 + [2])
DISTANCES = ["cosine", "euclidean", LinearDistance("w", RNG.normal(size=(3, 5)))]
NAMES = ["cosine", "euclidean", "linear"]


@pytest.mark.parametrize("distance", DISTANCES, ids=NAMES)
def test_distance_to_the_centre_of_the_others(distance) -> None:
    found = centre_distances(EMBEDDINGS, LABELS, distance)
    assert np.isnan(found[-1]), "there is no other image of its class"
    for row in (0, 11, 12, 28):
        others = (LABELS == LABELS[row]) & (np.arange(30) != row)
        centre = EMBEDDINGS[others].astype(np.float64).mean(axis=0)
        expected = pairwise_distances(EMBEDDINGS[row : row + 1].astype(np.float64), centre[None], distance).item()
        assert found[row] == pytest.approx(expected)


@pytest.mark.parametrize("distance", DISTANCES, ids=NAMES)
def test_neighbours_of_other_classes(distance) -> None:
    found = foreign_neighbours(EMBEDDINGS, LABELS, distance, k=4)
    distances = pairwise_distances(EMBEDDINGS.astype(np.float64), EMBEDDINGS.astype(np.float64), distance).numpy()
    np.fill_diagonal(distances, np.inf)
    expected = (LABELS[np.argsort(distances, axis=1)[:, :4]] != LABELS[:, None]).mean(axis=1)
    assert found.tolist() == expected.tolist()


def test_worked_by_hand() -> None:
    line = np.array([[0.0], [1.0], [2.0], [10.0]])
    assert centre_distances(line, [0, 0, 0, 1], "euclidean").tolist()[:3] == [1.5, 0.0, 1.5]
    assert foreign_neighbours(line, [0, 0, 0, 1], "euclidean", k=2).tolist() == [0.0, 0.0, 0.0, 1.0]
    assert foreign_neighbours(line, [0, 0, 0, 1], "euclidean", k=9).tolist() == [1 / 3, 1 / 3, 1 / 3, 1.0]


@pytest.mark.parametrize("distance", DISTANCES, ids=NAMES)
def test_neighbours_of_one_image(distance) -> None:
    rows, distances = neighbours_of(EMBEDDINGS, 7, distance, k=5)
    all_distances = [exact_distances(EMBEDDINGS[7:8], EMBEDDINGS[i : i + 1], distance).item() for i in range(30)]
    expected = sorted(set(range(30)) - {7}, key=lambda i: all_distances[i])[:5]
    assert rows.tolist() == expected
    assert distances.tolist() == [all_distances[i] for i in expected]


def test_few_other_images_are_all_neighbours() -> None:
    rows, distances = neighbours_of(np.array([[0.0], [2.0], [1.0], [1.0]]), 0, "euclidean", k=10)
    assert (rows.tolist(), distances.tolist()) == ([2, 3, 1], [1.0, 1.0, 2.0])


def test_neighbours_of_an_image_from_elsewhere() -> None:
    rows, distances = neighbours_to(EMBEDDINGS, EMBEDDINGS[7], "cosine", k=6)
    assert rows[0] == 7
    assert distances[0] == 0
    assert rows[1:].tolist() == neighbours_of(EMBEDDINGS, 7, "cosine", k=5).rows.tolist()
    for query in (EMBEDDINGS[7, :3], np.full(5, np.nan)):
        with pytest.raises(ValueError, match=r"query must be \[5\] and finite"):
            neighbours_to(EMBEDDINGS, query)


def test_bad_input() -> None:
    with pytest.raises(InputError, match="needs at least 2 embeddings, found 1"):
        foreign_neighbours(EMBEDDINGS[:1], LABELS[:1])
    with pytest.raises(ValueError, match="found NaN or infinity in row 1"):
        centre_distances(np.array([[0.0], [np.nan]]), [0, 0])


def losses_one_by_one(embeddings, labels, distance, margin: float) -> list[float]:
    """Every triplet looked at."""
    d = pairwise_distances(embeddings.astype(np.float64), embeddings.astype(np.float64), distance).numpy()
    found = []
    for a in range(len(labels)):
        positives = [p for p in range(len(labels)) if labels[p] == labels[a] and p != a]
        negatives = [n for n in range(len(labels)) if labels[n] != labels[a]]
        losses = [max(0.0, d[a, p] + margin - d[a, n]) for p in positives for n in negatives]
        found.append(np.mean(losses) if losses else np.nan)
    return found


@pytest.mark.parametrize("margin", [0.0, 0.2, 5.0])
@pytest.mark.parametrize("distance", DISTANCES, ids=NAMES)
def test_triplet_losses(distance, margin: float) -> None:
    found = triplet_losses(EMBEDDINGS, LABELS, distance, margin=margin)
    np.testing.assert_allclose(found, losses_one_by_one(EMBEDDINGS, LABELS, distance, margin), atol=1e-9)
    assert np.isnan(found[-1]), "it is alone in its class"


def test_triplet_losses_worked_by_hand() -> None:
    """Triplets of 0: (0, 1, 3) and (0, 1, 10); of 1: (1, 0, 3) and (1, 0, 10); margin 3."""
    line = np.array([[0.0], [1.0], [3.0], [10.0]])
    found = triplet_losses(line, [0, 0, 1, 1], "euclidean", margin=3.0)
    assert found.tolist() == [0.5, 1.0, ((7 + 3 - 3) + (7 + 3 - 2)) / 2, ((7 + 3 - 10) + (7 + 3 - 9)) / 2]
    assert np.isnan(triplet_losses(line, [0, 0, 0, 0], "euclidean")).all(), "there are no negatives"


def test_triplet_losses_of_many_images_are_taken_from_a_sample(monkeypatch) -> None:
    whole = triplet_losses(EMBEDDINGS, LABELS, "euclidean", margin=5.0)
    monkeypatch.setattr("core.evaluation.image_scores.MOST_OTHERS", 15)
    drawn = triplet_losses(EMBEDDINGS, LABELS, "euclidean", margin=5.0)
    assert np.isnan(drawn).tolist() == np.isnan(whole).tolist()
    assert not np.array_equal(drawn, whole)
    np.testing.assert_allclose(drawn[:-1], whole[:-1], atol=2.0)


@pytest.mark.parametrize("measure", [triplet_losses, foreign_neighbours])
def test_measuring_can_be_given_up(measure) -> None:
    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        measure(EMBEDDINGS, LABELS, "cosine", watch=stop)


@pytest.mark.parametrize("measure", [triplet_losses, centre_distances])
def test_what_cannot_be_measured(measure) -> None:
    with pytest.raises(InputError, match="found 1"):
        measure(EMBEDDINGS[:1], LABELS[:1])
    with pytest.raises(ValueError, match=r"embeddings must be \[N, D\]"):
        measure(EMBEDDINGS, LABELS[:3])
    with pytest.raises(ValueError, match="finite"):
        measure(np.full((3, 2), np.nan), [0, 0, 1])
