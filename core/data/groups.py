"""Groups of images, such as those of one shoot or one video, of which pairs tell an evaluation nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.data.csv_lines import csv_lines
from core.data.dataset import NO_GROUP, Dataset
from core.errors import InputError
from core.files import read_text

GROUPS_FILE = "groups.csv"
"""Beside the folder `images`, or in the data folder that holds the classes."""

_COLUMNS = ("image", "group")
_RULE = f"the first line must name the columns {','.join(_COLUMNS)}"


def with_groups(dataset: Dataset, path: Path) -> Dataset:
    """The data set with the groups of a CSV file: columns image, the id of a sample, and group, any name.

    Other columns are passed over. Images that the file does not name, or gives no group, belong to none. Rows that
    name no image of the data set are a note; so is how many groups there are.

    Raises
    ------
    InputError
        naming file and line, where it is no such file, a row cannot be understood, or an image is put into two groups.
    """
    reading = _Reading(path)
    names = reading.read(read_text(path))
    numbers = {name: number for number, name in enumerate(dict.fromkeys(name for name, _ in names.values() if name))}
    groups = [names[sample.id][0] if sample.id in names else "" for sample in dataset.samples]
    samples = (
        replace(sample, group=numbers.get(name, NO_GROUP)) for sample, name in zip(dataset.samples, groups, strict=True)
    )
    unknown = reading.unknown(names, {sample.id for sample in dataset.samples})
    used = [name for name in groups if name]
    found = (
        f"{path.name}: groups: {len(set(used))}, of {len(used)} images; pairs within a group are left out of every "
        "evaluation."
    )
    return replace(dataset, samples=tuple(samples), notes=(*dataset.notes, *reading.notes, *unknown, found))


def groups_or_none(groups: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """The groups [N]; None where every image is of none."""
    return groups if (groups != NO_GROUP).any() else None


class _Reading:
    """One file while it is read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.notes: list[str] = []

    def read(self, text: str) -> dict[str, tuple[str, int]]:
        """Group and line of each image."""
        lines = csv_lines(self._path, text)
        first_line, header = next(lines, (1, []))
        if not header:
            raise InputError(f"{self._path}: the file is empty; {_RULE}")
        columns = [name.lower() for name in header]
        self._check_columns(first_line, columns)
        found: dict[str, tuple[str, int]] = {}
        for line, image, group in self._rows(lines, columns):
            before, first = found.setdefault(image, (group, line))
            if before != group:
                rule = f"{image} must be of one group, found {group!r}, and {before!r} in line {first}"
                raise self._error(line, rule)
        if not found:
            raise InputError(f"{self._path}: no row follows the header")
        return found

    def unknown(self, found: dict[str, tuple[str, int]], ids: set[str]) -> tuple[str, ...]:
        """A note of images that are not in the data set; nothing where all are."""
        others = [(image, line) for image, (_, line) in found.items() if image not in ids]
        if not others:
            return ()
        image, line = others[0]
        first = f"the first {image} in line {line}"
        return (f"{self._path.name}: images that are not in the data: {len(others)}, {first}.",)

    def _check_columns(self, line: int, columns: Sequence[str]) -> None:
        if not set(_COLUMNS) <= set(columns):
            raise self._error(line, f"{_RULE}, separated by commas, found {','.join(columns)!r}")
        for name in _COLUMNS:
            if columns.count(name) > 1:
                raise self._error(line, f"the column {name} must stand once, found it {columns.count(name)} times")
        if others := [name for name in columns if name and name not in _COLUMNS]:
            self.notes.append(f"{self._path.name}: the columns {', '.join(map(repr, others))} are passed over.")

    def _rows(self, lines: Iterator[tuple[int, list[str]]], columns: Sequence[str]) -> Iterator[tuple[int, str, str]]:
        """Line, image and group of each row."""
        places = [columns.index(name) for name in _COLUMNS]
        for line, fields in lines:
            if len(fields) < len(columns) or any(fields[len(columns) :]):
                raise self._error(line, f"a row must have the header's {len(columns)} fields, found {len(fields)}")
            image, group = (fields[place] for place in places)
            if not image:
                raise self._error(line, "image must name an image, found nothing")
            yield line, image.replace("\\", "/").removeprefix("./"), group

    def _error(self, line: int, rule: str) -> InputError:
        return InputError(f"{self._path}, line {line}: {rule}")
