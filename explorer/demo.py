"""`--demo`: trains the built-in digits at once with every view live, and can save a picture of the window."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from core.training.records import Finished, TrainingSnapshot
from explorer.bridge.projection import Layout

if TYPE_CHECKING:
    from explorer.main_window import MainWindow

_SETTLE_MS = 1_500
"""Time for the last redraws and the map's glide before the picture is taken."""


class Demo(QObject):
    """Presses Start, fills the Verify slots, and waits for the end."""

    def __init__(self, window: "MainWindow", screenshot: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self._screenshot = screenshot
        self._final_step: int | None = None

    def begin(self) -> None:
        """Train the digits."""
        window = self._window
        window.data.choose("digits")
        window.bridges.training.finished.connect(self._on_finished)
        window.bridges.training.failed.connect(self._on_failed)
        window.state.snapshot_changed.connect(self._fill_slots)
        window.bridges.maps.layout_ready.connect(self._on_layout)
        window.run.start()

    def _fill_slots(self, snapshot: TrainingSnapshot | None) -> None:
        """Put a genuine pair of the held-out part into the slots, once."""
        run = self._window.state.run
        if snapshot is None or run is None:
            return
        self._window.state.snapshot_changed.disconnect(self._fill_slots)
        held_out = np.flatnonzero(snapshot.held_out)
        first = held_out[0]
        second = held_out[np.flatnonzero(snapshot.labels[held_out] == snapshot.labels[first])[-1]]
        a, b = (run.sample_names[snapshot.sample_ids[row]] for row in (first, second))
        self._window.verify_panel.choose({"A": a, "B": b})

    def _on_finished(self, event: Finished) -> None:
        self._final_step = event.step

    def _on_layout(self, layout: Layout) -> None:
        done = self._final_step is not None and layout.snapshot.step == self._final_step and layout.method == "umap"
        if done and self._screenshot is not None:
            QTimer.singleShot(_SETTLE_MS, self, self._save_and_exit)

    def _save_and_exit(self) -> None:
        saved = self._window.grab().save(str(self._screenshot))
        self._window.close()
        QApplication.exit(0 if saved else 2)

    def _on_failed(self, message: str, details: str) -> None:
        if self._screenshot is not None:
            QApplication.exit(2)
