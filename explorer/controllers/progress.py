"""How fast a run goes and how long it will take."""

from core.training.records import Started, StepRecord

_SMOOTHING = 0.9
"""Weight of what was known before in the running mean of the speed."""


class ProgressMeter:
    """Speed from the training time in the step records, which knows nothing of pauses and evaluation."""

    def __init__(self) -> None:
        self.step = 0
        self.total = 0
        self.epoch = 0
        self.epochs = 0
        self.images_per_second: float | None = None
        self._batch_size = 0
        self._last: StepRecord | None = None

    def begin(self, started: Started) -> None:
        """Start with a run."""
        self.step, self.total = started.step, started.total_steps
        self.epochs = started.total_steps // started.steps_per_epoch
        self.epoch = started.step // started.steps_per_epoch
        self._batch_size = started.batch_size
        self.images_per_second, self._last = None, None

    def catch_up(self, step: int) -> None:
        """Take up a run that is at this step already."""
        if step > self.step:
            self.step, self.epoch = step, -(-step * self.epochs // self.total)

    def restart(self) -> None:
        """Go on after a pause."""
        self._last = None

    def advance(self, record: StepRecord) -> None:
        """Take the newest step."""
        last, self._last = self._last, record
        self.step, self.epoch = record.step, record.epoch
        if last is None or record.time <= last.time:
            return
        speed = (record.step - last.step) * self._batch_size / (record.time - last.time)
        known = self.images_per_second
        self.images_per_second = speed if known is None else _SMOOTHING * known + (1 - _SMOOTHING) * speed

    @property
    def share(self) -> float:
        """How much of the run is done, 0 to 1."""
        return self.step / self.total if self.total else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Time to the last step at the present speed; None before it is known."""
        if self.images_per_second is None:
            return None
        return (self.total - self.step) * self._batch_size / self.images_per_second
