"""TrainingSession: one run in a thread of its own; `train` is the same without the thread."""

import logging
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from core.config import RunConfig
from core.errors import Cancelled, InputError, describe
from core.hyperparameters import Hyperparameters
from core.runs import Run
from core.training.controls import Controls
from core.training.mailbox import Queue
from core.training.observer import Channels
from core.training.records import Event, Failed, Finished, ModelSnapshot, StepRecord, TrainingSnapshot
from core.training.running import run_training
from core.training.world import World

log = logging.getLogger(__name__)


def train(
    config: RunConfig,
    run_dir: Path | str,
    on_event: Callable[[Event], None] | None = None,
    *,
    resume: bool = False,
    controls: Controls | None = None,
) -> Run:
    """Train a run in the calling thread and return it.

    Parameters
    ----------
    config
        what to train.
    run_dir
        folder of the run; new or empty unless `resume`.
    on_event
        called with every life-cycle event (`core.training.records`), in this thread.
    resume
        go on from the newest checkpoint, with the run's own configuration: of what `config` says otherwise, live
        settings are changed to and anything else is refused.
    controls
        lets other threads pause, stop or adjust the run.

    Raises
    ------
    InputError
        where data, settings or the folder cannot be used.
    FloatingPointError
        where the loss or a weight is no longer finite; the run stays as it was at the last checkpoint.
    Cancelled
        where `controls` asked to stop before the run was begun.
    """
    channels = Channels(report=on_event or (lambda event: None))
    run_training(config, Path(run_dir), resume=resume, controls=controls or Controls(), channels=channels)
    return Run.open(run_dir)


class TrainingSession:
    """A run that trains in its own thread, which alone touches model, optimizer and random generators.

    Everything it says comes through four channels: `records` (none is lost), `take_snapshot` and `take_weights`
    (the newest only) and `events` (none is lost).
    """

    def __init__(self, config: RunConfig, run_dir: Path, *, resume: bool = False, world: World | None = None) -> None:
        self.config = config
        self.run_dir = run_dir
        self._resume, self._world = resume, world
        self._events: Queue[Event] = Queue()
        self._controls = Controls()
        self._channels = Channels(report=self._events.put)
        self._thread = threading.Thread(target=self._run, name="training", daemon=True)

    # --- life

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def pause(self) -> None:
        """Wait after the present step."""
        self._controls.pause()

    def resume(self) -> None:
        """Go on after a pause."""
        self._controls.resume()

    def stop(self, *, evaluate: bool = True) -> None:
        """End after the present step; the model is kept, and evaluated unless told otherwise."""
        self._controls.stop(evaluate=evaluate)

    def apply(self, hyperparameters: Hyperparameters) -> None:
        """Use `hyperparameters` from the next step on; the event HyperparametersApplied is the echo."""
        self._controls.apply(hyperparameters)

    def request_weights(self) -> None:
        """Ask for a copy of the weights; at most one a second is made."""
        self._controls.request_weights()

    @property
    def alive(self) -> bool:
        """Whether the thread still runs."""
        return self._thread.is_alive()

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the thread's end; says whether it has ended."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    # --- what it says

    def records_since(self, cursor: int) -> tuple[list[StepRecord], int]:
        """Step records from `cursor` on, and the next cursor."""
        return self._channels.records.since(cursor)

    def take_snapshot(self) -> TrainingSnapshot | None:
        """Take the newest unread snapshot."""
        return self._channels.snapshots.take()

    def take_weights(self) -> ModelSnapshot | None:
        """Take the newest unread copy of the weights."""
        return self._channels.weights.take()

    def take_events(self) -> list[Event]:
        """All events since the last call."""
        return self._events.drain()

    def _run(self) -> None:
        try:
            run_training(
                self.config,
                self.run_dir,
                resume=self._resume,
                controls=self._controls,
                channels=self._channels,
                world=self._world,
            )
        except Cancelled:
            self._events.put(Finished(step=0, stopped=True, result={}))
        except Exception as error:  # the border of the training thread: whatever it is, the user is told once
            if not isinstance(error, (InputError, FloatingPointError)):
                log.warning("training failed", exc_info=True)
            self._events.put(Failed(describe(error), traceback.format_exc()))
