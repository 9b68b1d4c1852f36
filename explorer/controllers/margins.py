"""What if: the newest snapshot says what another margin would leave active."""

import numpy as np
from PySide6.QtCore import QObject

from core.training.records import TrainingSnapshot
from explorer import formats
from explorer.bridge.margins import ActiveShares, MarginBridge
from explorer.panels.hyperparameters import SettingsPanel
from explorer.state import ExplorerState
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine


class MarginController(QObject):
    """Fills the curve below the margin while it is shown."""

    def __init__(
        self, state: ExplorerState, margins: MarginBridge, *, settings: SettingsPanel, status: StatusLine
    ) -> None:
        super().__init__()
        self._state, self._margins, self._settings = state, margins, settings
        state.snapshot_changed.connect(self._look)
        settings.what_if_shown.connect(lambda: self._look(state.snapshot))
        margins.ready.connect(self._show)
        margins.failed.connect(status.complain)

    def _look(self, snapshot: TrainingSnapshot | None) -> None:
        run = self._state.run
        if snapshot is None or run is None:
            self._margins.forget()
            self._settings.clear_what_if()
        elif self._settings.has_what_if:
            self._margins.look(snapshot, run.config.distance)

    def _show(self, found: ActiveShares) -> None:
        if np.isnan(found.shares).any():
            self._settings.clear_what_if()
        else:
            images = formats.count(int((~found.snapshot.held_out).sum()))
            provenance = tr("step {step}, {images} images").format(
                step=formats.count(found.snapshot.step), images=images
            )
            self._settings.show_what_if(found.margins, found.shares, provenance)
