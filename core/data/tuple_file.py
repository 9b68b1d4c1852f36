"""A CSV file of pairs, triplets or quadruplets listed as a data set; no image is decoded here."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.data.csv_lines import csv_lines
from core.data.dataset import Dataset, Problem, Sample, first_of, rows_left_out
from core.data.identities import connected_components, shortest_chain
from core.data.named_images import ALLOWANCE, NamedImages
from core.data.tuples import TupleKind, TupleList
from core.errors import InputError
from core.files import read_text
from core.watch import CountWatch

COLUMNS: Mapping[TupleKind, tuple[str, ...]] = {
    "pairs": ("image_a", "image_b", "same"),
    "quadruplets": ("anchor", "positive", "negative1", "negative2"),
    "triplets": ("anchor", "positive", "negative"),
}
"""Columns that each kind of list needs; others are passed over."""

_SHORT_NAMES = {"a": "image_a", "b": "image_b"}
"""What a list of pairs to judge by may call its columns, too."""
_FOLD = "fold"
_MANIFEST = "image,label"
"""Columns of a list of another kind, which `core.data.manifest` reads."""

_CONTRADICTIONS_SHOWN = 5


def list_tuples(path: Path, *, allow_outside: bool = False, watch: CountWatch | None = None) -> Dataset:
    """List the images and tuples of a CSV file whose paths are relative to its folder.

    Identities are the components that genuine pairs join; each is named by its first image. A sample's id is its path
    from the folder, below which it lies unless images may lie outside of it. Rows with an image that is missing, or
    twice the same, are left out as problems of the data set; rows that repeat an earlier one, and those that contradict
    others, are notes. `watch` takes how many images were found.

    Raises
    ------
    InputError
        naming file and line, where the file is no such list, a row cannot be understood, an image lies outside the
        folder and may not, or no genuine or no impostor pair is left.
    Cancelled
        where `watch` said so.
    """
    reading = _Reading(path, allow_outside=allow_outside, watch=watch)
    reading.read(read_text(path))
    return reading.dataset()


@dataclass(frozen=True, eq=False)
class FoldedPairs:
    """A list of pairs, of which each may belong to a fold."""

    dataset: Dataset
    """What `list_tuples` makes of it."""
    pairs: NDArray[np.int64]
    """[T, 2], positions of the images."""
    same: NDArray[np.bool_]
    """[T]"""
    folds: tuple[str, ...] | None
    """Name of each pair's fold; None where no column has them."""


def list_folded_pairs(path: Path) -> FoldedPairs:
    """List pairs to judge a model by, and the fold of each one where a column 'fold' names it.

    The columns of the images may be called a and b.

    Raises
    ------
    InputError
        as `list_tuples`, and where the list is not one of pairs, or a row leaves its fold out.
    """
    reading = _Reading(path, with_folds=True)
    reading.read(read_text(path))
    return reading.folded_pairs()


@dataclass(frozen=True)
class _Row:
    line: int
    names: tuple[str, ...]
    """Ids of its images."""
    same: bool | None
    """Of a pair."""
    fold: str | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """The same for rows that say the same."""
        return (*self.names,) if self.same is None else (*sorted(self.names), self.same)

    def genuine(self) -> tuple[tuple[str, str], ...]:
        """Ids of its genuine pairs."""
        return () if self.same is False else ((self.names[0], self.names[1]),)

    def impostor(self) -> tuple[tuple[str, str], ...]:
        """Ids of its impostor pairs."""
        if self.same is not None:
            return () if self.same else ((self.names[0], self.names[1]),)
        anchor, _, *negatives = self.names
        between = itertools.combinations(negatives, 2)
        return (*((anchor, negative) for negative in negatives), *between)


class _Reading:
    """One file while it is read."""

    def __init__(
        self, path: Path, *, with_folds: bool = False, allow_outside: bool = False, watch: CountWatch | None = None
    ) -> None:
        self._path = path
        self._with_folds = with_folds
        self._kinds: tuple[TupleKind, ...] = ("pairs",) if with_folds else ("pairs", "triplets", "quadruplets")
        self._images = NamedImages(path.parent, allow_outside=allow_outside, watch=watch)
        self._kind: TupleKind = "pairs"
        self._rows: list[_Row] = []
        """All different ones that name different images, whether the images are there or not."""
        self._problems: list[Problem] = []
        self._notes: list[str] = []

    # --- reading

    def read(self, text: str) -> None:
        lines = csv_lines(self._path, text)
        first_line, header = next(lines, (1, []))
        if not header:
            raise InputError(f"{self._path}: the file is empty; {self._rule()}")
        places = self._places(first_line, self._column_names(header))
        repeated: list[tuple[int, int]] = []
        known: dict[tuple[object, ...], int] = {}
        for line, fields in lines:
            row = self._row(line, self._checked_fields(line, fields, len(header)), places)
            first = known.setdefault(row.key, line)
            if first != line:
                repeated.append((line, first))
            elif len(set(row.names)) < len(row.names):
                self._problems.append(Problem(f"{self._path.name}, line {line}", "it names one image twice"))
            else:
                self._rows.append(row)
        if not known:
            raise InputError(f"{self._path}: no row follows the header")
        if repeated:
            line, first = repeated[0]
            self._notes.append(
                f"{self._path.name}: rows that repeat an earlier one, which counts once: {len(repeated)}, "
                f"the first in line {line}, of line {first}."
            )

    def _column_names(self, header: Sequence[str]) -> list[str]:
        names = [name.lower() for name in header]
        return [_SHORT_NAMES.get(name, name) for name in names] if self._with_folds else names

    def _places(self, line: int, header: Sequence[str]) -> Mapping[str, int]:
        """Where the columns that count stand."""
        fitting = (kind for kind, columns in COLUMNS.items() if set(columns) <= set(header))
        kind = next((kind for kind in fitting if kind in self._kinds), None)
        if kind is None:
            raise self._error(line, f"{self._rule()}, separated by commas, found {','.join(header)!r}")
        self._kind = kind
        counted = (*COLUMNS[kind], *((_FOLD,) if self._with_folds and _FOLD in header else ()))
        if twice := [name for name in counted if header.count(name) > 1]:
            raise self._error(line, f"the column {twice[0]} must stand once, found it {header.count(twice[0])} times")
        if others := [name for name in header if name and name not in counted]:
            self._notes.append(f"{self._path.name}: the columns {', '.join(map(repr, others))} are passed over.")
        return {name: header.index(name) for name in counted}

    def _checked_fields(self, line: int, fields: Sequence[str], wanted: int) -> Sequence[str]:
        if len(fields) < wanted or any(fields[wanted:]):
            raise self._error(line, f"a row must have the header's {wanted} fields, found {len(fields)}")
        return fields

    def _row(self, line: int, fields: Sequence[str], places: Mapping[str, int]) -> _Row:
        values = {name: fields[place] for name, place in places.items()}
        fold = values.pop(_FOLD, None)
        if fold == "":
            raise self._error(line, "fold must name the fold of the pair, found nothing")
        same = values.pop("same", None)
        if same not in ("0", "1", None):
            raise self._error(line, f"same must be 0 or 1, found {same!r}")
        names = tuple(self._id(line, column, written) for column, written in values.items())
        return _Row(line, names, None if same is None else same == "1", fold)

    def _id(self, line: int, column: str, written: str) -> str:
        if not written:
            raise self._error(line, f"{column} must name an image, found nothing")
        name = self._images.id_of(written)
        if name is None:
            allowance = "" if self._with_folds else ALLOWANCE
            raise self._error(line, f"{column} must lie in the folder of the file, found {written!r}{allowance}")
        return name

    def _rule(self) -> str:
        known = [",".join(COLUMNS[kind]) for kind in self._kinds] + ([] if self._with_folds else [_MANIFEST])
        return "the first line must name the columns " + " or ".join(known)

    def _error(self, line: int, rule: str) -> InputError:
        return InputError(f"{self._path}, line {line}: {rule}")

    # --- what it says

    def dataset(self) -> Dataset:
        """The images of the rows that can be used, with their identities."""
        return self._dataset_of(self._usable_rows())

    def folded_pairs(self) -> FoldedPairs:
        """The same of pairs, with the fold of each."""
        rows = self._usable_rows()
        dataset = self._dataset_of(rows)
        place = {sample.id: number for number, sample in enumerate(dataset.samples)}
        folds = tuple(row.fold for row in rows if row.fold is not None)
        return FoldedPairs(dataset, _places_of(rows, place), _same(rows), folds or None)

    def _dataset_of(self, rows: Sequence[_Row]) -> Dataset:
        self._note_missing(len(self._rows) - len(rows))
        self._require_both_kinds(rows)
        everything = sorted({name for row in self._rows for name in row.names})
        roots = dict(zip(everything, self._components(everything), strict=True))
        ids = sorted({name for row in rows for name in row.names})
        classes, labels = _named([roots[name] for name in ids], ids)
        place = {name: number for number, name in enumerate(ids)}
        tuples = TupleList(self._kind, _places_of(rows, place), _same(rows) if self._kind == "pairs" else None)
        return Dataset(
            self._path.name,
            classes,
            tuple(Sample(name, label, self._images.files[name]) for name, label in zip(ids, labels, strict=True)),
            tuple(self._problems),
            notes=tuple(self._notes),
            tuples=tuples,
        )

    def _usable_rows(self) -> list[_Row]:
        return [row for row in self._rows if self._images.missing.keys().isdisjoint(row.names)]

    def _note_missing(self, rows: int) -> None:
        """Say which images are not there, and of how many rows."""
        missing = self._images.missing
        first = {name: row.line for row in reversed(self._rows) for name in row.names}
        named = sorted(name for name in missing if name in first)
        self._problems += [Problem(name, f"{missing[name]}, first named in line {first[name]}") for name in named]
        self._problems += rows_left_out(self._path.name, rows)

    def _require_both_kinds(self, rows: Sequence[_Row]) -> None:
        for kind, found in (("genuine", map(_Row.genuine, rows)), ("impostor", map(_Row.impostor, rows))):
            if not any(found):
                message = f"{self._path}: at least one genuine and one impostor pair are needed, found no {kind} pair"
                raise InputError(message + first_of(self._problems))

    def _components(self, ids: Sequence[str]) -> list[int]:
        """Component of each id; says where rows contradict them."""
        place = {name: number for number, name in enumerate(ids)}
        joined = [(row.line, place[a], place[b]) for row in self._rows for a, b in row.genuine()]
        apart = [(row.line, place[a], place[b]) for row in self._rows for a, b in row.impostor()]
        edges = [(a, b) for _, a, b in joined]
        roots = connected_components(edges, len(ids))
        against = [(line, a, b) for line, a, b in apart if roots[a] == roots[b]]
        for line, a, b in against[:_CONTRADICTIONS_SHOWN]:
            by = " and ".join(f"line {joined[step][0]}" for step in shortest_chain(edges, a, b))
            self._notes.append(
                f"{self._path.name}: line {line} says that {ids[a]} and {ids[b]} differ, {by} that they are the same."
            )
        if len(against) > _CONTRADICTIONS_SHOWN:
            more = len(against) - _CONTRADICTIONS_SHOWN
            self._notes.append(f"{self._path.name}: further pairs that contradict others in this way: {more}.")
        return list(map(int, roots))


def _places_of(rows: Sequence[_Row], place: Mapping[str, int]) -> NDArray[np.int64]:
    return np.array([[place[name] for name in row.names] for row in rows], dtype=np.int64).reshape(len(rows), -1)


def _same(rows: Sequence[_Row]) -> NDArray[np.bool_]:
    return np.array([row.same for row in rows], dtype=np.bool_)


def _named(roots: Sequence[int], ids: Sequence[str]) -> tuple[tuple[str, ...], list[int]]:
    """Names of the components, each that of its first image, in their order; and the component of each image."""
    first: dict[int, int] = {}
    for root in roots:
        first.setdefault(root, len(first))
    names = dict.fromkeys(first, "")
    for root, name in zip(roots, ids, strict=True):
        names[root] = names[root] or name
    return tuple(names.values()), [first[root] for root in roots]
