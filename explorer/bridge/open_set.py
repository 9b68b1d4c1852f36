"""Measures open-set rates behind the window, with progress and cancel."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from core.training.records import TrainingSnapshot
from explorer.bridge.newest import NewestBridge
from explorer.bridge.watch import Watcher

if TYPE_CHECKING:
    from core.distances import Distance
    from core.evaluation.open_set import OpenSetRates
    from core.evaluation.open_set_points import EnrolmentRule


@dataclass(frozen=True, eq=False)
class RatesWish:
    """Rates that are wanted."""

    snapshot: TrainingSnapshot
    distance: "str | Distance"
    shots: int
    """Images that each identity is enrolled by."""
    rule: "EnrolmentRule"


class RatesBridge(NewestBridge):
    """One measurement at a time; a newer wish ends what is under way."""

    measured = Signal(object, object)
    """RatesWish and OpenSetRates"""

    key = "rates"

    def measure(self, wish: RatesWish) -> None:
        """Measure; `measured` or `failed` follows, unless it is stopped."""
        self._begin(lambda watcher: _measured(wish, watcher), lambda found: self.measured.emit(wish, found))


def _measured(wish: RatesWish, watcher: Watcher) -> "OpenSetRates":
    from core.evaluation.open_set import OpenSetSettings
    from core.gallery.rates import rates_of_snapshot

    return rates_of_snapshot(wish.snapshot, wish.distance, OpenSetSettings(wish.shots, wish.rule), watch=watcher)
