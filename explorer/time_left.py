"""How long a piece of work still takes, guessed from the share that is done."""

import time
from collections.abc import Callable

_AFTER_S = 3.0
"""Nothing is told before so much time was spent,"""
_FROM = 0.05
"""and so large a share was done."""
_NEWEST = 0.3
"""Weight of the newest guess; the rest is what was guessed before, so that the end does not jump about."""


class TimeLeft:
    """Guesses the end of the work and counts down to it; the guess changes only when more is done.

    Parameters
    ----------
    clock
        Seconds from any beginning.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end: float | None = None
        self.begin()

    def begin(self, share: float = 0.0) -> None:
        """Begin with a piece of work, of which a share is done already."""
        self._since, self._first, self._share, self._end = self._clock(), share, share, None

    def at(self, share: float) -> float | None:
        """Whole seconds that are left when a share is done, 0 to 1; None before that can be told."""
        now = self._clock()
        if share < self._share:
            self.begin(share)
        elif share > self._share:
            self._share = share
            self._guess(now)
        if self._end is None or self._end <= now:  # it takes longer than was thought, nobody knows how long
            return None
        return float(round(self._end - now))

    def _guess(self, now: float) -> None:
        spent, done = now - self._since, self._share - self._first
        if spent < _AFTER_S or done < _FROM:
            return
        end = now + spent * (1.0 - self._share) / done
        known = self._end if self._end is not None and self._end > now else end
        self._end = _NEWEST * end + (1.0 - _NEWEST) * known
