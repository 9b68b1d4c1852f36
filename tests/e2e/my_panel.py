"""A panel as somebody might add it, with work of its own behind the window: this file is all there is of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.panel_spec import ControlSpec, FieldSpec, PanelSpec, Place
from explorer.translation import tr

if TYPE_CHECKING:
    from explorer.bridge.long_work import StageWatcher, WorkBridge
    from explorer.controllers.assembly import Controllers
    from explorer.state import ExplorerState


class SizesPanel(QWidget):
    """Says how many images the smallest or the largest class has."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.which, self.button, self.answer = QComboBox(), QPushButton(tr("Count")), QLabel(tr("Not counted yet."))
        self.which.setObjectName("which_class")
        self.which.setAccessibleName(tr("Which class"))
        self.which.setToolTip(tr("The class whose images are counted."))
        self.which.addItem(tr("Smallest"), "smallest")
        self.which.addItem(tr("Largest"), "largest")
        self.button.setObjectName("count_images")
        self.button.setToolTip(tr("Choose data first."))
        self.button.setEnabled(False)
        self.button.clicked.connect(self.asked.emit)
        column = QVBoxLayout(self)
        for widget in (self.which, self.button, self.answer):
            column.addWidget(widget)
        column.addStretch()

    def show_data(self) -> None:
        """Offer to count."""
        self.button.setEnabled(True)
        self.button.setToolTip(tr("Counts the images of the class."))

    def show_size(self, size: int) -> None:
        """Say what was counted."""
        self.answer.setText(tr("{count} images").format(count=size))


class SizesController(QObject):
    """Counts in a thread what the panel asks for."""

    def __init__(self, panel: SizesPanel, state: "ExplorerState", work: "WorkBridge") -> None:
        super().__init__()
        self._panel, self._state, self._work = panel, state, work
        state.dataset_changed.connect(lambda _dataset: panel.show_data())
        panel.asked.connect(self._count)
        work.finished.connect(lambda _kind, size: panel.show_size(size))

    def _count(self) -> None:
        dataset, choose = self._state.dataset, min if self._panel.which.currentData() == "smallest" else max

        def count(watch: "StageWatcher") -> int:
            watch.staged("counting")
            labels = [] if dataset is None else dataset.labels.tolist()
            return choose(labels.count(label) for label in set(labels))

        self._work.begin("sizes", count)


def connect(panel: SizesPanel, others: "Controllers") -> SizesController:
    """Join it with the data, and with a thread of its own."""
    return SizesController(panel, others.state, others.bridges.add_work("sizes"))


PANEL = PanelSpec(
    title=tr("Class sizes"),
    letter="K",
    page="data",
    place=Place.CENTRE_TOP,
    make=SizesPanel,
    controls=(ControlSpec("count_images", tr("Count the images of the class"), "C"),),
    fields=(FieldSpec("which_class", tr("Count in the class that is {}")),),
    connect=connect,
)
