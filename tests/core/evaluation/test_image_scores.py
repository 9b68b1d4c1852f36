import numpy as np
import pytest

from core.distances import LinearDistance, exact_distances, pairwise_distances
from core.errors import InputError
from core.evaluation.image_scores import centre_distances, foreign_neighbours, neighbours_of, neighbours_to

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
