"""Files that grow by lines, each of which is there wholly or not at all."""

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self


class LineFile:
    """A file open for appending; every line reaches the system as it is written.

    Raises
    ------
    OSError
        where it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)

    def write(self, line: str) -> None:
        """Add a line.

        Raises
        ------
        OSError
            where it cannot be written; then no part of it stays, and it can be written again.
        """
        begin = os.fstat(self._file.fileno()).st_size
        rest = memoryview(f"{line}\n".encode())
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:
            with suppress(OSError):  # a pipe or a device keeps what it has taken
                self._file.truncate(begin)
            raise

    def close(self) -> None:
        """Write no more."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def to_disk(*paths: Path) -> None:
    """Bring what the system still keeps of files to the disk, where a power cut leaves it.

    Raises
    ------
    OSError
        where a file is gone or the disk takes no more.
    """
    for path in paths:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
