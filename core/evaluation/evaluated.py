"""What an evaluation is over: embeddings, and which of their pairs count."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import NO_GROUP
from core.data.tuples import ListedPairs

__all__ = ["NO_GROUP", "EvaluatedImages"]


@dataclass(frozen=True, eq=False)
class EvaluatedImages:
    """Embedded images; every pair of them counts, but for those of one group, or else only the listed pairs."""

    embeddings: NDArray[np.float32]
    """[N, D]"""
    labels: NDArray[np.int64]
    """[N], the identity of each image."""
    sample_ids: NDArray[np.int64]
    """[N], positions in the decoded data set."""
    groups: NDArray[np.int64] | None = None
    """[N], such as a shoot or a video: pairs within one group are left out; `NO_GROUP` for an image of no group."""
    pairs: ListedPairs | None = None
    """The only pairs that count, as rows of `embeddings`; None for all of them, by labels."""

    def __len__(self) -> int:
        return len(self.embeddings)

    def at(self, rows: NDArray[np.int64]) -> "EvaluatedImages":
        """The images in these rows, int64 [K]."""
        return EvaluatedImages(
            self.embeddings[rows],
            self.labels[rows],
            self.sample_ids[rows],
            None if self.groups is None else self.groups[rows],
            None if self.pairs is None else self.pairs.within(rows),
        )

    def without(self, sample_ids: Collection[int]) -> "EvaluatedImages":
        """The same without some images of the data set."""
        if not sample_ids:
            return self
        return self.at(np.flatnonzero(~np.isin(self.sample_ids, list(sample_ids))))
