"""Tables that people write about images, a row an image: CSV files with a header, and Parquet files."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.data.csv_lines import csv_lines
from core.data.parquet import PARQUET_SUFFIX, read_parquet
from core.errors import InputError
from core.files import read_text


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
        columns = _named(str(path), found.names, found.columns, required, optional)
        table = Table(path, columns, range(1, found.rows + 1), "row", found.notes)
    else:
        table = _read_csv(path, required, optional)
    if not table.numbers:
        raise InputError(f"{path}: no row follows the header")
    return table


def header_of(path: Path) -> list[str]:
    """Names of the columns of a CSV file in lower case; empty where it has none."""
    return [name.lower() for name in next(csv_lines(path, read_text(path)), (1, []))[1]]


def _read_csv(path: Path, required: Sequence[str], optional: Sequence[str]) -> Table:
    lines = csv_lines(path, read_text(path))
    first_line, header = next(lines, (1, []))
    if not header:
        raise InputError(f"{path}: the file is empty; the first line must name the columns {','.join(required)}")
    numbers: list[int] = []
    columns: list[list[str]] = [[] for _ in header]
    for line, fields in lines:
        if len(fields) < len(header) or any(fields[len(header) :]):
            rule = f"a row must have the header's {len(header)} fields, found {len(fields)}"
            raise InputError(f"{path}, line {line}: {rule}")
        numbers.append(line)
        for cells, field in zip(columns, fields, strict=False):
            cells.append(field)
    return Table(path, _named(f"{path}, line {first_line}", header, columns, required, optional), numbers, "line")


def _named(
    place: str,
    header: Sequence[str],
    columns: Sequence[Sequence[str]],
    required: Sequence[str],
    optional: Sequence[str],
) -> dict[str, Sequence[str]]:
    """The columns by their names; the header stands at `place`."""
    lower = [name.lower() for name in header]
    if not set(required) <= set(lower):
        rule = f"the first line must name the columns {','.join(required)}, separated by commas"
        raise InputError(f"{place}: {rule}, found {','.join(header)!r}")
    for name in filter(None, lower):
        if lower.count(name) > 1:
            raise InputError(f"{place}: the column {name} must stand once, found it {lower.count(name)} times")
    known = {*required, *optional}
    found = zip(header, lower, columns, strict=True)
    return {low if low in known else name: cells for name, low, cells in found if name}
