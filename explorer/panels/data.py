"""The data set: how much of what there is, what was left out and why, and the images themselves."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.data.dataset import Dataset
from core.training.records import DataSummary
from explorer import formats
from explorer.panels.data_edit_bar import EditBar
from explorer.panels.data_figures import DataFigures
from explorer.panels.data_findings import Findings
from explorer.panels.data_images import KIND_NAMES, DataImages, Places
from explorer.panels.data_table import ImageTable
from explorer.panels.data_views import ViewList
from explorer.panels.data_words import counts, facts, split_result
from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.legend import Legend
from explorer.widgets.message import Message
from explorer.widgets.sample_drag import ImageProvider
from explorer.widgets.search_field import SearchField
from explorer.widgets.thumbnail_cell import GridItem
from explorer.widgets.thumbnail_grid import ThumbnailGrid
from explorer.widgets.work_line import WorkLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.data.edits import EditedLabels
    from core.data.findings import Finding, Parts
    from core.data.inspection import Inspection

_EMPTY = tr(
    "The images of the data set will stand here.\n\nChoose a data set in Run setup, or drop a folder here that has "
    "one folder of images for each class, or a CSV or Parquet file that lists images and their classes, or pairs, "
    "triplets or quadruplets of images."
)
_CLASS_CLICK = tr("A click shows only its images, a second one all again; Ctrl and a click adds a class.")
_INSPECT = tr(
    "Read every image once: finds what cannot be read, copies and images that look the same, leaks between the parts "
    "of the split, small classes and masks that cannot be right. Nothing in the data is changed."
)
_WAYS = (
    ("grid", tr("Grid"), tr("Pictures of the images.")),
    ("table", tr("Table"), tr("A row for each image, sorted by a click on a header.")),
    ("figures", tr("Figures"), tr("Images of each class, sizes and shapes.")),
)
_TABLE, _FIGURES = 1, 2
_ADD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_NOTHING = Dataset("", (), ())


class DataPanel(QWidget):
    """A data set before and during training. An index is a position in `Dataset.samples`, everywhere."""

    thumbnails_needed = Signal(tuple)
    """Indexes that are seen; answer with `set_thumbnail`. A new request replaces what is left of the last one."""
    selection_changed = Signal(tuple)
    """Indexes of the images the user has selected."""
    inspect_requested = Signal()
    cancel_requested = Signal()
    exclude_requested = Signal(tuple)
    """Indexes of images that runs are to leave out."""
    relabel_requested = Signal(tuple, str)
    """Indexes of images, and the name of the class they are to have."""
    take_back_requested = Signal(tuple)
    """Indexes of images that are to count as the data says."""
    problem = Signal(str)
    """One sentence about an export that failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset = _NOTHING
        self._images = DataImages(_NOTHING)
        self._chosen: frozenset[int] = frozenset()
        self._selected: tuple[int, ...] = ()
        self._left: Places = np.empty(0, np.intp)
        """Images that search and filter leave."""
        self._name = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._counts, self._split, self._problem = Message(), Message(), Message()
        self._findings = Findings()
        self._views, self._classes = ViewList(), Legend(_CLASS_CLICK)
        self._search = SearchField(
            "search_images",
            tr("Search images"),
            tr("Search by file, class or column"),
            tr("Shows only the images whose file, class or value of a column contains this."),
        )
        self._inspect = QPushButton(tr("Inspect"))
        self._work = WorkLine(cancel_help=tr("Stop reading the images; nothing is kept of it."))
        self._shown = Message()
        self._grid, self._table, self._figures = ThumbnailGrid(), ImageTable(), DataFigures()
        self._ways = QButtonGroup(self)
        self._edits = EditBar()
        self._name_parts()
        self._lay_out()
        self._connect()

    def show_dataset(self, dataset: Dataset) -> None:
        """Show a data set as listed; what was said of another one is taken away."""
        self._dataset, self._images = dataset, DataImages(dataset)
        self._chosen, self._selected = frozenset(), ()
        self._name.setText(dataset.name)
        self._counts.tell(counts(dataset))
        self._split.tell("")
        self._problem.tell("")
        self._findings.show_findings(dataset.notes, dataset.problems)
        self._grid.set_items(len(dataset.samples), self._describe)
        self._table.set_images(self._images)
        self._figures.show_sizes(None, None)
        self._edits.show_place("", tr("What you did to these images before is being read."))
        self._views.show_views([("all", len(dataset.samples))])
        self._search.blockSignals(True)
        self._search.clear()
        self._search.blockSignals(False)
        self._show_classes()
        self._filter()
        self._pages.setCurrentIndex(1)

    def show_edits(self, edited: "EditedLabels", file: str, obstacle: str = "") -> None:
        """Show what a person changed of the data set, where that is kept, and why no more can be changed now."""
        self._images.edited = edited
        self._edits.show_place(file, obstacle)
        self._show_classes()
        self._show_anew()

    def show_inspection(self, inspection: "Inspection | None") -> None:
        """Show sizes; what was found follows by `show_findings`."""
        self._images.inspection = inspection
        readable = None if inspection is None else inspection.readable
        if inspection is None or readable is None:
            self._figures.show_sizes(None, None)
        else:
            self._figures.show_sizes(inspection.widths[readable], inspection.heights[readable])
        self._inspect.setText(tr("Inspect") if inspection is None else tr("Inspect again"))
        self._show_anew()

    def show_findings(self, parts: "Parts | None", found: "Sequence[Finding]") -> None:
        """Show the part of each image, and what is to be looked at."""
        self._images.take_findings(parts, found)
        self._show_anew()

    def begin_work(self, what: str) -> None:
        """Say that the images are being inspected."""
        self._inspect.setEnabled(False)
        self._work.begin(what)

    def show_progress(self, what: str, share: float, seconds_left: float | None) -> None:
        """Say how far that is."""
        self._work.show_progress(what, share, seconds_left)

    def end_work(self) -> None:
        """Say that it has ended."""
        self._inspect.setEnabled(True)
        self._work.end()

    def show_summary(self, summary: DataSummary) -> None:
        """Say what became of the data set when the run decoded and split it."""
        self.show_split(split_result(summary))
        self._findings.show_findings(summary.notes, summary.problems)

    def show_split(self, text: str) -> None:
        """Say which part is held out, such as 'open set: 40 classes held out'."""
        self._split.tell(text)

    def show_problem(self, text: str) -> None:
        """Say why a data set cannot be used; the last good one stays, an empty text takes the sentence away."""
        self._problem.complain(text)

    def set_thumbnail(self, index: int, image: QImage) -> None:
        """Deliver a thumbnail; a null image stands for one that cannot be read."""
        self._grid.set_thumbnail(index, image)

    def set_image_provider(self, provider: ImageProvider) -> None:
        """Say where the image at an index comes from when its thumbnail is dragged out."""
        self._grid.set_image_provider(provider)

    def set_selection(self, indexes: tuple[int, ...]) -> None:
        """Select these images; emits nothing."""
        self._selected = indexes
        self._tell_selection()
        self._grid.set_selection(indexes)
        self._table.set_selection(indexes)

    # --- layout

    def _name_parts(self) -> None:
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._grid.setToolTip(tr("Drag an image to a slot of Verify, or out of the window."))
        self._inspect.setObjectName("inspect_data")
        self._inspect.setToolTip(_INSPECT)

    def _lay_out(self) -> None:
        page = QWidget()
        column = _column(page)
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        head.addWidget(self._name)
        head.addWidget(self._counts, 1)
        column.addLayout(head)
        for widget in (self._split, self._findings):
            column.addWidget(widget)
        column.addLayout(self._make_bar())
        column.addWidget(self._work)
        column.addWidget(self._make_halves(), 1)
        column.addWidget(self._edits)
        layout = _column(self)
        layout.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        layout.addWidget(self._problem)
        self._pages = QStackedLayout()
        self._pages.addWidget(EmptyState(_EMPTY))
        self._pages.addWidget(page)
        layout.addLayout(self._pages, 1)

    def _make_bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self._search, 1)
        ways = QHBoxLayout()
        ways.setSpacing(0)
        for place, (key, text, help_text) in enumerate(_WAYS):
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setAutoRaise(True)  # or the one that is chosen hardly differs in a dark window
            button.setToolTip(help_text)
            button.setObjectName(f"show_{key}")
            self._ways.addButton(button, place)
            ways.addWidget(button)
        self._ways.button(0).setChecked(True)
        row.addLayout(ways)
        row.addWidget(self._inspect)
        return row

    def _make_halves(self) -> QSplitter:
        left, right = QWidget(), QWidget()
        lists, images = _column(left), _column(right)
        lists.addWidget(self._views)
        lists.addWidget(self._classes, 1)
        images.setContentsMargins(UNIT // 2, 0, 0, 0)
        images.addWidget(self._shown)
        self._ways_shown = QStackedLayout()
        for widget in (self._grid, self._table, self._figures):
            self._ways_shown.addWidget(widget)
        images.addLayout(self._ways_shown, 1)
        halves = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        halves.addWidget(left)
        halves.addWidget(right)
        halves.setStretchFactor(1, 1)
        halves.setSizes([self._classes.sizeHint().width(), 10_000])
        return halves

    def _connect(self) -> None:
        self._grid.thumbnails_needed.connect(self.thumbnails_needed)
        for view in (self._grid, self._table):
            view.selection_changed.connect(self._take_selection)
        self._table.sorted_anew.connect(self._filter)
        self._search.textChanged.connect(self._filter)
        self._views.view_chosen.connect(self._filter)
        self._classes.class_clicked.connect(self._click_class)
        self._ways.idClicked.connect(self._show_way)
        self._inspect.clicked.connect(self.inspect_requested)
        self._work.cancel_requested.connect(self.cancel_requested)
        self._figures.problem.connect(self.problem)
        self._edits.exclude_requested.connect(lambda: self.exclude_requested.emit(self._selected))
        self._edits.relabel_requested.connect(lambda name: self.relabel_requested.emit(self._selected, name))
        self._edits.take_back_requested.connect(lambda: self.take_back_requested.emit(self._selected))

    # --- what is shown

    def _show_way(self, place: int) -> None:
        self._ways_shown.setCurrentIndex(place)
        self._filter()

    def _click_class(self, index: int, modifiers: Qt.KeyboardModifier) -> None:
        clicked = frozenset([index])
        if modifiers & _ADD:
            self._chosen ^= clicked
        else:
            self._chosen = frozenset() if self._chosen == clicked else clicked
        self._classes.set_chosen(self._chosen)
        self._filter()

    def _show_classes(self) -> None:
        edited, listed = self._images.edited, self._dataset.tuples
        self._chosen = frozenset(label for label in self._chosen if label < len(edited.classes))
        self._classes.set_classes(edited.classes, edited.counts)
        self._classes.set_chosen(self._chosen)
        self._figures.show_classes(edited.classes, edited.counts)
        self._edits.show_classes(
            edited.classes, "" if listed is None else tr("A list of {kind} names no classes.").format(kind=listed.kind)
        )

    def _show_anew(self) -> None:
        """Something else is known of the images: what is shown stays where it is, if it is still to be shown."""
        self._views.show_views(self._images.views())
        self._table.describe_again()
        self._filter()
        self._grid.describe_again()

    def _filter(self) -> None:
        shown = self._images.matching(self._views.view, self._chosen, self._search.text())
        if self._ways.checkedId() == _TABLE:
            _show_other(self._table, self._table.ordered(shown))
        elif self._ways.checkedId() != _FIGURES:
            _show_other(self._grid, shown)
        self._left = shown
        self._tell_selection()

    # --- selection

    def _take_selection(self, indexes: tuple[int, ...]) -> None:
        self._selected = indexes
        self._tell_selection()
        other = self._table if self.sender() is self._grid else self._grid
        other.set_selection(indexes)
        self.selection_changed.emit(indexes)

    def _tell_selection(self) -> None:
        edited, places = self._images.edited, np.array(self._selected, np.intp)
        self._edits.show_selection(len(places), int((edited.excluded | edited.relabelled)[places].sum()))
        left, total = len(self._left), len(self._images.ids)
        hidden = int((~np.isin(places, self._left)).sum())
        some = (
            tr("{left} of {total} images").format(left=formats.count(left), total=formats.count(total))
            if left
            else tr("no image matches")
        )
        also = tr(" · {hidden} selected beside them").format(hidden=formats.count(hidden)) if hidden else ""
        self._shown.tell(f"{some}{also}" if left < total else "")

    def _describe(self, index: int) -> GridItem:
        images, sample = self._images, self._dataset.samples[index]
        mask = "" if not images.has_masks else tr("with mask") if sample.mask is not None else tr("without mask")
        found = ", ".join(KIND_NAMES[kind] for kind in images.kinds_of(index))
        label = int(images.edited.labels[index])
        lines = "\n".join(filter(None, (images.state_of(index), found, mask, facts(self._dataset, index))))
        crossed = bool(images.edited.excluded[index])
        return GridItem(sample.id, label, images.edited.classes[label], lines, crossed)


def _show_other(view: ThumbnailGrid | ImageTable, places: Places) -> None:
    """Show these images unless they are shown already, so that the view stays where it is."""
    if not np.array_equal(places, view.shown):
        view.show_only(places)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(UNIT // 2)
    return column
