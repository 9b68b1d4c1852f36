"""`--demo`: trains the built-in digits at once with every view live, and can save a picture of the window."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from core.training.records import Finished, TrainingSnapshot
    from explorer.bridge.inference import Comparison
    from explorer.bridge.projection import Layout
    from explorer.main_window import MainWindow

log = logging.getLogger(__name__)

PATIENCE_MS = 60_000
"""After the end of training: how long the picture waits for the last map and verdict."""
SETTLE_MS = 1_500
"""Time for the last redraws and the map's glide before the picture is taken."""


class Demo(QObject):
    """Presses Start, fills the Verify slots, waits for the end, and saves the picture if one was asked for."""

    def __init__(self, window: "MainWindow", screenshot: Path | None) -> None:
        super().__init__(window)
        self._window, self._screenshot = window, screenshot
        self._saved = False
        self._began = False
        self._last_step: int | None = None
        self._map_step = self._verdict_step = -1
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._patience.timeout.connect(self._settling.start)
        self._settling.timeout.connect(self._save)

    @property
    def exit_code(self) -> int:
        """0, unless a picture was asked for and none was saved."""
        return 0 if self._saved or self._screenshot is None else 2

    def begin(self) -> None:
        """Train the digits."""
        window, bridges = self._window, self._window.bridges
        self._began = True
        window.state.snapshot_changed.connect(self._fill_slots)
        if self._screenshot is not None:
            bridges.training.finished.connect(self._on_finished)
            bridges.training.failed.connect(self._on_failed)
            bridges.maps.layout_ready.connect(self._on_layout)
            bridges.maps.failed.connect(self._on_no_map)
            bridges.inference.compared.connect(self._on_verdict)
        window.run.start()

    def give_up(self, message: str) -> None:
        """End without a picture where the window could not even be built."""
        if self._screenshot is not None and not self._began:
            self._window.close()

    def _fill_slots(self, snapshot: "TrainingSnapshot | None") -> None:
        """Put a genuine pair of the held-out part into the slots, once."""
        from explorer.state import genuine_pair  # not before the frame is on the screen

        if (pair := genuine_pair(self._window.state)) is not None:
            self._window.state.snapshot_changed.disconnect(self._fill_slots)
            self._window.panels.verify.choose({"A": pair[0], "B": pair[1]})

    # --- the picture

    def _on_finished(self, event: "Finished") -> None:
        if event.step == 0:
            self._window.close()
            return
        self._last_step = event.step
        self._patience.start()
        self._settle_if_complete()

    def _on_failed(self, message: str, details: str) -> None:
        log.error("the demo came to no end: %s", message)
        self._window.close()

    def _on_layout(self, layout: "Layout") -> None:
        if layout.method == "umap":
            self._map_step = layout.snapshot.step
            self._settle_if_complete()

    def _on_no_map(self, message: str, details: str) -> None:
        """A map that failed at the end will not come: the PCA layout has to do."""
        if self._last_step is not None:
            self._map_step = self._last_step
            self._settle_if_complete()

    def _on_verdict(self, comparison: "Comparison") -> None:
        self._verdict_step = comparison.step
        self._settle_if_complete()

    def _settle_if_complete(self) -> None:
        if self._last_step is not None and min(self._map_step, self._verdict_step) >= self._last_step:
            self._patience.stop()
            self._settling.start()

    def _save(self) -> None:
        self._saved = self._window.grab().save(str(self._screenshot))
        if not self._saved:
            log.error("%s: the picture could not be written", self._screenshot)
        self._window.close()
