"""The runs below a folder, each with what tells it from the others: a thousand of them in less than a second.

Of a run only the few kilobytes are read that say what it is and how far it came: run.json, the head of its newest
evaluation, and the ends of its metrics and events. Nothing is validated beyond the fields that are shown.
"""

import json
import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from core.errors import InputError
from core.files import is_held, read_json

RunState = Literal["finished", "stopped", "failed", "training", "damaged"]
NOTES = "notes.json"
"""What a person says of a run: a note, and whether it is archived."""
NEWEST_SCHEMA = 1
"""Of run.json, that this version reads; as `core.runs.SCHEMA_VERSION`, which costs the import of pydantic."""
TPR_AT = "0.01"
"""The FPR whose TPR is listed, as evaluations name it."""

_TAIL = 64 * 1024
"""Bytes at the end of a file of lines that hold the last line."""
_LARGEST = 64 * 1024 * 1024
"""Bytes of a JSON file that is still read; a run with ten thousand classes has 1 MB."""
_FIGURES = ("auc", "eer", "classification_accuracy", "segmentation_iou", "precision_at_1", "map_at_r")
_CURVE = '\n "curve": '
"""Where the points of the curve begin in an evaluation, which are most of it and are not listed."""
_TRACES = ("metrics.jsonl", "events.jsonl", "checkpoints")
"""What a run leaves in its folder, also where its run.json is gone."""
_KILLED = "its process ended without a word; train --resume goes on from the last checkpoint"


@dataclass(frozen=True)
class Figures:
    """What an evaluation of the held-out part found; None where it could not be told."""

    step: int
    auc: float | None = None
    eer: float | None = None
    tpr: float | None = None
    """At an FPR of 1 %."""
    genuine_pairs: int = 0
    impostor_pairs: int = 0
    others: tuple[tuple[str, float], ...] = ()
    """Further figures under their names in the file."""


@dataclass(frozen=True)
class ListedRun:
    """One run as a list shows it; what could not be read is empty, and `problem` says why."""

    path: Path
    state: RunState
    problem: str = ""
    """Why it is damaged, or what ended it before its time."""
    created: str = ""
    """When, in UTC, as run.json writes it."""
    data: str = ""
    """Name of the data set."""
    data_hash: str = ""
    settings: Mapping[str, Any] | None = None
    """Every setting by its name, live ones as the run was started with; None where they cannot be read."""
    step: int = 0
    """Steps done."""
    epoch: int = 0
    """Epoch of the last step, from 1; 0 before the first step."""
    figures: Figures | None = None
    """Of the newest evaluation."""
    note: str = ""
    archived: bool = False

    @property
    def name(self) -> str:
        """Of its folder."""
        return self.path.name

    def setting(self, name: str) -> str:
        """A setting as text; empty where it is not known."""
        value = (self.settings or {}).get(name)
        return "" if value is None else str(value)


def list_runs(folder: Path) -> tuple[ListedRun, ...]:
    """All runs in a folder and in the folders in it, the newest first; the folder may be a run itself.

    A run that cannot be read is listed as damaged, with the reason. Hidden folders are passed over.

    Raises
    ------
    InputError
        where there is no such folder, or it cannot be read.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: runs are listed from a folder, found {'a file' if folder.exists() else 'none'}")
    found = [read_run(path) for path in _run_folders(folder)]
    return tuple(sorted(found, key=lambda run: (run.created, run.name), reverse=True))


def read_run(path: Path) -> ListedRun:
    """One run, as `list_runs` lists it."""
    fields: dict[str, Any] = {"state": "stopped"}
    problem = ""
    for part in (_told, _reached, _judged, _remarked):
        try:
            fields |= part(path)
        except InputError as error:
            problem = problem or str(error)
    if problem:
        fields |= {"state": "damaged", "problem": problem}
    return ListedRun(path, **fields)


def evaluations(path: Path) -> tuple[Figures, ...]:
    """Figures of every evaluation that a run keeps, by step.

    Raises
    ------
    InputError
        where one is damaged.
    """
    return tuple(_figures(path / "evaluation" / f"step-{step:06d}.json") for step in _evaluated(path))


def remarks(path: Path) -> tuple[str, bool]:
    """The note on a run, and whether it is archived; ('', False) where a person has said nothing.

    Raises
    ------
    InputError
        where the file is damaged.
    """
    file = path / NOTES
    if not file.exists():
        return "", False
    content = _object(file)
    note, archived = content.get("note", ""), content.get("archived", False)
    if not isinstance(archived, bool):
        raise InputError(f"{file}: damaged, archived must be true or false, found {_short(archived)}")
    return _text({"note": note}, "note", file), archived


# --- where runs are


def _run_folders(folder: Path) -> Iterator[Path]:
    if is_run(folder):
        yield folder
        return
    for entry in _folders_in(folder):
        if is_run(entry):
            yield entry
        else:
            yield from filter(is_run, _folders_in(entry, lenient=True))


def _folders_in(folder: Path, *, lenient: bool = False) -> list[Path]:
    """Folders that are not hidden; of one that may not be read, none if `lenient`."""
    try:
        with os.scandir(folder) as entries:
            return [Path(entry.path) for entry in entries if not entry.name.startswith(".") and entry.is_dir()]
    except OSError as error:
        if lenient:
            return []
        raise InputError(f"{folder}: cannot be read ({error.strerror})") from error


def is_run(folder: Path) -> bool:
    """Whether a folder is a run, be it a damaged one."""
    join = os.path.join  # a thousand times; pathlib takes ten times as long
    return os.path.isfile(join(folder, "run.json")) or any(os.path.exists(join(folder, trace)) for trace in _TRACES)


# --- what is read of a run


def _told(path: Path) -> dict[str, Any]:
    """What run.json says."""
    file = path / "run.json"
    if not file.is_file():
        raise InputError(f"{path}: damaged, it has no run.json")
    content = _object(file)
    version = content.get("schema_version")
    if not isinstance(version, int):
        raise InputError(f"{file}: damaged, schema_version must be a whole number, found {_short(version)}")
    if version > NEWEST_SCHEMA:
        raise InputError(f"{file}: written by a newer version (schema {version})")
    data, config = _part(content, "data", file), _part(content, "config", file)
    live = _part(config, "hyperparameters", file)
    return {
        "created": _text(content, "created", file),
        "data": _text(data, "name", file),
        "data_hash": _text(data, "content_hash", file),
        "settings": {name: value for name, value in config.items() if name != "hyperparameters"} | live,
    }


def _reached(path: Path) -> dict[str, Any]:
    """How far it came, and what became of it."""
    step = epoch = 0
    if (last := _last_line(path / "metrics.jsonl")) is not None:
        step, epoch = (_whole(last, name, path / "metrics.jsonl") for name in ("step", "epoch"))
    state, problem = _state(path, _last_line(path / "events.jsonl"))
    return {"step": step, "epoch": epoch, "state": state, "problem": problem}


def _state(path: Path, event: Mapping[str, Any] | None) -> tuple[RunState, str]:
    kind = None if event is None else event.get("event")
    if event is not None and kind == "finished":
        return ("finished" if event.get("stopped") is False else "stopped"), ""
    if is_held(path):
        return "training", ""
    if event is not None and kind == "failed":
        return "failed", _short(event.get("message"), 400)
    return "stopped", _KILLED


def _judged(path: Path) -> dict[str, Any]:
    steps = _evaluated(path)
    return {"figures": _figures(path / "evaluation" / f"step-{steps[-1]:06d}.json")} if steps else {}


def _remarked(path: Path) -> dict[str, Any]:
    note, archived = remarks(path)
    return {"note": note, "archived": archived}


def _evaluated(path: Path) -> list[int]:
    """Steps that were evaluated, ascending."""
    folder = path / "evaluation"
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(f"{folder}: cannot be read ({error.strerror})") from error
    numbers = [name[5:-5] for name in names if name.startswith("step-") and name.endswith(".json")]
    return sorted(int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 19)


def _figures(file: Path) -> Figures:
    """The figures at the head of an evaluation."""
    content = _object(file, ending=_CURVE)
    rates = content.get("tpr_at_fpr")
    figures = {name: _finite(content.get(name)) for name in _FIGURES}
    return Figures(
        step=_whole(content, "step", file),
        auc=figures.pop("auc"),
        eer=figures.pop("eer"),
        tpr=_finite(rates.get(TPR_AT)) if isinstance(rates, dict) else None,
        genuine_pairs=_count(content.get("genuine_pairs")),
        impostor_pairs=_count(content.get("impostor_pairs")),
        others=tuple((name, value) for name, value in figures.items() if value is not None),
    )


# --- reading without trust


def _object(file: Path, ending: str = "") -> dict[str, Any]:
    """The object of a JSON file; what follows the key `ending` is left out unread, where the file has it."""
    try:
        size = file.stat().st_size
        if size > _LARGEST:
            raise InputError(f"{file}: damaged, must have at most {_LARGEST:,} bytes, found {size:,}")
        head, found, _ = file.read_text(encoding="utf-8").partition(ending) if ending else ("", "", "")
        content = json.loads(f"{head.rstrip().rstrip(',')}}}") if found else read_json(file)
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{file}: damaged, not valid JSON ({error})") from error
    if not isinstance(content, dict):
        raise InputError(f"{file}: damaged, must hold a JSON object, found {_short(content)}")
    return content


def _last_line(file: Path) -> dict[str, Any] | None:
    """Object of the last whole line; None where the file is missing or has none."""
    try:
        with file.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - _TAIL))
            tail = stream.read(_TAIL)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from error
    *lines, _half_written = tail.split(b"\n")
    if not lines and size > _TAIL:
        raise InputError(f"{file}: damaged, its last line must have at most {_TAIL:,} bytes, found more")
    if not lines:
        return None
    try:
        content = json.loads(lines[-1])
    except (ValueError, RecursionError) as error:
        raise InputError(f"{file}: damaged, its last line is not valid JSON ({error})") from error
    if not isinstance(content, dict):
        raise InputError(f"{file}: damaged, its last line must hold a JSON object, found {_short(content)}")
    return content


def _part(content: Mapping[str, Any], name: str, file: Path) -> dict[str, Any]:
    value = content.get(name)
    if not isinstance(value, dict):
        raise InputError(f"{file}: damaged, {name} must be an object, found {_short(value)}")
    return value


def _text(content: Mapping[str, Any], name: str, file: Path) -> str:
    value = content.get(name)
    if not isinstance(value, str):
        raise InputError(f"{file}: damaged, {name} must be a text, found {_short(value)}")
    return value


def _whole(content: Mapping[str, Any], name: str, file: Path) -> int:
    value = content.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise InputError(f"{file}: damaged, {name} must be a whole number from 0 up, found {_short(value)}")
    return value


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53 else 0


def _finite(value: object) -> float | None:
    """A figure; None where there is none, or it is not finite."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:  # a whole number beyond any float
        return None


def _short(value: object, longest: int = 40) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= longest else f"{text[:longest]}…"
