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
    from explorer.widgets.status_line import StatusLine


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
    """Counts in a thread what the panel asks for, and shows beside the status how far that is."""

    def __init__(self, panel: SizesPanel, state: "ExplorerState", work: "WorkBridge", *, status: "StatusLine") -> None:
        super().__init__()
        from explorer.widgets.work_line import WorkLine

        self._panel, self._state, self._work, self._status = panel, state, work, status
        self._line = WorkLine(cancel_help=tr("Stop counting; the panel keeps the number before."))
        status.add_work(self._line)
        self._line.cancel_requested.connect(work.cancel)
        state.dataset_changed.connect(lambda _dataset: panel.show_data())
        panel.asked.connect(self._count)
        work.progressed.connect(lambda _kind, now: self._line.show_progress(now.stage, now.share, now.seconds_left))
        work.finished.connect(self._show)
        work.cancelled.connect(lambda _kind: self._line.end())
        work.failed.connect(self._complain)

    def _count(self) -> None:
        dataset, choose = self._state.dataset, min if self._panel.which.currentData() == "smallest" else max
        if dataset is None:
            return  # the button says so

        def count(watch: "StageWatcher") -> int:
            sizes = []
            for label in range(len(dataset.classes)):
                watch.staged(tr("counting"), label / len(dataset.classes))
                sizes.append(int((dataset.labels == label).sum()))
            return choose(sizes)

        self._line.begin(tr("counting"))
        self._work.begin("sizes", count)

    def _show(self, _kind: str, size: int) -> None:
        self._line.end()
        self._panel.show_size(size)

    def _complain(self, _kind: str, message: str, details: str) -> None:
        self._line.end()
        self._status.complain(message, details)


def connect(panel: SizesPanel, others: "Controllers") -> SizesController:
    """Join it with the data, and with a thread of its own."""
    return SizesController(panel, others.state, others.bridges.add_work("sizes"), status=others.status)


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
