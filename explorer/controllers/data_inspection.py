"""The images of the data set looked through behind the window: asked for in the panel, shown there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.config import RunConfig, make_config
from core.data.dataset import Dataset
from core.errors import InputError
from explorer import formats
from explorer.bridge.inspecting import Sorted, inspection, sorting
from explorer.bridge.long_work import Progress, WorkBridge
from explorer.controllers.data_edits import DataEditsController
from explorer.panels.data import DataPanel
from explorer.panels.data_images import KIND_NAMES
from explorer.panels.run_setup import RunSetupPanel
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from core.data.edit_file import Edits
    from core.data.inspection import Inspection

_INSPECTION, _SORTING = "inspection", "sorting"


class DataInspectionController(QObject):
    """Tells the part of each image, and after an inspection what is to be looked at; both follow edits and settings."""

    def __init__(
        self,
        edits: DataEditsController,
        inspecting: WorkBridge,
        sorting: WorkBridge,
        *,
        panel: DataPanel,
        setup: RunSetupPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._inspecting, self._sorting = inspecting, sorting
        self._panel, self._setup, self._status = panel, setup, status
        self._dataset: Dataset | None = None
        self._edits: Edits = ()
        self._seen: Inspection | None = None
        self._new = False
        """Whether what is being sorted comes of an inspection that has just ended."""
        edits.changed.connect(self._take_edits)
        setup.settings_changed.connect(self._sort)
        panel.inspect_requested.connect(self._inspect)
        panel.cancel_requested.connect(inspecting.cancel)
        panel.problem.connect(status.complain)
        inspecting.progressed.connect(self._show_progress)
        inspecting.finished.connect(self._take_seen)
        inspecting.failed.connect(self._complain)
        inspecting.cancelled.connect(self._show_cancelled)
        sorting.finished.connect(self._show_sorted)
        sorting.failed.connect(lambda _kind, message, details: status.complain(message, details))

    def _take_edits(self, dataset: Dataset, edits: "Edits") -> None:
        if dataset is not self._dataset:
            self._inspecting.forget()
            self._panel.end_work()
            self._dataset, self._seen = dataset, None
            self._panel.show_inspection(None)
        self._edits = edits
        self._sort()

    def _inspect(self) -> None:
        if self._dataset is not None:
            self._panel.begin_work(tr("waiting for its turn"))
            self._inspecting.begin(_INSPECTION, inspection(self._dataset))

    def _sort(self) -> None:
        config = self._config()
        if self._dataset is not None and config is not None:
            self._sorting.begin(_SORTING, sorting(self._dataset, self._edits, self._seen, config))

    def _config(self) -> RunConfig | None:
        """What decides on the split; None while the form holds something that cannot be used, which it says."""
        settings = self._setup.settings()
        chosen = {name: settings[name] for name in ("split", "holdout", "samples_per_class")}
        try:
            return make_config(chosen)
        except InputError:
            return None

    def _show_progress(self, _kind: str, progress: Progress) -> None:
        self._panel.show_progress(progress.stage, progress.share, progress.seconds_left)

    def _take_seen(self, _kind: str, seen: "Inspection") -> None:
        self._panel.end_work()
        self._seen, self._new = seen, True
        self._panel.show_inspection(seen)
        self._sort()

    def _show_sorted(self, _kind: str, found: Sorted) -> None:
        self._panel.show_findings(found.parts, found.findings)
        if not self._new:
            return
        self._new = False
        said = ", ".join(f"{formats.count(len(each.places))} {KIND_NAMES[each.kind]}" for each in found.findings)
        details = (
            tr("Leaks were not looked for: {why_no_parts}").format(why_no_parts=found.why_no_parts)
            if found.why_no_parts
            else ""
        )
        self._status.say(tr("Inspected: {value}").format(value=said or tr("nothing to mend")), details)

    def _complain(self, _kind: str, message: str, details: str) -> None:
        self._panel.end_work()
        self._status.complain(tr("The images were not inspected: {message}").format(message=message), details)

    def _show_cancelled(self, _kind: str) -> None:
        self._panel.end_work()
        self._status.say(tr("Cancelled the inspection; nothing was kept of it"))
