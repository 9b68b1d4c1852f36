"""What was noticed about a data set: notes, and all that was left out with the reason, unfolded on demand."""

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from core.data.dataset import Problem
from explorer import formats
from explorer.core_words import in_words
from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.form import Fold
from explorer.widgets.message import WARNING_SIGN, Message


class Findings(QWidget):
    """Notes as sentences; problems as one line with their number, which unfolds into the list. Empty: no space."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes = Message()
        self._list = QPlainTextEdit(readOnly=True)
        self._list.setObjectName("problem_list")
        self._list.setAccessibleName(tr("What was left out"))
        self._list.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._list.setFixedHeight(11 * UNIT)
        self._fold = Fold(tr("Problems"), self._list, tr("Lists what was left out, and why."), key="problems")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        for widget in (self._notes, self._fold):
            layout.addWidget(widget)
        self.show_findings((), ())

    def show_findings(self, notes: tuple[str, ...], problems: tuple[Problem, ...]) -> None:
        """Show these instead of the last ones, folded."""
        self._notes.tell("\n".join(notes))
        self._fold.set_title(
            tr("{WARNING_SIGN} {problems} left out").format(
                WARNING_SIGN=WARNING_SIGN, problems=formats.count(len(problems))
            )
        )
        self._fold.set_open(False)
        self._fold.setVisible(bool(problems))
        self._list.setPlainText("\n".join(f"{problem.where}: {in_words(problem.reason)}" for problem in problems))
        self.setVisible(bool(notes or problems))
