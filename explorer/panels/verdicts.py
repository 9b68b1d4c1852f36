"""Verdicts on many pairs at once will stand here, and the pairs that were looked at."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.widgets.empty_state import EmptyState

_EMPTY = "Verdicts on many pairs at once will stand here, and the pairs that were looked at."


class VerdictsPanel(QWidget):
    """Nothing yet but words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        QVBoxLayout(self).addWidget(EmptyState(_EMPTY))
