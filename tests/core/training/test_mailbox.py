"""What the three channels guarantee, under threads that really run at once."""

import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from core.training.mailbox import Log, Mailbox, Queue

COUNT = 5_000


@pytest.fixture(autouse=True)
def _switch_often() -> Iterator[None]:
    """Threads take turns a thousand times as often as they would."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(before)


def beside(work: Callable[[], None], readers: list[Callable[[], None]]) -> None:
    """Run `work` in a thread, and every reader in one of its own until that is done, and once more."""
    done = threading.Event()

    def read_until_done(reader: Callable[[], None]) -> None:
        while not done.is_set():
            reader()
        reader()

    threads = [threading.Thread(target=read_until_done, args=(reader,)) for reader in readers]
    for thread in threads:
        thread.start()
    work()
    done.set()
    for thread in threads:
        thread.join()


def test_mailbox_gives_the_newest_once() -> None:
    mailbox: Mailbox[int] = Mailbox()
    assert mailbox.take() is None
    mailbox.put(1)
    mailbox.put(2)
    assert mailbox.take() == 2
    assert mailbox.take() is None


def test_mailbox_never_goes_back_and_never_misses_the_last() -> None:
    mailbox: Mailbox[int] = Mailbox()
    taken: list[int] = []

    def read() -> None:
        if (value := mailbox.take()) is not None:
            taken.append(value)

    beside(lambda: [mailbox.put(number) for number in range(COUNT)], [read])
    assert taken == sorted(set(taken))
    assert taken[-1] == COUNT - 1


def test_log_is_read_by_cursor() -> None:
    log: Log[str] = Log()
    assert log.since(0) == ([], 0)
    log.append("a")
    log.append("b")
    assert log.since(0) == (["a", "b"], 2)
    assert log.since(1) == (["b"], 2)
    assert log.since(2) == ([], 2)


def test_log_gives_everything_to_every_reader() -> None:
    log: Log[int] = Log()
    readers = []

    def make_reader() -> tuple[list[int], Callable[[], None]]:
        seen: list[int] = []
        cursor = 0

        def read() -> None:
            nonlocal cursor
            items, cursor = log.since(cursor)
            seen.extend(items)

        return seen, read

    readers = [make_reader() for _ in range(3)]
    beside(lambda: [log.append(number) for number in range(COUNT)], [read for _, read in readers])
    for seen, _ in readers:
        assert seen == list(range(COUNT))


def test_queue_keeps_order_and_drops_nothing() -> None:
    queue: Queue[int] = Queue()
    taken: list[int] = []
    beside(lambda: [queue.put(number) for number in range(COUNT)], [lambda: taken.extend(queue.drain())])
    assert taken == list(range(COUNT))
    assert queue.drain() == []


def test_queue_with_several_readers_gives_each_item_once() -> None:
    queue: Queue[int] = Queue()
    taken: list[list[int]] = [[], []]
    readers = [lambda mine=mine: mine.extend(queue.drain()) for mine in taken]
    beside(lambda: [queue.put(number) for number in range(COUNT)], readers)
    assert sorted(taken[0] + taken[1]) == list(range(COUNT))
    assert all(mine == sorted(mine) for mine in taken)
