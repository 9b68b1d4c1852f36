"""A CSV file of pairs that are to be judged; no image is looked at here."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from core.data.csv_lines import csv_lines
from core.data.pair_list import MAX_PAIRS, NOT_SAID, RESULT_COLUMNS, PairList
from core.errors import InputError
from core.files import read_text

_MAX_BYTES = 512 * 2**20
_SHORT_NAMES = {"a": "image_a", "b": "image_b"}
_RULE = "the first line must name the columns image_a,image_b and, where it is known, same"


def pairs_of_file(path: Path) -> PairList:
    """List the pairs of a CSV file with the columns image_a, image_b (or a, b) and maybe same; others are kept.

    Paths are relative to the file; absolute ones are taken as they are.

    Raises
    ------
    InputError
        naming file and line, where a column is missing or a row cannot be understood; where there are no pairs, or
        more than `MAX_PAIRS`.
    """
    _check_readable(path)
    reading = _Reading(path)
    reading.read(read_text(path))
    return reading.listed()


def _check_readable(path: Path) -> None:
    """Refuse what would never end or not fit into memory: whatever is dropped on the window comes here."""
    if path.exists() and not path.is_file():
        raise InputError(f"{path}: a list of pairs must be a file, found something else")
    if path.exists() and path.stat().st_size > _MAX_BYTES:
        raise InputError(f"{path}: a list of pairs may have at most {_MAX_BYTES >> 20} MiB, found more")


class _Reading:
    """One file while it is read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._folder = os.path.abspath(path.parent)
        self._places: dict[Path, int] = {}
        self._names: list[str] = []
        self._known: dict[str, int] = {}
        """Place of the image by how it is written."""
        self._pairs: list[tuple[int, int]] = []
        self._lines: list[int] = []
        self._same: list[int] | None = None
        self._others: dict[str, list[str]] = {}

    def read(self, text: str) -> None:
        lines = csv_lines(self._path, text)
        first, header = next(lines, (1, []))
        if not header:
            raise InputError(f"{self._path}: the file is empty; {_RULE}")
        columns = self._columns(first, header)
        self._same = [] if "same" in columns else None
        self._others = {name: [] for name in columns if name not in RESULT_COLUMNS}
        for line, fields in lines:
            if len(fields) < len(header) or any(fields[len(header) :]):
                raise self._error(line, f"a row must have the header's {len(header)} fields, found {len(fields)}")
            if len(self._pairs) == MAX_PAIRS:
                raise self._error(line, f"at most {MAX_PAIRS} pairs can be judged at once, found more")
            self._take(line, {name: fields[place] for name, place in columns.items()})
        if not self._pairs:
            raise InputError(f"{self._path}: no row follows the header")

    def listed(self) -> PairList:
        return PairList(
            self._path.name,
            tuple(self._places),
            tuple(self._names),
            np.array(self._pairs, dtype=np.int64),
            None if self._same is None else np.array(self._same, dtype=np.int8),
            np.array(self._lines, dtype=np.int64),
            {name: tuple(values) for name, values in self._others.items()},
        )

    def _columns(self, line: int, header: Sequence[str]) -> dict[str, int]:
        """Place of each column by its name, the ones that count in lower case."""
        names = [_plain_name(name) for name in header]
        if missing := [name for name in ("image_a", "image_b") if name not in names]:
            raise self._error(
                line, f"{_RULE}, separated by commas, found no {missing[0]} in {_short(','.join(header))}"
            )
        if twice := [name for name, count in Counter(names).items() if name and count > 1]:
            raise self._error(line, f"each column must stand once, found {_short(twice[0])} more often")
        return {name: place for place, name in enumerate(names) if name}

    def _take(self, line: int, row: Mapping[str, str]) -> None:
        self._pairs.append((self._image(line, "image_a", row["image_a"]), self._image(line, "image_b", row["image_b"])))
        self._lines.append(line)
        if self._same is not None:
            if row["same"] not in ("0", "1", ""):
                raise self._error(line, f"same must be 1, 0 or left empty, found {_short(row['same'])}")
            self._same.append(int(row["same"] or NOT_SAID))
        for name, values in self._others.items():
            values.append(row[name])

    def _image(self, line: int, column: str, written: str) -> int:
        """Place of an image; two ways to write one path name one image."""
        if written not in self._known:
            if not written:
                raise self._error(line, f"{column} must name an image, found nothing")
            if written.startswith(("//", "\\\\")):
                raise self._error(line, f"{column} must be on this computer, found {_short(written)}")
            file = Path(os.path.normpath(os.path.join(self._folder, os.path.expanduser(written.replace("\\", os.sep)))))
            place = self._places.setdefault(file, len(self._places))
            if place == len(self._names):
                self._names.append(written)
            self._known[written] = place
        return self._known[written]

    def _error(self, line: int, rule: str) -> InputError:
        return InputError(f"{self._path}, line {line}: {rule}")


def _plain_name(name: str) -> str:
    lower = name.lower()
    known = _SHORT_NAMES.get(lower, lower)
    return known if known in RESULT_COLUMNS else name


def _short(text: str) -> str:
    """The beginning of a text as it may stand in a sentence."""
    return repr(text if len(text) <= 80 else f"{text[:80]}…")
