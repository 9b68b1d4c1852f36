"""SAME or DIFFERENT, large, with the two numbers that decide it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from explorer import formats, theme
from explorer.translation import tr

_SYMBOL = 3 * theme.UNIT


class VerdictSymbol(QWidget):
    """A tick in a disc for 'same', a struck-through ring for 'different': told apart by shape as by colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._same: bool | None = None
        self.setFixedSize(QSize(_SYMBOL, _SYMBOL))

    def set_same(self, same: bool | None) -> None:
        """Draw the symbol of a verdict; None draws nothing."""
        self._same = same
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the symbol."""
        if self._same is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(2, 2, _SYMBOL - 4, _SYMBOL - 4)
        if self._same:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.GENUINE)
            painter.drawEllipse(disc)
            painter.setPen(QPen(Qt.GlobalColor.white, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolyline(_points((0.27, 0.53), (0.44, 0.69), (0.74, 0.34)))
        else:
            painter.setPen(QPen(theme.IMPOSTOR, 3))
            painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
            painter.drawPolyline(_points((0.22, 0.78), (0.78, 0.22)))


class VerdictLine(QWidget):
    """The verdict of a distance against a threshold: symbol, word and the comparison itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbol = VerdictSymbol()
        self._word, self._comparison = QLabel(), QLabel()
        self._word.setObjectName("verdict")
        self._comparison.setObjectName("comparison")
        self._word.setFont(_scaled(self.font(), 1.7, bold=True))
        self._comparison.setFont(_scaled(theme.digits_font(), 1.2))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT)
        layout.addWidget(self._symbol)
        layout.addWidget(self._word)
        layout.addStretch(1)
        layout.addWidget(self._comparison)

    def set_values(self, distance: float, threshold: float | None) -> None:
        """Judge a distance; without a threshold it is only shown."""
        shown = formats.distance(distance)
        if threshold is None:
            self._show(None, tr("no threshold yet"), shown)
            return
        same = distance <= threshold
        sign = "≤" if same else ">"
        self._show(same, tr("SAME") if same else tr("DIFFERENT"), f"{shown} {sign} {formats.distance(threshold)}")

    def text(self) -> str:
        """The verdict as one line of text."""
        return f"{self._word.text()}  {self._comparison.text()}"

    def _show(self, same: bool | None, word: str, comparison: str) -> None:
        self._symbol.set_same(same)
        self._word.setText(word)
        self._comparison.setText(comparison)
        self.setAccessibleName(self.text())
        self.setToolTip(tr("A pair is accepted as the same when its distance is at most the threshold."))


def _points(*shares: tuple[float, float]) -> list[QPointF]:
    return [QPointF(x * _SYMBOL, y * _SYMBOL) for x, y in shares]


def _scaled(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    scaled = QFont(font)
    scaled.setPointSizeF(font.pointSizeF() * factor)
    scaled.setBold(bold)
    return scaled
