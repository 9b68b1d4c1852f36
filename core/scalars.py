"""The figures of every step of a run as columns, and as a CSV file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.csv_text import csv_text
from core.errors import InputError
from core.files import read_lines, replacing
from core.watch import Watch

PLACES = ("step", "epoch", "time")
"""Columns that say where in training a step stands; time in seconds, without pauses and evaluation."""


@dataclass(frozen=True, eq=False)
class Scalars:
    """Columns of metrics.jsonl."""

    step: NDArray[np.int64]
    """[N], ascending"""
    epoch: NDArray[np.int64]
    """[N], from 1"""
    time: NDArray[np.float64]
    """[N], seconds of training"""
    columns: Mapping[str, NDArray[np.float64]]
    """[N] each, NaN where a step has no such figure; those that no step has are left out."""

    @property
    def epochs(self) -> NDArray[np.float64]:
        """[N], epochs done, in parts: 1.5 in the middle of the second; the last counts as long as the longest."""
        if not len(self.step):
            return np.empty(0)
        length = np.bincount(self.epoch).max()
        first = self.step[np.searchsorted(self.epoch, self.epoch)]
        return np.asarray(self.epoch - 1 + (self.step - first + 1) / length, np.float64)


def read_scalars(run_dir: Path, watch: Watch | None = None) -> Scalars:
    """Read the figures of every step; a half-written last line is left out, and a missing file is empty.

    Raises
    ------
    InputError
        where the file cannot be read, or a line is damaged.
    Cancelled
        where `watch` said so.
    """
    file = run_dir / "metrics.jsonl"
    lines = read_lines(file, watch)
    names = dict.fromkeys(name for line in lines for name, value in line.items() if _is_number(value))
    found = {name: np.array([_number(line.get(name)) for line in lines]) for name in names}
    for name in PLACES:
        column = found.setdefault(name, np.full(len(lines), np.nan))
        _check_place(name, column, file)
    step, epoch = (found.pop(name).astype(np.int64) for name in ("step", "epoch"))
    time = found.pop("time")
    return Scalars(step, epoch, time, {name: column for name, column in found.items() if np.isfinite(column).any()})


def write_scalars_csv(run_dir: Path, file: Path, watch: Watch | None = None) -> int:
    """Write metrics.jsonl as a table, a row for each step and a column for each figure, and say how many rows it has.

    Raises
    ------
    InputError
        where the run has no steps, a line is damaged, or the file is no .csv or cannot be written.
    Cancelled
        where `watch` said so; then nothing is written.
    """
    if file.suffix.lower() != ".csv":  # so that nothing that a run consists of is overwritten
        raise InputError(f"{file}: must end in .csv, found {file.suffix!r}")
    lines = read_lines(run_dir / "metrics.jsonl", watch)
    if not lines:
        raise InputError(f"{run_dir}: has no steps yet, so there are no scalars to write")
    names = list(dict.fromkeys(name for line in lines for name in line))
    text = csv_text(names, ([_cell(line.get(name)) for name in names] for line in lines))
    try:
        with replacing(file) as temporary:
            temporary.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        raise InputError(f"{file}: cannot be written ({error.strerror})") from error
    return len(lines)


def _check_place(name: str, column: NDArray[np.float64], file: Path) -> None:
    lowest = 0.0 if name == "time" else 1.0
    wrong = np.flatnonzero(~(np.isfinite(column) & (column >= lowest) & (column < 2.0**53)))
    if len(wrong):
        line = int(wrong[0])
        raise InputError(f"{file}: damaged, {name} must be from {lowest:g} up, line {line + 1} has {column[line]}")
    least = {"step": 1, "epoch": 0}.get(name, -np.inf)
    if (disordered := np.flatnonzero(np.diff(column) < least)).size:
        raise InputError(f"{file}: damaged, {name}s must ascend, that of line {disordered[0] + 2} does not")
    if name == "epoch" and len(column) and column.max() > len(column):
        raise InputError(f"{file}: damaged, epoch must be at most the number of steps, found {column.max():g}")


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _number(value: object) -> float:
    try:
        return float(value) if _is_number(value) else np.nan  # type: ignore[arg-type]
    except OverflowError:
        return np.nan


def _cell(value: object) -> object:
    """As it stands in the table; what is no single value stays JSON."""
    return json.dumps(value) if isinstance(value, (dict, list)) else value
