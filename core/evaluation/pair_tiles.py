"""The tiles that all pairs of a set of embeddings are handed out in, to be looked at by several threads."""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.distances import Array, Distance, as_distance, mapped_exactly
from core.evaluation.inputs import checked_embeddings, checked_groups
from core.watch import Watch

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Positions = NDArray[np.int32]

THREADS = os.cpu_count() or 1
ROWS, COLUMNS = 1 << 9, 1 << 10
"""Of a tile: few enough that it stays in the cache until it has been looked at."""
_EXACT_AT_ONCE = 1 << 12
_STARTING = threading.Lock()


Tile = tuple[Floats, Floats, Floats, tuple[int, int]]
"""Products, squared lengths of rows and of columns, positions of the first of both."""


class Part(NamedTuple):
    """A tile, and which thread looks at it, counted from 0."""

    thread: int
    tile: Tile


class PairTiles:
    """All N(N-1)/2 pairs of embeddings as tiles of products of vectors, which are centred and sorted by class.

    Squared distances follow from the products in float64, with a known bound of error; `measured` gives those of
    single pairs exactly, as `exact_distances` does. Positions count the sorted vectors.

    Parameters
    ----------
    embeddings
        [N, D]
    labels
        [N], the identity of each embedding.
    distance
        Name or distance object.
    groups
        [N], see `core.evaluation.evaluated.EvaluatedImages`.

    Raises
    ------
    InputError, ValueError
        as `checked_embeddings` and `checked_groups`.
    """

    def __init__(
        self, embeddings: Array, labels: Array, distance: str | Distance = "cosine", groups: Array | None = None
    ) -> None:
        rule = as_distance(distance)
        vectors, classes = checked_embeddings(embeddings, labels)
        members = checked_groups(groups, len(vectors))
        classes, order = classes.sort(stable=True)
        self.order: Counts = order.numpy()
        """[N], rows of the embeddings, by position."""
        self.classes: Counts = classes.numpy()
        """[N], classes from 0, ascending."""
        self.class_ends: Counts = torch.searchsorted(classes, classes, right=True).numpy()
        """[N], position behind the last of the same class."""
        self.groups: Positions = members[self.order]
        """[N], groups from 0, or `NO_GROUP`."""
        self.from_squared = rule.from_squared
        self._vectors = mapped_exactly(vectors, rule)[order].contiguous()
        # Near the origin the products round least; distances do not mind.
        self._centred = self._vectors - self._vectors.mean(dim=0)
        self._norms = self._centred.square().sum(dim=1)
        one, four = rule.from_squared(torch.tensor([1.0, 4.0], dtype=torch.float64)).tolist()
        self.factor: float = one
        self.root: bool = four == 2 * one
        """The distance is the squared Euclidean one, or its root, times the factor."""

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def vectors(self) -> Floats:
        """[N, E], by position; their Euclidean distances are what every distance follows from."""
        found: Floats = self._vectors.numpy()
        return found

    @property
    def farthest_squared(self) -> float:
        """No squared distance is larger."""
        return 4.0 * float(self._norms.max())

    def error(self, dtype: torch.dtype = torch.float64) -> float:
        """By how much a squared distance may be off that follows from a product.

        A product of D terms is off by at most D eps / 2 of the vectors' lengths (Higham, Accuracy and Stability of
        Numerical Algorithms, 2002, section 3.1); there are four of them, and some sums.
        """
        return (2 * self._vectors.shape[1] + 16) * torch.finfo(dtype).eps * float(self._norms.max())

    def squared(self, distance: float) -> float:
        """The squared distance that belongs to a distance, -inf below 0; off by less than `error`."""
        if distance < 0:
            return -np.inf
        plain = distance / self.factor
        return plain * plain if self.root else plain

    def distances(self, squared: Floats) -> Floats:
        """The distances that belong to squared ones; off by less than what `error` makes."""
        above: Floats = np.maximum(squared, 0.0)
        return self.factor * (np.sqrt(above) if self.root else above)

    def each(
        self,
        work: Callable[[Part], None],
        watch: Watch | None = None,
        *,
        dtype: torch.dtype = torch.float64,
        rows: tuple[int, int] | None = None,
        genuine: bool = False,
    ) -> None:
        """Hand out every tile of the upper triangle; each thread makes and looks at tiles of its own.

        Parameters
        ----------
        work
            Takes tiles, from several threads at once.
        watch
            Takes the share of all pairs that is done, before each block of rows; may raise Cancelled.
        dtype
            Of the products.
        rows
            Only tiles of the positions from and to; all of them where None.
        genuine
            Whether tiles without a genuine pair are left out.

        Raises
        ------
        Cancelled
            where `watch` said so.
        """
        vectors, (begin, end) = self._centred.to(dtype), rows or (0, len(self))
        memories = SimpleQueue[tuple[int, Tensor]]()
        for thread in range(THREADS):
            memories.put((thread, torch.empty(ROWS * COLUMNS, dtype=dtype)))

        def look(rows: tuple[int, int], column: int) -> None:
            thread, memory = memories.get()
            work(Part(thread, self._tile(vectors, rows, column, memory)))
            memories.put((thread, memory))

        with _workers() as pool:
            running = deque[Future[None]]()
            for row in range(begin, end, ROWS):
                if watch is not None:
                    watch(1.0 - ((len(self) - row) / len(self)) ** 2)
                last = min(row + ROWS, end)
                for column in range(row, int(self.class_ends[last - 1]) if genuine else len(self), COLUMNS):
                    if len(running) > THREADS:  # as many as keep all of them busy
                        running.popleft().result()  # raises what the work raised
                    running.append(pool.submit(look, (row, last), column))
            for tile in running:
                tile.result()

    def measured(self, positions: Positions) -> Iterator[tuple[Counts, Floats]]:
        """Pairs [P, 2] with their exact distances, some at a time."""
        for start in range(0, len(positions), _EXACT_AT_ONCE):
            part = positions[start : start + _EXACT_AT_ONCE].astype(np.int64)
            # Six times as fast as indexing.
            left, right = (self._vectors.index_select(0, torch.from_numpy(side)) for side in part.T.copy())
            plain = torch.cdist(left[:, None], right[:, None], compute_mode="donot_use_mm_for_euclid_dist")
            yield part, self.from_squared(plain.flatten().square()).numpy()

    def is_genuine(self, positions: Counts) -> NDArray[np.bool_]:
        """Which pairs [P, 2] are of one identity."""
        same: NDArray[np.bool_] = self.classes[positions[:, 0]] == self.classes[positions[:, 1]]
        return same

    def _tile(self, vectors: Tensor, rows: tuple[int, int], column: int, memory: Tensor) -> Tile:
        left, right = vectors[rows[0] : rows[1]], vectors[column : column + COLUMNS]
        products = memory[: len(left) * len(right)].view(len(left), len(right))
        torch.mm(left, right.T, out=products)
        norms = self._norms.numpy()
        return products.numpy(), norms[rows[0] : rows[1]], norms[column : column + COLUMNS], (rows[0], column)


@contextmanager
def _workers() -> Iterator[ThreadPoolExecutor]:
    """Threads that each multiply alone: to share every product, they would wait for one another at each."""
    ready = threading.Barrier(THREADS + 1)

    def start() -> None:
        torch.set_num_threads(1)  # of this thread, but also of threads that will first use torch later
        ready.wait()

    with ThreadPoolExecutor(THREADS, "pairs", start) as pool:
        with _STARTING:
            before, all_started = torch.get_num_threads(), False
            try:
                for _ in range(THREADS):
                    pool.submit(int)
                ready.wait()
                all_started = True
            finally:
                if not all_started:
                    ready.abort()  # a thread that has started would wait for ever
                torch.set_num_threads(before)
        yield pool
