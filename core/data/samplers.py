"""Batches of P classes x K samples, so that every batch holds genuine and impostor pairs."""

import numpy as np
from numpy.typing import NDArray

_STREAM = 1
"""Keeps these draws apart from others of the same seed."""


class BalancedSampler:
    """Draws batches of P classes x K samples; an epoch depends on the seed and its number alone.

    Where there are fewer than P classes, all are in every batch, with as many samples each as the batch size allows.
    Within an epoch every class comes about equally often (counts differ by one at most), and a class's samples are
    used up before one comes again. A class with fewer than K samples repeats them within a batch.

    Parameters
    ----------
    labels
        Class of each sample, int64 [N], at least one.
    classes_per_batch
        P, at least 1.
    samples_per_class
        K, at least 1.
    seed
        Non-negative.

    Raises
    ------
    ValueError
        where there is no sample, or no class or sample to draw.
    """

    def __init__(self, labels: NDArray[np.int64], classes_per_batch: int, samples_per_class: int, seed: int) -> None:
        if len(labels) == 0 or classes_per_batch < 1 or samples_per_class < 1:
            raise ValueError(
                f"a batch needs at least one sample, class and sample per class, found {len(labels)} samples, "
                f"{classes_per_batch} classes and {samples_per_class} samples per class"
            )
        _, numbers, counts = np.unique(labels, return_inverse=True, return_counts=True)
        self._members = _places(numbers, len(counts))
        self._seed = seed
        self.classes_per_batch = min(classes_per_batch, len(counts))
        self.samples_per_class = classes_per_batch * samples_per_class // self.classes_per_batch
        self.batch_size = self.classes_per_batch * self.samples_per_class
        """Images in a batch B, P x K."""
        self.batches_per_epoch = max(1, len(labels) // self.batch_size)
        self.notes = _notes(counts, self.samples_per_class)
        """What a user should know about these batches."""

    def epoch(self, number: int) -> NDArray[np.int64]:
        """Batches of an epoch as positions in `labels`, int64 [batches, B]; the K samples of a class stand together."""
        generator = np.random.default_rng((_STREAM, self._seed, number))
        classes = _rounds(generator, len(self._members), self.batches_per_epoch, self.classes_per_batch)
        batches = np.empty((classes.size, self.samples_per_class), dtype=np.int64)
        for members, places in zip(self._members, _places(classes.ravel(), len(self._members)), strict=True):
            drawn = _rounds(generator, len(members), len(places), self.samples_per_class)
            batches[places] = members[drawn]
        return batches.reshape(self.batches_per_epoch, self.batch_size)


def _places(numbers: NDArray[np.int64], count: int) -> list[NDArray[np.int64]]:
    """Where each number from 0 to count - 1 stands, ascending."""
    ends = np.cumsum(np.bincount(numbers, minlength=count))
    return np.split(np.argsort(numbers, kind="stable"), ends[:-1])


def _rounds(generator: np.random.Generator, population: int, groups: int, width: int) -> NDArray[np.int64]:
    """Draw groups from 0 .. population - 1, [groups, width], using all up before one comes again.

    No group holds one twice, unless it is wider than the population.
    """
    drawn = np.empty((groups, width), dtype=np.int64)
    queue = np.empty(0, dtype=np.int64)
    for group in drawn:
        while len(queue) < width:
            shuffled = generator.permutation(population)
            # What still waits from the last round goes to the end of this one, out of the group it is drawn for now.
            waiting = np.isin(shuffled, queue)
            queue = np.concatenate([queue, shuffled[~waiting], shuffled[waiting]])
        group[:] = queue[:width]
        queue = queue[width:]
    return drawn


def _notes(counts: NDArray[np.intp], samples_per_class: int) -> tuple[str, ...]:
    small = int((counts < samples_per_class).sum())
    if not small:
        return ()
    return (
        f"{small} of {len(counts)} classes have fewer than the {samples_per_class} images that a batch takes of each "
        f"(the smallest has {counts.min()}): their images repeat within a batch.",
    )
