"""The loop of a run: train epoch by epoch, look at the model, keep it."""

import socket
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from core.errors import InputError, describe
from core.run_content import as_json
from core.runs import Run
from core.training.agreement import judged_weights
from core.training.checkpoint import BestEpoch, Change, Progress, Trouble, roll_back, save_checkpoint
from core.training.control_file import POLL_SECONDS, ControlFile
from core.training.controls import Controls
from core.training.device_memory import MemoryKeeper
from core.training.early_stopping import OPTIMISTIC, EarlyStopping
from core.training.health import HealthMonitor
from core.training.observer import Channels, Observer
from core.training.outcome import no_figures
from core.training.preparation import (
    PreparedData,
)
from core.training.records import (
    CheckpointSaved,
    Finished,
    HealthWarning,
    HyperparametersApplied,
    ModelSnapshot,
    Note,
    Paused,
    Preparing,
    Resumed,
    Started,
    StepRecord,
)
from core.training.recovery import Recovery
from core.training.room import RoomKeeper
from core.training.timing import Stopwatch
from core.training.trainer import Trainer

if TYPE_CHECKING:
    from core.line_file import LineFile

CHECKPOINTS_KEPT = 2


class Loop:
    """State of one run while it trains; lives in one thread."""

    def __init__(
        self,
        run: Run,
        prepared: PreparedData,
        trainer: Trainer,
        progress: Progress | None,
        controls: Controls,
        channels: Channels,
    ) -> None:
        self._run, self._prepared, self._trainer = run, prepared, trainer
        self._controls, self._channels = controls, channels
        self._metrics: LineFile
        trainer.stopwatch = Stopwatch(0.0 if progress is None else progress.seconds)
        self._control_file = ControlFile(run)
        self._room = RoomKeeper(run, trainer, controls, channels.report, self._give_weights)
        self._memory = MemoryKeeper(trainer, self._note)
        self._observer = Observer(run, trainer, prepared, channels, self._room)
        self._hyperparameters = run.config.hyperparameters if progress is None else progress.hyperparameters
        self._history = () if progress is None else progress.history
        self._saved = None if progress is None else (progress.step, len(progress.history))
        """Step and number of changes that the newest checkpoint holds."""
        trouble = Trouble() if progress is None else progress.trouble
        self._recovery = Recovery(run, prepared, trainer, self._room, trouble, self._warn)
        self._early = EarlyStopping(run.config.patience, BestEpoch() if progress is None else progress.best)
        self._monitor = HealthMonitor(run.config.loss, run.config.distance, len(prepared.split.training_classes))

    def run(self) -> Finished:
        """Train, then look at the model and report what became of it."""
        try:
            with self._trainer.world.together():
                return self._train()
        except Exception as error:
            with suppress(OSError):  # the folder may be what failed
                self._run.append_event("failed", self._step, message=describe(error))
            if isinstance(error, OSError):
                reason = error.strerror or error
                raise InputError(f"{self._run.path}: the run folder can no longer be written to ({reason})") from error
            raise

    def _train(self) -> Finished:
        self._announce()
        self._recovery.keep_start()
        with self._run.metrics_writer() as self._metrics:
            if self._step and self._step % self._steps_per_epoch == 0:
                self._judge_epoch()  # a stop may have kept it from being judged
            while self._more_to_do():
                self._train_one_step()
                if self._step % self._steps_per_epoch == 0:
                    self._end_epoch()
            self._tell(self._trainer.flush())
        self._trainer.stopwatch.hold()
        self._save()
        self._take_back_best_epoch()
        return self._finish()

    @property
    def _step(self) -> int:
        return self._trainer.step_count

    @property
    def _steps_per_epoch(self) -> int:
        return self._prepared.batches.batches_per_epoch

    @property
    def _total_steps(self) -> int:
        return self._run.config.epochs * self._steps_per_epoch

    @property
    def _epoch(self) -> int:
        return -(-self._step // self._steps_per_epoch)

    def _announce(self) -> None:
        batches = self._prepared.batches
        self._room.note(
            "started",  # with what somebody who follows the run cannot tell from its other files
            total_steps=self._total_steps,
            steps_per_epoch=batches.batches_per_epoch,
            batch_size=batches.batch_size,
            host=socket.gethostname(),
        )
        self._channels.report(
            Started(
                run_dir=self._run.path,
                step=self._step,
                total_steps=self._total_steps,
                steps_per_epoch=batches.batches_per_epoch,
                batch_size=batches.batch_size,
                device=self._trainer.world.describe(self._trainer.device),
                backbone=self._run.config.backbone,
                data=self._prepared.summary(),
                hyperparameters=self._hyperparameters,
            )
        )
        if self._run.config.patience:
            self._channels.report(Note(OPTIMISTIC))

    # --- training

    def _more_to_do(self) -> bool:
        """Whether another step follows, once all requests are served: they act on that step."""
        self._serve_requests()
        return not self._over and not self._controls.stopping

    @property
    def _over(self) -> bool:
        """Whether the run has come to its end."""
        return self._step >= self._total_steps or self._early.ended

    def _train_one_step(self) -> None:
        self._trainer.stopwatch.run()
        self._tell(self._memory.advance(self._prepared.batches.batch(self._step), self._hyperparameters))

    def _tell(self, records: tuple[StepRecord, ...]) -> None:
        """Keep what steps have reported, which on a GPU is the step before the last."""
        for record in records:
            self._room.write(partial(self._metrics.write, as_json(record)))
            self._channels.records.append(record)
            for warning in self._monitor.observe(record, self._hyperparameters):
                self._warn(warning.seen, warning.advice)
            self._recovery.observe(record)
        for note in self._trainer.take_notes():
            self._note(note)

    def _note(self, message: str) -> None:
        self._room.note("note", message=message)
        self._channels.report(Note(message))

    def _end_epoch(self) -> None:
        self._tell(self._trainer.flush())
        self._trainer.stopwatch.hold()
        self._trainer.end_epoch()
        self._recovery.end_epoch()
        self._save()
        if self._run.config.patience:
            self._judge_epoch()
        elif not self._over and not self._controls.stopping:
            self._observer.glance(self._epoch, self._interrupted)

    def _judge_epoch(self) -> None:
        """Look at the model at the end of an epoch that decides, by the time it was judged, when the run ends."""
        # After the last step only looks are left, and a run that is stopped there does not go on: it is judged first.
        is_last = self._step >= self._total_steps
        given_up = self._controls.abandoned() if is_last else self._controls.stopping
        if given_up or not self._early.owes_a_look(self._step):
            return
        interrupted = self._abandoned if is_last else self._interrupted
        figures = self._observer.glance(self._epoch, interrupted, whatever_it_takes=True)
        if figures is not None:
            self._early.judge(self._step, figures)

    def _take_back_best_epoch(self) -> None:
        """At its end, leave the run with the weights of its best epoch as those of the present step."""
        best = self._early.to_take_back(self._step)
        if best is None or not self._over:
            return
        try:
            roll_back(self._run.checkpoint_path(best), self._trainer)
        except InputError as error:
            self._channels.report(Note(f"{error}; the run keeps its last weights instead of those of its best epoch"))
            return
        self._early.keep()
        self._room.write(self._write_checkpoint)
        words = self._early.in_words(self._steps_per_epoch)
        self._room.note("best epoch", of=best, reason=words)
        self._channels.report(Note(words))

    def _interrupted(self) -> bool:
        """Ask this before each batch of a glance: waits while paused, and says whether to give up."""
        self._serve_requests()
        return self._controls.stopping

    def _save(self) -> None:
        """Write a checkpoint of anything that the newest one does not hold."""
        present = (self._step, len(self._history))
        if self._step == 0 or self._saved == present:
            return
        self._room.write(self._run.lines_to_disk)
        try:
            self._room.write(self._write_checkpoint)
        except FloatingPointError as error:
            self._recovery.roll_back(str(error))
            self._room.write(self._write_checkpoint)
        self._saved = present
        self._run.prune_checkpoints(CHECKPOINTS_KEPT, besides={self._recovery.good_checkpoint(), self._early.best.step})
        self._recovery.forget_start()
        self._room.note("checkpoint")
        self._channels.report(CheckpointSaved(self._step, self._run.checkpoint_path(self._step)))

    def _write_checkpoint(self) -> None:
        progress = Progress(
            self._step,
            self._trainer.stopwatch.seconds,
            self._hyperparameters,
            self._history,
            self._recovery.trouble,
            self._early.best,
        )
        save_checkpoint(self._run.checkpoint_path(self._step), self._trainer, progress)

    def _warn(self, seen: str, advice: str) -> None:
        self._room.note("warning", seen=seen, advice=advice)
        self._channels.report(HealthWarning(self._step, seen, advice))

    # --- requests of others

    def _serve_requests(self) -> None:
        self._apply_requested()
        self._listen()
        self._give_weights()
        if self._controls.paused:
            self._wait_while_paused()

    def _listen(self) -> None:
        """Take what another process asks for in the run's folder."""
        ignored = self._control_file.poll(self._controls, self._hyperparameters)
        if ignored is not None:
            self._room.note("note", message=ignored)
            self._channels.report(Note(ignored))

    def _apply_requested(self) -> None:
        requested = self._controls.take_hyperparameters()
        if requested is None or requested == self._hyperparameters:
            return
        change = Change(step=self._step, old=self._hyperparameters, new=requested)
        self._hyperparameters, self._history = requested, (*self._history, change)
        self._room.note("hyperparameters", old=change.old.model_dump(), new=change.new.model_dump())
        self._channels.report(HyperparametersApplied(change.step, change.old, change.new))

    def _give_weights(self) -> None:
        if self._controls.take_weights_request():
            self._channels.weights.put(ModelSnapshot(self._step, judged_weights(self._trainer)))

    def _wait_while_paused(self) -> None:
        self._tell(self._trainer.flush())
        self._trainer.stopwatch.hold()
        self._room.note("paused")
        self._channels.report(Paused(self._step))
        while self._controls.paused:
            self._apply_requested()
            self._listen()
            self._give_weights()
            self._controls.wait(POLL_SECONDS)
        self._apply_requested()
        self._room.note("resumed")
        self._channels.report(Resumed(self._step))

    # --- the end

    def _finish(self) -> Finished:
        seconds = self._trainer.stopwatch.seconds
        images = self._step * self._prepared.batches.batch_size
        result: dict[str, Any] = {
            "run": str(self._run.path),
            "epochs": self._epoch,
            "steps": self._step,
            "seconds": round(seconds, 3),
            "images_per_second": round(images / seconds, 2) if seconds > 0 else None,
            "device": self._trainer.world.describe(self._trainer.device),
            **no_figures(),
        }
        if self._run.config.patience:
            result["best_epoch"] = self._early.best.step // self._steps_per_epoch or None
        if self._step > 0 and not self._controls.abandoned():
            self._channels.report(Preparing("evaluating on the held-out part", 0, 0))
            result |= self._observer.look(self._epoch, self._abandoned)
        # A run that was not evaluated can go on, and will be.
        stopped = not self._over or self._controls.abandoned()
        self._room.note("finished", stopped=stopped, result=result)
        finished = Finished(self._step, stopped, result)
        self._channels.report(finished)
        return finished

    def _abandoned(self) -> bool:
        """Ask this between two batches of the last look."""
        self._listen()
        self._give_weights()
        return self._controls.abandoned()
