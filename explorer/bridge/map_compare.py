"""Sets two looks at the same images beside one another: whose neighbourhood changed, and both as maps."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from core.projection.settings import ProjectionSettings
from core.training.records import TrainingSnapshot
from explorer.bridge.drawing import Drawer
from explorer.bridge.history import PastLook
from explorer.bridge.long_work import StageWatcher
from explorer.bridge.projection import MakeWorker, make_worker
from explorer.bridge.tasks import Failure, TaskThread
from explorer.translation import tr

if TYPE_CHECKING:
    from core.distances import Distance
    from core.evaluation.neighbourhoods import NeighbourhoodChange
    from core.projection.methods import Method
    from core.runs import Run

FEWEST_SHARED = 12
"""Images that both looks must have; the neighbourhoods of fewer say nothing."""
_OTHER_DATA = tr(
    "The two runs were not trained on the same pixels (other images, or another size); images are matched by name."
)


@dataclass(frozen=True, eq=False)
class CompareWish:
    """The look on the map, and the one it is to be compared with."""

    run_dir: Path
    step: int
    snapshot: TrainingSnapshot | None
    """The look itself; None: it is read from the run."""
    sample_ids: NDArray[np.int64]
    """[N], as the map has them"""
    xy: NDArray[np.float32]
    """[N, 2], where the map has them"""
    other_dir: Path
    other_step: int | None
    """None: the run's newest look"""
    drawn: PastLook | None
    """The other look, where it is laid out already."""
    method: "Method"
    distance: "str | Distance"
    settings: ProjectionSettings


@dataclass(frozen=True, eq=False)
class SharedLook:
    """One look at the images that both have."""

    step: int
    xy: NDArray[np.float32]
    """[N, 2]"""
    held_out: NDArray[np.bool_]
    """[N]"""
    predicted: NDArray[np.int64] | None
    """[N], classes of the run on the map; None where not known, or where that run has not all of them"""


@dataclass(frozen=True, eq=False)
class ComparedLooks:
    """Two looks at the same images, one laid over the other."""

    other_dir: Path
    same_run: bool
    sample_ids: NDArray[np.int64]
    """[N], positions in the data of the run on the map"""
    labels: NDArray[np.int64]
    """[N], classes of the run on the map"""
    other: SharedLook
    shown: SharedLook
    change: "NeighbourhoodChange"
    """From the other look to the shown one."""
    images: tuple[int, int]
    """How many images the other look has, and the shown one."""
    notes: tuple[str, ...]
    """What else is to be known, in sentences."""


@dataclass(frozen=True, eq=False)
class _Matched:
    """What is known before the other look is laid out."""

    looks: ComparedLooks
    """Without a layout of the other look."""
    embeddings: NDArray[np.float32]
    """[N, D], of the other look"""
    distance: "str | Distance"
    """What the other look is laid out by."""


class MapCompareBridge(QObject):
    """One comparison at a time; the process for UMAP and t-SNE lives from the first that needs it until `leave`."""

    listed = Signal(object, tuple)
    """Path of a run, and the steps of its looks, ascending."""
    compared = Signal(object)
    """ComparedLooks"""
    progressed = Signal(str, object)
    """What is being done, and the share of it that is done; None where that is not known."""
    failed = Signal(str, str)
    """One sentence, and details."""

    def __init__(self, tasks: TaskThread, make: MakeWorker = make_worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._drawer = tasks, Drawer(tasks, "comparison", make)
        self._wish: CompareWish | None = None
        self._watcher = StageWatcher()
        self._told: tuple[str, float] | None = None

    @property
    def busy(self) -> bool:
        """Whether a comparison is under way."""
        return self._wish is not None

    def list_looks(self, run_dir: Path) -> None:
        """Find out which looks are kept with a run; `listed` or `failed` follows. What is under way is given up."""
        self.cancel()
        self._tasks.submit(
            "comparison", lambda: _looks_of(run_dir), lambda steps: self.listed.emit(run_dir, steps), self._complain
        )

    def compare(self, wish: CompareWish) -> None:
        """Compare; `compared` or `failed` follows, unless `cancel` is called before."""
        self.cancel()
        watcher = self._watcher = StageWatcher()
        self._wish, self._told = wish, None
        self._tasks.submit(
            "comparison", lambda: watcher.run(lambda: _matched(wish, watcher)), self._draw, self._complain
        )

    def cancel(self) -> None:
        """Give up what is under way; nobody hears of it any more."""
        self._watcher.stop()
        self._tasks.forget("comparison")
        self._drawer.forget()
        self._wish = None

    def leave(self) -> None:
        """Nothing more will be compared soon: give up, and end the process."""
        self.cancel()
        self._drawer.end()

    def tick(self) -> None:
        """Tell how far the work is, and take a layout that is done."""
        self._drawer.tick()
        if self._wish is None or self._drawer.waits:
            return
        progress = self._watcher.progress
        if (progress.stage, progress.share) != self._told:
            self._told = (progress.stage, progress.share)
            self.progressed.emit(progress.stage, progress.share)

    def _draw(self, matched: _Matched | None) -> None:
        from core.projection.messages import ProjectionRequest

        wish = self._wish
        if wish is None or matched is None:  # cancelled
            return
        looks = matched.looks
        if wish.drawn is not None and np.isin(looks.sample_ids, wish.drawn.sample_ids).all():
            self._finish(looks, wish.drawn.xy[_rows(wish.drawn.sample_ids, looks.sample_ids)])
            return
        self.progressed.emit(tr("laying out the other look"), None)
        request = ProjectionRequest(
            generation=0,
            embeddings=matched.embeddings,
            sample_ids=looks.sample_ids,
            method=wish.method,
            initial=looks.shown.xy,
            distance=matched.distance,
            settings=wish.settings,
        )
        self._drawer.draw(request, lambda xy: self._finish(looks, xy), self._complain)

    def _finish(self, looks: ComparedLooks, xy: NDArray[np.float32]) -> None:
        """Lay the other look over the shown one, and hand both on."""
        from core.projection.alignment import align

        self._wish = None
        self.compared.emit(replace(looks, other=replace(looks.other, xy=align(xy, looks.shown.xy))))

    def _complain(self, failure: Failure) -> None:
        self._wish = None
        self.failed.emit(failure.message, failure.details)


def _looks_of(run_dir: Path) -> tuple[int, ...]:
    from core.runs import Run

    return tuple(Run.open(run_dir).snapshot_steps())


def _matched(wish: CompareWish, watcher: StageWatcher) -> _Matched:
    from core.errors import InputError
    from core.evaluation.neighbourhoods import neighbourhood_change
    from core.runs import Run
    from core.training.outcome import load_embeddings

    watcher.staged(tr("reading the looks"))
    run, other = Run.open(wish.run_dir), Run.open(wish.other_dir)
    same_run = run.path.resolve() == other.path.resolve()
    step = _step_of(other, wish.other_step)
    if same_run and step == wish.step:
        raise InputError(
            tr("step {step} is the look that is on the map; choose another one to compare it with").format(step=step)
        )
    shown = wish.snapshot or load_embeddings(run, wish.step)
    look = load_embeddings(other, step)
    ids, here, there = _shared(wish, shown, look.sample_ids if same_run else _positions(run, other, look.sample_ids))
    if len(ids) < FEWEST_SHARED:
        raise InputError(
            tr(
                "step {step} of {name}: looks are compared on the images that both have, at least {FEWEST_SHARED}, "
                "found {ids} of {sample_ids} and {sample_ids_2}"
            ).format(
                step=step,
                name=other.path.name,
                FEWEST_SHARED=FEWEST_SHARED,
                ids=len(ids),
                sample_ids=len(look.sample_ids),
                sample_ids_2=len(shown.sample_ids),
            )
        )
    rule = wish.distance if same_run else _distance(other, wish.distance, step)
    labels, embeddings = shown.labels[here], look.embeddings[there]
    watcher.staged(tr("comparing neighbourhoods"))
    change = neighbourhood_change(
        embeddings,
        shown.embeddings[here],
        labels,
        rule,
        wish.distance,
        watch=lambda share: watcher.staged(tr("comparing neighbourhoods"), share),
    )
    xy = wish.xy[_rows(wish.sample_ids, ids)]
    looks = ComparedLooks(
        other_dir=other.path,
        same_run=same_run,
        sample_ids=ids,
        labels=labels,
        other=SharedLook(step, xy, look.held_out[there], _predicted(look, there, run, other)),
        shown=SharedLook(shown.step, xy, shown.held_out[here], _predicted(shown, here, run, run)),
        change=change,
        images=(len(look.sample_ids), len(shown.sample_ids)),
        notes=() if same_run else _notes(run, other, labels, look.labels[there]),
    )
    return _Matched(looks, embeddings, rule)


def _step_of(run: "Run", step: int | None) -> int:
    from core.errors import InputError

    steps = run.snapshot_steps()
    if not steps:
        raise InputError(tr("{path}: has no looks yet, so there is nothing to compare with").format(path=run.path))
    if step is not None and step not in steps:
        raise InputError(tr("{path}: has no look at step {step} any more").format(path=run.path, step=step))
    return steps[-1] if step is None else step


def _positions(run: "Run", other: "Run", sample_ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Positions of another run's images in the data of this run, by name; -1 for those it has not."""
    here = {name: place for place, name in enumerate(run.samples().ids)}
    names = other.samples().ids
    return np.array([here.get(names[place], -1) for place in sample_ids.tolist()], np.int64)


def _shared(
    wish: CompareWish, shown: TrainingSnapshot, positions: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.intp], NDArray[np.intp]]:
    """Images that both looks and the map have, with their rows in the shown look and in the other."""
    known = np.flatnonzero(positions >= 0)
    ids = np.intersect1d(np.intersect1d(shown.sample_ids, positions[known]), wish.sample_ids)
    return ids, _rows(shown.sample_ids, ids), known[_rows(positions[known], ids)]


def _rows(ids: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.intp]:
    """Where the wanted ids [M], all of them there, stand among the ids [N], each once."""
    order = np.argsort(ids)
    found: NDArray[np.intp] = order[np.searchsorted(ids, wanted, sorter=order)]
    return found


def _distance(other: "Run", distance: "str | Distance", step: int) -> "str | Distance":
    """The distance in force, as it is for another run: a fitted one is of one model."""
    from core.distances import LinearDistance
    from core.stored_distances import distance_of_run

    return distance_of_run(other, distance.name, step) if isinstance(distance, LinearDistance) else distance  # type: ignore[arg-type]


def _predicted(look: TrainingSnapshot, rows: NDArray[np.intp], run: "Run", other: "Run") -> NDArray[np.int64] | None:
    """Classes that a look takes its images for, as the run on the map numbers them."""
    if look.predicted is None or run is other:
        return None if look.predicted is None else look.predicted[rows]
    here = {name: place for place, name in enumerate(run.info.data.classes)}
    number = np.array([here.get(name, -1) for name in other.info.data.classes], np.int64)
    found = number[look.predicted[rows]]
    return None if (found < 0).any() else found


def _notes(run: "Run", other: "Run", labels: NDArray[np.int64], other_labels: NDArray[np.int64]) -> tuple[str, ...]:
    """Where the data of two runs differs."""
    notes = [] if run.info.data.content_hash == other.info.data.content_hash else [_OTHER_DATA]
    classes, other_classes = np.array(run.info.data.classes), np.array(other.info.data.classes)
    differing = int((classes[labels] != other_classes[other_labels]).sum())
    if differing:
        notes.append(
            tr("{differing} images are of another class in the other run; what counts is their class in this.").format(
                differing=differing
            )
        )
    return tuple(notes)
