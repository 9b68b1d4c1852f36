"""Time of training, and how much of it may go into looking at it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Seconds of training; stands still during pauses, evaluation and measurements."""

    def __init__(self, seconds: float = 0.0) -> None:
        self._before = seconds
        self._since: float | None = None

    def run(self) -> None:
        """Go on counting."""
        if self._since is None:
            self._since = time.perf_counter()

    def hold(self) -> None:
        """Stand still."""
        self._before, self._since = self.seconds, None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Stand still meanwhile; afterwards run again where it ran."""
        running = self._since is not None
        self.hold()
        yield
        if running:
            self.run()

    @property
    def seconds(self) -> float:
        """Seconds counted so far."""
        return self._before + (0.0 if self._since is None else time.perf_counter() - self._since)


class Allowance:
    """Time that may be taken from training, as a share of what is trained from the second `since` on."""

    def __init__(self, share: float, since: float = 0.0) -> None:
        self._share, self._since = share, since
        self._spent = self._last = 0.0

    def covers_another(self, training_seconds: float) -> bool:
        """Whether there is time for one more look as long as the last one; the first is always covered."""
        return self._spent == 0.0 or self._spent + self._last <= self._share * (training_seconds - self._since)

    def spend(self, seconds: float) -> None:
        """Charge a look."""
        self._spent += seconds
        self._last = seconds
