"""What the user hears of while the window is in the background: the end of a run or of long work, and failures."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from core.training.records import Finished
from explorer import formats
from explorer.bridge.hub import Bridges
from explorer.bridge.long_work import WorkBridge
from explorer.notifier import Notifier
from explorer.state import ExplorerState
from explorer.translation import tr
from explorer.widgets.journal import Journal

_LONG_S = 10.0
"""Work that has taken less is not worth a notice."""


class NoticeController(QObject):
    """Listens to training, to long work and to the journal."""

    def __init__(
        self,
        state: ExplorerState,
        bridges: Bridges,
        journal: Journal,
        notifier: Notifier,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(notifier)
        self._state, self._notifier, self._clock = state, notifier, clock
        self._since: dict[str, float] = {}
        bridges.training.finished.connect(self._on_trained)
        journal.problem_added.connect(lambda message: notifier.tell(tr("Something went wrong"), message))
        for done, bridge in _long_work(bridges).items():
            bridge.progressed.connect(lambda _kind, _progress, done=done: self._since.setdefault(done, clock()))
            bridge.finished.connect(lambda _kind, _found, done=done: self._end(done, is_done=True))
            bridge.failed.connect(lambda _kind, _message, _details, done=done: self._end(done, is_done=False))
            bridge.cancelled.connect(lambda _kind, done=done: self._end(done, is_done=False))

    def _on_trained(self, event: Finished) -> None:
        if event.step == 0:
            return
        run = "" if self._state.run is None else f"{self._state.run.path.name}: "
        title = tr("Training was stopped") if event.stopped else tr("Training is done")
        self._notifier.tell(title, tr("{run}at step {step}").format(run=run, step=formats.count(event.step)))

    def _end(self, done: str, *, is_done: bool) -> None:
        """Tell of long work that is done; a failure is a problem in the journal already."""
        since = self._since.pop(done, None)
        if is_done and since is not None and self._clock() - since >= _LONG_S:
            self._notifier.tell(done, tr("After {time}").format(time=formats.duration(self._clock() - since)))


def _long_work(bridges: Bridges) -> dict[str, WorkBridge]:
    """Work that may take minutes, by what is said when it is done."""
    return {
        tr("The evaluation is done"): bridges.evaluating,
        tr("The embeddings are read"): bridges.embedded,
        tr("The download is done"): bridges.downloads,
        tr("The export is done"): bridges.exporting,
        tr("The model is exported"): bridges.taking,
        tr("The verdicts are there"): bridges.verdicts,
        tr("The images were inspected"): bridges.inspecting,
        tr("The search is done"): bridges.searching,
        tr("The scalars are written"): bridges.scalars,
    }
