"""The data set: how much of what there is, what was left out and why, and the images themselves."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from core.data.dataset import Dataset
from core.training.records import DataSummary
from explorer import formats
from explorer.panels.data_findings import Findings
from explorer.panels.data_words import counts, facts, split_result
from explorer.theme import UNIT
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.legend import Legend
from explorer.widgets.message import Message
from explorer.widgets.sample_drag import ImageProvider
from explorer.widgets.thumbnail_cell import GridItem
from explorer.widgets.thumbnail_grid import ThumbnailGrid

_EMPTY = (
    "The images of the data set will stand here.\n\nChoose a data set in Run setup, or drop a folder there that has "
    "one folder of images for each class, or a CSV or Parquet file that lists images and their classes, or pairs, "
    "triplets or quadruplets of images."
)
_CLASS_CLICK = "A click shows only its images, a second one all again; Ctrl and a click adds a class."
_ADD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_NOTHING = Dataset("", (), ())


class DataPanel(QWidget):
    """A data set before and during training. An index is a position in `Dataset.samples`, everywhere."""

    thumbnails_needed = Signal(tuple)
    """Indexes that are seen; answer with `set_thumbnail`. A new request replaces what is left of the last one."""
    selection_changed = Signal(tuple)
    """Indexes of the images the user has selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset = _NOTHING
        self._labels = np.empty(0, np.int64)
        self._ids: tuple[str, ...] = ()
        self._chosen: frozenset[int] = frozenset()
        self._name = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._counts, self._split, self._problem = Message(), Message(), Message()
        self._findings = Findings()
        self._classes = Legend(_CLASS_CLICK)
        self._search = self._make_search()
        self._shown = Message()
        self._grid = ThumbnailGrid()
        self._lay_out()
        self._grid.thumbnails_needed.connect(self.thumbnails_needed)
        self._grid.selection_changed.connect(self.selection_changed)
        self._search.textChanged.connect(self._filter)
        self._classes.class_clicked.connect(self._click_class)

    def show_dataset(self, dataset: Dataset) -> None:
        """Show a data set as listed; what was said of another one is taken away."""
        self._dataset, self._labels = dataset, dataset.labels
        self._ids = tuple(sample.id.lower() for sample in dataset.samples)
        self._chosen = frozenset()
        self._name.setText(dataset.name)
        self._counts.tell(counts(dataset))
        self._split.tell("")
        self._problem.tell("")
        self._findings.show_findings(dataset.notes, dataset.problems)
        self._classes.set_classes(dataset.classes, np.bincount(self._labels, minlength=len(dataset.classes)))
        self._classes.set_chosen(self._chosen)
        self._grid.set_items(len(dataset.samples), self._describe)
        self._search.clear()
        self._filter()
        self._pages.setCurrentIndex(1)

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
        self._grid.set_selection(indexes)

    def _make_search(self) -> QLineEdit:
        search = QLineEdit()
        search.setObjectName("search_images")
        search.setPlaceholderText("Search by file or class name")
        search.setAccessibleName("Search images")
        search.setToolTip("Shows only the images whose file or class name contains this.")
        search.setClearButtonEnabled(True)
        return search

    def _lay_out(self) -> None:
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._grid.setToolTip("Drag an image to a slot of Verify, or out of the window.")
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        for widget in (self._name, self._counts, self._split, self._findings):
            column.addWidget(widget)
        column.addWidget(self._make_halves(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self._problem)
        self._pages = QStackedLayout()
        self._pages.addWidget(EmptyState(_EMPTY))
        self._pages.addWidget(page)
        layout.addLayout(self._pages, 1)

    def _make_halves(self) -> QSplitter:
        images = QWidget()
        column = QVBoxLayout(images)
        column.setContentsMargins(UNIT // 2, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        for widget in (self._search, self._shown):
            column.addWidget(widget)
        column.addWidget(self._grid, 1)
        halves = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        halves.addWidget(self._classes)
        halves.addWidget(images)
        halves.setStretchFactor(1, 1)
        halves.setSizes([self._classes.sizeHint().width(), 10_000])
        return halves

    def _click_class(self, index: int, modifiers: Qt.KeyboardModifier) -> None:
        clicked = frozenset([index])
        if modifiers & _ADD:
            self._chosen ^= clicked
        else:
            self._chosen = frozenset() if self._chosen == clicked else clicked
        self._classes.set_chosen(self._chosen)
        self._filter()

    def _filter(self) -> None:
        shown = self._matching()
        self._grid.show_only(shown)
        total = len(self._ids)
        some = f"{formats.count(len(shown))} of {formats.count(total)} images" if len(shown) else "no image matches"
        self._shown.tell(some if len(shown) < total else "")

    def _matching(self) -> NDArray[np.intp]:
        """Indexes of the images that the chosen classes and the search leave."""
        left = np.ones(len(self._ids), np.bool_)
        if self._chosen:
            left &= np.isin(self._labels, list(self._chosen))
        wanted = self._search.text().strip().lower()
        if wanted:
            named = np.array([wanted in name.lower() for name in self._dataset.classes], np.bool_)
            left &= np.array([wanted in name for name in self._ids], np.bool_) | named[self._labels]
        return np.flatnonzero(left)

    def _describe(self, index: int) -> GridItem:
        sample = self._dataset.samples[index]
        note = "" if self._dataset.masks == 0 else "with mask" if sample.mask is not None else "without mask"
        lines = "\n".join(filter(None, (note, facts(self._dataset, index))))
        return GridItem(sample.id, sample.label, self._dataset.classes[sample.label], lines)
