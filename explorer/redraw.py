"""Who redraws when: one panel a tick, each at most four times a second."""

import time
from collections.abc import Callable, Sequence

from explorer.panels.panel import LivePanel

INTERVAL = 0.25
"""Seconds between two redraws of the same panel, at least."""


class RedrawScheduler:
    """Takes turns between live panels, so that no tick of the window pays for more than one of them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._panels: list[LivePanel] = []
        self._last: dict[LivePanel, float] = {}

    def add(self, panels: Sequence[LivePanel]) -> None:
        """Take panels into the round."""
        self._panels.extend(panels)

    def tick(self) -> None:
        """Redraw the first panel in the round that is due and wants it; then it is the last in the round."""
        now = self._clock()
        for panel in self._panels:
            if now - self._last.get(panel, -INTERVAL) >= INTERVAL and panel.redraw_if_due():
                self._last[panel] = now
                self._panels.remove(panel)
                self._panels.append(panel)
                return
