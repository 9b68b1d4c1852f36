"""Few-shot episodes, on embeddings made by hand and against a loop."""

import math
from statistics import mean, stdev

import numpy as np
import pytest

from core.errors import Cancelled, InputError
from core.evaluation.protocols.episodes import EpisodeSettings, few_shot


def classes_apart(classes: int, images: int, noise: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Embeddings around one axis a class."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(classes), images)
    return (np.eye(classes)[labels] + noise * random.normal(size=(len(labels), classes))).astype(np.float32), labels


def test_classes_that_lie_apart_are_told_apart() -> None:
    found = few_shot(*classes_apart(8, 6, 0.01), EpisodeSettings(ways=5, shots=1, count=20, queries=5))
    assert (found.mean, found.standard_error, found.interval) == (1.0, 0.0, (1.0, 1.0))
    assert found.chance == pytest.approx(0.2)
    assert [part.trials for part in found.parts] == [25] * 20
    assert found.settings == {
        "ways": 5,
        "shots": 1,
        "queries": 5,
        "count": 20,
        "seed": 0,
        "classes": 8,
    }
    assert found.warnings == ()


def test_embeddings_that_are_all_alike_score_as_chance() -> None:
    labels = np.repeat(np.arange(6), 8)
    found = few_shot(np.full((48, 3), 0.3, np.float32), labels, EpisodeSettings(ways=4, shots=3, count=10, queries=5))
    assert [part.value for part in found.parts] == pytest.approx([0.25] * 10)


@pytest.mark.parametrize("distance", ["cosine", "euclidean"])
def test_against_a_loop(distance: str) -> None:
    """Which images an episode has is asked of the same generator; what becomes of them is written out here."""
    embeddings, labels = classes_apart(7, 9, 0.8)
    embeddings *= np.random.default_rng(1).uniform(0.5, 2, len(labels))[:, None]  # lengths that must not count
    settings = EpisodeSettings(ways=4, shots=3, count=5, queries=4, seed=3)
    found = few_shot(embeddings, labels, settings, distance)
    generator = np.random.default_rng(3)
    for part in found.parts:
        support, queries = {}, []
        for one in generator.choice(7, 4, replace=False):
            rows = generator.choice(np.flatnonzero(labels == one), 7, replace=False)
            unit = [embeddings[row].astype(float) / np.linalg.norm(embeddings[row].astype(float)) for row in rows]
            support[one] = sum(unit[:3]) / 3
            queries += [(one, vector) for vector in unit[3:]]
        right = 0
        for one, vector in queries:
            far = {
                other: np.linalg.norm(vector - prototype)
                if distance == "euclidean"
                else 1 - vector @ prototype / np.linalg.norm(prototype)
                for other, prototype in support.items()
            }
            right += min(far, key=far.get) == one
        assert part.value == pytest.approx(right / 16)
    values = [part.value for part in found.parts]
    error = stdev(values) / math.sqrt(5)
    assert (found.mean, found.standard_error) == (pytest.approx(mean(values)), pytest.approx(error))
    assert found.interval == pytest.approx((mean(values) - 1.96 * error, mean(values) + 1.96 * error))


def test_a_seed_draws_the_same_episodes() -> None:
    embeddings, labels = classes_apart(6, 8, 1.0)
    first, again, other = (
        [part.value for part in few_shot(embeddings, labels, EpisodeSettings(3, 1, 12, 4, seed)).parts]
        for seed in (0, 0, 1)
    )
    assert first == again != other


def test_more_shots_help() -> None:
    embeddings, labels = classes_apart(10, 20, 0.7)
    one, five = (few_shot(embeddings, labels, EpisodeSettings(5, shots, 60, 10)) for shots in (1, 5))
    assert five.interval[0] > one.interval[1]


def test_small_classes_are_not_drawn() -> None:
    embeddings, labels = classes_apart(4, 6, 0.01)
    kept = np.ones(len(labels), dtype=np.bool_)
    kept[np.flatnonzero(labels == 2)[:2]] = False
    found = few_shot(embeddings[kept], labels[kept], EpisodeSettings(ways=3, shots=1, count=2, queries=4))
    assert found.settings["classes"] == 3
    assert found.warnings == (
        "classes with too few images for an episode, which are not drawn: 1",
        "every episode has the same 3 classes, so the interval is one for these alone",
    )


def test_one_episode_has_no_interval() -> None:
    found = few_shot(*classes_apart(4, 6, 0.01), EpisodeSettings(ways=3, shots=1, count=1, queries=4))
    assert (found.mean, found.standard_error, found.interval) == (1.0, None, None)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            EpisodeSettings(ways=5, shots=1, count=1, queries=4),
            "5 classes with 1 + 4 images are needed, found 4 among 4 classes, of which the largest has 6",
        ),
        (
            EpisodeSettings(ways=2, shots=5, count=1),
            "2 classes with 5 + 15 images are needed, found 0 among 4 classes, of which the largest has 6",
        ),
    ],
)
def test_too_few_classes_or_images(settings: EpisodeSettings, sentence: str) -> None:
    with pytest.raises(InputError, match=f"episodes: {sentence}".replace("+", r"\+")):
        few_shot(*classes_apart(4, 6, 0.1), settings)


def test_no_images_at_all() -> None:
    with pytest.raises(InputError, match="found 0 among 0 classes, of which the largest has 0"):
        few_shot(np.empty((0, 3), np.float32), np.empty(0, np.int64), EpisodeSettings(2, 1, 1))


@pytest.mark.parametrize(
    ("name", "value", "smallest"),
    [("ways", 1, 2), ("shots", 0, 1), ("count", 0, 1), ("queries", -1, 1), ("seed", -1, 0)],
)
def test_settings_that_are_none(name: str, value: int, smallest: int) -> None:
    with pytest.raises(InputError, match=f"{name}: must be at least {smallest}, found {value}"):
        EpisodeSettings(**{"ways": 5, "shots": 1, "count": 10, name: value})


def test_it_tells_how_far_it_is_and_can_be_ended() -> None:
    said: list[float] = []

    def watch(share: float) -> None:
        said.append(share)
        if share >= 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        few_shot(*classes_apart(4, 6, 0.1), EpisodeSettings(3, 1, 8, 4), watch=watch)
    assert said == [0.0, 0.125, 0.25, 0.375, 0.5]
