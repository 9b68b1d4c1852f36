"""Time of training, and how much of it may go into looking at it."""

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median_low

_ALWAYS_COVERED = 2
_NEWEST = 9
"""Looks that tell what one takes."""


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
        try:
            yield
        finally:
            if running:
                self.run()

    @property
    def seconds(self) -> float:
        """Seconds counted so far."""
        return self._before + (0.0 if self._since is None else time.perf_counter() - self._since)


class Allowance:
    """Time that may be taken from training, as a share of what is trained from the second `since` on.

    What a look takes is told by the lower median of the newest ones: the first one loads what all others use, and on a
    busy machine some take ten times as long. Short runs would hardly be looked at if those were charged in full.
    """

    def __init__(self, share: float, since: float = 0.0) -> None:
        self._share, self._since = share, since
        self._looks = 0
        self._newest: deque[float] = deque(maxlen=_NEWEST)

    def covers_another(self, training_seconds: float) -> bool:
        """Whether there is time for one more look; the first is always covered, and the second, which tells its price.

        All looks so far are taken to have cost what one usually costs.
        """
        if self._looks < _ALWAYS_COVERED:
            return True
        usual = median_low(self._newest)
        return (self._looks + 1) * usual <= self._share * (training_seconds - self._since)

    def spend(self, seconds: float) -> None:
        """Charge a look."""
        self._looks += 1
        self._newest.append(seconds)
