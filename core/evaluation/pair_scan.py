"""Passes over all pairs of a set of embeddings, without holding their distances."""

import math
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.distances import Array, Distance, as_distance, mapped_exactly
from core.evaluation.inputs import checked_embeddings

Floats = NDArray[np.float64]
Scale = tuple[float, bool, float, float, float]
"""See `core.evaluation.pair_kernels.Scale`; importing it from there would compile."""
Counts = NDArray[np.int64]

BINS = 1 << 16
_THREADS = os.cpu_count() or 1
_SIDE = 1 << 10
"""Rows and columns of a tile: few enough that it stays in the cache until it has been looked at."""
_BINS_AROUND = 8.0
"""Bins by which single precision may be off."""
_EXACT_AT_ONCE = 1 << 16
_HELD_AT_ONCE = 1 << 22
"""Distances kept before equal ones are counted together."""

Watch = Callable[[float], None]
"""Takes the share of a pass that is done, before each block; may raise Cancelled."""


@dataclass(frozen=True)
class Bins:
    """Equal bins of a distance: bin k holds what is above edge k and not above edge k + 1."""

    origin: float
    width: float
    count: int = BINS

    @property
    def edges(self) -> Floats:
        """Ends of the bins, [count + 1]."""
        return self.origin + self.width * np.arange(self.count + 1, dtype=np.float64)

    @property
    def first_edge(self) -> float:
        """The smallest edge above 0."""
        edges = self.edges
        return float(edges[edges > 0][0])

    def within(self, index: int) -> "Bins":
        """The bins that divide bin `index` further."""
        return Bins(self.origin + self.width * index, self.width / self.count, self.count)


@dataclass(frozen=True, eq=False)
class PairHistogram:
    """How many genuine and impostor pairs have a distance in each bin; exact."""

    bins: Bins
    genuine: Counts
    """[K]"""
    impostor: Counts
    """[K]"""

    def __add__(self, other: "PairHistogram") -> "PairHistogram":
        """Both together: of two blocks, or of two processes.

        Raises
        ------
        ValueError
            where the bins differ.
        """
        if self.bins != other.bins:
            raise ValueError(f"histograms must have the same bins, found {self.bins} and {other.bins}")
        return PairHistogram(self.bins, self.genuine + other.genuine, self.impostor + other.impostor)


@dataclass(frozen=True, eq=False)
class CountedDistances:
    """Distinct distances, ascending, with how many pairs have each."""

    values: Floats
    """[V]"""
    counts: Counts
    """[V]"""


class PairScan:
    """All N(N-1)/2 pairs of embeddings, passed over block by block.

    Distances are first estimated by matrix products in float64, with a known bound of error; every pair that the bound
    leaves in doubt is measured by `exact_distances`, so that all counts and values are exactly those of measuring
    and sorting all of them.

    Parameters
    ----------
    embeddings
        [N, D]
    labels
        [N], the identity of each embedding.
    distance
        Name or distance object.

    Raises
    ------
    InputError, ValueError
        as `checked_embeddings`.
    """

    def __init__(self, embeddings: Array, labels: Array, distance: str | Distance = "cosine") -> None:
        rule = as_distance(distance)
        vectors, classes = checked_embeddings(embeddings, labels)
        classes, order = classes.sort(stable=True)
        self._from_squared = rule.from_squared
        self._vectors = mapped_exactly(vectors, rule)[order].contiguous()
        self._class_ends = torch.searchsorted(classes, classes, right=True).numpy()
        # Near the origin the products round least; distances do not mind.
        self._centred = self._vectors - self._vectors.mean(dim=0)
        self._norms = self._centred.square().sum(dim=1)
        one, four = rule.from_squared(torch.tensor([1.0, 4.0], dtype=torch.float64)).tolist()
        self._factor, self._root = one, four == 2 * one

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def genuine_pairs(self) -> int:
        """How many pairs are of one identity."""
        return int((self._class_ends - np.arange(1, len(self) + 1)).sum())

    @property
    def impostor_pairs(self) -> int:
        """How many pairs are of two identities."""
        return len(self) * (len(self) - 1) // 2 - self.genuine_pairs

    def bins(self) -> Bins:
        """Bins that hold every distance."""
        farthest = torch.tensor([4.0 * float(self._norms.max())], dtype=torch.float64)
        width = float(self._from_squared(farthest)) / (BINS - 2) or 1.0
        return Bins(-width / 2, width)

    def histogram(self, bins: Bins | None = None, watch: Watch | None = None) -> PairHistogram:
        """Count all pairs by bin; those outside the bins are left out.

        Raises
        ------
        Cancelled
            where `watch` said so.
        """
        from core.evaluation.pair_kernels import count_pairs

        bins = bins or self.bins()
        totals = np.zeros((_THREADS, 2, bins.count + 2), dtype=np.int64)
        scale = self._scale(bins, bins.first_edge, torch.float64)

        def count(part: _Part) -> None:
            counts = totals[part.thread]
            found = count_pairs(*part.tile, self._class_ends, part.rows, scale, counts, part.room)
            for distances, same in self._measured(part.room[:found]):
                np.add.at(counts, (np.where(same, 0, 1), np.searchsorted(bins.edges, distances, side="left")), 1)

        self._pass(count, watch)
        return PairHistogram(bins, *totals.sum(axis=0)[:, 1:-1])

    def distances_in(
        self, bins: Bins, wanted: NDArray[np.bool_], watch: Watch | None = None
    ) -> tuple[CountedDistances, CountedDistances]:
        """Exact distances of the genuine and of the impostor pairs that stand in the wanted bins, bool [K].

        Raises
        ------
        Cancelled
            where `watch` said so.
        """
        from core.evaluation.pair_kernels import find_pairs

        kept = [(_Tally(), _Tally()) for _ in range(_THREADS)]
        nearest = max(float(bins.edges[:-1][wanted].min(initial=np.inf)), bins.first_edge)
        # What is found is measured anyway, so single precision does where it leaves few more to measure.
        single = self._scale(bins, nearest, torch.float32)
        dtype = torch.float32 if single[-1] <= _BINS_AROUND else torch.float64
        scale = single if dtype == torch.float32 else self._scale(bins, nearest, dtype)
        around = _widened(wanted, scale[-1])

        def find(part: _Part) -> None:
            found = find_pairs(*part.tile, part.rows, scale, around, part.room)
            for distances, same in self._measured(part.room[:found]):
                places = np.searchsorted(bins.edges, distances, side="left") - 1
                inside = (places >= 0) & (places < bins.count) & wanted[places.clip(0, bins.count - 1)]
                for tally, kind in zip(kept[part.thread], (same, ~same), strict=True):
                    tally.add(distances[inside & kind])

        self._pass(find, watch, dtype)
        genuine, impostor = (_Tally.joined(kind) for kind in zip(*kept, strict=True))
        return genuine, impostor

    def _pass(self, work: Callable[["_Part"], None], watch: Watch | None, dtype: torch.dtype = torch.float64) -> None:
        """Hand every tile of the upper triangle out, in as many parts as there are threads."""
        rooms = [np.empty((_SIDE * (_SIDE // _THREADS + 1), 2), dtype=np.int32) for _ in range(_THREADS)]
        vectors, tile = self._centred.to(dtype), torch.empty(_SIDE * _SIDE, dtype=dtype)
        starts = range(0, len(self), _SIDE)
        with ThreadPoolExecutor(_THREADS, thread_name_prefix="pairs") as pool:
            for row in starts:
                if watch is not None:
                    watch(1.0 - ((len(self) - row) / len(self)) ** 2)
                for column in starts[row // _SIDE :]:
                    block = self._tile(vectors, row, column, tile)
                    cuts = np.linspace(0, len(block[0]), _THREADS + 1).astype(int).tolist()
                    parts = [_Part(n, block, (cuts[n], cuts[n + 1]), rooms[n]) for n in range(_THREADS)]
                    list(pool.map(work, parts))  # raises what a part raised

    def _tile(self, vectors: Tensor, row: int, column: int, memory: Tensor) -> "_Tile":
        rows, columns = vectors[row : row + _SIDE], vectors[column : column + _SIDE]
        products = memory[: len(rows) * len(columns)].view(len(rows), len(columns))
        torch.mm(rows, columns.T, out=products)
        norms = self._norms.numpy()
        return products.numpy(), norms[row : row + _SIDE], norms[column : column + _SIDE], (row, column)

    def _scale(self, bins: Bins, nearest: float, dtype: torch.dtype) -> Scale:
        """What the kernels need to place a squared distance, and how far, in bins, they may be off.

        A product of D terms is off by at most D eps / 2 of the vectors' lengths (Higham, Accuracy and Stability of
        Numerical Algorithms, 2002, section 3.1); a root is the more so the smaller it is, so `nearest` is the least
        distance that matters.
        """
        error = (self._vectors.shape[1] + 4) * torch.finfo(dtype).eps * float(self._norms.max())
        if self._root:
            error /= nearest
        return self._factor, self._root, bins.origin, 1.0 / bins.width, self._factor * error / bins.width + 1e-9

    def _measured(self, positions: NDArray[np.int32]) -> Iterator[tuple[Floats, NDArray[np.bool_]]]:
        """Exact distances of pairs [P, 2], and whether each is of one identity, some at a time."""
        for start in range(0, len(positions), _EXACT_AT_ONCE):
            rows, columns = positions[start : start + _EXACT_AT_ONCE].T
            left, right = self._vectors[rows.astype(np.int64)], self._vectors[columns.astype(np.int64)]
            plain = torch.cdist(left[:, None], right[:, None], compute_mode="donot_use_mm_for_euclid_dist")
            yield self._from_squared(plain.flatten().square()).numpy(), columns < self._class_ends[rows]


def _widened(wanted: NDArray[np.bool_], by: float) -> NDArray[np.bool_]:
    """Wanted bins [K] and those so many bins away [K + 2], as `find_pairs` takes them."""
    found = np.zeros(len(wanted) + 2, dtype=np.bool_)
    reach = min(math.ceil(by), len(wanted))
    for place in np.flatnonzero(wanted) + 1:
        found[max(place - reach, 0) : place + reach + 1] = True
    return found


_Tile = tuple[Floats, Floats, Floats, tuple[int, int]]
"""Products, squared lengths of rows and of columns, positions of the first of both."""


class _Part(NamedTuple):
    """The rows of a tile that one thread looks at."""

    thread: int
    tile: _Tile
    rows: tuple[int, int]
    room: NDArray[np.int32]
    """For positions of pairs, [P, 2]; enough for all pairs of the part."""


class _Tally:
    """Distances, equal ones counted together from time to time."""

    def __init__(self) -> None:
        self._values: list[Floats] = []
        self._counts: list[Counts] = []
        self._held = 0

    def add(self, distances: Floats) -> None:
        """Count more distances."""
        self._values.append(distances)
        self._counts.append(np.ones(len(distances), dtype=np.int64))
        self._held += len(distances)
        if self._held > _HELD_AT_ONCE:
            self._merge()

    @staticmethod
    def joined(tallies: Sequence["_Tally"]) -> CountedDistances:
        """All of several tallies."""
        whole = _Tally()
        for tally in tallies:
            whole._values += tally._values
            whole._counts += tally._counts
        whole._merge()
        return CountedDistances(whole._values[0], whole._counts[0])

    def _merge(self) -> None:
        values, places = np.unique(np.concatenate([*self._values, np.empty(0)]), return_inverse=True)
        counts = np.zeros(len(values), dtype=np.int64)
        np.add.at(counts, places, np.concatenate([*self._counts, np.empty(0, dtype=np.int64)]))
        self._values, self._counts, self._held = [values], [counts], 0
