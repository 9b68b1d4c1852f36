"""How far the listing of data and the opening of a run are, with a button that ends them."""

from PySide6.QtCore import QObject, QTimer

from explorer.bridge.library import LibraryBridge
from explorer.bridge.long_work import Progress
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine
from explorer.widgets.work_line import WorkLine

_AFTER_MS = 400
"""What is read in less is not told: most data and runs are."""


class ReadingController(QObject):
    """Shows the progress beside the status; what was shown before stays where the user ends it."""

    def __init__(self, library: LibraryBridge, *, status: StatusLine) -> None:
        super().__init__(status)  # whose line its timer writes to: both end with the window
        self.work = WorkLine(cancel_help=tr("End the reading; what was shown before stays."))
        status.add_work(self.work)
        self._progress: Progress | None = None
        self._patience = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._patience.timeout.connect(self._begin)
        self.work.cancel_requested.connect(library.cancel)
        library.progressed.connect(self._show)
        for cancelled in (library.listing_cancelled, library.run_cancelled):
            cancelled.connect(lambda: status.say(tr("Cancelled; what was shown before stays")))

    def _show(self, progress: Progress | None) -> None:
        self._progress = progress
        if progress is None:
            self._patience.stop()
            self.work.end()
        elif not self.work.isHidden():
            self._tell(progress)
        elif not self._patience.isActive():
            self._patience.start()

    def _begin(self) -> None:
        if self._progress is not None:
            self.work.begin(self._progress.stage)
            self._tell(self._progress)

    def _tell(self, progress: Progress) -> None:
        self.work.show_progress(progress.stage, progress.share or None, progress.seconds_left)
