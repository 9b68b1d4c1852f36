"""What was noticed about a data set: notes, and all that was left out with the reason, unfolded on demand."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from core.data.dataset import Problem
from explorer import formats
from explorer.theme import UNIT
from explorer.widgets.message import WARNING_SIGN, Message


class Findings(QWidget):
    """Notes as sentences; problems as one line with their number, which unfolds into the list. Empty: no space."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes = Message()
        self._heading = QToolButton()
        self._heading.setObjectName("problems")
        self._heading.setCheckable(True)
        self._heading.setAutoRaise(True)
        self._heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._heading.setToolTip("Lists what was left out, and why.")
        self._heading.toggled.connect(self._unfold)
        self._list = QPlainTextEdit(readOnly=True)
        self._list.setObjectName("problem_list")
        self._list.setAccessibleName("What was left out")
        self._list.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._list.setFixedHeight(11 * UNIT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        for widget in (self._notes, self._heading, self._list):
            layout.addWidget(widget)
        self.show_findings((), ())

    def show_findings(self, notes: tuple[str, ...], problems: tuple[Problem, ...]) -> None:
        """Show these instead of the last ones, folded."""
        self._notes.tell("\n".join(notes))
        number = f"{formats.count(len(problems))} left out" if problems else ""
        self._heading.setText(f"{WARNING_SIGN} {number}")
        self._heading.setVisible(bool(problems))
        self._heading.setChecked(False)
        self._unfold(False)
        self._list.setPlainText("\n".join(f"{problem.where}: {problem.reason}" for problem in problems))
        self.setVisible(bool(notes or problems))

    def _unfold(self, open_: bool) -> None:
        self._list.setVisible(open_)
        self._heading.setArrowType(Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow)
