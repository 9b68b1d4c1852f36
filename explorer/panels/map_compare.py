"""The map beside, or over, another look at the same images, and the images whose neighbourhood changed most."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from explorer.panels.map_compare_bar import CompareBar
from explorer.panels.map_compare_plots import ComparedPlots
from explorer.panels.map_compare_rows import MapPair, explained, most_changed, summary
from explorer.panels.map_compare_table import ChangeTable
from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.message import Message
from explorer.widgets.work_line import WorkLine

__all__ = ["MapComparison", "MapPair"]

_EMPTY = tr(
    "Two looks at the same images will stand here, with those listed whose neighbourhood changed most. Choose an "
    "earlier step of this run above, or another run."
)
_NONE_CHANGED = tr("No image has another neighbourhood.")


class MapComparison(QWidget):
    """Takes the map's place while two looks are compared."""

    run_chosen = Signal(object)
    """Path of the run whose looks are to be offered by `set_looks`; None: the run on the map."""
    folder_requested = Signal()
    """The user wants to choose a run folder."""
    step_chosen = Signal(int)
    """Compare with the look of this step; `show_pair` follows."""
    cancel_requested = Signal()
    selection_changed = Signal(tuple)
    """The user has selected these samples."""
    thumbnails_needed = Signal(tuple)
    """Samples in the list whose thumbnails are missing; answer with `set_thumbnail`. A former wish is void."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map_comparison")
        self._bar, self._work = CompareBar(), WorkLine()
        self._told, self._figures = Message(), Message()
        self.plots, self._table = ComparedPlots(), ChangeTable()
        self._pages = QStackedLayout()
        self._lay_out()
        self._connect()

    def set_recent(self, runs: Sequence[str]) -> None:
        """Offer run folders, the newest first."""
        self._bar.set_recent(runs)

    def set_looks(self, run: Path | None, steps: Sequence[int], chosen: int | None) -> None:
        """Offer the looks of a run, None for the one on the map; emits nothing."""
        self._bar.set_run(run)
        self._bar.set_steps(steps, chosen)

    def show_progress(self, what: str, share: float | None) -> None:
        """Say what is being done, and which share of it is done; None: not known."""
        if self._work.isHidden():
            self._work.begin(what)
        self._work.show_progress(what, share, None)

    def end_progress(self) -> None:
        """Nothing is being done any more."""
        self._work.end()

    def show_pair(self, pair: MapPair) -> None:
        """Show two looks."""
        self.plots.show_pair(pair)
        images = most_changed(pair)
        self._table.show_rows(images, pair.other_name, pair.shown_name)
        self._told.tell(" ".join((pair.sentence, *pair.notes)))
        self._figures.tell(summary(pair) if images else _NONE_CHANGED)
        self._figures.setToolTip(explained(pair))
        self._pages.setCurrentIndex(1)

    def show_problem(self, sentence: str) -> None:
        """Say why nothing is compared."""
        self.clear()
        self._told.complain(sentence)

    def show_note(self, sentence: str) -> None:
        """Say, quietly, why nothing is compared."""
        self.clear()
        self._told.tell(sentence)

    def clear(self) -> None:
        """Show nothing."""
        self._pages.setCurrentIndex(0)
        self.plots.clear()
        self._table.show_rows((), "", "")
        for line in (self._told, self._figures):
            line.tell("")

    def forget_run(self) -> None:
        """Another run is shown: the samples are other images."""
        self.clear()
        self.plots.colours.forget()
        self._table.forget_thumbnails()

    def set_selection(self, sample_ids: tuple[int, ...]) -> None:
        """Emphasise these samples on both maps and in the list; emits nothing."""
        self.plots.set_selection(sample_ids)
        self._table.set_selection(sample_ids)

    def set_thumbnail(self, sample_id: int, image: QImage) -> None:
        """Give a sample of the list its picture, a null one where it cannot be read."""
        self._table.set_thumbnail(sample_id, image)

    def _lay_out(self) -> None:
        halves = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        halves.addWidget(self.plots)
        halves.addWidget(self._table)
        halves.setSizes([5_500, 4_500])
        self._table.setMinimumHeight(10 * UNIT)
        self._pages.addWidget(EmptyState(_EMPTY))
        self._pages.addWidget(halves)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        for widget in (self._bar, self._work, self._told, self._figures):
            layout.addWidget(widget)
        layout.addLayout(self._pages, 1)

    def _connect(self) -> None:
        self._bar.run_chosen.connect(self.run_chosen)
        self._bar.folder_requested.connect(self.folder_requested)
        self._bar.step_chosen.connect(self.step_chosen)
        self._bar.overlay_chosen.connect(self.plots.set_overlaid)
        self._work.cancel_requested.connect(self.cancel_requested)
        self._table.thumbnails_needed.connect(self.thumbnails_needed)
        self.plots.selection_changed.connect(self._take_from_plots)
        self._table.selection_chosen.connect(self._take_from_table)

    def _take_from_plots(self, sample_ids: tuple[int, ...]) -> None:
        self._table.set_selection(sample_ids)
        self.selection_changed.emit(sample_ids)

    def _take_from_table(self, sample_ids: tuple[int, ...]) -> None:
        self.plots.set_selection(sample_ids)
        self.selection_changed.emit(sample_ids)
