"""Very many texts in two files: their bytes one after the other, and where each of them ends."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.files import ARRAY_ERRORS, replacing

_BYTES, _ENDS = ".utf8", ".ends.npy"


def write_strings(folder: Path, name: str, texts: Iterable[str]) -> None:
    """Write texts as `name`.utf8 and `name`.ends.npy, eight bytes a text beside the text itself.

    Raises
    ------
    OSError
        where they cannot be written.
    """
    ends: list[int] = []
    end = 0
    with replacing(folder / f"{name}{_BYTES}") as temporary, temporary.open("wb") as file:
        for text in texts:
            end += file.write(text.encode("utf-8", "surrogateescape"))
            ends.append(end)
    with replacing(folder / f"{name}{_ENDS}") as temporary, temporary.open("wb") as file:
        np.save(file, np.array(ends, dtype=np.int64))


class Strings(Sequence[str]):
    """Texts that `write_strings` wrote; each is read when it is asked for, and no file stays open.

    Parameters
    ----------
    folder, name
        As they were written.

    Raises
    ------
    InputError
        where the files are missing or do not belong together.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._bytes, self._ends_file = folder / f"{name}{_BYTES}", folder / f"{name}{_ENDS}"
        ends = self._ends()
        self._count = len(ends)
        size = _size(self._bytes)
        if ends.dtype != np.int64 or ends.ndim != 1 or (int(ends[-1]) if len(ends) else 0) != size:
            raise InputError(f"{self._ends_file}: damaged, its last text must end at byte {size} of {self._bytes.name}")

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return self.at(np.arange(self._count)[place])
        if not -self._count <= place < self._count:
            raise IndexError(place)
        return self.at(np.array([place % self._count]))[0]

    def __iter__(self) -> Iterator[str]:
        for start in range(0, self._count, 1 << 16):
            yield from self[start : start + (1 << 16)]

    def at(self, places: NDArray[np.integer]) -> list[str]:
        """The texts at some places [K], in their order.

        Raises
        ------
        InputError
            where the file cannot be read by now.
        """
        ends = self._ends()
        found = []
        try:
            with self._bytes.open("rb") as file:
                for place in places.tolist():
                    start = int(ends[place - 1]) if place else 0
                    file.seek(start)
                    found.append(file.read(int(ends[place]) - start).decode("utf-8", "surrogateescape"))
        except (OSError, ValueError) as error:
            raise InputError(f"{self._bytes}: cannot be read ({error})") from error
        return found

    def _ends(self) -> NDArray[np.int64]:
        """Mapped, so that one text of millions costs one page."""
        return mapped_array(self._ends_file)


def mapped_array(file: Path) -> NDArray[np.int64]:
    """An array of a .npy file, memory-mapped where it is not empty.

    Raises
    ------
    InputError
        where it cannot be read.
    """
    try:
        found: NDArray[np.int64] = np.load(file, mmap_mode="r", allow_pickle=False)
    except ARRAY_ERRORS as error:
        raise InputError(f"{file}: cannot be read ({error})") from error
    return found


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from error
