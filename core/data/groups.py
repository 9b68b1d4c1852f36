"""Groups of images, such as those of one shoot or one video, of which pairs tell an evaluation nothing."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.data.columns import text_column
from core.data.dataset import NO_GROUP, Dataset
from core.data.table import read_table

GROUPS_FILE = "groups.csv"
"""Beside the folder `images`, or in the data folder that holds the classes."""

GROUP_COLUMN = "group"
_COLUMNS = ("image", GROUP_COLUMN)


def with_groups(dataset: Dataset, path: Path) -> Dataset:
    """The data set with the groups of a CSV file: columns image, the id of a sample, and group, any name.

    Other columns are passed over. Images that the file does not name, or gives no group, belong to none. Rows that
    name no image of the data set are a note; so is how many groups there are.

    Raises
    ------
    InputError
        naming file and line, where it is no such file, a row cannot be understood, or an image is put into two groups.
    """
    table = read_table(path, _COLUMNS)
    groups = table.columns[GROUP_COLUMN]
    rows: dict[str, int] = {}
    for row, image in enumerate(table.image_ids()):
        first = rows.setdefault(image, row)
        if groups[first] != groups[row]:
            rule = f"{image} must be of one group, found {groups[row]!r}, and {groups[first]!r} in {table.place(first)}"
            raise table.error(row, rule)
    others = ", ".join(map(repr, table.further(_COLUMNS)))
    passed_over = (f"{path.name}: the columns {others} are passed over.",) if others else ()
    unknown = table.not_among({sample.id for sample in dataset.samples})
    found = grouped(dataset, [groups[rows[sample.id]] if sample.id in rows else "" for sample in dataset.samples], path)
    return replace(found, notes=(*dataset.notes, *passed_over, *unknown, found.notes[-1]))


def grouped(dataset: Dataset, names: Sequence[str], path: Path) -> Dataset:
    """The data set with a group of each sample, empty for none, that a file names; a note says how many there are.

    The groups are a column as well.
    """
    numbers = {name: number for number, name in enumerate(dict.fromkeys(filter(None, names)))}
    samples = (
        replace(sample, group=numbers.get(name, NO_GROUP)) for sample, name in zip(dataset.samples, names, strict=True)
    )
    found = (
        f"{path.name}: groups: {len(numbers)}, of {sum(map(bool, names))} images; pairs within a group are left out of "
        "every evaluation."
    )
    columns = (*dataset.columns, text_column(GROUP_COLUMN, names)) if numbers else dataset.columns
    return replace(dataset, samples=tuple(samples), columns=columns, notes=(*dataset.notes, found))


def groups_or_none(groups: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """The groups [N]; None where every image is of none."""
    return groups if (groups != NO_GROUP).any() else None
