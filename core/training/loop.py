"""A whole run: train epoch by epoch, look at the model, keep it. Runs in the calling thread."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from core.config import RunConfig
from core.device import resolve_device
from core.errors import Cancelled, InputError
from core.evaluation.masks import mask_scorer
from core.models.inference import Inference, infer
from core.runs import Run, as_json
from core.training.checkpoint import Progress, save_checkpoint
from core.training.controls import Controls
from core.training.mailbox import Log, Mailbox
from core.training.outcome import store_snapshot
from core.training.preparation import build_trainer, create_run, prepare_data, reopen_run
from core.training.probe import make_snapshot, whole_probe
from core.training.records import (
    CheckpointSaved,
    Evaluated,
    Event,
    Finished,
    HyperparametersApplied,
    ModelSnapshot,
    Paused,
    Preparing,
    Resumed,
    Started,
    StepRecord,
    TrainingSnapshot,
)
from core.training.trainer import Stopwatch

CHECKPOINTS_KEPT = 2
PROBE_BUDGET = 0.12
"""Share of training time that snapshots may take; above it an epoch goes without one."""


@dataclass(frozen=True)
class Channels:
    """Where a run reports to."""

    report: Callable[[Event], None]
    """Takes every event, in order."""
    records: Log[StepRecord] = field(default_factory=Log)
    snapshots: Mailbox[TrainingSnapshot] = field(default_factory=Mailbox)
    weights: Mailbox[ModelSnapshot] = field(default_factory=Mailbox)


def run_training(config: RunConfig, path: Path, *, resume: bool, controls: Controls, channels: Channels) -> Finished:
    """Train until all epochs are done or `controls` asks to stop.

    Raises
    ------
    InputError
        where data, settings or the run folder cannot be used.
    Cancelled
        where it was stopped before the first step.
    """
    if not Run.exists(path):
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise InputError(f"{path}: a run needs a new or an empty folder, found other files there")
    elif not resume:
        raise InputError(f"{path}: holds a run already; choose another folder, or go on with it by --resume")
    else:
        run = Run.open(path)
        config = run.config
        if (result := run.result()) is not None:
            finished = Finished(step=int(result["steps"]), stopped=False, result=result)
            channels.report(finished)
            return finished
    return _Loop(config, path, controls, channels).run()


class _Loop:
    """State of one run while it trains; lives in one thread."""

    def __init__(self, config: RunConfig, path: Path, controls: Controls, channels: Channels) -> None:
        self._config, self._controls, self._channels = config, controls, channels
        self._device = resolve_device(config.device)
        self._prepared = prepare_data(config, self._device, channels.report, lambda: controls.stopping)
        channels.report(Preparing("building the model", 0, 0))
        self._trainer = build_trainer(config, self._prepared, self._device)
        self._hyperparameters = config.hyperparameters
        self._history: tuple[dict[str, Any], ...] = ()
        self._probe_seconds = 0.0
        self._run = self._open(path)

    def _open(self, path: Path) -> Run:
        if Run.exists(path):
            run, progress = reopen_run(path, self._prepared, self._trainer, self._channels.report)
            if progress is not None:
                self._hyperparameters, self._history = progress.hyperparameters, progress.history
                self._trainer.stopwatch = Stopwatch(progress.seconds)
                return run
        return create_run(path, self._config, self._prepared, self._trainer, self._device)

    def run(self) -> Finished:
        """Train, then look at the model and report what became of it."""
        self._announce()
        with self._run.metrics_writer() as metrics:
            while self._step < self._total_steps and not self._controls.stopping:
                self._train_one_step(metrics)
                if self._step % self._prepared.batches.batches_per_epoch == 0:
                    self._end_epoch()
                self._serve_requests()
        if self._step not in self._run.checkpoint_steps():
            self._save()
        return self._finish()

    @property
    def _step(self) -> int:
        return self._trainer.step_count

    @property
    def _total_steps(self) -> int:
        return self._config.epochs * self._prepared.batches.batches_per_epoch

    @property
    def _epoch(self) -> int:
        return -(-self._step // self._prepared.batches.batches_per_epoch)

    def _announce(self) -> None:
        batches = self._prepared.batches
        self._channels.report(
            Started(
                run_dir=self._run.path,
                step=self._step,
                total_steps=self._total_steps,
                steps_per_epoch=batches.batches_per_epoch,
                batch_size=batches.batch_size,
                device=self._run.info.device,
                backbone=self._config.backbone,
                data=self._prepared.summary(),
                hyperparameters=self._hyperparameters,
            )
        )
        self._run.append_event("started", self._step)

    # --- training

    def _train_one_step(self, metrics: TextIO) -> None:
        self._trainer.stopwatch.run()
        record = self._trainer.step(self._prepared.batches.batch(self._step), self._hyperparameters)
        metrics.write(as_json(record) + "\n")
        self._channels.records.append(record)

    def _end_epoch(self) -> None:
        self._trainer.stopwatch.hold()
        self._save()
        if self._step < self._total_steps and self._probe_affordable():
            self._look()

    def _probe_affordable(self) -> bool:
        """Whether another snapshot keeps within the budget; the first is always taken."""
        return self._probe_seconds <= PROBE_BUDGET * self._trainer.stopwatch.seconds

    def _look(self) -> None:
        started = time.perf_counter()
        prepared = self._prepared
        found = infer(self._trainer.model, prepared.data.images, indices=prepared.probe, device=self._device)
        self._keep(self._snapshot(found, prepared.probe))
        self._probe_seconds += time.perf_counter() - started

    def _snapshot(self, found: Inference, positions: NDArray[np.int64]) -> TrainingSnapshot:
        return make_snapshot(
            found,
            positions,
            self._prepared.data,
            self._prepared.split,
            step=self._step,
            epoch=self._epoch,
            distance=self._config.distance,
        )

    def _keep(self, snapshot: TrainingSnapshot, segmentation_iou: float | None = None) -> dict[str, Any]:
        """Hand a snapshot on, write it with what was measured on it, and return the figures."""
        self._channels.snapshots.put(snapshot)
        report = store_snapshot(self._run, snapshot, segmentation_iou)
        self._channels.report(
            Evaluated(
                step=snapshot.step,
                epoch=snapshot.epoch,
                images=int(snapshot.held_out.sum()),
                auc=None if report is None else report.auc,
                eer=None if report is None else report.eer,
                classification_accuracy=snapshot.classification_accuracy,
            )
        )
        return {} if report is None else report.to_json()

    def _save(self) -> None:
        path = self._run.checkpoint_path(self._step)
        progress = Progress(self._step, self._trainer.stopwatch.seconds, self._hyperparameters, self._history)
        save_checkpoint(path, self._trainer, progress)
        self._run.prune_checkpoints(CHECKPOINTS_KEPT)
        self._run.append_event("checkpoint", self._step)
        self._channels.report(CheckpointSaved(self._step, path))

    # --- requests of others

    def _serve_requests(self) -> None:
        self._apply_requested()
        self._give_weights()
        if self._controls.paused:
            self._wait_while_paused()

    def _apply_requested(self) -> None:
        requested = self._controls.take_hyperparameters()
        if requested is None or requested == self._hyperparameters:
            return
        old, self._hyperparameters = self._hyperparameters, requested
        change = {"step": self._step, "old": old.model_dump(), "new": requested.model_dump()}
        self._history = (*self._history, change)
        self._run.append_event("hyperparameters", **change)
        self._channels.report(HyperparametersApplied(self._step, old, requested))

    def _give_weights(self) -> None:
        if self._controls.take_weights_request():
            weights = {name: value.detach().cpu().clone() for name, value in self._trainer.model.state_dict().items()}
            self._channels.weights.put(ModelSnapshot(self._step, weights))

    def _wait_while_paused(self) -> None:
        self._trainer.stopwatch.hold()
        self._run.append_event("paused", self._step)
        self._channels.report(Paused(self._step))
        while self._controls.paused:
            self._apply_requested()
            self._give_weights()
            self._controls.wait()
        self._run.append_event("resumed", self._step)
        self._channels.report(Resumed(self._step))

    # --- the end

    def _finish(self) -> Finished:
        self._trainer.stopwatch.hold()
        stopped = self._step < self._total_steps
        result: dict[str, Any] = {
            "run": str(self._run.path),
            "epochs": self._epoch,
            "steps": self._step,
            "seconds": round(self._trainer.stopwatch.seconds, 3),
            "images_per_second": self._images_per_second(),
            "device": self._run.info.device,
        }
        if self._step > 0 and not self._controls.abandoned():
            self._channels.report(Preparing("evaluating on the held-out part", 0, 0))
            result |= self._look_at_all()
        self._run.append_event("finished", self._step, stopped=stopped, result=result)
        finished = Finished(self._step, stopped, result)
        self._channels.report(finished)
        return finished

    def _look_at_all(self) -> dict[str, Any]:
        """Evaluate on the whole held-out part; a request to abandon the run leaves what there was."""
        data, split = self._prepared.data, self._prepared.split
        positions = whole_probe(data.labels, split)
        segmentation = mask_scorer(data, split.held_out)
        try:
            found = infer(
                self._trainer.model,
                data.images,
                indices=positions,
                device=self._device,
                masks=segmentation,
                cancelled=self._controls.abandoned,
            )
        except Cancelled:
            return {}
        iou = None if segmentation is None else segmentation.mean_iou()
        return self._keep(self._snapshot(found, positions), iou)

    def _images_per_second(self) -> float | None:
        seconds = self._trainer.stopwatch.seconds
        return round(self._step * self._prepared.batches.batch_size / seconds, 2) if seconds > 0 else None
