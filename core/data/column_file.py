"""A file that tells what else is known about the images of a folder."""

from dataclasses import replace
from pathlib import Path

from core.data.columns import columns_of
from core.data.dataset import Dataset
from core.data.table import read_table
from core.errors import InputError

COLUMNS_FILE = "columns.csv"
"""Beside the folder `images`, or in the data folder that holds the classes."""
_IMAGE = "image"


def with_columns(dataset: Dataset, path: Path) -> Dataset:
    """The data set with the columns of a CSV file: image, the id of a sample, and any others.

    Nothing is known about images that the file does not name. Rows that name no image of the data set are a note.

    Raises
    ------
    InputError
        naming file and line, where it is no such file, a row cannot be understood, an image stands twice, or a column
        is known from elsewhere.
    """
    table = read_table(path, (_IMAGE,))
    rows: dict[str, int] = {}
    for row, image in enumerate(table.image_ids()):
        if (first := rows.setdefault(image, row)) != row:
            raise table.error(row, f"{image} must stand once, found it in {table.place(first)} too")
    further = table.further((_IMAGE,))
    if not further:
        raise InputError(f"{path}: a column beside image is needed, found none")
    if twice := [column.name for column in dataset.columns if column.name in further]:
        raise InputError(f"{path}: the column {twice[0]!r} must not stand here too, another file has it")
    places = [rows.get(sample.id, -1) for sample in dataset.samples]
    cells = {name: ["" if place < 0 else column[place] for place in places] for name, column in further.items()}
    unknown = table.not_among({sample.id for sample in dataset.samples})
    return replace(dataset, columns=(*dataset.columns, *columns_of(cells)), notes=(*dataset.notes, *unknown))
