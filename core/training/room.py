"""Writing to a run's folder while its disk may be full."""

import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from core.errors import is_full
from core.runs import Run
from core.training.controls import Controls
from core.training.records import Event, Paused, Resumed
from core.training.trainer import Trainer

RETRY_SECONDS = 10.0
"""After so long what could not be written is tried again, if nobody asks for it before."""

Result = TypeVar("Result")


class _Asked(NamedTuple):
    """What others have asked that ends a wait."""

    resumptions: int
    stopping: bool
    abandoned: bool


class RoomKeeper:
    """Writes for training, which waits where the disk is full, so that nothing of what was trained is lost.

    Parameters
    ----------
    run
        To whose folder is written.
    trainer
        Whose clock stands still meanwhile.
    controls
        Asked whether to try again or to give up.
    report
        Told of the pause and of its end.
    meanwhile
        Called whenever something is asked during a wait.
    """

    def __init__(
        self,
        run: Run,
        trainer: Trainer,
        controls: Controls,
        report: Callable[[Event], None],
        meanwhile: Callable[[], None],
    ) -> None:
        self._run, self._trainer, self._controls = run, trainer, controls
        self._report, self._meanwhile = report, meanwhile

    def write(self, action: Callable[[], Result]) -> Result:
        """Do `action`, which writes wholly or not at all, as soon as there is room for it.

        Raises
        ------
        OSError
            where something else than room is missing, or training is to end rather than wait.
        """
        try:
            return action()
        except OSError as error:
            if not is_full(error) or self._controls.abandoned():
                raise
        seen = self._asked()  # whoever hears of the pause may answer at once
        step = self._trainer.step_count
        reason = (
            f"{self._run.path}: the disk is full, so training waits after step {step}; make room and resume "
            f"(it tries again by itself every {RETRY_SECONDS:g} s)"
        )
        self._report(Paused(step, reason))
        with self._trainer.stopwatch.held():
            result = self._insist(action, seen)
        self.note("paused", reason=reason)
        self.note("resumed")
        self._report(Resumed(step))
        return result

    def note(self, event: str, **details: object) -> None:
        """Add a line to the run's events, at the present step.

        Raises
        ------
        OSError
            as `write`.
        """
        self.write(lambda: self._run.append_event(event, self._trainer.step_count, **details))

    def _insist(self, action: Callable[[], Result], seen: _Asked) -> Result:
        """Try again and again; a stop from before wants all that is trained to be kept, a new one wants an end."""
        stopping = seen.stopping
        while True:
            self._wait(seen)
            seen = self._asked()
            try:
                return action()
            except OSError as error:
                if not is_full(error) or seen.abandoned or seen.stopping != stopping:
                    raise

    def _wait(self, seen: _Asked) -> None:
        """Until something else is asked than was seen, or it is time to try."""
        end = time.monotonic() + RETRY_SECONDS
        while self._asked() == seen and (left := end - time.monotonic()) > 0:
            self._meanwhile()
            self._controls.wait(left)

    def _asked(self) -> _Asked:
        controls = self._controls
        return _Asked(controls.resumptions, controls.stopping, controls.abandoned())
