"""Who is mistaken for whom: errors at a threshold by pair of identities."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.data.tuples import ListedPairs
from core.evaluation.evaluated import NO_GROUP, EvaluatedImages

if TYPE_CHECKING:
    from core.distances import Distance
    from core.evaluation.pair_tiles import PairTiles, Part
    from core.watch import Watch

Counts = NDArray[np.int64]

_COUNTS_AT_ONCE = 1 << 23
"""Of pairs of identities, for each thread."""


@dataclass(frozen=True)
class IdentityConfusion:
    """Errors between the images of two identities, or of one."""

    first: int
    """Label"""
    second: int
    """Label, not smaller; the same: genuine pairs that are rejected; another: impostor pairs that are accepted"""
    errors: int
    pairs: int
    """How many pairs of these identities count."""


def identity_confusions(
    images: EvaluatedImages,
    distance: "str | Distance",
    threshold: float,
    *,
    limit: int = 1000,
    watch: "Watch | None" = None,
) -> tuple[IdentityConfusion, ...]:
    """Count the errors at a threshold by pair of identities: most errors first, then by labels; none without errors.

    Exact, in bounded memory. Of listed pairs only those count; each belongs to the labels of its two images, and of
    two pairs of the same labels the list may call one genuine and one an impostor pair: errors of both kinds add up.

    Parameters
    ----------
    images
        Whose pairs count.
    distance
        Name or distance object.
    threshold
        Pairs are accepted where distance <= threshold.
    limit
        How many pairs of identities are handed out.
    watch
        Takes the share of the work that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where there are fewer than 2 embeddings.
    ValueError
        where an embedding is not finite, the threshold is NaN, the limit is below 1 or the distance is unknown.
    Cancelled
        where `watch` said so.
    """
    if np.isnan(threshold):
        raise ValueError("threshold must be a number, found NaN")
    if limit < 1:
        raise ValueError(f"limit must be at least 1, found {limit}")
    if images.pairs is not None:
        return _of_list(images, images.pairs, distance, threshold, limit, watch)
    from core.evaluation.pair_tiles import PairTiles

    tiles = PairTiles(images.embeddings, images.labels, distance, images.groups)
    return _Counting(tiles, threshold, limit).run(np.unique(images.labels), watch)


def _of_list(
    images: EvaluatedImages,
    listed: ListedPairs,
    distance: "str | Distance",
    threshold: float,
    limit: int,
    watch: "Watch | None",
) -> tuple[IdentityConfusion, ...]:
    from core.evaluation.listed import pair_distances

    both = np.concatenate([listed.genuine, listed.impostor])
    genuine = np.arange(len(both)) < len(listed.genuine)
    wrong = (pair_distances(images.embeddings, both, distance, watch) <= threshold) != genuine
    names, places, pairs = np.unique(
        np.sort(images.labels[both], axis=1), axis=0, return_inverse=True, return_counts=True
    )
    errors = np.zeros(len(names), dtype=np.int64)
    np.add.at(errors, places.reshape(-1)[wrong], 1)
    order = np.argsort(-errors, kind="stable")[: min(limit, np.count_nonzero(errors))]
    return tuple(
        IdentityConfusion(first, second, *rest)
        for (first, second), *rest in zip(
            names[order].tolist(), errors[order].tolist(), pairs[order].tolist(), strict=True
        )
    )


class _Counting:
    """A pass over all pairs, some identities at a time with all that follow them."""

    def __init__(self, tiles: "PairTiles", threshold: float, limit: int) -> None:
        self._tiles, self._threshold, self._limit = tiles, threshold, limit
        squared, error = tiles.squared(threshold), tiles.error()
        self._limits = squared - error, squared + error
        sizes = np.bincount(tiles.classes)
        self._starts = np.concatenate([[0], sizes.cumsum()])
        self._grouped = _GroupSizes(tiles.classes, tiles.groups)
        self._sizes, self._genuine = sizes, sizes * (sizes - 1) // 2 - self._grouped.genuine
        self._most = np.empty((0, 3), dtype=np.int64)
        """First class, second class and errors, most errors first."""

    def run(self, names: Counts, watch: "Watch | None") -> tuple[IdentityConfusion, ...]:
        """Look at all identities, whose labels are `names` [C]."""
        count, begin = len(self._sizes), 0
        while begin < count:
            end = min(begin + max(_COUNTS_AT_ONCE // (count - begin), 1), count)
            self._add(begin, self._errors(begin, end, watch))
            begin = end
        return tuple(
            IdentityConfusion(int(names[first]), int(names[second]), errors, self._pairs(first, second))
            for first, second, errors in self._most.tolist()
        )

    def _errors(self, begin: int, end: int, watch: "Watch | None") -> NDArray[np.int32]:
        """Errors of the classes from and to with all from the first one on."""
        from core.evaluation.pair_search_kernels import accepted_pairs
        from core.evaluation.pair_tiles import THREADS

        tiles, classes = self._tiles, self._tiles.classes - begin
        counts = np.zeros((THREADS, end - begin, len(self._sizes) - begin), dtype=np.int32)

        def count(part: "Part") -> None:
            mine, room = counts[part.thread], np.empty((part.tile[0].size, 2), dtype=np.int32)
            found = accepted_pairs(*part.tile, classes, tiles.groups, self._limits, mine, room)
            for positions, distances in tiles.measured(room[:found]):
                np.add.at(mine, tuple(classes[positions[distances <= self._threshold]].T), 1)

        tiles.each(count, watch, rows=(int(self._starts[begin]), int(self._starts[end])))
        accepted: NDArray[np.int32] = counts.sum(axis=0, dtype=np.int32)
        own = np.arange(end - begin)
        accepted[own, own] = self._genuine[begin:end] - accepted[own, own]
        return accepted

    def _add(self, begin: int, errors: NDArray[np.int32]) -> None:
        full = len(self._most) == self._limit
        first, second = np.nonzero(errors > (self._most[-1, 2] if full else 0))
        rows = np.stack([first + begin, second + begin, errors[first, second]], axis=1)
        joined = np.concatenate([self._most, rows])
        # Stable, and later rows are of later classes: of equally many errors the smaller labels come first.
        self._most = joined[np.argsort(-joined[:, 2], kind="stable")[: self._limit]]

    def _pairs(self, first: int, second: int) -> int:
        if first == second:
            return int(self._genuine[first])
        return int(self._sizes[first] * self._sizes[second]) - self._grouped.between(first, second)


class _GroupSizes:
    """How many images of each class each group has."""

    def __init__(self, classes: Counts, groups: NDArray[np.int32]) -> None:
        grouped = groups != NO_GROUP
        found, sizes = np.unique(np.stack([classes[grouped], groups[grouped]], axis=1), axis=0, return_counts=True)
        self.genuine = np.zeros(int(classes[-1]) + 1, dtype=np.int64)
        """[C], pairs of each class within a group."""
        np.add.at(self.genuine, found[:, 0], sizes * (sizes - 1) // 2)
        self._groups, self._sizes = found[:, 1], sizes
        self._starts = np.searchsorted(found[:, 0], np.arange(len(self.genuine) + 1))

    def between(self, first: int, second: int) -> int:
        """Pairs of two classes within a group."""
        mine, others = (slice(*self._starts[label : label + 2]) for label in (first, second))
        _, left, right = np.intersect1d(self._groups[mine], self._groups[others], return_indices=True)
        return int((self._sizes[mine][left] * self._sizes[others][right]).sum())
