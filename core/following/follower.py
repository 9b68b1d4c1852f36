"""What a run folder has to tell that was not known yet: steps, events, the newest look and the newest checkpoint."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.errors import InputError
from core.files import hold_on
from core.following.story import Story
from core.following.tail import LineTail
from core.following.writer import age, is_here
from core.runs import Run
from core.training.outcome import load_snapshot, records_of
from core.training.records import Evaluated, Event, Note, StepRecord, TrainingSnapshot

_SETTLED_SECONDS = 3.0
"""So long after a change the time of a folder may not tell a second one from the first."""

Writer = Literal["alive", "ended", "unknown"]


@dataclass(frozen=True)
class Seen:
    """What of a run has been read already."""

    steps: int = 0
    """Lines of metrics.jsonl."""
    events: int = 0
    """Lines of events.jsonl."""
    snapshot: int | None = None
    """Step of the newest snapshot."""
    checkpoint: int | None = None
    """Step of the newest checkpoint."""


@dataclass(frozen=True)
class News:
    """What is new in a run folder."""

    records: tuple[StepRecord, ...] = ()
    events: tuple[Event, ...] = ()
    snapshot: TrainingSnapshot | None = None
    """The newest look, with its curve."""
    checkpoint: int | None = None
    """Step of the newest checkpoint."""
    rewound: bool = False
    """Whether the run was taken back to a checkpoint, so that what was read of it is no longer true."""

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.records or self.events or self.snapshot or self.checkpoint or self.rewound)


class RunFollower:
    """Looks into a run folder; looks at the times and sizes of files before it reads them, and watches nothing.

    Parameters
    ----------
    run
        that another process may be writing.
    seen
        What need not be told again.
    """

    def __init__(self, run: Run, seen: Seen) -> None:
        self.run = run
        self.story = Story(run)
        self._metrics = LineTail(run.path / "metrics.jsonl", skip=seen.steps)
        self._events = LineTail(run.path / "events.jsonl")
        self._events_told = seen.events
        self._snapshots = _Numbered(run.snapshot_steps, run.snapshot_path, seen.snapshot)
        self._checkpoints = _Numbered(run.checkpoint_steps, run.checkpoint_path, seen.checkpoint)
        self._was_held = False
        self._newest = time.monotonic() - age(run.path)

    def poll(self) -> News:
        """What came since the last call; of very many steps the first part.

        Raises
        ------
        InputError
            where the run is gone, or something in it is damaged.
        """
        if not Run.exists(self.run.path):
            raise InputError(f"{self.run.path}: the run was moved or deleted while it was followed")
        events = self._tell_events()  # first, so that none comes ahead of the step it follows
        lines = self._metrics.read()
        if lines is None or events is None:
            return News(rewound=True)
        snapshot, told = self._look()
        news = News(records_of(self.run, lines), (*events, *told), snapshot, self._checkpoints.newest())
        if news:
            self._newest = time.monotonic()
        return news

    @property
    def seconds_quiet(self) -> float:
        """How long ago the newest thing was written, as far as this machine can tell."""
        return max(0.0, time.monotonic() - self._newest)

    def writer(self) -> Writer:
        """Whether the process that trains the run lives; of another machine's only its last word tells that."""
        held = hold_on(self.run.path)
        self._was_held = self._was_held or held is True
        if held:
            return "alive"
        if self.story.last_word is not None:
            return "ended"
        here = is_here(self.story.begun)
        return "ended" if held is False and (self._was_held or here) else "unknown"

    def _tell_events(self) -> list[Event] | None:
        before = self._events.lines
        lines = self._events.read()
        if lines is None:
            return None
        events = []
        for number, line in enumerate(lines, before):
            event = self.story.tell(line)
            if event is not None and number >= self._events_told:
                events.append(event)
        return events

    def _look(self) -> tuple[TrainingSnapshot | None, list[Event]]:
        """The newest look, if it is new, and what is told of it."""
        step = self._snapshots.newest()
        if step is None:
            return None, []
        try:
            found = load_snapshot(self.run, step)
        except InputError as error:
            is_gone = not self.run.snapshot_path(step).exists()  # a run that is taken back forgets its later looks
            return None, [] if is_gone else [Note(str(error))]
        return found, [_evaluated(found)]


class _Numbered:
    """The newest of the numbered files in a folder."""

    def __init__(self, steps: Callable[[], list[int]], path: Callable[[int], Path], seen: int | None) -> None:
        self._steps, self._path = steps, path
        self._folder = path(0).parent
        self._seen = None if seen is None else (seen, _time(path(seen)))
        self._listed: int | None = None
        """Time of the folder when its files were listed; None where they are to be listed again."""

    def newest(self) -> int | None:
        """Step of the newest file, where that is another one than at the last call, or was written again."""
        changed = _time(self._folder)
        if changed is None or changed == self._listed:
            return None
        self._listed = changed if abs(time.time() - changed / 1e9) > _SETTLED_SECONDS else None
        step = max(self._steps(), default=None)
        found = None if step is None else (step, _time(self._path(step)))
        if found == self._seen:
            return None
        self._seen = found
        return step


def _time(path: Path) -> int | None:
    """When a file or folder was changed, in nanoseconds; None where it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


def _evaluated(snapshot: TrainingSnapshot) -> Evaluated:
    curve = snapshot.curve
    return Evaluated(
        step=snapshot.step,
        epoch=snapshot.epoch,
        images=len(snapshot.evaluated()),
        auc=None if curve is None else curve.auc,
        eer=None if curve is None else curve.eer,
        classification_accuracy=snapshot.classification_accuracy,
    )
