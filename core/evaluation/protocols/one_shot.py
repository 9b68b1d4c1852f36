"""One-shot classification in runs, laid out as those of Omniglot.

A folder has runs, each a folder with class_labels.txt. A line of that names a test image and the training image of its
class, as paths below the folder of runs: 'run01/test/item01.png run01/training/class08.png'. Each class of a run has
one training image, and each test image is of one of the run's classes. Lake, Salakhutdinov and Tenenbaum, Human-level
concept learning through probabilistic program induction, Science 2015.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.data.named_images import NamedImages
from core.distances import Array, Distance
from core.errors import InputError
from core.evaluation.protocols.nearest import nearest_is_right
from core.evaluation.protocols.result import ProtocolPart, ProtocolResult, mean_and_error
from core.files import read_text

LABELS = "class_labels.txt"
RUNS_OF_OMNIGLOT = 20


@dataclass(frozen=True, eq=False)
class OneShotRun:
    """One run: a few classes with one image each, and images to classify."""

    name: str
    training: tuple[Path, ...]
    """One image a class."""
    test: tuple[Path, ...]
    answers: NDArray[np.int64]
    """Position in `training` of the class of each test image."""

    @property
    def files(self) -> tuple[Path, ...]:
        """All its images, those of training first."""
        return self.training + self.test


def read_one_shot_runs(folder: Path) -> tuple[OneShotRun, ...]:
    """Read all runs of a folder, in the order of their names.

    Raises
    ------
    InputError
        where the folder has no run, a line cannot be understood, a run has fewer than two classes or a test image
        twice, or images are missing: how many, and the first.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: a folder with runs is needed, found no folder")
    files = sorted(folder.glob(f"*/{LABELS}"))
    if not files:
        raise InputError(f"{folder}: a folder with runs is needed, found no <run>/{LABELS} in it")
    images = NamedImages(folder)
    listed = {file: _answers(file, images) for file in files}
    if images.missing:
        name, reason = next(iter(images.missing.items()))
        raise InputError(
            f"{folder}: all images of the runs must be there, found {len(images.missing)} missing, the first "
            f"{name} ({reason})"
        )
    return tuple(_run(file, answers, images) for file, answers in listed.items())


def one_shot_result(runs: Sequence[OneShotRun], embeddings: Array, distance: str | Distance) -> ProtocolResult:
    """Accuracy of classification by the nearest training image, over the runs.

    Parameters
    ----------
    runs
        At least one.
    embeddings
        [N, D], of the files of the runs, one run after the other.
    distance
        Name or distance object.

    Raises
    ------
    ValueError
        where an embedding is not finite or their number does not fit.
    """
    parts = tuple(map(partial(_part, distance=distance), runs, _of_each(runs, embeddings)))
    mean, error = mean_and_error([part.value for part in parts])
    warnings = () if len(runs) == RUNS_OF_OMNIGLOT else (f"Omniglot has {RUNS_OF_OMNIGLOT} runs, found {len(runs)}",)
    return ProtocolResult(
        name="one-shot",
        figure="accuracy",
        mean=mean,
        standard_error=error,
        chance=mean_and_error([1 / len(run.training) for run in runs])[0],
        parts=parts,
        figures={"error": 1 - mean},
        settings={"runs": len(runs)},
        warnings=warnings,
    )


def _of_each(runs: Sequence[OneShotRun], embeddings: Array) -> Iterator[Array]:
    ends = np.cumsum([len(run.files) for run in runs])
    if len(embeddings) != ends[-1]:
        raise ValueError(f"embeddings: must be those of {ends[-1]} files, found {len(embeddings)}")
    return (embeddings[end - len(run.files) : end] for run, end in zip(runs, ends, strict=True))


def _part(run: OneShotRun, embeddings: Array, distance: str | Distance) -> ProtocolPart:
    classes = len(run.training)
    right = nearest_is_right(embeddings[classes:], embeddings[:classes], run.answers, distance)
    return ProtocolPart(run.name, float(right.mean()), None, len(right))


def _answers(file: Path, images: NamedImages) -> dict[str, str]:
    """Test image -> training image of its class, as ids of `images`."""
    found: dict[str, str] = {}
    for number, line in enumerate(read_text(file).splitlines(), 1):
        fields = line.split()
        if not fields:
            continue
        if len(fields) != 2:
            raise _error(file, number, f"two paths are needed, test and training image, found {len(fields)}")
        names = [images.id_of(written) for written in fields]
        for written, name in zip(fields, names, strict=True):
            if name is None:
                raise _error(file, number, f"an image must lie in the folder of the runs, found {written!r}")
        test, training = map(str, names)
        if test in found:
            raise _error(file, number, f"a test image must stand once, found {test} again")
        found[test] = training
    training_images = set(found.values())
    if len(training_images) < 2:
        raise InputError(f"{file}: at least 2 classes are needed, found {len(training_images)}")
    if both := sorted(training_images & found.keys()):
        raise InputError(f"{file}: no image may be for test and training both, found {both[0]}")
    return found


def _run(file: Path, answers: dict[str, str], images: NamedImages) -> OneShotRun:
    classes = sorted(set(answers.values()))
    place = {name: number for number, name in enumerate(classes)}
    return OneShotRun(
        file.parent.name,
        tuple(images.files[name] for name in classes),
        tuple(images.files[name] for name in answers),
        np.array([place[name] for name in answers.values()], dtype=np.int64),
    )


def _error(file: Path, line: int, rule: str) -> InputError:
    return InputError(f"{file}, line {line}: {rule}")
