"""Which classes are recognised, which are taken for which, and how well their masks are found."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from explorer import formats, theme
from explorer.translation import tr
from explorer.widgets.data_table import Column, DataTable
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.matrix_view import MatrixView
from explorer.widgets.message import Message

if TYPE_CHECKING:
    from core.evaluation.measured import Measured

Row = tuple[str, int, float | None, float | None, float | None, float | None]
_EMPTY = tr(
    "Here will stand how well each class is recognised and segmented, sorted as you like. "
    "Press Evaluate to measure the run."
)
_NOTHING = tr(
    "There is nothing to say by class: the model cannot name the classes of these images, which it was not trained "
    "on, and there are no masks. Evaluate all images, or train on a closed set, to see the classes that it knows."
)
_EMPTY_MATRIX = tr("Here will stand which class is taken for which. Press Evaluate to measure the run.")
_NO_MATRIX = tr(
    "There is no table of which class is taken for which: the model was not trained on the classes of these images. "
    "Evaluate all images to see those that it was trained on, or open Pairs to see which identities are mistaken "
    "for one another."
)
_LEGEND = tr("rows: true class · columns: predicted · shade: share of the row · a click selects the images")
_COLUMNS = (
    Column(tr("class"), tr("The class.")),
    Column(tr("images"), tr("How many images of the class were measured."), formats.count),
    Column(tr("accuracy"), tr("Share of its images that are recognised (recall)."), formats.rate),
    Column(tr("precision"), tr("Share of the images taken for this class that are of it."), formats.rate),
    Column(tr("IoU"), tr("Mean overlap of predicted and true masks of its images."), formats.rate),
    Column(tr("Dice"), tr("Mean Dice coefficient of predicted and true masks of its images."), formats.rate),
)


class ConfusionTab(QWidget):
    """Which class is taken for which."""

    confusion_chosen = Signal(str, str)
    """Names of the true and of the predicted class of the cell that the user clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes: tuple[str, ...] = ()
        self._empty = EmptyState(_EMPTY_MATRIX)
        self._matrix, legend = MatrixView(tr("confusion matrix")), Message()
        self._matrix.setToolTip(tr("Point at a cell to read it; click it to select its images in all panels."))
        self._matrix.cell_chosen.connect(self._choose)
        legend.tell(_LEGEND)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(self._matrix, 1)
        column.addWidget(legend)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(page)

    def show_measured(self, measured: "Measured | None") -> None:
        """Show the matrix of an evaluation; None: there is none."""
        confusion = None if measured is None else measured.confusion
        self._empty.setText(_EMPTY_MATRIX if measured is None else _NO_MATRIX)
        self._pages.setCurrentIndex(0 if confusion is None else 1)
        if confusion is not None:
            self._classes = confusion.classes
            self._matrix.show_counts(confusion.counts, confusion.classes)

    def _choose(self, row: int, column: int) -> None:
        self.confusion_chosen.emit(self._classes[row], self._classes[column])


class ClassesTab(QWidget):
    """What is known of each class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = EmptyState(_EMPTY)
        self._table = DataTable(tr("classes"), _COLUMNS)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._table)

    def show_measured(self, measured: "Measured | None") -> None:
        """Show the classes of an evaluation; None: there is none."""
        rows = [] if measured is None else list(class_rows(measured))
        self._empty.setText(_EMPTY if measured is None else _NOTHING)
        self._pages.setCurrentIndex(1 if rows else 0)
        self._table.set_rows(rows)
        for column, values in enumerate(zip(*rows, strict=True)):
            self._table.setColumnHidden(column, all(value is None for value in values))


def class_rows(measured: "Measured") -> Iterator[Row]:
    """Name, images, accuracy, precision, IoU and Dice of each class that something is known of."""
    for found in measured.per_class:
        yield found.name, found.images, found.recall, found.precision, found.iou, found.dice
