"""Run: the only reader and writer of a run folder."""

import json
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from core.config import FittedDistance, RunConfig
from core.errors import InputError
from core.evaluation.calibration import CalibrationMethod
from core.files import keep_lines, read_arrays, read_json, read_lines, remove_leftovers, replacing, write_whole
from core.hyperparameters import Hyperparameters
from core.line_file import LineFile, to_disk
from core.run_content import (
    CalibrationChoice,
    DataIdentity,
    Exclusion,
    ExclusionsContent,
    RunInfo,
    SamplesContent,
    StoredEvaluation,
    ThresholdChoice,
    checked,
    now_text,
)
from core.watch import Watch

__all__ = ["DataIdentity", "Exclusion", "Run", "RunInfo", "Samples", "StoredEvaluation", "ThresholdChoice"]

SCHEMA_VERSION = 1
_FOLDERS = {"checkpoints": ".safetensors", "snapshots": ".npz", "evaluation": ".json"}
_DISTANCES = {f"distances/{name}": ".safetensors" for name in get_args(FittedDistance)}
_SUFFIXES = _FOLDERS | _DISTANCES


@dataclass(frozen=True, eq=False)
class Samples:
    """The images of a run as they were decoded and split."""

    ids: tuple[str, ...]
    labels: NDArray[np.int64]
    held_out: NDArray[np.bool_]


class Run:
    """A run folder: settings, metrics, events, checkpoints, snapshots and evaluations."""

    def __init__(self, path: Path, info: RunInfo) -> None:
        self.path = path
        self.info = info

    @classmethod
    def create(cls, path: Path, info: RunInfo, samples: Samples) -> "Run":
        """Make the folder of a new run, or start over in one that has no checkpoint."""
        path.mkdir(parents=True, exist_ok=True)
        # First, so that the folder of a creation that was cut off is known as a run that can start over.
        write_whole(path / "run.json", info.model_dump_json(indent=2))
        remove_leftovers(path)
        run = cls(path, info)
        for name in _FOLDERS:
            (path / name).mkdir(exist_ok=True)
        run._forget_after(-1)
        for name in ("threshold.json", "calibration.json", "exclusions.json", "looked-at.json"):
            (path / "evaluation" / name).unlink(missing_ok=True)
        for name in ("metrics.jsonl", "events.jsonl"):
            write_whole(path / name, "")
        content = SamplesContent(
            ids=samples.ids,
            labels=tuple(samples.labels.tolist()),
            held_out=tuple(np.flatnonzero(samples.held_out).tolist()),
        )
        write_whole(path / "samples.json", content.model_dump_json())
        return run

    @classmethod
    def open(cls, path: Path | str) -> "Run":
        """Open a run folder.

        Raises
        ------
        InputError
            where the folder is no run, is damaged, or was written by a newer version.
        """
        path = Path(path).expanduser()
        if not path.is_dir():
            raise InputError(f"{path}: a run is a folder, found {'a file' if path.exists() else 'nothing there'}")
        file = path / "run.json"
        if not file.is_file():
            raise InputError(f"{path}: not a run folder, it has no run.json")
        content = read_json(file)
        found = content.get("schema_version") if isinstance(content, dict) else None
        if not isinstance(found, int):
            raise InputError(f"{file}: damaged, schema_version must be a whole number, found {found!r}")
        if found > SCHEMA_VERSION:
            raise InputError(
                f"{file}: written by a newer version (schema {found}); this one reads up to schema {SCHEMA_VERSION}"
            )
        return cls(path, checked(RunInfo, content, file))

    @staticmethod
    def exists(path: Path) -> bool:
        """Whether `path` holds a run."""
        return (path / "run.json").is_file()

    @property
    def config(self) -> RunConfig:
        """The settings the run was started with."""
        return self.info.config

    @property
    def gallery_path(self) -> Path:
        """Where names are enrolled, by `core.gallery.Gallery`."""
        return self.path / "gallery.sqlite"

    def hyperparameters(self) -> Hyperparameters:
        """The live settings after the last change of them."""
        for line in reversed(self.events()):
            if line.get("event") == "hyperparameters":
                return checked(Hyperparameters, line.get("new"), self.path / "events.jsonl")
        return self.config.hyperparameters

    def rewind(self, step: int, changes: int) -> None:
        """Forget what was done after the checkpoint of `step`, so that each step stands once when training goes on.

        Parameters
        ----------
        step
            of the checkpoint that training goes on from.
        changes
            how many changes of live settings that checkpoint knows of; later ones were undone.
        """
        remove_leftovers(self.path)
        self._forget_after(step)
        keep_lines(self.path / "metrics.jsonl", lambda line: _whole(line.get("step")) <= step)
        seen = 0

        def still_true(line: dict[str, Any]) -> bool:
            nonlocal seen
            seen += line.get("event") == "hyperparameters"
            return line.get("event") != "hyperparameters" or seen <= changes

        keep_lines(self.path / "events.jsonl", still_true)

    # --- what was trained on

    def samples(self) -> Samples:
        """Read ids, labels and split of the run's images.

        Raises
        ------
        InputError
            where the file is missing or damaged.
        """
        file = self.path / "samples.json"
        content = checked(SamplesContent, read_json(file), file)
        count = len(content.ids)
        if count != self.info.data.images:
            raise InputError(f"{file}: damaged, it must name the run's {self.info.data.images} images, found {count}")
        if len(content.labels) != count or not _all_below(content.labels, len(self.info.data.classes)):
            raise InputError(f"{file}: damaged, each of the {count} ids must have the number of a class as its label")
        if not _all_below(content.held_out, count):
            raise InputError(f"{file}: damaged, held_out must hold positions below {count}")
        held_out = np.zeros(count, dtype=np.bool_)
        held_out[list(content.held_out)] = True
        return Samples(content.ids, np.array(content.labels, dtype=np.int64), held_out)

    # --- metrics and events

    def metrics_writer(self) -> LineFile:
        """Open metrics.jsonl for appending."""
        return LineFile(self.path / "metrics.jsonl")

    def metrics(self, watch: Watch | None = None) -> list[dict[str, Any]]:
        """All lines of metrics.jsonl; a half-written last one is left out. `watch` takes the share that is read."""
        return read_lines(self.path / "metrics.jsonl", watch)

    def append_event(self, event: str, step: int, **details: Any) -> None:
        """Add a line to events.jsonl."""
        line = json.dumps({"event": event, "step": step, "at": now_text(), **details}, ensure_ascii=False)
        with LineFile(self.path / "events.jsonl") as file:
            file.write(line)

    def lines_to_disk(self) -> None:
        """Bring metrics and events to the disk; a checkpoint that is there before its own steps would skip them."""
        to_disk(self.path / "metrics.jsonl", self.path / "events.jsonl")

    def events(self) -> list[dict[str, Any]]:
        """All lines of events.jsonl; a half-written last one is left out."""
        return read_lines(self.path / "events.jsonl")

    def result(self) -> dict[str, Any] | None:
        """What the run printed when all its epochs were done; None where it is unfinished."""
        for line in reversed(self.events()):
            if line.get("event") == "finished" and line.get("stopped") is False and isinstance(line["result"], dict):
                return line["result"]
        return None

    # --- checkpoints

    def checkpoint_path(self, step: int) -> Path:
        """Where the checkpoint of `step` stands."""
        return self._file("checkpoints", step)

    def checkpoint_steps(self) -> list[int]:
        """Steps that have a checkpoint, ascending."""
        return self._steps("checkpoints")

    def newest_checkpoint(self) -> int:
        """Step of the newest checkpoint.

        Raises
        ------
        InputError
            where there is none yet.
        """
        steps = self.checkpoint_steps()
        if not steps:
            raise InputError(f"{self.path}: has no checkpoint yet, so there is no model to load")
        return steps[-1]

    def prune_checkpoints(self, keep: int, besides: Container[int | None] = ()) -> None:
        """Delete all but the newest `keep` checkpoints, and those of the steps `besides`."""
        for step in self.checkpoint_steps()[:-keep]:
            if step not in besides:
                self.checkpoint_path(step).unlink(missing_ok=True)

    def set_aside_checkpoint(self, step: int) -> None:
        """Rename a damaged checkpoint, so that nobody takes it for the newest."""
        path = self.checkpoint_path(step)
        path.replace(path.with_name(path.name + ".damaged"))

    # --- snapshots

    def save_snapshot(self, step: int, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Write the arrays of one snapshot."""
        with replacing(self.snapshot_path(step)) as temporary, temporary.open("wb") as file:
            np.savez(file, **dict(arrays))  # type: ignore[arg-type]

    def snapshot_path(self, step: int) -> Path:
        """Where the snapshot of `step` stands."""
        return self._file("snapshots", step)

    def snapshot_steps(self) -> list[int]:
        """Steps that have a snapshot, ascending."""
        return self._steps("snapshots")

    def load_snapshot(self, step: int) -> dict[str, NDArray[Any]]:
        """Read the arrays of one snapshot; no pickles are loaded."""
        return read_arrays(self.snapshot_path(step), "the snapshot")

    # --- evaluation and threshold

    def save_evaluation(self, step: int, content: Mapping[str, Any]) -> None:
        """Write evaluation/step-NNNNNN.json, content as in `StoredEvaluation`."""
        write_whole(self._file("evaluation", step), json.dumps(content, indent=1))

    def evaluation(self) -> StoredEvaluation | None:
        """The newest evaluation, None where there is none."""
        steps = self._steps("evaluation")
        if not steps:
            return None
        file = self._file("evaluation", steps[-1])
        return checked(StoredEvaluation, read_json(file), file)

    def choose_threshold(self, choice: ThresholdChoice) -> None:
        """Make a person's choice the threshold in force; it stands in a file that training never writes."""
        write_whole(self.path / "evaluation" / "threshold.json", choice.model_dump_json(indent=1))

    def threshold(self) -> ThresholdChoice | None:
        """The threshold in force: a person's choice, else the newest evaluation's default, None before that."""
        file = self.path / "evaluation" / "threshold.json"
        if file.is_file():
            return checked(ThresholdChoice, read_json(file), file)
        evaluation = self.evaluation()
        return None if evaluation is None else evaluation.threshold

    def choose_calibration(self, method: CalibrationMethod) -> None:
        """Take probabilities from this method, of the weights there are and of those to come."""
        write_whole(self._calibration_file, CalibrationChoice(method=method).model_dump_json(indent=1))

    def calibration_method(self) -> CalibrationMethod:
        """The method that probabilities are taken from: a person's choice, else Platt's.

        Raises
        ------
        InputError
            where the file is damaged.
        """
        file = self._calibration_file
        return checked(CalibrationChoice, read_json(file), file).method if file.is_file() else "platt"

    @property
    def _calibration_file(self) -> Path:
        return self.path / "evaluation" / "calibration.json"

    # --- images that no evaluation counts

    def exclusions(self) -> tuple[Exclusion, ...]:
        """Images that a person has excluded from every evaluation of the held-out part, in the order of that.

        Raises
        ------
        InputError
            where the file is damaged, or names an image that the run does not have.
        """
        file = self._exclusions_file
        if not file.is_file():
            return ()
        found = checked(ExclusionsContent, read_json(file), file).exclusions
        self._check_exclusions(found)
        return found

    def save_exclusions(self, exclusions: Sequence[Exclusion]) -> None:
        """Exclude these images and no others.

        Raises
        ------
        InputError
            where one is not an image of this run, or is named twice.
        """
        self._check_exclusions(exclusions)
        content = ExclusionsContent(exclusions=tuple(exclusions))
        write_whole(self._exclusions_file, content.model_dump_json(indent=1))

    def excluded(self) -> frozenset[int]:
        """Positions of the excluded images, as snapshots number images.

        Raises
        ------
        InputError
            as `exclusions`.
        """
        names = {exclusion.sample for exclusion in self.exclusions()}
        if not names:
            return frozenset()
        return frozenset(place for place, name in enumerate(self.samples().ids) if name in names)

    @property
    def _exclusions_file(self) -> Path:
        return self.path / "evaluation" / "exclusions.json"

    def _check_exclusions(self, exclusions: Sequence[Exclusion]) -> None:
        if not exclusions:
            return
        known, seen = set(self.samples().ids), set()
        for name in (exclusion.sample for exclusion in exclusions):
            if name not in known or name in seen:
                raise InputError(
                    f"{self._exclusions_file}: must name images of this run, each once, found {name!r}"
                    f"{' twice' if name in seen else ''}; delete the file to exclude none"
                )
            seen.add(name)

    # --- fitted distances

    def distance_path(self, name: str, step: int) -> Path:
        """Where a distance that was fitted on the embeddings of `step` stands."""
        return self._file(f"distances/{name}", step)

    def forget_distances(self, name: str, *, but: int) -> None:
        """Delete the fitted distances of this name, but not that of the step `but`."""
        for step in self._steps(f"distances/{name}"):
            if step != but:
                self.distance_path(name, step).unlink(missing_ok=True)

    # --- numbered files

    def _file(self, folder: str, step: int) -> Path:
        return self.path / folder / f"step-{step:06d}{_SUFFIXES[folder]}"

    def _steps(self, folder: str) -> list[int]:
        pattern = re.compile(rf"step-(\d{{6,}}){re.escape(_SUFFIXES[folder])}")
        found = (pattern.fullmatch(entry.name) for entry in (self.path / folder).glob("step-*"))
        return sorted(int(match.group(1)) for match in found if match)

    def _forget_after(self, step: int) -> None:
        """Delete snapshots, evaluations and fitted distances of later steps."""
        for folder in ("snapshots", "evaluation", *_DISTANCES):
            for later in self._steps(folder):
                if later > step:
                    self._file(folder, later).unlink()


def _all_below(numbers: tuple[int, ...], limit: int) -> bool:
    return not numbers or (min(numbers) >= 0 and max(numbers) < limit)


def _whole(value: Any) -> float:
    """A whole number as it is; anything else is later than every step."""
    return value if isinstance(value, int) else float("inf")
