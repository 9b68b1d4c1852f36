"""Recovery of a run: steps that are not finite are told of, and where they go on, the last good state comes back."""

from collections.abc import Callable

from core.runs import Run
from core.training.checkpoint import Progress, Trouble, roll_back, save_checkpoint, start_over
from core.training.guard import ROLL_BACKS, SKIPPED_IN_A_ROW, Guard
from core.training.preparation import PreparedData, fresh_trainer
from core.training.records import StepRecord
from core.training.room import RoomKeeper
from core.training.trainer import Trainer

LOWER_RATE = "Lower the learning rate or the weights of the losses."


class Recovery:
    """Watches over a run's steps, and takes its weights back where it must.

    Parameters
    ----------
    run, prepared, trainer, room
        Of the run.
    trouble
        What was known when the run was left.
    warn
        Takes what was seen, and an advice.
    """

    def __init__(
        self,
        run: Run,
        prepared: PreparedData,
        trainer: Trainer,
        room: RoomKeeper,
        trouble: Trouble,
        warn: Callable[[str, str], None],
    ) -> None:
        self._run, self._prepared, self._trainer, self._room = run, prepared, trainer, room
        self._guard, self._warn = Guard(trouble), warn
        self._start = run.path / "checkpoints" / "start.safetensors"
        """What a run has from another one before its first step, as long as that may be gone back to."""

    def keep_start(self) -> None:
        """Keep what a run starts with that has its weights from another one, which may be gone when they are needed."""
        config, trainer = self._run.config, self._trainer
        if config.init is not None and not trainer.step_count:
            begun = Progress(0, 0.0, config.hyperparameters, ())
            self._room.write(lambda: save_checkpoint(self._start, trainer, begun))

    def forget_start(self) -> None:
        """Delete that where there is a later good state."""
        if self.good_checkpoint() is not None:
            self._start.unlink(missing_ok=True)

    @property
    def trouble(self) -> Trouble:
        """What is known now, for the checkpoint."""
        return self._guard.trouble

    def observe(self, record: StepRecord) -> None:
        """Tell of a skipped step, and take the weights back where too many follow one another.

        Raises
        ------
        FloatingPointError
            as `roll_back`.
        """
        if record.fault is not None and not self._guard.trouble.skipped:
            self._warn(f"Step {record.step} was skipped, the weights are as before: {record.fault}.", LOWER_RATE)
        if self._guard.observe(skipped=record.fault is not None):
            self.roll_back(f"{record.fault} at step {record.step}, and so for {SKIPPED_IN_A_ROW} steps in a row")

    def end_epoch(self) -> None:
        """Take note of the end of an epoch."""
        self._guard.end_epoch(self._trainer.step_count, self._prepared.batches.batches_per_epoch)

    def roll_back(self, reason: str) -> None:
        """Take model, loss, balance and optimizer back to their last good state; batches and random numbers go on.

        That is the end of an epoch, whatever checkpoints stops have made since: so a run that was stopped goes on as
        one that was not.

        Raises
        ------
        FloatingPointError
            where that was done too often without a good epoch.
        """
        if not self._guard.spend_roll_back(self._trainer.step_count):
            raise FloatingPointError(
                f"{reason}; {ROLL_BACKS} times the last good state was gone back to without a good epoch since, "
                "lower the learning rate or the weights of the losses"
            )
        good = self.good_checkpoint()
        if good is not None:
            roll_back(self._run.checkpoint_path(good), self._trainer)
        elif self._start.is_file():
            roll_back(self._start, self._trainer)
        else:
            start_over(self._trainer, fresh_trainer(self._run.config, self._prepared, self._trainer.device))
        self._room.note("rolled back", to=good or 0, reason=reason)
        self._warn(f"{reason[0].upper()}{reason[1:]}: gone back to the weights of step {good or 0}.", LOWER_RATE)

    def good_checkpoint(self) -> int | None:
        """Step of the newest checkpoint at the end of an epoch; None where there is none yet."""
        steps_per_epoch = self._prepared.batches.batches_per_epoch
        return max((step for step in self._run.checkpoint_steps() if step % steps_per_epoch == 0), default=None)
