"""The end of a file of JSON lines that another process writes, perhaps on another machine."""

import json
import os
from pathlib import Path
from typing import Any

from core.errors import InputError

_CHUNK = 16 * 1024 * 1024
"""Bytes that are read at once; no line may be longer."""
_PATIENCE = 40
"""So often a line that is no JSON is read again: a network drive may show a line's room before what stands in it."""


class LineTail:
    """Reads what was added to a file of lines, as cheaply as it can.

    Parameters
    ----------
    path
        Of the file; it need not be there yet.
    skip
        Lines at its beginning that are known already.
    """

    def __init__(self, path: Path, skip: int = 0) -> None:
        self._path, self._skip = path, skip
        self._offset = 0
        self._last = b""
        """The last line that was read, by which the file is known again."""
        self._number = 0
        self._failures = 0
        self._seen: tuple[int, int, int] | None = None
        """Size, time and number of the file when all of it had been read."""

    @property
    def lines(self) -> int:
        """Lines that were read, or skipped."""
        return self._number

    def read(self) -> list[dict[str, Any]] | None:
        """Objects of the whole lines that are new, a part of them where they are very many.

        None where the file is no longer that one made longer: the run was taken back to a checkpoint, and all that was
        read is to be read again by another tail.

        Raises
        ------
        InputError
            where the file cannot be read, or a line is damaged.
        """
        try:
            found = os.stat(self._path)
            state = found.st_size, found.st_mtime_ns, found.st_ino
            if state == self._seen:
                return []
            with self._path.open("rb") as file:
                file.seek(self._offset - len(self._last))
                known, new = file.read(len(self._last)), file.read(_CHUNK)
        except FileNotFoundError:
            return None if self._offset else []
        except OSError as error:
            raise InputError(f"{self._path}: cannot be read ({error.strerror})") from error
        if known != self._last:
            return None
        lines = self._take(new)
        self._seen = state if len(new) < _CHUNK and not self._failures else None
        return lines

    def _take(self, new: bytes) -> list[dict[str, Any]]:
        whole, newline, _half_written = new.rpartition(b"\n")
        if not newline:
            if len(new) == _CHUNK:
                raise InputError(f"{self._path}: damaged, a line must have at most {_CHUNK:,} bytes, found more")
            return []
        found = []
        for line in whole.split(b"\n"):
            if self._number >= self._skip:
                content = self._parse(line)
                if content is None:
                    break
                found.append(content)
            self._number += 1
            self._offset += len(line) + 1
            self._last = line + b"\n"
        return found

    def _parse(self, line: bytes) -> dict[str, Any] | None:
        """Object of a line; None where it is none yet."""
        try:
            content = json.loads(line)
            if not isinstance(content, dict):
                raise ValueError("it must hold a JSON object")
        except (ValueError, RecursionError) as error:
            self._failures += 1
            if self._failures > _PATIENCE:
                raise InputError(
                    f"{self._path}: damaged, line {self._number + 1} is not valid JSON ({error})"
                ) from error
            return None
        self._failures = 0
        return content
