"""A row of figures below a picture."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from explorer import formats, theme
from explorer.widgets.message import QuietLabel


class Figure(NamedTuple):
    """One figure of a row."""

    key: str
    """By which its value is written."""
    name: str
    meaning: str
    """Its tooltip."""
    widest: str = "0.000"
    """A text as wide as its widest value."""


class Figures(QWidget):
    """Names with their values below them, at places that stay as the values change."""

    def __init__(self, figures: Sequence[Figure], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, QLabel] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(2 * theme.UNIT)
        layout.setVerticalSpacing(0)
        for column, figure in enumerate(figures):
            heading, value = QuietLabel(), QLabel(figure.widest)
            heading.setText(figure.name)
            heading.setWordWrap(False)
            value.setFont(theme.digits_font())
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setMinimumWidth(value.sizeHint().width())
            value.setText(formats.UNKNOWN)
            value.setObjectName(f"{figure.key}_value")
            for label in (heading, value):
                label.setToolTip(figure.meaning)
                label.setAccessibleName(figure.name)
            layout.addWidget(heading, 0, column)
            layout.addWidget(value, 1, column)
            self._values[figure.key] = value
        layout.setColumnStretch(len(figures), 1)

    def show_values(self, values: Mapping[str, str]) -> None:
        """Write values by the keys of their figures."""
        for key, text in values.items():
            self._values[key].setText(text)
