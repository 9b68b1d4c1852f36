"""Looking at the model while and after it is trained: embed, measure, keep, report."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import Cancelled, InputError
from core.evaluation.masks import MaskScorer, mask_scorer
from core.models.inference import Inference
from core.runs import Run
from core.training.looking_together import infer_together
from core.training.mailbox import Log, Mailbox
from core.training.outcome import no_figures, store_snapshot
from core.training.preparation import PreparedData
from core.training.probe import make_snapshot, whole_probe
from core.training.records import Evaluated, Event, ModelSnapshot, Note, StepRecord, TrainingSnapshot
from core.training.room import RoomKeeper
from core.training.timing import Allowance, Stopwatch
from core.training.trainer import Trainer

BUDGET = 0.07
"""Share of the training time that looking at the probe set may take, by what a look usually takes; an epoch that would
exceed it goes without.

With the live map and the shares of the gradient it stays within the 15 % that everything live may take together."""


@dataclass(frozen=True)
class Channels:
    """Where a run reports to."""

    report: Callable[[Event], None]
    """Takes every event, in order."""
    records: Log[StepRecord] = field(default_factory=Log)
    snapshots: Mailbox[TrainingSnapshot] = field(default_factory=Mailbox)
    weights: Mailbox[ModelSnapshot] = field(default_factory=Mailbox)


class Observer:
    """Looks at a trainer's model, as often as the time it takes allows."""

    def __init__(
        self, run: Run, trainer: Trainer, prepared: PreparedData, channels: Channels, room: RoomKeeper
    ) -> None:
        self._run, self._trainer, self._prepared, self._channels = run, trainer, prepared, channels
        self._room = room
        self._allowance = Allowance(BUDGET, since=trainer.stopwatch.seconds)
        self._excluded: frozenset[int] = frozenset()

    def glance(
        self, epoch: int, interrupted: Callable[[], bool], *, whatever_it_takes: bool = False
    ) -> dict[str, Any] | None:
        """Look at the probe set, if there is time for it or the run cannot go on without; the figures as of `look`.

        `interrupted` is asked between batches and may wait; where it answers yes, nothing is kept, and None returned.
        """
        if not whatever_it_takes and not self._allowance.covers_another(self._trainer.stopwatch.seconds):
            return None
        stopwatch = Stopwatch()
        stopwatch.run()

        def asked() -> bool:
            stopwatch.hold()
            answer = interrupted()
            stopwatch.run()
            return answer

        figures = self._look(self._prepared.probe, epoch, asked, None, last=False)
        stopwatch.hold()
        self._allowance.spend(stopwatch.seconds)
        self._trainer.times.add({"probe": stopwatch.seconds}, steps=0)
        return figures

    def look(self, epoch: int, interrupted: Callable[[], bool]) -> dict[str, Any]:
        """Look at the whole held-out part and return the figures of `train --json`, null where there are none."""
        data, split = self._prepared.data, self._prepared.split
        positions = whole_probe(data.labels, split)
        masks = mask_scorer(data, split.held_out)
        return self._look(positions, epoch, interrupted, masks, last=True) or no_figures()

    def _look(
        self,
        positions: NDArray[np.int64],
        epoch: int,
        interrupted: Callable[[], bool],
        masks: MaskScorer | None,
        *,
        last: bool,
    ) -> dict[str, Any] | None:
        try:
            found = infer_together(self._trainer, self._prepared.data, positions, masks, interrupted)
        except Cancelled:
            return None
        return self._keep(found, positions, epoch, None if masks is None else masks.mean_iou(), last=last)

    def _keep(
        self,
        found: Inference,
        positions: NDArray[np.int64],
        epoch: int,
        segmentation_iou: float | None,
        *,
        last: bool,
    ) -> dict[str, Any]:
        """Hand a snapshot on, and write it with what was measured on it."""
        snapshot = make_snapshot(
            found,
            positions,
            self._prepared.data,
            self._prepared.split,
            step=self._trainer.step_count,
            epoch=epoch,
            distance=self._run.config.distance,
            excluded=self._excluded_now(),
        )
        self._channels.snapshots.put(snapshot)
        figures = self._room.write(lambda: store_snapshot(self._run, snapshot, segmentation_iou, last=last))
        self._channels.report(
            Evaluated(
                step=snapshot.step,
                epoch=epoch,
                images=len(snapshot.evaluated()),
                auc=figures["auc"],
                eer=figures["eer"],
                classification_accuracy=snapshot.classification_accuracy,
            )
        )
        return figures

    def _excluded_now(self) -> frozenset[int]:
        """Images that a person has excluded meanwhile; those of the last look where that cannot be read."""
        try:
            self._excluded = self._run.excluded()
        except InputError as error:  # no reason to end hours of training
            self._channels.report(Note(f"the images excluded stay as they were: {error}"))
        return self._excluded
