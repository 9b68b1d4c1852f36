import numpy as np
import pytest

from core.distances import LinearDistance, exact_distances
from core.errors import Cancelled, InputError
from core.evaluation.suspects import near_duplicates, probable_label_errors

RNG = np.random.default_rng(0)
LABELS = np.repeat([0, 1], 30)
EMBEDDINGS = np.eye(2, 8)[LABELS] + 0.2 * RNG.normal(size=(60, 8))


def test_a_wrong_label_is_found() -> None:
    labels = LABELS.copy()
    labels[[4, 40]] = 1, 0
    rows, shares = probable_label_errors(EMBEDDINGS, labels)
    assert sorted(rows.tolist()) == [4, 40]
    assert (shares >= 0.9).all()
    assert not len(probable_label_errors(EMBEDDINGS, LABELS).rows)


def test_the_few_images_of_a_small_class_are_not_doubted() -> None:
    labels = LABELS.copy()
    labels[:3] = 2
    assert not set(probable_label_errors(EMBEDDINGS, labels).rows.tolist()) & {0, 1, 2}


@pytest.mark.parametrize(
    "search",
    [
        lambda watch: probable_label_errors(EMBEDDINGS, LABELS, watch=watch),
        lambda watch: near_duplicates(EMBEDDINGS, watch=watch),
    ],
)
def test_searches_tell_how_far_they_are_and_can_be_ended(search, monkeypatch) -> None:
    monkeypatch.setattr("core.evaluation.neighbours.PAIRS_AT_ONCE", 15 * len(EMBEDDINGS))
    told: list[float] = []
    search(told.append)
    assert told == [0, 0.25, 0.5, 0.75]

    def end(share: float) -> None:
        if share == 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        search(end)


@pytest.mark.parametrize("distance", ["cosine", "euclidean"])
def test_the_same_image_twice_is_found(distance: str) -> None:
    embeddings = np.concatenate([EMBEDDINGS, EMBEDDINGS[[7]], EMBEDDINGS[[9]] + 1e-4])
    rows, distances = near_duplicates(embeddings, distance)
    assert sorted(rows[:2].tolist()) == [7, 60]
    assert sorted(rows.tolist()) == [7, 9, 60, 61]
    assert distances.tolist() == sorted(distances.tolist())
    assert not len(near_duplicates(EMBEDDINGS, distance).rows)


@pytest.mark.parametrize("distance", ["cosine", LinearDistance("nca", np.eye(4, 8) + 0.1)])
def test_distances_are_those_of_verification_to_the_last_bit(distance: str | LinearDistance) -> None:
    rows = np.random.default_rng(0).normal(size=(30, 8))
    rows[25:] = rows[:5] * (1 + 1e-6) + 1e-7
    found = near_duplicates(rows, distance)
    assert len(found.rows) == 10
    for row, value in zip(found.rows.tolist(), found.values.tolist(), strict=True):
        twin = row + 25 if row < 5 else row - 25
        assert value == float(exact_distances(rows[row : row + 1], rows[twin : twin + 1], distance))


def test_all_the_same_are_all_duplicates() -> None:
    assert len(near_duplicates(np.ones((5, 3)), "euclidean").rows) == 5


def test_one_image_is_refused() -> None:
    with pytest.raises(InputError, match="at least 2 embeddings"):
        near_duplicates(EMBEDDINGS[:1])
