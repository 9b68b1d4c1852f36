"""What is measured, and the buttons that measure and keep it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget
from superqt import QElidingLabel

from explorer import theme
from explorer.reports import Part
from explorer.translation import tr
from explorer.widgets.choice_field import Choice, ChoiceField
from explorer.widgets.message import Message
from explorer.widgets.work_line import WorkLine

_EVALUATE = tr(
    "Measure the newest checkpoint on these images, by the distance that the window compares by: every figure, with "
    "its interval. Takes seconds to minutes, behind the window."
)
_EXPORT = tr("Save all figures, protocols and comparisons of this evaluation.")
_PARTS = (
    Choice("held-out", tr("held-out"), tr("images the model was not trained on: what to judge it by.")),
    Choice("all", tr("all"), tr("training images too, on which every model looks better than it is.")),
)


class EvaluationHeader(QWidget):
    """A line on what the figures are of, with the part to measure, Evaluate and Export; below it how far that is."""

    evaluate_requested = Signal(str)
    """Part"""
    cancel_requested = Signal()
    export_requested = Signal(str)
    """'json' or 'csv'"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject, self._part = (
            QElidingLabel(),
            ChoiceField(tr("part"), _PARTS, tr("Which images are measured."), key="part"),
        )
        self._evaluate, self._export = QPushButton(tr("Evaluate")), QPushButton(tr("Export"))
        self._work, self._age, self._problem = WorkLine(), Message(), Message()
        self._name()
        self._arrange()
        self._evaluate.clicked.connect(lambda: self.evaluate_requested.emit(self.part()))
        self._work.cancel_requested.connect(self.cancel_requested)
        self.set_exportable(False)

    def part(self) -> Part:
        """The part that is to be measured."""
        part: Part = self._part.value()
        return part

    def set_subject(self, text: str) -> None:
        """Say what the figures are of."""
        self._subject.setText(text)
        self._subject.setToolTip(text)

    def set_available(self, reason: str) -> None:
        """Say why nothing can be measured now; empty where it can."""
        self._evaluate.setEnabled(not reason)
        self._evaluate.setToolTip(
            tr("Not now: {reason}").format(reason=reason)
            if reason
            else tr("{EVALUATE} (Ctrl+E)").format(EVALUATE=_EVALUATE)
        )

    def set_exportable(self, exportable: bool) -> None:
        """Say whether there is something to save."""
        self._export.setEnabled(exportable)
        self._export.setToolTip(_EXPORT if exportable else tr("Not now: there is no evaluation yet."))

    def set_age(self, sentence: str) -> None:
        """Say quietly that the figures are not of what the window shows now; empty where they are."""
        self._age.tell(sentence)

    def show_problem(self, sentence: str) -> None:
        """Say why something could not be measured or saved; empty takes it away."""
        self._problem.complain(sentence)

    def begin_work(self, what: str) -> None:
        """Show that something is under way."""
        self._problem.tell("")
        self._work.begin(what)

    def show_progress(self, what: str, share: float | None, seconds_left: float | None) -> None:
        """Show how far it is."""
        self._work.show_progress(what, share, seconds_left)

    def end_work(self) -> None:
        """Show that nothing is under way."""
        self._work.end()

    def _name(self) -> None:
        self._subject.setObjectName("evaluation_subject")
        self._subject.setElideMode(Qt.TextElideMode.ElideMiddle)
        self._part.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self._evaluate.setObjectName("evaluate_button")
        self._evaluate.setShortcut("Ctrl+E")
        self._export.setObjectName("export_report_button")
        menu = QMenu(self._export)
        for kind in ("json", "csv"):
            action = menu.addAction(tr("All figures as {upper}…").format(upper=kind.upper()))
            action.setObjectName(f"export_report_{kind}")
            action.triggered.connect(lambda _checked=False, kind=kind: self.export_requested.emit(kind))
        self._export.setMenu(menu)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.UNIT)
        row.addWidget(self._subject, 1)
        for control in (self._part, self._evaluate, self._export):
            row.addWidget(control)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(row)
        for line in (self._work, self._age, self._problem):
            column.addWidget(line)
