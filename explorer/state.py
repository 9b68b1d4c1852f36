"""The one shared, mutable model of the window: run, selection, distance, threshold, newest evaluation."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.config import DistanceName, RunConfig
from core.data.dataset import Dataset
from core.evaluation.curve import VerificationCurve
from core.evaluation.parts import ThresholdParts
from core.training.records import TrainingSnapshot
from explorer import formats
from explorer.translation import tr

if TYPE_CHECKING:
    from core.distances import LinearDistance
    from core.run_content import Exclusion


@dataclass(frozen=True)
class RunView:
    """What the window needs to know of the run it shows."""

    path: Path
    config: RunConfig
    class_names: tuple[str, ...]
    """Names by the labels that snapshots use."""
    sample_names: tuple[str, ...]
    """Ids of the images, by the positions that snapshots use."""
    has_masks: bool
    names_classes: bool = True
    """Whether the model says which class an image is of; not where it learns from listed tuples."""


class ExplorerState(QObject):
    """Setting a value tells everybody; setting the same value again tells nobody."""

    run_changed = Signal(object)
    """RunView | None"""
    dataset_changed = Signal(object)
    """Dataset | None: the images that can be shown"""
    snapshot_changed = Signal(object)
    """TrainingSnapshot | None"""
    distance_changed = Signal(str)
    """DistanceName; the snapshot measured by it follows at once."""
    threshold_changed = Signal(float)
    selection_changed = Signal(object)
    """tuple[int, ...]: sample ids"""
    exclusions_changed = Signal(object)
    """tuple[Exclusion, ...]: images that no evaluation of the held-out part counts; snapshots follow."""
    model_step_changed = Signal(int)
    """Newest step that training has done."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run: RunView | None = None
        self.dataset: Dataset | None = None
        self.snapshot: TrainingSnapshot | None = None
        self.distance: DistanceName = "cosine"
        """What images are compared by, in every panel."""
        self.fitted: LinearDistance | None = None
        """The fit of that distance to the snapshot; None where it needs none."""
        self.threshold: float | None = None
        self.selection: tuple[int, ...] = ()
        self.exclusions: tuple[Exclusion, ...] = ()
        self.model_step = 0

    @property
    def rule(self) -> "DistanceName | LinearDistance":
        """The distance as core takes it."""
        return self.distance if self.fitted is None else self.fitted

    @property
    def curve(self) -> VerificationCurve | None:
        """Curve of the newest snapshot."""
        return None if self.snapshot is None else self.snapshot.curve

    @property
    def parts(self) -> ThresholdParts | None:
        """The halves of the held-out identities in that look; None where they are too few."""
        return None if self.snapshot is None else self.snapshot.parts

    @property
    def excluded(self) -> frozenset[int]:
        """Sample ids of the excluded images."""
        names = {exclusion.sample for exclusion in self.exclusions}
        if not names or self.run is None:
            return frozenset()
        return frozenset(place for place, name in enumerate(self.run.sample_names) if name in names)

    def set_run(self, run: RunView | None) -> None:
        """Show another run; what belonged to the former one goes."""
        self.run = run
        self.threshold = None
        self.run_changed.emit(run)
        self._compare_by("cosine" if run is None else run.config.distance, None)
        self.set_model_step(0)
        self.set_selection(())
        self.set_exclusions(())
        self.set_snapshot(None)

    def set_dataset(self, dataset: Dataset | None) -> None:
        """Show other images."""
        self.dataset = dataset
        self.dataset_changed.emit(dataset)

    def set_snapshot(self, snapshot: TrainingSnapshot | None) -> None:
        """Take the newest look at the model, with its curve by the distance in force."""
        self.snapshot = snapshot
        self.snapshot_changed.emit(snapshot)

    def set_measured(
        self, snapshot: TrainingSnapshot, distance: DistanceName, fitted: "LinearDistance | None" = None
    ) -> None:
        """Take a look at the model with its curve by this distance, which is the window's from now on."""
        self.snapshot = snapshot
        self._compare_by(distance, fitted)
        self.set_snapshot(snapshot)

    def set_threshold(self, threshold: float) -> None:
        """Move the one threshold."""
        if threshold != self.threshold:
            self.threshold = threshold
            self.threshold_changed.emit(threshold)

    def set_selection(self, selection: tuple[int, ...]) -> None:
        """Select samples."""
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit(selection)

    def set_exclusions(self, exclusions: "tuple[Exclusion, ...]") -> None:
        """Leave these images out of what is measured; snapshots without them follow."""
        if exclusions != self.exclusions:
            self.exclusions = exclusions
            self.exclusions_changed.emit(exclusions)

    def set_model_step(self, step: int) -> None:
        """Say how far training is."""
        if step != self.model_step:
            self.model_step = step
            self.model_step_changed.emit(step)

    def _compare_by(self, distance: DistanceName, fitted: "LinearDistance | None") -> None:
        changed = distance != self.distance
        self.distance, self.fitted = distance, fitted
        if changed:
            self.distance_changed.emit(distance)


def provenance(snapshot: TrainingSnapshot, model_step: int) -> str:
    """What a picture of a snapshot is of: 'step 540 · held-out, 360 images · closed set'.

    'as of step 540' where the model has gone on since; '358 images (2 excluded)' where a person has excluded some.
    """
    found, excluded = int(snapshot.held_out.sum()), snapshot.excluded_images
    images = formats.count(found - excluded)
    if found < snapshot.held_out_total:
        images += tr(" of {held_out_total}").format(held_out_total=formats.count(snapshot.held_out_total))
    kind = tr("open set") if snapshot.open_set else tr("closed set")
    older = tr("as of ") if model_step > snapshot.step else ""
    left_out = tr(" ({excluded} excluded)").format(excluded=formats.count(excluded)) if excluded else ""
    return tr("{older}step {step} · held-out, {images} images{left_out} · {kind}").format(
        older=older, step=formats.count(snapshot.step), images=images, left_out=left_out, kind=kind
    )


def genuine_pair(state: ExplorerState) -> tuple[str, str] | None:
    """Names of two held-out images of one class, as an example to look at; None where the newest look has none."""
    snapshot, run = state.snapshot, state.run
    if snapshot is None or run is None or not snapshot.held_out.any():
        return None
    held_out = snapshot.held_out.nonzero()[0]
    alike = held_out[snapshot.labels[held_out] == snapshot.labels[held_out[0]]]
    first, last = (run.sample_names[snapshot.sample_ids[row]] for row in (alike[0], alike[-1]))
    return first, last
