"""Exports of what is selected, or of the whole map: written behind the window, one at a time."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer import formats
from explorer.bridge.history import PastLook
from explorer.bridge.long_work import Progress, Work, WorkBridge
from explorer.bridge.selection_exports import ExportSource, WrittenTable, image_folder, projector_folder, table
from explorer.controllers.data import DataController
from explorer.core_words import in_words
from explorer.dialogs import choose_folder, save_file
from explorer.panels.kept_selections import image_count
from explorer.panels.map import MapPanel
from explorer.panels.map_plot import MapView
from explorer.state import ExplorerState
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from core.projection.embedding_projector import ProjectorFolder
    from core.selection_export import CopiedImages

TABLE, IMAGES, PROJECTOR = "table", "images", "projector"


class SelectionExportController(QObject):
    """Asks where to, has it written, and says what was written."""

    def __init__(
        self,
        state: ExplorerState,
        exporting: WorkBridge,
        data: DataController,
        *,
        map_panel: MapPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._exporting, self._data = state, exporting, data
        self._map, self._menu, self._status = map_panel, map_panel.selections, status
        self._menu.export_requested.connect(self._ask)
        self._menu.work.cancel_requested.connect(exporting.cancel)
        exporting.progressed.connect(self._show_progress)
        exporting.finished.connect(self._tell)
        exporting.failed.connect(self._complain)
        exporting.cancelled.connect(self._tell_cancelled)

    def _ask(self, kind: str) -> None:
        """Ask where to; what is exported is what there is when it was asked for."""
        run, view = self._state.run, self._map.view
        if run is None or self._exporting.busy:
            return
        look = None if view is None else _look(view)
        source = ExportSource(run, look, self._data.run_samples)
        samples = self._state.selection or (() if view is None else tuple(view.sample_ids.tolist()))
        if kind == TABLE:
            self._ask_for_file(f"{run.path.name}.csv", lambda to: table(source, samples, to))
        elif kind == IMAGES:
            title = tr("Choose a folder to copy the images into")
            self._ask_for_folder(IMAGES, title, lambda to: image_folder(source, samples, to))
        elif view is not None and look is not None:
            title, method, snapshot = tr("Choose where the folder is made"), view.method, self._state.snapshot
            self._ask_for_folder(PROJECTOR, title, lambda to: projector_folder(source, look, snapshot, method, to))

    def _ask_for_file(self, name: str, work: Callable[[Path], Work]) -> None:
        save_file(
            self._map, tr("Export a table of the images"), name, "csv", lambda to: self._begin(TABLE, work(Path(to)))
        )

    def _ask_for_folder(self, kind: str, title: str, work: Callable[[Path], Work]) -> None:
        choose_folder(self._map, title, "", lambda to: self._begin(kind, work(Path(to))))

    def _begin(self, kind: str, work: Work) -> None:
        self._menu.set_busy(True)
        self._menu.work.begin(tr("exporting"))
        self._exporting.begin(kind, work)

    def _end(self) -> None:
        self._menu.set_busy(False)
        self._menu.work.end()

    def _show_progress(self, _kind: str, progress: Progress) -> None:
        self._menu.work.show_progress(progress.stage, progress.share, progress.seconds_left)

    def _tell(self, kind: str, found: "WrittenTable | CopiedImages | ProjectorFolder") -> None:
        self._end()
        if kind == TABLE:
            self._status.say(tr("Wrote {rows} to {path}").format(rows=image_count(found.rows), path=found.path))  # type: ignore[union-attr]
        elif kind == IMAGES:
            self._tell_copied(found)  # type: ignore[arg-type]
        else:
            self._tell_projector(found)  # type: ignore[arg-type]

    def _tell_copied(self, found: "CopiedImages") -> None:
        text = tr("Copied {copied} to {folder}").format(copied=image_count(found.copied), folder=found.folder)
        if found.problems:
            text += tr("; {problems} could not be read").format(problems=formats.count(len(found.problems)))
        if found.cancelled:
            text = tr("Cancelled: {lower}{text}").format(lower=text[:1].lower(), text=text[1:])
        self._status.say(text, "\n".join(f"{problem.where}: {in_words(problem.reason)}" for problem in found.problems))

    def _tell_projector(self, found: "ProjectorFolder") -> None:
        notes = "".join(f"; {in_words(note)}" for note in found.notes)
        self._status.say(tr("Open the map by: tensorboard --logdir {path}{notes}").format(path=found.path, notes=notes))

    def _complain(self, _kind: str, message: str, details: str) -> None:
        self._end()
        self._status.complain(tr("Export: {message}").format(message=message), details)

    def _tell_cancelled(self, _kind: str) -> None:
        self._end()
        self._status.say(tr("Cancelled the export; nothing was kept of it"))


def _look(view: MapView) -> PastLook:
    return PastLook(view.step, view.xy, view.sample_ids, view.labels, view.held_out, view.predicted)
