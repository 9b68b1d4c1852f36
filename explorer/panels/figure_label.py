"""A figure that changes while it is looked at."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from explorer import formats, theme

SIZE = 0.9
"""Size of the digits, of the fixed font."""


class FigureLabel(QLabel):
    """Digits that keep their places.

    Parameters
    ----------
    name
        What it shows, as in 'true positives'.
    meaning
        Its tooltip.
    widest
        A text as wide as usual ones; the label is never narrower.
    align
        Where a shorter one stands.
    """

    def __init__(
        self, name: str, meaning: str, widest: str, align: Qt.AlignmentFlag, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        font = theme.digits_font()
        font.setPointSizeF(font.pointSizeF() * SIZE)
        self.setFont(font)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(name)
        self.setToolTip(meaning)
        self.reserve(widest)
        self.setText(formats.UNKNOWN)

    def reserve(self, widest: str) -> None:
        """Make room for a text as wide as this one, whatever stands here now."""
        shown = self.text()
        self.setText(widest)
        self.setMinimumWidth(self.sizeHint().width())  # of a text as wide, which font metrics miss by a pixel
        self.setText(shown)
