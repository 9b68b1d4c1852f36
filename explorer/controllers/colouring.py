"""The colours of the map: the quantity that a person has chosen, of every snapshot that the map shows."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer.bridge.colouring import ColouringBridge, ImageValues
from explorer.bridge.projection import Layout, MapBridge
from explorer.panels.map import MapPanel
from explorer.panels.map_colouring import QUANTITIES, Colouring
from explorer.state import ExplorerState, RunView
from explorer.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from core.training.records import TrainingSnapshot


class ColouringController(QObject):
    """Measures what is chosen for the snapshot on the map, and for each that follows it."""

    def __init__(
        self,
        state: ExplorerState,
        maps: MapBridge,
        colouring: ColouringBridge,
        *,
        map_panel: MapPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._colouring, self._panel = state, colouring, map_panel
        self._shown: TrainingSnapshot | None = None
        """What the map is of."""
        state.run_changed.connect(self._forget)
        state.distance_changed.connect(lambda _name: self._measure())
        maps.layout_ready.connect(self._follow)
        map_panel.colouring_chosen.connect(lambda _name: self._measure())
        colouring.ready.connect(self._show)
        colouring.failed.connect(status.complain)

    def _forget(self, run: RunView | None) -> None:
        self._shown = None
        self._colouring.forget()

    def _follow(self, layout: Layout) -> None:
        self._shown = layout.snapshot
        self._measure()

    def _measure(self) -> None:
        if self._shown is None or self._panel.colouring not in QUANTITIES:
            self._colouring.forget()
        else:
            self._colouring.measure(self._shown, self._panel.colouring, self._state.rule)

    def _show(self, found: ImageValues) -> None:
        self._panel.show_colouring(Colouring(found.quantity, found.snapshot.sample_ids, found.values))
