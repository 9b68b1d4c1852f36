"""One's own list of pairs to judge a model by; see `core.data.tuple_file` for the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import ImageFile, Problem
from core.data.tuple_file import list_folded_pairs
from core.errors import InputError
from core.evaluation.protocols.folds import PairTrials


@dataclass(frozen=True, eq=False)
class PairFile:
    """What a list says, less the rows whose images are not there."""

    images: tuple[ImageFile, ...]
    """Each once."""
    labels: NDArray[np.int64]
    """[N], the identity of each image, as far as genuine pairs join them."""
    trials: PairTrials
    warnings: tuple[str, ...]
    """What was left out or contradicts other rows."""


def read_pair_file(path: Path) -> PairFile:
    """Read a CSV file with the columns image_a, image_b (or a, b), same and optionally fold.

    Folds stand in the order of their names, numbers by their value.

    Raises
    ------
    InputError
        naming file and line, where it is no such list, no genuine or no impostor pair is left, or all pairs are of one
        fold.
    """
    listed = list_folded_pairs(path)
    dataset = listed.dataset
    return PairFile(
        tuple(sample.image for sample in dataset.samples),
        dataset.labels,
        _trials(path, listed.pairs, listed.same, listed.folds),
        (*_left_out(path, dataset.problems), *dataset.notes),
    )


def _left_out(path: Path, problems: Sequence[Problem]) -> tuple[str, ...]:
    """How much was left out, in one sentence: a list may name thousands of images that are not there."""
    if not problems:
        return ()
    first = problems[0]
    return (f"{path.name}: images and rows left out: {len(problems)}, the first {first.where}: {first.reason}",)


def _trials(path: Path, pairs: NDArray[np.int64], same: NDArray[np.bool_], folds: tuple[str, ...] | None) -> PairTrials:
    if folds is None:
        return PairTrials(pairs, same)
    names = sorted(set(folds), key=lambda name: (len(name), name))
    if len(names) == 1:
        raise InputError(f"{path}: the column fold must name at least 2 folds, found {names[0]!r} alone")
    place = {name: number for number, name in enumerate(names)}
    return PairTrials(pairs, same, np.array([place[name] for name in folds], dtype=np.int64), tuple(names))
