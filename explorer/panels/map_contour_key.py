"""What the lines on the map hold."""

from PySide6.QtCore import QLineF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.projection.density import CLASS_SHARES, SHARES
from explorer.theme import UNIT, muted
from explorer.translation import tr

WIDTHS = (2.0, 1.5, 1.0)
"""Pixels of the lines around all points, innermost first."""
CLASS_WIDTH = 2.0
"""Pixels of the line around a class."""


class ContourKey(QWidget):
    """A line for each kind of line on the map, with the share of the points within it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("contour_key")
        self._lines: list[tuple[str, float, float]] = []
        self.setToolTip(
            tr(
                "The lines follow equal density of the points. What lies within one are the "
                "densest places that hold this share of all points, or of a class."
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_lines(whole=False, of_class="")

    def show_lines(self, *, whole: bool, of_class: str) -> None:
        """Explain the lines around all points, and in these words those around classes; empty: there are none."""
        self._lines = [(tr("of all"), *line) for line in zip(SHARES, WIDTHS, strict=True)] if whole else []
        self._lines += [(of_class, share, CLASS_WIDTH) for share in CLASS_SHARES] if of_class else []
        self.setAccessibleName(
            "; ".join(
                tr("line around {share:.0%}, {name}").format(share=share, name=name) for name, share, _ in self._lines
            )
        )
        self.setVisible(bool(self._lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each."""
        return QSize(15 * UNIT, len(self._lines) * self._height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self.palette().color(QPalette.ColorRole.WindowText)
        for row, (name, share, width) in enumerate(self._lines):
            line = QRect(0, row * self._height(), self.width(), self._height()).adjusted(UNIT // 2, 0, -UNIT // 2, 0)
            middle = line.center().y() + 0.5
            painter.setPen(QPen(text, width))
            painter.drawLine(QLineF(line.left(), middle, line.left() + 1.75 * UNIT, middle))
            painter.setPen(text)
            painter.drawText(line.adjusted(2 * UNIT + 2, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(muted(self.palette()))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line, side, f"{100 * share:g} %")

    def _height(self) -> int:
        return QFontMetrics(self.font()).height() + UNIT // 2
