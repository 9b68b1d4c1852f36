"""The colours of the map: what a person has chosen, of every snapshot that the map shows."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from core.config import RunConfig
from core.data.dataset import Dataset
from explorer.bridge.colouring import ColouringBridge, ColourWish, ImageValues
from explorer.bridge.projection import Layout, MapBridge
from explorer.panels.map import MapPanel
from explorer.panels.map_colouring import MEASURED, QUANTITIES, Colouring
from explorer.panels.map_groupings import by_cluster, by_column, column_key, unknown
from explorer.state import ExplorerState, RunView
from explorer.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.data.columns import Column
    from core.training.records import TrainingSnapshot

_TRIPLET_LOSSES = frozenset(["triplet", "soft-triplet", "quadruplet"])
"""Their margin is one of triplets."""
_MARGIN = 0.2
"""For the others."""


class ColouringController(QObject):
    """Measures what is chosen for the snapshot on the map, and for each that follows it.

    Parameters
    ----------
    run_data
        The data set with the images of the run that is shown; None where it is not at hand.
    """

    def __init__(
        self,
        state: ExplorerState,
        maps: MapBridge,
        colouring: ColouringBridge,
        run_data: Callable[[], Dataset | None],
        *,
        map_panel: MapPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._colouring, self._panel = state, colouring, map_panel
        self._run_data = run_data
        self._shown: TrainingSnapshot | None = None
        """What the map is of."""
        self._columns: Mapping[str, Column] = {}
        self._rows: NDArray[np.int64] = np.empty(0, np.int64)
        """Where the data set has each image of the run, -1 where it has not."""
        state.run_changed.connect(self._forget)
        state.dataset_changed.connect(lambda _dataset: self._take_columns())
        state.distance_changed.connect(lambda _name: self._measure())
        maps.layout_ready.connect(self._follow)
        map_panel.colouring_chosen.connect(lambda _name: self._measure())
        colouring.ready.connect(self._show)
        colouring.failed.connect(status.complain)
        colouring.failed.connect(lambda _message, _details: self._give_up())

    def _forget(self, run: RunView | None) -> None:
        self._shown = None
        self._colouring.stop()
        self._take_columns()

    def _follow(self, layout: Layout) -> None:
        self._shown = layout.snapshot
        self._measure()

    def _take_columns(self) -> None:
        """Offer what the table of the run's data set says."""
        run, dataset = self._state.run, self._run_data()
        columns = () if run is None or dataset is None else dataset.columns
        self._columns = {column_key(column.name): column for column in columns}
        if run is not None and dataset is not None and columns:
            places = {sample.id: place for place, sample in enumerate(dataset.samples)}
            self._rows = np.array([places.get(name, -1) for name in run.sample_names], dtype=np.int64)
        self._panel.set_columns([column.name for column in columns])
        if self._panel.colouring in self._columns:
            self._measure()

    def _measure(self) -> None:
        chosen, run = self._panel.colouring, self._state.run
        self._colouring.stop()
        if chosen in self._columns and len(self._rows):
            self._panel.show_colouring(by_column(self._columns[chosen], self._rows))
        elif chosen in MEASURED and self._shown is not None and run is not None:
            margin = _margin(run.config)
            wish = ColourWish(self._shown, chosen, self._state.rule, run.config.distance, margin)
            self._colouring.measure(wish)

    def _show(self, found: ImageValues) -> None:
        run, name, look = self._state.run, found.wish.name, found.wish.snapshot
        if name in QUANTITIES:
            self._panel.show_colouring(Colouring(name, QUANTITIES[name], look.sample_ids, found.values, look.step))
        elif run is not None:
            names = run.class_names
            self._panel.show_colouring(by_cluster(name, look.sample_ids, found.values, look.labels, names, look.step))

    def _give_up(self) -> None:
        if self._shown is not None and self._panel.colouring in MEASURED:
            self._panel.show_colouring(unknown(self._panel.colouring, self._shown.sample_ids))


def _margin(config: RunConfig) -> float:
    return config.hyperparameters.margin if config.loss in _TRIPLET_LOSSES else _MARGIN
