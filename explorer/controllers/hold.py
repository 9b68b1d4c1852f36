"""Says where a run is only to be read, since another window has it."""

from PySide6.QtCore import QObject

from explorer.bridge.hold import RunHold
from explorer.bridge.library import OpenedRun
from explorer.state import ExplorerState, RunView
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine


class HoldController(QObject):
    """Holds the run that is shown, so that of several windows one writes to it."""

    def __init__(self, state: ExplorerState, hold: RunHold, *, status: StatusLine) -> None:
        super().__init__()
        self._hold, self._status = hold, status
        state.run_changed.connect(self._take)

    def show_opened(self, opened: OpenedRun) -> None:
        """Say that nothing is kept with a stored run, unless that is said already."""
        path = opened.run.path
        if self._hold.refusal(path) and not opened.read_only:
            self._status.complain(
                tr(
                    "{path}: opened to read only, since another window has it open; what is chosen "
                    "here is not kept with it until it is closed there and opened here again"
                ).format(path=path)
            )

    def _take(self, run: RunView | None) -> None:
        self._hold.take(None if run is None else run.path)
