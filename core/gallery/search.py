"""Looking an embedding up among all that are enrolled: exact, in memory, some milliseconds for 100,000."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.distances import Distance, between_mapped, exact_distances, mapped_exactly
from core.evaluation.prototypes import prototypes
from core.gallery.records import EnrolmentRule, Match


@dataclass(frozen=True, eq=False)
class _Targets:
    """What an embedding is compared with, by one distance."""

    distance: Distance
    mapped: Tensor
    """[N, E] of all images or [C, E] of the means of all names, after the distance's own map."""


class GalleryIndex:
    """Embeddings of one state of a gallery.

    Parameters
    ----------
    names
        C names, each of at least one image.
    images
        Ids of the images, those of one name together, the names in their order, [N].
    counts
        How many images each name has, [C].
    embeddings
        [N, D]
    """

    def __init__(
        self,
        names: Sequence[str],
        images: NDArray[np.int64],
        counts: NDArray[np.int64],
        embeddings: NDArray[np.float32],
    ) -> None:
        self._names, self._images, self._counts, self._embeddings = names, images, counts, embeddings
        self._starts = np.cumsum(counts) - counts
        self._targets: dict[EnrolmentRule, _Targets] = {}

    def __len__(self) -> int:
        """Names."""
        return len(self._names)

    def nearest(
        self, embedding: NDArray[np.float32], distance: Distance, rule: EnrolmentRule, top: int
    ) -> tuple[Match, ...]:
        """The names nearest to an embedding [D], nearest first; equally near ones in their order.

        Distances to images are those of verification, to the last bit.
        """
        if not len(self):
            return ()
        mapped = self._mapped(distance, rule)
        query = mapped_exactly(torch.from_numpy(embedding[None].copy()), distance)
        distances = between_mapped(query, mapped, distance)[0].numpy()
        if rule == "nearest":
            distances = np.minimum.reduceat(distances, self._starts)
        return tuple(self._match(place, distances[place], embedding, distance) for place in _first(distances, top))

    def _mapped(self, distance: Distance, rule: EnrolmentRule) -> Tensor:
        known = self._targets.get(rule)
        if known is None or known.distance is not distance:
            vectors = torch.from_numpy(self._embeddings).double()
            if rule == "mean":
                owners = torch.from_numpy(np.repeat(np.arange(len(self)), self._counts))
                vectors = prototypes(vectors, owners, len(self))
            known = self._targets[rule] = _Targets(distance, mapped_exactly(vectors, distance))
        return known.mapped

    def _match(self, place: int, distance: float, embedding: NDArray[np.float32], by: Distance) -> Match:
        start, count = self._starts[place], int(self._counts[place])
        own = exact_distances(embedding[None], self._embeddings[start : start + count], by)[0]
        return Match(self._names[place], float(distance), count, int(self._images[start + int(own.argmin())]))


def _first(distances: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Places of the smallest ones, in order; of equal ones the first."""
    count = min(count, len(distances))
    limit = np.partition(distances, count - 1)[count - 1]
    places = np.flatnonzero(distances <= limit)
    return places[np.argsort(distances[places], kind="stable")][:count]
