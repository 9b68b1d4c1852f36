"""Batches of listed tuples, so that a batch costs about as much as one of classes and samples."""

import numpy as np
from numpy.typing import NDArray

from core.data.tuples import TupleList

_STREAM = 2
"""Keeps these draws apart from others of the same seed."""


class TupleSampler:
    """Draws batches of tuples; an epoch depends on the seed and its number alone, and holds no tuple twice.

    Genuine and impostor pairs are spread evenly over an epoch, so that each batch has about the list's share of them.
    What does not fill a last batch is left out, other tuples in each epoch.

    Parameters
    ----------
    tuples
        At least one.
    images_per_batch
        Wished for; a batch holds as many whole tuples, one at least and no more than there are.
    seed
        Non-negative.

    Raises
    ------
    ValueError
        where there is no tuple or no image to draw.
    """

    def __init__(self, tuples: TupleList, images_per_batch: int, seed: int) -> None:
        if not len(tuples) or images_per_batch < 1:
            raise ValueError(
                f"a batch needs at least one tuple and image, found {len(tuples)} tuples and {images_per_batch} images"
            )
        self._kinds = [np.arange(len(tuples))]
        if tuples.same is not None:
            self._kinds = [np.flatnonzero(tuples.same), np.flatnonzero(~tuples.same)]
        self._seed = seed
        self.tuples_per_batch = min(max(1, images_per_batch // tuples.width), len(tuples))
        self.batch_size = self.tuples_per_batch * tuples.width
        """Images in a batch B; one that several tuples name counts for each of them."""
        self.batches_per_epoch = len(tuples) // self.tuples_per_batch
        self.notes: tuple[str, ...] = ()
        """What a user should know about these batches."""

    def epoch(self, number: int) -> NDArray[np.int64]:
        """Batches of an epoch as rows of the list, int64 [batches, tuples]."""
        generator = np.random.default_rng((_STREAM, self._seed, number))
        drawn = [generator.permutation(rows) for rows in self._kinds]
        # Each kind's tuples at even distances, from a random start: sorted by place, the kinds are mixed evenly.
        places = [(np.arange(len(rows)) + generator.random()) / max(1, len(rows)) for rows in drawn]
        order = np.concatenate(drawn)[np.argsort(np.concatenate(places), kind="stable")]
        used = self.batches_per_epoch * self.tuples_per_batch
        return order[:used].reshape(self.batches_per_epoch, self.tuples_per_batch).astype(np.int64)
