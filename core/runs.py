"""Run: the only reader and writer of a run folder."""

import json
import platform
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from core.config import DistanceName, RunConfig
from core.errors import InputError
from core.files import cut_lines, replacing, write_whole

SCHEMA_VERSION = 1
_PACKAGES = ("metric-explorer", "torch", "torchvision", "numpy", "lightning-fabric")


class DataIdentity(BaseModel):
    """Which data a run was trained on."""

    model_config = ConfigDict(frozen=True)

    name: str
    images: int
    content_hash: str
    classes: tuple[str, ...]
    training_classes: tuple[str, ...]
    """Names of the classes the classification head knows, in its order."""
    open_set: bool


class RunInfo(BaseModel):
    """Content of run.json."""

    model_config = ConfigDict(frozen=True)

    schema_version: int
    created: str
    config: RunConfig
    seed: int
    data: DataIdentity
    model: dict[str, Any]
    """Arguments that build the model again."""
    versions: dict[str, str]
    device: str
    world_size: int = 1


class ThresholdChoice(BaseModel):
    """The threshold in force, and whose it is."""

    model_config = ConfigDict(frozen=True)

    threshold: float
    distance: DistanceName
    fpr: float | None
    """The FPR it was chosen for; None where it stands at the EER or was set by hand."""
    chosen_by: str
    """'default' or 'person'"""
    rule: str
    """In words: 'FPR 1 %', 'EER' or 'set by hand'."""
    step: int


@dataclass(frozen=True)
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
        for name in ("checkpoints", "snapshots", "evaluation"):
            (path / name).mkdir(parents=True, exist_ok=True)
        for name in ("metrics.jsonl", "events.jsonl"):
            (path / name).write_text("", encoding="utf-8")
        write_whole(
            path / "samples.json",
            json.dumps(
                {
                    "ids": samples.ids,
                    "labels": samples.labels.tolist(),
                    "held_out": np.flatnonzero(samples.held_out).tolist(),
                }
            ),
        )
        write_whole(path / "run.json", info.model_dump_json(indent=2))  # last: its presence makes the folder a run
        return cls(path, info)

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
        content = _read_json(file)
        found = content.get("schema_version") if isinstance(content, dict) else None
        if not isinstance(found, int):
            raise InputError(f"{file}: damaged, schema_version must be a whole number, found {found!r}")
        if found > SCHEMA_VERSION:
            raise InputError(
                f"{file}: written by a newer version (schema {found}); this one reads up to schema {SCHEMA_VERSION}"
            )
        try:
            return cls(path, RunInfo.model_validate(content))
        except ValidationError as error:
            problem = error.errors()[0]
            field = ".".join(map(str, problem["loc"]))
            raise InputError(f"{file}: damaged, {field}: {problem['msg'].lower()}") from error

    @staticmethod
    def exists(path: Path) -> bool:
        """Whether `path` holds a run."""
        return (path / "run.json").is_file()

    @property
    def config(self) -> RunConfig:
        """The settings the run was started with."""
        return self.info.config

    # --- what was trained on

    def samples(self) -> Samples:
        """Read ids, labels and split of the run's images."""
        file = self.path / "samples.json"
        content = _read_json(file)
        try:
            labels = np.array(content["labels"], dtype=np.int64)
            held_out = np.zeros(len(labels), dtype=np.bool_)
            held_out[content["held_out"]] = True
            ids = tuple(str(name) for name in content["ids"])
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise InputError(f"{file}: damaged, it must hold ids, labels and held_out ({error})") from error
        return Samples(ids, labels, held_out)

    # --- metrics and events

    def metrics_writer(self) -> TextIO:
        """Open metrics.jsonl for appending; every line reaches the system as it is written."""
        return (self.path / "metrics.jsonl").open("a", encoding="utf-8", buffering=1)

    def metrics(self) -> list[dict[str, Any]]:
        """All lines of metrics.jsonl; a half-written last one is left out."""
        return _read_lines(self.path / "metrics.jsonl")

    def cut_metrics(self, step: int) -> None:
        """Drop the metrics after `step`, so that each step stands once when training goes on from there."""
        cut_lines(self.path / "metrics.jsonl", lambda line: json.loads(line)["step"] <= step)

    def append_event(self, event: str, step: int, **details: Any) -> None:
        """Add a line to events.jsonl."""
        line = json.dumps({"event": event, "step": step, "at": now_text(), **details}, ensure_ascii=False)
        with (self.path / "events.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def events(self) -> list[dict[str, Any]]:
        """All lines of events.jsonl; a half-written last one is left out."""
        return _read_lines(self.path / "events.jsonl")

    def result(self) -> dict[str, Any] | None:
        """What the run printed when all its epochs were done; None where it is unfinished."""
        finished = [line for line in self.events() if line["event"] == "finished" and not line["stopped"]]
        return dict(finished[-1]["result"]) if finished else None

    # --- checkpoints

    def checkpoint_path(self, step: int) -> Path:
        """Where the checkpoint of `step` stands."""
        return self.path / "checkpoints" / f"step-{step:06d}.safetensors"

    def checkpoint_steps(self) -> list[int]:
        """Steps that have a checkpoint, ascending."""
        return _steps(self.path / "checkpoints", ".safetensors")

    def prune_checkpoints(self, keep: int) -> None:
        """Delete all but the newest `keep` checkpoints."""
        for step in self.checkpoint_steps()[:-keep]:
            self.checkpoint_path(step).unlink(missing_ok=True)

    # --- snapshots

    def save_snapshot(self, step: int, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Write the arrays of one snapshot."""
        with replacing(self.path / "snapshots" / f"step-{step:06d}.npz") as temporary, temporary.open("wb") as file:
            np.savez(file, **dict(arrays))  # type: ignore[arg-type]

    def snapshot_steps(self) -> list[int]:
        """Steps that have a snapshot, ascending."""
        return _steps(self.path / "snapshots", ".npz")

    def load_snapshot(self, step: int) -> dict[str, NDArray[Any]]:
        """Read the arrays of one snapshot; no pickles are loaded."""
        file = self.path / "snapshots" / f"step-{step:06d}.npz"
        try:
            with np.load(file, allow_pickle=False) as arrays:
                return {name: arrays[name] for name in arrays.files}
        except (OSError, ValueError, EOFError, KeyError) as error:
            raise InputError(f"{file}: the snapshot cannot be read ({error})") from error

    # --- evaluation and threshold

    def save_evaluation(self, step: int, content: Mapping[str, Any]) -> None:
        """Write evaluation/step-NNNNNN.json."""
        write_whole(self.path / "evaluation" / f"step-{step:06d}.json", json.dumps(content, indent=1))

    def evaluation(self) -> dict[str, Any] | None:
        """The newest evaluation, None where there is none."""
        steps = _steps(self.path / "evaluation", ".json")
        if not steps:
            return None
        content = _read_json(self.path / "evaluation" / f"step-{steps[-1]:06d}.json")
        return dict(content)

    def choose_threshold(self, choice: ThresholdChoice) -> None:
        """Make `choice` the threshold in force; a default never replaces what a person chose."""
        present = self.threshold()
        if choice.chosen_by == "default" and present is not None and present.chosen_by == "person":
            return
        write_whole(self.path / "evaluation" / "threshold.json", choice.model_dump_json(indent=1))

    def threshold(self) -> ThresholdChoice | None:
        """The threshold in force, None before the first evaluation."""
        file = self.path / "evaluation" / "threshold.json"
        if not file.is_file():
            return None
        try:
            return ThresholdChoice.model_validate(_read_json(file))
        except ValidationError as error:
            problem = error.errors()[0]
            raise InputError(f"{file}: damaged, {'.'.join(map(str, problem['loc']))}: {problem['msg']}") from error


def new_run_path(root: Path, data: str, now: datetime | None = None) -> Path:
    """Folder for a new run below `root`: <time>-<data>, made unique where the second is taken."""
    stamp = (now or datetime.now()).strftime("%Y-%m-%dT%H-%M-%S")
    name = re.sub(r"[^\w.-]+", "-", Path(data).expanduser().name).strip("-.") or "data"
    path = root / f"{stamp}-{name}"
    attempt = 2
    while path.exists():
        path = root / f"{stamp}-{name}-{attempt}"
        attempt += 1
    return path


def library_versions() -> dict[str, str]:
    """Versions of the libraries that decide a result."""
    found = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def describe(info: RunInfo) -> str:
    """One line for people: 'digits · resnet18 · cpu'."""
    return " · ".join((info.data.name, info.config.backbone, info.device))


def as_json(record: Any) -> str:
    """One line of JSON for a frozen record; not-a-number becomes null, which JSON can say."""
    return json.dumps({key: _finite(value) for key, value in asdict(record).items()})


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not np.isfinite(value) else value


def now_text() -> str:
    """The present time in UTC, to the second, as run.json and events.jsonl write it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _read_json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: damaged, not valid JSON ({error})") from error


def _read_lines(file: Path) -> list[dict[str, Any]]:
    if not file.is_file():
        return []
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines.pop()
    try:
        return [json.loads(line) for line in lines]
    except json.JSONDecodeError as error:
        raise InputError(f"{file}: damaged, a line is not valid JSON ({error})") from error


def _steps(folder: Path, suffix: str) -> list[int]:
    found = (re.fullmatch(rf"step-(\d+){re.escape(suffix)}", entry.name) for entry in folder.glob(f"step-*{suffix}"))
    return sorted(int(match.group(1)) for match in found if match)
