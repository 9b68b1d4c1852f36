"""A narrow form: aligned labels, several controls a row, a line for a problem right below the row it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from explorer import theme
from explorer.widgets.message import Message
from explorer.widgets.path_field import PathField

_GROWING = (QComboBox, PathField)


@dataclass(frozen=True)
class FormRow:
    """One row of a form."""

    labels: tuple[QLabel, ...]
    """The row's label, then the words between its controls; each names the control that follows it."""
    problem: Message

    def follow_controls(self) -> None:
        """Let the labels look and explain themselves as their controls do."""
        for label in self.labels:
            label.setEnabled(label.buddy().isEnabled())
            label.setToolTip(label.buddy().toolTip())


class Form(QWidget):
    """Rows of a label, controls and a problem line."""

    def __init__(self, label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label_width = label_width
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.UNIT)
        self._grid.setVerticalSpacing(theme.UNIT // 2)
        self._grid.setColumnStretch(1, 1)

    def add_row(self, text: str, controls: Sequence[QWidget | str]) -> FormRow:
        """Add a row; combo boxes and paths take the space that is left, other controls keep their width.

        A text among the controls is the label of the one after it.
        """
        labels = [QLabel(text)]
        labels[0].setMinimumWidth(self._label_width)  # wider where the desktop's letters are
        line = QHBoxLayout()
        line.setSpacing(theme.UNIT // 2)
        for control in controls:
            if isinstance(control, str):
                labels.append(QLabel(control))
                line.addWidget(labels[-1])
                continue
            if labels[-1].buddy() is None:
                labels[-1].setBuddy(control)
            line.addWidget(control, 1 if isinstance(control, _GROWING) else 0)
        if not any(isinstance(control, _GROWING) for control in controls):
            line.addStretch(1)
        problem = Message()
        row = self._grid.rowCount()
        self._grid.addWidget(labels[0], row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addLayout(line, row, 1)
        self._grid.addWidget(problem, row + 1, 0, 1, 2)
        return FormRow(tuple(labels), problem)


def align(labels: Sequence[QLabel]) -> None:
    """Make labels of several forms as wide as the widest of them, so that their controls begin on one line."""
    width = max(max(label.minimumWidth(), label.sizeHint().width()) for label in labels)
    for label in labels:
        label.setMinimumWidth(width)


class Fold(QWidget):
    """A heading that shows and hides what lies below it; folded at first."""

    def __init__(
        self, title: str, content: QWidget, help_text: str, *, key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._content = content
        self._head = QToolButton()
        self._head.setText(title)
        self._head.setObjectName(f"{key}_fold")
        self._head.setToolTip(help_text)
        self._head.setAutoRaise(True)
        self._head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._head.clicked.connect(lambda: self.set_open(self._content.isHidden()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT // 2)
        layout.addWidget(self._head)
        layout.addWidget(content)
        self.set_open(False)

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self._head.setText(title)

    def set_open(self, is_open: bool) -> None:
        """Show or hide the content."""
        self._head.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self._content.setVisible(is_open)
