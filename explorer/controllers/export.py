"""Taking the model away: asks where to, has it written behind the window, and says what was written."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explorer.bridge.exporting import Written, export
from explorer.bridge.long_work import Progress, WorkBridge
from explorer.dialogs import choose_folder, save_file
from explorer.state import ExplorerState
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine
from explorer.widgets.work_line import WorkLine

ONNX, BUNDLE, REPORT = "onnx", "bundle", "report"
_NO_RUN = tr("Open or train a run first; then its newest checkpoint can be taken away")
_UNDER_WAY = tr("An export is under way; wait for it, or cancel it below")


class ExportController(QObject):
    """One export at a time, of the newest checkpoint of the run that the window shows."""

    blocked = Signal(object)
    """str | None: why nothing can be exported now."""

    def __init__(
        self,
        state: ExplorerState,
        taking: WorkBridge,
        store_threshold: Callable[[], None],
        *,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._taking, self._store_threshold, self._status = state, taking, store_threshold, status
        self.work = WorkLine(cancel_help=tr("End the export; what it has written goes."))
        status.add_work(self.work)
        self.work.cancel_requested.connect(taking.cancel)
        state.run_changed.connect(self._tell_blocked)
        taking.progressed.connect(self._show_progress)
        taking.finished.connect(self._tell)
        taking.failed.connect(self._complain)
        taking.cancelled.connect(self._tell_cancelled)

    def ask(self, kind: str) -> None:
        """Ask where to; what is written is the model as it is when that is answered."""
        run, window = self._state.run, self._status.window()
        if run is None or self._taking.busy:
            return
        if kind == BUNDLE:
            title = tr("Choose the folder that the bundle is put into")
            choose_folder(window, title, "", lambda to: self._begin(kind, Path(to) / f"{run.path.name}-bundle"))
            return
        title, ending = (tr("Export ONNX"), "onnx") if kind == ONNX else (tr("Write the model report"), "html")
        save_file(window, title, f"{run.path.name}.{ending}", ending, lambda to: self._begin(kind, Path(to)))

    def _begin(self, kind: str, target: Path) -> None:
        run = self._state.run
        if run is None:
            return
        self._store_threshold()
        # That a file may be overwritten was asked by the dialog; of folders it asks nothing.
        force = kind != BUNDLE and target.is_file()
        self.work.begin(tr("starting"))
        self._taking.begin(kind, export(run.path, f"{target}/" if kind == BUNDLE else str(target), force=force))
        self._tell_blocked()

    def _show_progress(self, _kind: str, progress: Progress) -> None:
        share = progress.share if progress.share > 0 else None
        self.work.show_progress(progress.stage, share, progress.seconds_left)

    def _tell(self, kind: str, found: Written) -> None:
        self._end()
        first, *others = found.files
        words = {ONNX: tr("the model"), BUNDLE: tr("the bundle"), REPORT: tr("the report")}[kind]
        beside = (
            tr(", with {value} beside it").format(value=tr(" and ").join(file.name for file in others))
            if others
            else ""
        )
        self._status.say(tr("Wrote {words} to {first}{beside}").format(words=words, first=first, beside=beside))

    def _complain(self, _kind: str, message: str, details: str) -> None:
        self._end()
        self._status.complain(tr("Export: {message}").format(message=message), details)

    def _tell_cancelled(self, _kind: str) -> None:
        self._end()
        self._status.say(tr("Cancelled the export; nothing was kept of it"))

    def _end(self) -> None:
        self.work.end()
        self._tell_blocked()

    def _tell_blocked(self) -> None:
        reason = _NO_RUN if self._state.run is None else _UNDER_WAY if self._taking.busy else None
        self.blocked.emit(reason)
