"""CSV files that people write, line by line."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from core.errors import InputError


def csv_lines(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Number and stripped fields of each line of a file's text that is not blank.

    Raises
    ------
    InputError
        naming file and line, where it is not valid CSV.
    """
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        for fields in reader:
            if any(stripped := [part.strip() for part in fields]):
                yield reader.line_num, stripped
    except csv.Error as error:
        raise InputError(f"{path}, line {reader.line_num}: not valid CSV ({error})") from error
