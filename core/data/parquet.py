"""Parquet files as columns of text; pyarrow reads them, which is installed on demand."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import InputError

PARQUET_SUFFIX = ".parquet"
"""Ending of such a file, in lower case."""


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
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise InputError(f"{path}: Parquet files need pyarrow: pip install 'metric-explorer[parquet]'") from error
    try:
        with parquet.ParquetFile(path) as file:
            fields = list(file.schema_arrow)
            used = [field.name for field in fields if not _is_foreign(field.type)]
            table = file.read(columns=used)
            columns = [table.column(place).cast(pa.string()).to_pylist() for place in range(table.num_columns)]
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path}: the file cannot be read as Parquet ({_first_line(error)})") from error
    others = [field.name for field in fields if _is_foreign(field.type)]
    notes = (f"{path.name}: the columns {', '.join(map(repr, others))} are passed over: neither numbers nor text.",)
    cells = [[(cell or "").strip() for cell in column] for column in columns]
    return ParquetColumns(table.column_names, cells, table.num_rows, notes if others else ())


def _is_foreign(kind: object) -> bool:
    from pyarrow import types

    is_bytes = types.is_binary(kind) or types.is_large_binary(kind) or types.is_fixed_size_binary(kind)
    return bool(types.is_nested(kind) or is_bytes)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
