"""Parquet files as columns of text; pyarrow reads them, which is installed on demand."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import InputError

if TYPE_CHECKING:
    from pyarrow import Array, ChunkedArray
    from pyarrow.parquet import ParquetFile

PARQUET_SUFFIX = ".parquet"
"""Ending of such a file, in lower case."""
_ROWS_AT_ONCE = 1 << 14


@dataclass(frozen=True, eq=False)
class ParquetColumns:
    """What of a Parquet file can be written as text."""

    names: Sequence[str]
    columns: Sequence[Sequence[str]]
    """Cells without spaces around them; a missing value is empty, a number has all its digits."""
    rows: int
    notes: tuple[str, ...]
    """Which columns were passed over."""


def read_parquet(path: Path) -> ParquetColumns:
    """Read a Parquet file; columns of lists, records or bytes are passed over with a note.

    Raises
    ------
    InputError
        where the file cannot be read, or pyarrow is not installed.
    """
    with _opened(path) as (file, used, others):
        table = file.read(columns=used)
        columns = [_cells(table.column(place)) for place in range(table.num_columns)]
    notes = (f"{path.name}: the columns {', '.join(map(repr, others))} are passed over: neither numbers nor text.",)
    return ParquetColumns(table.column_names, columns, table.num_rows, notes if others else ())


def parquet_rows(path: Path) -> tuple[Sequence[str], Iterator[tuple[int, list[str]]]]:
    """Names of the columns that `read_parquet` reads, and number and cells of each row, of which some are in memory.

    Raises
    ------
    InputError
        as `read_parquet`.
    """
    with _opened(path) as (_, names, _):
        pass

    def rows() -> Iterator[tuple[int, list[str]]]:
        number = 0
        with _opened(path) as (file, used, _):
            for batch in file.iter_batches(_ROWS_AT_ONCE, columns=used):
                for cells in zip(*map(_cells, batch.columns), strict=True):
                    number += 1
                    yield number, list(cells)

    return names, rows()


@contextmanager
def _opened(path: Path) -> Iterator[tuple["ParquetFile", list[str], list[str]]]:
    """The file, the columns that can be written as text, and the others; errors in the block are the file's."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise InputError(f"{path}: Parquet files need pyarrow: pip install 'metric-explorer[parquet]'") from error
    try:
        with parquet.ParquetFile(path) as file:
            fields = list(file.schema_arrow)
            others = [field.name for field in fields if _is_foreign(field.type)]
            yield file, [field.name for field in fields if not _is_foreign(field.type)], others
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path}: the file cannot be read as Parquet ({_first_line(error)})") from error


def _cells(column: "Array | ChunkedArray") -> list[str]:
    from pyarrow import string

    return [(cell or "").strip() for cell in column.cast(string()).to_pylist()]


def _is_foreign(kind: object) -> bool:
    from pyarrow import types

    is_bytes = types.is_binary(kind) or types.is_large_binary(kind) or types.is_fixed_size_binary(kind)
    return bool(types.is_nested(kind) or is_bytes)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
