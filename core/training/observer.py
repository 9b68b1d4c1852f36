"""Looking at the model while and after it is trained: embed, measure, keep, report."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.evaluation.masks import MaskScorer, mask_scorer
from core.models.inference import Inference, InferenceCancelled, infer
from core.runs import Run
from core.training.mailbox import Log, Mailbox
from core.training.outcome import no_figures, store_snapshot
from core.training.preparation import PreparedData
from core.training.probe import make_snapshot, whole_probe
from core.training.records import Evaluated, Event, ModelSnapshot, StepRecord, TrainingSnapshot
from core.training.trainer import Stopwatch, Trainer

BUDGET = 0.10
"""Share of the training time that looking at the probe set may take; an epoch that would exceed it goes without."""


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

    def __init__(self, run: Run, trainer: Trainer, prepared: PreparedData, channels: Channels) -> None:
        self._run, self._trainer, self._prepared, self._channels = run, trainer, prepared, channels
        self._stopwatch = Stopwatch()
        self._last_seconds = 0.0

    def glance(self, epoch: int, interrupted: Callable[[], bool]) -> None:
        """Look at the probe set, if there is time for it; the first time there always is.

        `interrupted` is asked between batches and may wait; where it answers yes, nothing is kept.
        """
        before = self._stopwatch.seconds
        if before and before + self._last_seconds > BUDGET * self._trainer.stopwatch.seconds:
            return
        self._look(self._prepared.probe, epoch, interrupted, None)
        self._last_seconds = self._stopwatch.seconds - before

    def look(self, epoch: int, interrupted: Callable[[], bool]) -> dict[str, Any]:
        """Look at the whole held-out part and return the figures of `train --json`, null where there are none."""
        data, split = self._prepared.data, self._prepared.split
        positions = whole_probe(data.labels, split)
        return self._look(positions, epoch, interrupted, mask_scorer(data, split.held_out))

    def _look(
        self,
        positions: NDArray[np.int64],
        epoch: int,
        interrupted: Callable[[], bool],
        masks: MaskScorer | None,
    ) -> dict[str, Any]:
        def asked() -> bool:
            self._stopwatch.hold()
            answer = interrupted()
            self._stopwatch.run()
            return answer

        self._stopwatch.run()
        try:
            images, model = self._prepared.data.images, self._trainer.model
            found = infer(model, images, indices=positions, masks=masks, cancelled=asked)
            return self._keep(found, positions, epoch, None if masks is None else masks.mean_iou())
        except InferenceCancelled:
            return no_figures()
        finally:
            self._stopwatch.hold()

    def _keep(
        self, found: Inference, positions: NDArray[np.int64], epoch: int, segmentation_iou: float | None
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
        )
        self._channels.snapshots.put(snapshot)
        figures = store_snapshot(self._run, snapshot, segmentation_iou)
        self._channels.report(
            Evaluated(
                step=snapshot.step,
                epoch=epoch,
                images=int(snapshot.held_out.sum()),
                auc=figures["auc"],
                eer=figures["eer"],
                classification_accuracy=snapshot.classification_accuracy,
            )
        )
        return figures
