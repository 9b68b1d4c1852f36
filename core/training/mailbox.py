"""The channels out of the training thread; each states what it guarantees."""

from collections import deque
from contextlib import suppress
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """One slot: a new value replaces an unread one, so that no backlog can build up."""

    def __init__(self) -> None:
        self._slot: deque[T] = deque(maxlen=1)

    def put(self, value: T) -> None:
        """Leave `value`, in place of an unread one."""
        self._slot.append(value)

    def take(self) -> T | None:
        """Take the newest value, None where nothing came since the last take."""
        try:
            return self._slot.pop()
        except IndexError:
            return None


class Log(Generic[T]):
    """Append-only list read by cursor: nothing is lost, any number of readers, reading copies only what is new."""

    def __init__(self) -> None:
        self._items: list[T] = []

    def append(self, item: T) -> None:
        """Add one item."""
        self._items.append(item)

    def since(self, cursor: int) -> tuple[list[T], int]:
        """Items from position `cursor` on, and the cursor for the next call."""
        items = self._items[cursor:]
        return items, cursor + len(items)


class Queue(Generic[T]):
    """First in, first out; nothing is dropped."""

    def __init__(self) -> None:
        self._items: deque[T] = deque()

    def put(self, item: T) -> None:
        """Add one item."""
        self._items.append(item)

    def drain(self) -> list[T]:
        """Take all items that are there now, in order."""
        items: list[T] = []
        with suppress(IndexError):  # another reader took the rest
            for _ in range(len(self._items)):
                items.append(self._items.popleft())
        return items
