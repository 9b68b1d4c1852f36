"""Which samples stay when some images cannot be read."""

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import Dataset, Problem, rows_left_out


def usable(dataset: Dataset, readable: NDArray[np.bool_]) -> tuple[NDArray[np.intp], tuple[Problem, ...]]:
    """Samples that stay, ascending, and what is left out beside those that cannot be read.

    Classes with fewer than two images go; of a list of tuples, images that stand in no tuple all of whose images are
    left.

    Parameters
    ----------
    dataset
        N samples.
    readable
        [N]
    """
    return (_in_classes if dataset.tuples is None else _in_tuples)(dataset, readable)


def _in_classes(dataset: Dataset, readable: NDArray[np.bool_]) -> tuple[NDArray[np.intp], tuple[Problem, ...]]:
    """Samples that stay, ascending, and the classes that are too small to."""
    labels = dataset.labels
    counts = np.bincount(labels[readable], minlength=len(dataset.classes))
    problems = tuple(
        Problem(name, f"a class needs at least 2 usable images, found {count}")
        for name, count in zip(dataset.classes, counts, strict=True)
        if count < 2
    )
    return np.flatnonzero(readable & (counts[labels] >= 2)), problems


def _in_tuples(dataset: Dataset, readable: NDArray[np.bool_]) -> tuple[NDArray[np.intp], tuple[Problem, ...]]:
    """Samples of the tuples that have all their images, ascending, and how many tuples have not."""
    named = np.empty((0, 1), dtype=np.int64) if dataset.tuples is None else dataset.tuples.images
    whole = readable[named].all(axis=1)
    return np.unique(named[whole]), rows_left_out(dataset.name, int(np.count_nonzero(~whole)))
