"""Lays out the earlier looks at a stored run, each going on from the next later one, so that points do not jump."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from core.projection.settings import ProjectionSettings
from core.training.records import TrainingSnapshot
from explorer.bridge.drawing import Drawer
from explorer.bridge.projection import MakeWorker, make_worker
from explorer.bridge.tasks import Failure, TaskThread
from explorer.translation import tr

if TYPE_CHECKING:
    from core.distances import Distance
    from core.projection.methods import Method


@dataclass(frozen=True, eq=False)
class PastLook:
    """A snapshot's images, laid out."""

    step: int
    xy: NDArray[np.float32]
    """[N, 2]"""
    sample_ids: NDArray[np.int64]
    """[N]"""
    labels: NDArray[np.int64]
    """[N]"""
    held_out: NDArray[np.bool_]
    """[N]"""
    predicted: NDArray[np.int64] | None
    """[N]"""


@dataclass(frozen=True, eq=False)
class HistoryWish:
    """What is to be laid out, and how."""

    run_dir: Path
    known: Mapping[int, PastLook]
    """Looks that are laid out already, by step; at least the newest."""
    method: "Method"
    distance: "str | Distance"
    settings: ProjectionSettings


class HistoryBridge(QObject):
    """One wish at a time; the process for UMAP and t-SNE lives only while there is one."""

    laid_out = Signal(object)
    """PastLook, the latest first."""
    progressed = Signal(int, int)
    """How many of how many are done."""
    ended = Signal()
    """All are done, or the wish was given up."""
    failed = Signal(str, str)
    """One sentence, and details."""

    def __init__(
        self,
        tasks: TaskThread,
        make: MakeWorker = make_worker,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._drawer = tasks, Drawer(tasks, "history", make)
        self._wish: HistoryWish | None = None
        self._known: dict[int, PastLook] = {}
        self._missing: list[int] = []
        self._total = 0

    @property
    def busy(self) -> bool:
        """Whether a wish is under way."""
        return self._wish is not None

    def load(self, wish: HistoryWish) -> None:
        """Lay out every stored look that is not known yet."""
        self.cancel()
        self._wish, self._known = wish, dict(wish.known)
        self._tasks.submit("history", lambda: _missing(wish), self._begin, self._complain)

    def cancel(self) -> None:
        """Give up; what has been laid out stays."""
        self._tasks.forget("history")
        if self._wish is not None:
            self._end()

    def tick(self) -> None:
        """Take a layout that is done."""
        self._drawer.tick()

    def close(self) -> None:
        """End the process, with the thread."""
        self._wish = None
        self._drawer.end()

    def _begin(self, missing: list[int]) -> None:
        self._missing, self._total = missing, len(missing)
        self._next()

    def _next(self) -> None:
        wish = self._wish
        if wish is None:
            return
        self.progressed.emit(self._total - len(self._missing), self._total)
        if not self._missing:
            self._end()
            return
        step = self._missing.pop(0)
        self._tasks.submit("history", lambda: _read(wish.run_dir, step), self._draw, self._complain)

    def _draw(self, look: TrainingSnapshot) -> None:
        from core.projection.messages import ProjectionRequest

        wish = self._wish
        if wish is None:
            return
        later = self._later(look)
        same = np.array_equal(later.sample_ids, look.sample_ids)
        request = ProjectionRequest(
            generation=0,
            embeddings=look.embeddings,
            sample_ids=look.sample_ids,
            method=wish.method,
            initial=later.xy if same else None,
            distance=wish.distance,
            settings=wish.settings,
        )
        self._drawer.draw(request, lambda xy: self._lay(look, xy), self._complain)

    def _lay(self, look: TrainingSnapshot, xy: NDArray[np.float32]) -> None:
        """Lay a layout over the next later one, and hand it on."""
        from core.projection.alignment import align

        later = self._later(look)
        aligned = align(xy, later.xy, look.sample_ids, later.sample_ids)
        found = PastLook(
            look.step,
            aligned,
            _shared(look.sample_ids, later.sample_ids),
            _shared(look.labels, later.labels),
            _shared(look.held_out, later.held_out),
            look.predicted,
        )
        self._known[look.step] = found
        self.laid_out.emit(found)
        self._next()

    def _later(self, look: TrainingSnapshot) -> PastLook:
        steps = sorted(self._known)
        after = [step for step in steps if step > look.step]
        return self._known[after[0] if after else steps[-1]]

    def _complain(self, failure: Failure) -> None:
        self._end()
        self.failed.emit(tr("Earlier maps: {message}").format(message=failure.message), failure.details)

    def _end(self) -> None:
        self._wish, self._missing = None, []
        self._drawer.end()
        self.ended.emit()


def _shared(array: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    """The other one where they are equal, as they are from look to look: a thousand looks then hold it once."""
    return other if np.array_equal(array, other) else array


def _missing(wish: HistoryWish) -> list[int]:
    """Steps of stored looks that are not laid out yet, latest first."""
    from core.runs import Run

    return sorted(set(Run.open(wish.run_dir).snapshot_steps()) - set(wish.known), reverse=True)


def _read(run_dir: Path, step: int) -> TrainingSnapshot:
    from core.runs import Run
    from core.training.outcome import load_embeddings

    return load_embeddings(Run.open(run_dir), step)
