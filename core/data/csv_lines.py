"""CSV files that people write, line by line."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path

from core.errors import InputError
from core.files import read_text


def csv_lines(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Number and stripped fields of each line of a file's text that is not blank.

    Raises
    ------
    InputError
        naming file and line, where it is not valid CSV.
    """
    yield from _parsed(path, StringIO(text, newline=""))


def csv_file_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """As `csv_lines` of a file's text, of which a line at a time is in memory.

    Raises
    ------
    InputError
        as `csv_lines`; where the file cannot be read, or naming the line that is not UTF-8.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _parsed(path, file)
    except (OSError, UnicodeDecodeError):
        read_text(path)  # which says what is wrong with it
        raise


def _parsed(path: Path, lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, strict=True)
    try:
        for fields in reader:
            if any(stripped := [part.strip() for part in fields]):
                yield reader.line_num, stripped
    except csv.Error as error:
        raise InputError(f"{path}, line {reader.line_num}: not valid CSV ({error})") from error
