"""FollowingSession: a run that another process trains, with the surface of `core.training.session.TrainingSession`."""

import logging
import threading
import time
import traceback
from pathlib import Path
from typing import Any

from core.errors import InputError, describe
from core.following.child import TrainingChild
from core.following.follower import News, RunFollower, Seen
from core.hyperparameters import Hyperparameters
from core.runs import Run
from core.training.control_file import Command, ask
from core.training.controls import WEIGHTS_INTERVAL
from core.training.mailbox import Log, Mailbox, Queue
from core.training.records import (
    Event,
    Failed,
    Finished,
    HyperparametersApplied,
    ModelSnapshot,
    Note,
    Preparing,
    Rewound,
    StepRecord,
    TrainingSnapshot,
)

log = logging.getLogger(__name__)

INTERVAL = 0.25
"""Seconds between two looks into the folder."""
SILENCES = (30.0, 120.0, 600.0)
"""Seconds without anything new after which that is said, once each."""
_WORTH_TELLING = 5.0
"""Seconds of silence."""
TERMINATED_AFTER = 30.0
"""Seconds after which a child that was to stop at once is ended by a signal."""


class FollowingSession:
    """Tells what a run folder says, in a thread of its own, and leaves wishes in the run's control file.

    Parameters
    ----------
    run_dir
        Folder of the run.
    seen
        What of the run is known already, and not told again.
    child
        The process that trains it, where that was started for this session; the session then ends with it, and may
        begin before there is a folder.
    """

    def __init__(self, run_dir: Path, seen: Seen | None = None, child: TrainingChild | None = None) -> None:
        self.run_dir = run_dir
        self._seen, self._child = seen or Seen(), child
        self._events: Queue[Event] = Queue()
        self._records: Log[StepRecord] = Log()
        self._snapshots: Mailbox[TrainingSnapshot] = Mailbox()
        self._weights: Mailbox[ModelSnapshot] = Mailbox()
        self._wishes: Queue[_Wish] = Queue()
        self._leaving = threading.Event()
        self._silences = list(SILENCES)
        self._checkpoint: int | None = None
        """Step of a checkpoint whose weights have not been given yet."""
        self._weights_due = 0.0
        self._asked: Hyperparameters | None = None
        """The live settings that were asked for last."""
        self._thread = threading.Thread(target=self._run, name="following", daemon=True)

    # --- life

    def start(self) -> None:
        """Start the thread, and the child if there is one."""
        self._thread.start()

    def leave(self) -> None:
        """Follow no longer; the run goes on."""
        self._leaving.set()

    @property
    def alive(self) -> bool:
        """Whether the thread still runs."""
        return self._thread.is_alive()

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the thread's end; says whether it has ended."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    # --- wishes

    def pause(self) -> None:
        """Ask to wait after the present step."""
        self._wishes.put(_Wish("pause"))

    def resume(self) -> None:
        """Ask to go on after a pause."""
        self._wishes.put(_Wish("resume"))

    def stop(self, *, evaluate: bool = True) -> None:
        """Ask to end after the present step."""
        self._wishes.put(_Wish("stop", evaluate=evaluate))

    def apply(self, hyperparameters: Hyperparameters) -> None:
        """Ask for other live settings; the event HyperparametersApplied is the echo."""
        self._wishes.put(_Wish(None, hyperparameters))

    def request_weights(self) -> None:
        """Nothing to ask for: the weights of each new checkpoint are given by themselves."""

    # --- what it says

    def records_since(self, cursor: int) -> tuple[list[StepRecord], int]:
        """Step records from `cursor` on, and the next cursor."""
        return self._records.since(cursor)

    def take_snapshot(self) -> TrainingSnapshot | None:
        """Take the newest unread look."""
        return self._snapshots.take()

    def take_weights(self) -> ModelSnapshot | None:
        """Take the unread weights of the newest checkpoint."""
        return self._weights.take()

    def take_events(self) -> list[Event]:
        """All events since the last call."""
        return self._events.drain()

    # --- the thread

    def _run(self) -> None:
        try:
            run = self._begun()
            if run is not None:
                self._follow(RunFollower(run, self._seen))
        except Exception as error:  # the border of the thread: whatever it is, the user is told once
            if not isinstance(error, InputError):
                log.warning("following ended", exc_info=True)
            self._events.put(Failed(describe(error), traceback.format_exc()))
        finally:
            if self._child is not None:
                self._child.end()

    def _begun(self) -> Run | None:
        """The run, as soon as its first step follows; None where its child ended before, which is told."""
        child, stopping, told = self._child, False, ""
        if child is None:
            return Run.open(self.run_dir)
        child.start()
        while child.alive or Run.exists(self.run_dir):
            if Run.exists(self.run_dir) and any(line.get("event") == "started" for line in _events(self.run_dir)):
                return Run.open(self.run_dir)
            if not child.alive:
                break
            if not stopping and self._stop_wanted():
                stopping = True
                child.terminate()
            if (said := child.newest_line()) != told:
                told = said
                self._events.put(Preparing(said, 0, 0))
            self._leaving.wait(INTERVAL)
        self._events.put(Finished(0, stopped=True, result={}) if stopping else child.failure())
        return None

    def _stop_wanted(self) -> bool:
        """Whether it is to stop before it has begun; other wishes wait until it has."""
        wishes = self._wishes.drain()
        for wish in wishes:
            if wish.command != "stop":
                self._wishes.put(wish)
        return any(wish.command == "stop" for wish in wishes)

    def _follow(self, follower: RunFollower) -> None:
        news = follower.poll()
        self._begin(follower, news)
        self._tell(follower, news)
        while not self._leaving.is_set():
            self._ask(follower)
            has_ended = self._has_ended(follower)
            news = follower.poll()
            self._tell(follower, news)
            if news.rewound or (has_ended and not news and self._checkpoint is None):
                self._events.put(Rewound() if news.rewound else self._last_word(follower))
                return
            self._remark_silence(follower, news)
            if not news:
                self._leaving.wait(INTERVAL)

    def _begin(self, follower: RunFollower, news: News) -> None:
        """Say how the run stands; it may have waited since before it was followed."""
        story = follower.story
        self._events.put(story.started())
        if story.paused is not None and story.paused not in news.events:
            self._events.put(story.paused)

    def _tell(self, follower: RunFollower, news: News) -> None:
        for record in news.records:
            self._records.append(record)
        if news.snapshot is not None:
            self._snapshots.put(news.snapshot)
        self._checkpoint = news.checkpoint or self._checkpoint
        if self._checkpoint is not None and time.monotonic() >= self._weights_due:
            self._give_weights(follower.run)
        for event in news.events:
            if isinstance(event, HyperparametersApplied):
                self._asked = None
            if not isinstance(event, (Finished, Failed)):  # told when nothing can follow
                self._events.put(event)

    def _give_weights(self, run: Run) -> None:
        """Give those of the newest checkpoint; the next ones not at once, since it takes a moment to read them."""
        from core.training.checkpoint import load_newest_model

        self._checkpoint, self._weights_due = None, time.monotonic() + WEIGHTS_INTERVAL
        step = max(run.checkpoint_steps(), default=0)
        try:
            model, step = load_newest_model(run)
        except InputError as error:
            if run.checkpoint_path(step).exists():  # else a newer one has taken its place, which comes next
                self._events.put(Note(str(error)))
            return
        self._weights.put(ModelSnapshot(step, model.state_dict()))

    # --- wishes

    def _ask(self, follower: RunFollower) -> None:
        """Write what is wanted; a file that cannot be written is told, and the run followed on."""
        for wish in self._wishes.drain():
            try:
                ask(follower.run, wish.command, self._differing(follower, wish), evaluate=wish.evaluate)
            except InputError as error:
                self._events.put(Note(str(error)))
            if self._child is not None and wish.command == "stop" and not wish.evaluate:
                self._child.end_within(TERMINATED_AFTER)

    def _differing(self, follower: RunFollower, wish: "_Wish") -> dict[str, Any]:
        """Live settings to ask for: what others have changed meanwhile stays."""
        if wish.settings is None:
            return {}
        in_force, wanted = follower.story.hyperparameters.model_dump(), wish.settings.model_dump()
        asked = in_force if self._asked is None else self._asked.model_dump()
        self._asked = wish.settings
        return {name: value for name, value in wanted.items() if not value == in_force[name] == asked[name]}

    # --- the end

    def _has_ended(self, follower: RunFollower) -> bool:
        return not self._child.alive if self._child is not None else follower.writer() == "ended"

    def _last_word(self, follower: RunFollower) -> Event:
        word, run = follower.story.last_word, follower.run
        if isinstance(word, Finished):
            return word
        if self._child is not None:
            failure = self._child.failure()
            return failure if word is None else Failed(word.message, failure.details)
        if word is not None:
            return word
        steps = run.checkpoint_steps()
        on = f"goes on from step {steps[-1]}" if steps else "starts over, since it has no checkpoint yet"
        quiet = follower.seconds_quiet
        silence = f"no line for {_duration(quiet)}; " if quiet >= _WORTH_TELLING else ""
        return Failed(f"{run.path}: {silence}the process that wrote it has ended, train --resume {on}", "")

    def _remark_silence(self, follower: RunFollower, news: News) -> None:
        if news or follower.story.paused is not None:
            self._silences = list(SILENCES)
        elif self._silences and follower.seconds_quiet >= self._silences[0]:
            quiet = follower.seconds_quiet
            self._silences = [silence for silence in self._silences if silence > quiet]
            lives = self._child is not None or follower.writer() == "alive"
            known = "its process lives" if lives else "whether its process lives cannot be told from this machine"
            self._events.put(Note(f"{follower.run.path.name}: no line for {_duration(quiet)}; {known}"))


class _Wish:
    """What the user wants of the run."""

    def __init__(
        self, command: Command | None, settings: Hyperparameters | None = None, *, evaluate: bool = True
    ) -> None:
        self.command, self.settings, self.evaluate = command, settings, evaluate


def _events(path: Path) -> list[dict[str, Any]]:
    from core.files import read_lines

    return read_lines(path / "events.jsonl")


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
