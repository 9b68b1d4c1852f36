"""Which classes are recognised, which are taken for which, and how well their masks are found."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from explorer import formats, theme
from explorer.widgets.data_table import Column, DataTable
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.matrix_view import MatrixView
from explorer.widgets.message import Message

if TYPE_CHECKING:
    from core.evaluation.measured import Measured

Row = tuple[str, int, float | None, float | None, float | None, float | None]
_EMPTY = (
    "Here will stand which class is taken for which, and how each is recognised and segmented. "
    "Press Evaluate to measure the run."
)
_NOTHING = (
    "There is nothing to say by class: the model cannot name the classes of these images, which it was not trained "
    "on, and there are no masks. Evaluate all images, or train on a closed set, to see the classes that it knows."
)
_NO_MATRIX = "There is no table of who is taken for whom: the model was not trained on these classes."
_LEGEND = "rows: true class · columns: predicted class · shade: share of the row · click a cell to select its images"
_COLUMNS = (
    Column("class", "The class."),
    Column("images", "How many images of the class were measured.", formats.count),
    Column("accuracy", "Share of its images that are recognised (recall).", formats.rate),
    Column("precision", "Share of the images taken for this class that are of it.", formats.rate),
    Column("IoU", "Mean overlap of predicted and true masks of its images.", formats.rate),
    Column("Dice", "Mean Dice coefficient of predicted and true masks of its images.", formats.rate),
)


class ClassesTab(QWidget):
    """Confusion matrix and a table of the classes, side by side or above one another."""

    confusion_chosen = Signal(str, str)
    """Names of the true and of the predicted class of the cell that the user clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes: tuple[str, ...] = ()
        self._empty = EmptyState(_EMPTY)
        self._matrix, self._legend = MatrixView("confusion matrix"), Message()
        self._matrix.setToolTip("Point at a cell to read it; click it to select its images in all panels.")
        self._matrix.cell_chosen.connect(self._choose)
        self._table = DataTable("classes", _COLUMNS)
        self._table.setToolTip("Click a header to sort; Ctrl+C copies.")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(self._matrix, 1)
        column.addWidget(self._legend)
        self._halves = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._halves.addWidget(left)
        self._halves.addWidget(self._table)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._halves)

    def show_measured(self, measured: "Measured | None") -> None:
        """Show the classes of an evaluation; None: there is none."""
        rows = [] if measured is None else list(class_rows(measured))
        self._pages.setCurrentIndex(1 if rows else 0)
        self._empty.setText(_EMPTY if measured is None else _NOTHING)
        if measured is None or not rows:
            return
        confusion = measured.confusion
        self._matrix.setVisible(confusion is not None)
        self._legend.tell(_NO_MATRIX if confusion is None else _LEGEND)
        if confusion is not None:
            self._classes = confusion.classes
            self._matrix.show_counts(confusion.counts, confusion.classes)
        self._table.set_rows(rows)
        for column, values in enumerate(zip(*rows, strict=True)):
            self._table.setColumnHidden(column, all(value is None for value in values))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give both halves what they need."""
        super().resizeEvent(event)
        if not event.oldSize().isValid() or event.oldSize().width() != event.size().width():
            table = min(event.size().width() // 2, 56 * theme.UNIT)
            self._halves.setSizes([event.size().width() - table, table])

    def _choose(self, row: int, column: int) -> None:
        self.confusion_chosen.emit(self._classes[row], self._classes[column])


def class_rows(measured: "Measured") -> Iterator[Row]:
    """Name, images, accuracy, precision, IoU and Dice of each class that something is known of."""
    masks = {} if measured.segmentation is None else {found.name: found for found in measured.segmentation.classes}
    confusion = measured.confusion
    seen = () if confusion is None else confusion.classes
    for place, name in enumerate(seen):
        if confusion is not None:
            mask = masks.pop(name, None)
            iou, dice = (None, None) if mask is None else (mask.iou, mask.dice)
            images = int(confusion.counts[place].sum())
            yield name, images, confusion.recall(place), confusion.precision(place), iou, dice
    for name, mask in masks.items():
        yield name, mask.images, None, None, mask.iou, mask.dice
