"""How far a drawing is: what the methods tell, and how seldom that is passed on."""

import re
import time
from collections.abc import Callable

Report = Callable[[str, float | None], None]
"""Takes what is being done and the share of that which is done, 0 to 1; None: not known."""

SEARCHING = "finding neighbours"
WEIGHING = "weighing neighbours"
OPTIMISING = "placing the points"

_INTERVAL = 0.2


def unheard(_stage: str, _share: float | None) -> None:
    """A `Report` for those who do not ask."""


class Throttled:
    """Passes on each new stage, and within one no more than five shares a second."""

    def __init__(self, report: Report, clock: Callable[[], float] = time.monotonic) -> None:
        self._report, self._clock = report, clock
        self._stage, self._next = "", 0.0

    def __call__(self, stage: str, share: float | None) -> None:
        """Take a stage and a share."""
        now = self._clock()
        if stage != self._stage or now >= self._next:
            self._stage, self._next = stage, now + _INTERVAL
            self._report(stage, share)


class Overheard:
    """A text file for a library that tells its progress in print only.

    Parameters
    ----------
    pattern
        A number of what is done, then one of how much there is or nothing where `total` says that.
    """

    def __init__(self, pattern: str, stage: str, report: Report, total: int | None = None) -> None:
        self._pattern, self._stage, self._report, self._total = re.compile(pattern), stage, report, total

    def write(self, text: str) -> int:
        """Read a line for what it tells."""
        found = self._pattern.search(text)
        if found is not None:
            done, *of = map(int, found.groups())
            total = of[0] if of else self._total
            self._report(self._stage, done / total if total else None)
        return len(text)

    def flush(self) -> None:
        """Nothing is kept."""
