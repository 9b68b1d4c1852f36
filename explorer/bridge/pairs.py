"""Finds pairs by their distance, and counts who is mistaken for whom, behind the window."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, SignalInstance

from core.evaluation.evaluated import EvaluatedImages
from core.training.records import TrainingSnapshot
from explorer.bridge.tasks import Failure, TaskThread
from explorer.bridge.watch import Watcher
from explorer.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.distances import Distance
    from core.evaluation.confusions import IdentityConfusion
    from core.watch import Watch

LIMIT = 200
"""Pairs that are looked at one by one."""


@dataclass(frozen=True, eq=False)
class PairSearch:
    """Which pairs to find: low < distance <= high, those nearest `nearest` first."""

    snapshot: TrainingSnapshot
    """Its held-out images are searched, but the excluded ones."""
    rule: "str | Distance"
    genuine: bool | None
    """Pairs of one identity, of two, or None for both."""
    low: float
    high: float
    nearest: float
    identities: tuple[int, int] | None = None
    """Only pairs of these two labels, which may be the same; None for all."""
    errors_only: bool = False
    """Only those that a threshold at `nearest` gets wrong."""

    def limits(self, *, genuine: bool) -> tuple[float, float]:
        """Between which distances pairs of one kind are wanted."""
        if not self.errors_only:
            return self.low, self.high
        return (max(self.low, self.nearest), self.high) if genuine else (self.low, min(self.high, self.nearest))


@dataclass(frozen=True, eq=False)
class PairsFound:
    """Pairs of images, the first ones by the order of the search."""

    search: PairSearch
    sample_ids: NDArray[np.int64]
    """[P, 2]"""
    labels: NDArray[np.int64]
    """[P, 2]"""
    genuine: NDArray[np.bool_]
    """[P]"""
    distances: NDArray[np.float64]
    """[P]"""
    total: int
    """How many there are beside those found."""


@dataclass(frozen=True, eq=False)
class ConfusionSearch:
    """Count the errors of a threshold by pair of identities."""

    snapshot: TrainingSnapshot
    rule: "str | Distance"
    threshold: float


@dataclass(frozen=True, eq=False)
class ConfusionsFound:
    """Pairs of identities with errors, the most errors first."""

    search: ConfusionSearch
    rows: "tuple[IdentityConfusion, ...]"


class PairsBridge(QObject):
    """One search and one count at a time; a newer one of its kind ends an older one."""

    found = Signal(object)
    """PairsFound"""
    counted = Signal(object)
    """ConfusionsFound"""
    failed = Signal(str, str)
    """One sentence, and details."""
    progress = Signal(object)
    """Share of the work that is done, None: nothing is under way."""

    def __init__(self, tasks: TaskThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._watchers: dict[str, Watcher] = {}

    def search(self, wish: PairSearch) -> None:
        """Find pairs; `found` or `failed` follows, unless it is cancelled or another search takes its place."""
        self._submit("find pairs", lambda watch: find(wish, watch), self.found)

    def count(self, wish: ConfusionSearch) -> None:
        """Count by identities; `counted` or `failed` follows, unless it is cancelled or another takes its place."""
        self._submit("count confusions", lambda watch: count(wish, watch), self.counted)

    def cancel(self) -> None:
        """End what is under way; nothing follows."""
        for key in tuple(self._watchers):
            self._drop(key)
        self.progress.emit(None)

    def tick(self) -> None:
        """Tell how far the work is."""
        if self._watchers:
            self.progress.emit(max(watcher.share for watcher in self._watchers.values()))

    def _submit(self, key: str, job: "Callable[[Watch], Any]", done: SignalInstance) -> None:
        self._drop(key)
        watcher = self._watchers[key] = Watcher()

        def take(result: Any) -> None:
            self._end(key)
            if result is not None:
                done.emit(result)

        def complain(failure: Failure) -> None:
            self._end(key)
            self.failed.emit(tr("Pairs: {message}").format(message=failure.message), failure.details)

        self._tasks.submit(key, lambda: watcher.run(lambda: job(watcher)), take, complain)

    def _drop(self, key: str) -> None:
        if (watcher := self._watchers.pop(key, None)) is not None:
            watcher.stop()
            self._tasks.forget(key)

    def _end(self, key: str) -> None:
        self._watchers.pop(key, None)
        if not self._watchers:
            self.progress.emit(None)


def find(wish: PairSearch, watch: "Watch | None" = None) -> PairsFound:
    """Find the pairs of a search, `LIMIT` at most.

    Raises
    ------
    Cancelled
        where `watch` said so.
    """
    images = wish.snapshot.evaluated()
    if wish.identities is not None:
        images = images.at(np.flatnonzero(np.isin(images.labels, wish.identities)))
    kinds = (True, False) if wish.genuine is None else (wish.genuine,)
    parts = [_of_kind(images, wish, kind, watch) for kind in kinds]
    rows, distances = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
    genuine = np.repeat(kinds, [len(part[0]) for part in parts])
    order = np.argsort(np.abs(distances - wish.nearest), kind="stable")[:LIMIT]
    return PairsFound(
        wish,
        images.sample_ids[rows[order]],
        images.labels[rows[order]],
        genuine[order],
        distances[order],
        sum(part[2] for part in parts),
    )


def _of_kind(
    images: EvaluatedImages, wish: PairSearch, genuine: bool, watch: "Watch | None"
) -> tuple[NDArray[np.int64], NDArray[np.float64], int]:
    """Rows [P, 2] and distances [P] of pairs of one kind, and how many there are."""
    from core.evaluation.pair_search import find_pairs

    low, high = wish.limits(genuine=genuine)
    if not low < high or len(images) < 2:
        return np.empty((0, 2), np.int64), np.empty(0), 0
    found = find_pairs(
        images,
        wish.rule,
        genuine=genuine,
        low=low,
        high=high,
        nearest=wish.nearest,
        limit=LIMIT,
        watch=watch,
    )
    return found.rows, found.distances, found.total


def count(wish: ConfusionSearch, watch: "Watch | None" = None) -> ConfusionsFound:
    """Count the errors of a threshold by pair of identities.

    Raises
    ------
    Cancelled
        where `watch` said so.
    """
    from core.evaluation.confusions import identity_confusions

    rows = identity_confusions(wish.snapshot.evaluated(), wish.rule, wish.threshold, watch=watch)
    return ConfusionsFound(wish, rows)
