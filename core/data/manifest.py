"""A manifest: a CSV or Parquet file that lists images with their classes and whatever else is known about them.

Columns
-------
image, label
    Path of the image relative to the file, and the name of its class.
mask
    Path of its mask; empty for none.
group
    What it belongs to, see `core.data.groups`; empty for nothing.
split
    'train', or 'held-out' or 'test', in every row: the file's own split, see `core.data.split`.

Every further column is kept, see `core.data.columns`.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from core.data.columns import columns_of
from core.data.dataset import Dataset, Problem, Sample, first_of
from core.data.groups import GROUP_COLUMN, grouped
from core.data.named_images import ALLOWANCE, Found, NamedImages
from core.data.table import read_table, table_rows
from core.errors import InputError
from core.watch import CountWatch

REQUIRED = ("image", "label")
_MASK, _SPLIT = "mask", "split"
_OPTIONAL = (_MASK, GROUP_COLUMN, _SPLIT)
_HELD_OUT = {"train": False, "held-out": True, "test": True}


def list_manifest(path: Path, *, allow_outside: bool = False, watch: CountWatch | None = None) -> Dataset:
    """List the images of a manifest; none is decoded here.

    A sample's id is its path from the folder of the file, below which it lies unless images may lie outside of it.
    Samples are in the order of their ids, classes in that of their names. Rows whose image is missing are left out as
    problems of the data set; so are missing masks, whose images stay. `watch` takes how many images were found.

    Raises
    ------
    InputError
        naming file and place, where the file is no such table, a row leaves out what it must have, an image stands
        twice or lies outside the folder and may not, or fewer than two classes are left.
    Cancelled
        where `watch` said so.
    """
    return _Manifest(path, allow_outside, watch).dataset()


class ManifestRow(NamedTuple):
    """What a row says of an image, but for masks, parts and further columns."""

    id: str
    label: str
    group: str
    """Empty for none."""
    usable: bool
    """Whether the image is there."""
    problem: Problem | None


def manifest_rows(path: Path, *, allow_outside: bool = False) -> Iterator[ManifestRow | None]:
    """Rows of a manifest one by one, in their order, which takes no memory; None for one that `list_manifest` refuses.

    Raises
    ------
    InputError
        where the file cannot be read as a table.
    """
    images, masks = (NamedImages(path.parent, allow_outside=allow_outside) for _ in range(2))
    for place, (image, label, mask, group, part) in table_rows(path, REQUIRED, _OPTIONAL):
        found, its_mask = images.look_up(image) if image else None, masks.look_up(mask) if mask else None
        has_part = part is None or part.lower() in _HELD_OUT
        if found is None or not label or not has_part or (mask and its_mask is None):
            yield None
        else:
            yield ManifestRow(found.id, label, group or "", not found.reason, _problem(found, its_mask, place))


def _problem(image: Found, mask: Found | None, place: str) -> Problem | None:
    if image.reason:
        return Problem(image.id, f"{image.reason}, named in {place}")
    if mask is not None and mask.reason:
        return Problem(image.id, f"its mask {mask.id} is left out: {mask.reason}, named in {place}")
    return None


class _Manifest:
    """One file while it is read."""

    def __init__(self, path: Path, allow_outside: bool, watch: CountWatch | None) -> None:
        self._table = read_table(path, REQUIRED, _OPTIONAL)
        self._images = NamedImages(path.parent, allow_outside=allow_outside, watch=watch)
        self._masks = NamedImages(path.parent, allow_outside=allow_outside)
        self._labels = self._table.filled("label", "name a class")
        self._ids = self._named("image", self._table.filled("image", "name an image"), self._images)
        self._mask_ids = self._named(_MASK, self._cells(_MASK), self._masks)
        self._held_out = self._parts()

    def dataset(self) -> Dataset:
        table, ids = self._table, self._ids
        self._check_once()
        rows = sorted((row for row, name in enumerate(ids) if name in self._images.files), key=ids.__getitem__)
        problems = tuple(self._problems())
        classes = tuple(sorted({self._labels[row] for row in rows}))
        if len(classes) < 2:
            rule = f"at least two classes with images are needed, found {len(classes)}"
            raise InputError(f"{table.path}: {rule}{first_of(problems)}")
        further = table.further((*REQUIRED, *_OPTIONAL)).items()
        dataset = Dataset(
            table.path.name,
            classes,
            tuple(self._samples(rows, {name: number for number, name in enumerate(classes)})),
            problems,
            notes=table.notes,
            columns=columns_of({name: [cells[row] for row in rows] for name, cells in further}),
        )
        named = self._cells(GROUP_COLUMN)
        groups = [named[row] for row in rows]
        return grouped(dataset, groups, table.path) if any(groups) else dataset

    def _samples(self, rows: Sequence[int], labels: Mapping[str, int]) -> Iterator[Sample]:
        for row in rows:
            name = self._ids[row]
            mask = self._masks.files.get(self._mask_ids[row])
            yield Sample(name, labels[self._labels[row]], self._images.files[name], mask, held_out=self._held_out[row])

    def _cells(self, name: str) -> Sequence[str]:
        """Cells of an optional column, empty where there is none."""
        return self._table.columns.get(name) or [""] * len(self._table.numbers)

    def _named(self, column: str, cells: Sequence[str], found: NamedImages) -> list[str]:
        """Ids of the images that a column names, empty where it names none."""
        return [self._id(row, column, cell, found) if cell else "" for row, cell in enumerate(cells)]

    def _id(self, row: int, column: str, written: str, found: NamedImages) -> str:
        name = found.id_of(written)
        if name is None:
            rule = f"{column} must lie in the folder of the file, found {written!r}{ALLOWANCE}"
            raise self._table.error(row, rule)
        return name

    def _check_once(self) -> None:
        first: dict[str, int] = {}
        for row, name in enumerate(self._ids):
            if (before := first.setdefault(name, row)) != row:
                raise self._table.error(row, f"{name} must stand once, found it in {self._table.place(before)} too")

    def _parts(self) -> Sequence[bool | None]:
        """Whether each row is held out, None where the file leaves that to the rules."""
        if _SPLIT not in self._table.columns:
            return [None] * len(self._ids)
        named = [name.lower() for name in self._table.filled(_SPLIT, f"be one of {', '.join(_HELD_OUT)}")]
        for row, name in enumerate(named):
            if name not in _HELD_OUT:
                raise self._table.error(row, f"{_SPLIT} must be one of {', '.join(_HELD_OUT)}, found {name!r}")
        return [_HELD_OUT[name] for name in named]

    def _problems(self) -> Iterator[Problem]:
        for row, (name, mask) in enumerate(zip(self._ids, self._mask_ids, strict=True)):
            image, its_mask = Found(name, self._images.missing.get(name, "")), None
            if mask:
                its_mask = Found(mask, self._masks.missing.get(mask, ""))
            if problem := _problem(image, its_mask, self._table.place(row)):
                yield problem
