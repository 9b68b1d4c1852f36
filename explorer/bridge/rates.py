"""The search for a learning rate, as work behind the window."""

from typing import TYPE_CHECKING

from core.config import RunConfig
from explorer.bridge.long_work import StageWatcher, Work

if TYPE_CHECKING:
    from core.training.rate_finder import RateSearch


def rate_search(config: RunConfig) -> Work:
    """Try learning rates for a run with these settings; gives a RateSearch. Nothing may train meanwhile."""

    def work(watcher: StageWatcher) -> "RateSearch":
        from core.training.rate_finder import find_rate

        return find_rate(config, watcher.staged)

    return work
