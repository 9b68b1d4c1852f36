"""Tables that people write about images, a row an image: CSV files with a header, and Parquet files."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from core.data.csv_lines import csv_file_lines
from core.data.parquet import PARQUET_SUFFIX, parquet_rows, read_parquet
from core.errors import InputError

Column = TypeVar("Column")


@dataclass(frozen=True, eq=False)
class Table:
    """A table as it was written."""

    path: Path
    columns: Mapping[str, Sequence[str]]
    """Cells of each column without spaces around them, all of one length; known names are in lower case."""
    numbers: Sequence[int]
    """Number of each row's line in a CSV file, of the row itself in a Parquet file."""
    unit: str
    """What is numbered: 'line' or 'row'."""
    notes: tuple[str, ...] = ()
    """What was passed over."""

    def place(self, row: int) -> str:
        """Where a row stands: 'line 3'."""
        return f"{self.unit} {self.numbers[row]}"

    def error(self, row: int, rule: str) -> InputError:
        """What is wrong with a row."""
        return InputError(f"{self.path}, {self.place(row)}: {rule}")

    def filled(self, name: str, rule: str) -> Sequence[str]:
        """Cells of a column that leaves none out.

        Raises
        ------
        InputError
            naming the first row that does, where the `rule` is what each cell must do.
        """
        cells = self.columns[name]
        if "" in cells:
            raise self.error(cells.index(""), f"{name} must {rule}, found nothing")
        return cells

    def image_ids(self) -> list[str]:
        """Ids of the samples that the column 'image' names.

        Raises
        ------
        InputError
            naming the first row that names none.
        """
        written = self.filled("image", "name an image")
        return [name.replace("\\", "/").removeprefix("./") for name in written]

    def not_among(self, ids: Collection[str]) -> tuple[str, ...]:
        """A note of the images that are not in the data; nothing where all are."""
        others = [(row, image) for row, image in enumerate(self.image_ids()) if image not in ids]
        if not others:
            return ()
        row, image = others[0]
        first = f"the first {image} in {self.place(row)}"
        return (f"{self.path.name}: images that are not in the data: {len(others)}, {first}.",)

    def further(self, known: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The columns but the known ones."""
        return {name: cells for name, cells in self.columns.items() if name not in known}


def read_table(path: Path, required: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """Read a table; the ending of its name tells of which kind it is.

    The columns that are required or optional are known whatever their case; columns without a name are passed over.

    Raises
    ------
    InputError
        naming file and place, where it cannot be read, a required column is missing, one stands twice, a row has not
        as many fields as the header, or there is no row.
    """
    if path.suffix.lower() == PARQUET_SUFFIX:
        found = read_parquet(path)
        header = _parquet_header(path, found.names, required)
        columns = header.named(found.columns, required, optional)
        table = Table(path, columns, range(1, found.rows + 1), "row", found.notes)
    else:
        table = _read_csv(path, required, optional)
    if not table.numbers:
        raise InputError(f"{path}: no row follows the header")
    return table


def table_rows(
    path: Path, required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[str, list[str | None]]]:
    """Rows of a table one by one, which takes no memory: where each stands, and its cells of the known columns.

    Those of an optional column that is missing are None.

    Raises
    ------
    InputError
        where `read_table` does, but for a table without rows; of several faults perhaps another one is told.
    """
    if path.suffix.lower() == PARQUET_SUFFIX:
        names, rows = parquet_rows(path)
        unit, header = "row", _parquet_header(path, names, required)
    else:
        names, header, rows = _csv_rows(path, required)
        unit = "line"
    places = header.named(range(len(names)), required, optional)
    chosen = [places.get(name) for name in (*required, *optional)]
    for number, cells in rows:
        yield f"{unit} {number}", [None if place is None else cells[place] for place in chosen]


def header_of(path: Path) -> list[str]:
    """Names of the columns of a CSV file in lower case; empty where it has none."""
    return [name.lower() for name in next(csv_file_lines(path), (1, []))[1]]


def _read_csv(path: Path, required: Sequence[str], optional: Sequence[str]) -> Table:
    names, header, rows = _csv_rows(path, required)
    numbers: list[int] = []
    columns: list[list[str]] = [[] for _ in names]
    for line, fields in rows:
        numbers.append(line)
        for cells, field in zip(columns, fields, strict=False):
            cells.append(field)
    return Table(path, header.named(columns, required, optional), numbers, "line")


def _csv_rows(path: Path, required: Sequence[str]) -> tuple[Sequence[str], "_Header", Iterator[tuple[int, list[str]]]]:
    """Names of the columns, the header, and what follows it."""
    lines = csv_file_lines(path)
    first_line, names = next(lines, (1, []))
    rule = f"the first line must name the columns {','.join(required)}"
    if not names:
        raise InputError(f"{path}: the file is empty; {rule}")

    def checked() -> Iterator[tuple[int, list[str]]]:
        for line, fields in lines:
            if len(fields) < len(names) or any(fields[len(names) :]):
                raise InputError(
                    f"{path}, line {line}: a row must have the header's {len(names)} fields, found {len(fields)}"
                )
            yield line, fields

    return names, _Header(f"{path}, line {first_line}", f"{rule}, separated by commas", names), checked()


def _parquet_header(path: Path, names: Sequence[str], required: Sequence[str]) -> "_Header":
    return _Header(str(path), f"the table must have the columns {','.join(required)}", names)


@dataclass(frozen=True)
class _Header:
    """Names of columns as they were written."""

    place: str
    """Where they stand."""
    rule: str
    """Which of them there must be, in words."""
    names: Sequence[str]

    def named(self, columns: Sequence[Column], required: Sequence[str], optional: Sequence[str]) -> dict[str, Column]:
        """The columns, or what else stands for each, by their names, of which each stands once."""
        lower = [name.lower() for name in self.names]
        if not set(required) <= set(lower):
            raise InputError(f"{self.place}: {self.rule}, found {','.join(self.names)!r}")
        for name in filter(None, lower):
            if lower.count(name) > 1:
                raise InputError(f"{self.place}: the column {name} must stand once, found it {lower.count(name)} times")
        known = {*required, *optional}
        found = zip(self.names, lower, columns, strict=True)
        return {low if low in known else name: cells for name, low, cells in found if name}
