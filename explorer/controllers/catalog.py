"""Published data sets: offered where they are not on this machine, fetched behind the window, then chosen."""

from functools import partial

from PySide6.QtCore import QObject

from core.data.catalog.catalog import CATALOG, download
from explorer.bridge.long_work import Progress, StageWatcher, WorkBridge
from explorer.controllers.data import DataController
from explorer.panels.run_setup import RunSetupPanel
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine


class CatalogController(QObject):
    """One download at a time, and only after a click."""

    def __init__(
        self, downloads: WorkBridge, data: DataController, *, setup: RunSetupPanel, status: StatusLine
    ) -> None:
        super().__init__()
        self._downloads, self._data = downloads, data
        self._offer, self._setup, self._status = setup.download, setup, status
        self._offer.requested.connect(self._begin)
        self._offer.cancel_requested.connect(downloads.cancel)
        downloads.progressed.connect(self._show)
        downloads.finished.connect(self._finish)
        downloads.failed.connect(self._fail)
        downloads.cancelled.connect(self._cancel)

    def _begin(self, name: str) -> None:
        self._setup.offer_download(CATALOG[name])  # without the problem of an earlier try
        self._offer.begin(CATALOG[name].title)
        self._downloads.begin(name, partial(_fetch, name))

    def _show(self, _name: str, progress: Progress) -> None:
        self._offer.show_progress(progress.stage, progress.share, progress.seconds_left)

    def _finish(self, name: str, _folder: object) -> None:
        self._offer.end()
        self._status.say(tr("{title} is on this machine now").format(title=CATALOG[name].title))
        if self._setup.settings()["data"] == name:
            self._data.choose(name)

    def _fail(self, name: str, message: str, details: str) -> None:
        self._offer.end()
        self._setup.show_problem(message)
        if self._setup.settings()["data"] == name:
            self._offer.offer(CATALOG[name])
        self._status.complain(message, details)

    def _cancel(self, name: str) -> None:
        self._offer.end()
        self._status.say(
            tr("{title}: what has come is kept, and the next download goes on from there").format(
                title=CATALOG[name].title
            )
        )


def _fetch(name: str, watcher: StageWatcher) -> object:
    return download(name, watcher.staged)
