"""Few-shot classification in random episodes.

An episode draws classes (ways), and of each a few support images (shots) and others to classify (queries). A class is
the mean of its support embeddings, and a query belongs to the nearest of these. Snell, Swersky and Zemel, Prototypical
Networks for Few-shot Learning, 2017.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.distances import Distance
from core.errors import InputError
from core.evaluation.protocols.nearest import nearest_is_right
from core.evaluation.protocols.result import ProtocolPart, ProtocolResult, mean_and_error
from core.watch import Watch

NORMAL_95 = 1.96
"""Standard errors on either side of a mean between which it lies in 95 of 100 repetitions."""


@dataclass(frozen=True)
class EpisodeSettings:
    """How episodes are drawn."""

    ways: int
    """Classes of an episode."""
    shots: int
    """Support images of a class."""
    count: int
    """Episodes."""
    queries: int = 15
    """Images of a class that are classified."""
    seed: int = 0

    def __post_init__(self) -> None:
        for name, smallest in (("ways", 2), ("shots", 1), ("count", 1), ("queries", 1), ("seed", 0)):
            if getattr(self, name) < smallest:
                raise InputError(f"{name}: must be at least {smallest}, found {getattr(self, name)}")


def few_shot(
    embeddings: NDArray[np.floating],
    labels: NDArray[np.int64],
    settings: EpisodeSettings,
    distance: str | Distance = "cosine",
    watch: Watch | None = None,
) -> ProtocolResult:
    """Accuracy over random episodes, with its 95 % interval over the draw of episodes.

    The same settings draw the same episodes. Classes with fewer images than an episode takes are not drawn.

    Parameters
    ----------
    embeddings
        [N, D]; taken at unit L2 norm.
    labels
        [N], the class of each.
    settings
        How many of what.
    distance
        Name or distance object.
    watch
        Takes the share that is done, before each episode; may raise Cancelled.

    Raises
    ------
    InputError
        where too few classes have as many images as an episode takes.
    ValueError
        where an embedding is not finite.
    Cancelled
        where `watch` said so.
    """
    classes, small = _classes(labels, settings)
    vectors = embeddings.astype(np.float64)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.where(norms == 0, 1, norms)
    accuracies = []
    for number, rows in enumerate(_episodes(classes, settings)):
        if watch is not None:
            watch(number / settings.count)
        accuracies.append(_accuracy(unit, rows, settings.shots, distance))
    return _result(accuracies, settings, len(classes), small)


def _classes(labels: NDArray[np.int64], settings: EpisodeSettings) -> tuple[list[NDArray[np.int64]], int]:
    """Rows of each class that is large enough, and how many are not."""
    needed = settings.shots + settings.queries
    groups = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    classes = [rows for rows in groups if len(rows) >= needed]
    if len(classes) < settings.ways:
        raise InputError(
            f"episodes: {settings.ways} classes with {settings.shots} + {settings.queries} images are needed, found "
            f"{len(classes)} among {len(groups)} classes, of which the largest has {max(map(len, groups), default=0)}"
        )
    return classes, len(groups) - len(classes)


def _episodes(classes: list[NDArray[np.int64]], settings: EpisodeSettings) -> Iterator[NDArray[np.int64]]:
    """Rows of each episode [ways, shots + queries]."""
    generator = np.random.default_rng(settings.seed)
    for _ in range(settings.count):
        chosen = generator.choice(len(classes), settings.ways, replace=False)
        drawn = [generator.choice(classes[one], settings.shots + settings.queries, replace=False) for one in chosen]
        yield np.stack(drawn)


def _accuracy(unit: NDArray[np.float64], rows: NDArray[np.int64], shots: int, distance: str | Distance) -> float:
    prototypes = unit[rows[:, :shots]].mean(axis=1)
    queries = rows[:, shots:]
    answers = np.repeat(np.arange(len(rows)), queries.shape[1])
    return float(nearest_is_right(unit[queries.ravel()], prototypes, answers, distance).mean())


def _result(accuracies: list[float], settings: EpisodeSettings, classes: int, small: int) -> ProtocolResult:
    mean, error = mean_and_error(accuracies)
    trials = settings.ways * settings.queries
    warnings = []
    if small:
        warnings.append(f"classes with too few images for an episode, which are not drawn: {small}")
    if classes == settings.ways:
        warnings.append(f"every episode has the same {classes} classes, so the interval is one for these alone")
    return ProtocolResult(
        name="episodes",
        figure="accuracy",
        mean=mean,
        standard_error=error,
        chance=1 / settings.ways,
        parts=tuple(
            ProtocolPart(f"episode {number}", value, None, trials) for number, value in enumerate(accuracies, 1)
        ),
        interval=None if error is None else (mean - NORMAL_95 * error, mean + NORMAL_95 * error),
        settings={
            "ways": settings.ways,
            "shots": settings.shots,
            "queries": settings.queries,
            "count": settings.count,
            "seed": settings.seed,
            "classes": classes,
        },
        warnings=tuple(warnings),
    )
