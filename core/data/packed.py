"""Many texts in memory, by the bytes that they have."""

import heapq
from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_SORTED_AT_ONCE = 1 << 16


class Order(NamedTuple):
    """In which order texts are."""

    places: NDArray[np.int64]
    """[N], of the first, the second, ...; equal ones as they stand."""
    repeats: bool
    """Whether a text stands twice."""


class PackedTexts:
    """Texts one after the other as UTF-8 and where each ends: eight bytes a text beside the text itself.

    A list of ten million names takes a gigabyte, and twice that as paths.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._bytes, self._ends = bytearray(), array("q")
        for text in texts:
            self.append(text)

    def append(self, text: str) -> None:
        """Add a text at the end."""
        self._bytes += text.encode("utf-8", "surrogateescape")
        self._ends.append(len(self._bytes))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, place: int) -> str:
        """The text at a place from 0 on."""
        return self._encoded(place).decode("utf-8", "surrogateescape")

    def between(self, start: int, stop: int) -> Iterator[str]:
        """The texts from and to a place."""
        return (self[place] for place in range(start, stop))

    def order(self) -> "Order":
        """The order of their code points.

        Sorted in parts that are merged, so that few texts are taken out at a time.
        """
        starts = range(0, len(self), _SORTED_AT_ONCE)
        parts = [self._sorted(start, min(start + _SORTED_AT_ONCE, len(self))) for start in starts]
        places, repeats, before = np.empty(len(self), np.int64), False, None
        for rank, (text, place) in enumerate(heapq.merge(*map(self._numbered, parts))):
            places[rank] = place
            repeats, before = repeats or text == before, text
        return Order(places, repeats)

    def _numbered(self, part: "array[int]") -> Iterator[tuple[bytes, int]]:
        return ((self._encoded(place), place) for place in part)

    def _sorted(self, start: int, stop: int) -> "array[int]":
        return array("q", sorted(range(start, stop), key=self._encoded))  # UTF-8 keeps the order of code points

    def _encoded(self, place: int) -> bytes:
        return bytes(self._bytes[self._ends[place - 1] if place else 0 : self._ends[place]])
