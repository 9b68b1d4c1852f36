"""Where a step's time goes: one bar, as wide as a step is long, cut into its phases."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.training.records import PHASES, StepSeconds
from explorer.theme import UNIT, class_style, digits_font, muted
from explorer.translation import tr

_HELP = {
    "data": tr("images gathered from the decoded data, as far as the device waited for them"),
    "copy": tr("images moved to the device and made numbers"),
    "augmentation": tr("images shifted, turned and recoloured"),
    "forward": tr("the network's way there"),
    "loss": tr("the tasks' losses, mining and figures of the batch"),
    "backward": tr("the network's way back"),
    "optimizer": tr("the change of the weights"),
    "probe": tr("looks at the probe set, a step's share of them"),
}
_NAMES = {
    "data": tr("data"),
    "copy": tr("copy"),
    "augmentation": tr("augmentation"),
    "forward": tr("forward"),
    "loss": tr("loss"),
    "backward": tr("backward"),
    "optimizer": tr("optimizer"),
    "probe": tr("probe"),
}
_BRIGHT = 140
"""Lightness of a colour, of 255, from which on dark letters are read better on it."""


class StepBar(QWidget):
    """A bar of the phases of a step, with the share of each in it where there is room; hidden before the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("step_bar")
        self.setAccessibleName(tr("where a step's time goes"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._seconds: StepSeconds | None = None
        self.hide()

    def show_seconds(self, seconds: StepSeconds | None) -> None:
        """Show the seconds that each phase of a step takes; None hides the bar."""
        self._seconds = seconds
        self.setVisible(seconds is not None)
        self.setAccessibleDescription("; ".join(f"{_NAMES[name]} {text}" for name, text in self._texts()))
        self.update()

    def sizeHint(self) -> QSize:
        """One line of text."""
        return QSize(20 * UNIT, 2 * UNIT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the phases from left to right, and how long all of them take."""
        painter = QPainter(self)
        painter.setFont(digits_font())
        whole = tr(" {value:.1f} ms a step").format(value=1000.0 * self._total)
        words = painter.fontMetrics().horizontalAdvance(whole)
        painter.setPen(muted(self.palette()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, whole)
        for place, (name, left, right) in enumerate(self._spans(self.width() - words)):
            colour = class_style(place).colour
            span = QRect(left, 1, right - left, self.height() - 2)
            painter.fillRect(span, colour)
            painter.setPen(Qt.GlobalColor.black if colour.lightness() >= _BRIGHT else Qt.GlobalColor.white)
            share = f"{100 * self._share(name):.0f} %"
            for text in (f"{_NAMES[name]} {share}", share):
                if painter.fontMetrics().horizontalAdvance(text) + UNIT // 2 <= span.width():
                    painter.drawText(span, Qt.AlignmentFlag.AlignCenter, text)
                    break

    def event(self, event: QEvent) -> bool:
        """Tell all phases where the pointer rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.explanation(), self)
            return True
        return super().event(event)

    def explanation(self) -> str:
        """A table of the phases, as rich text."""
        rows = "".join(
            f"<tr><td>{_NAMES[name]}</td>"
            f"<td align='right'>&nbsp;{text.replace(' · ', '</td><td align=right>&nbsp;')}</td>"
            f"<td>&nbsp;&nbsp;{_HELP[name]}</td></tr>"
            for name, text in self._texts()
        )
        return tr(
            "Where the time of a step goes, a mean over the last steps. Where data or copy are large, the device "
            "waits for images; where the rest is, a smaller image or backbone helps.<table>{rows}</table>"
        ).format(rows=rows)

    @property
    def _total(self) -> float:
        return sum(getattr(self._seconds, name) for name in PHASES) if self._seconds is not None else 0.0

    def _share(self, name: str) -> float:
        return getattr(self._seconds, name) / self._total if self._total else 0.0

    def _texts(self) -> list[tuple[str, str]]:
        if self._seconds is None:
            return []
        return [
            (
                name,
                tr("{value:.2f} ms · {share:.1f} %").format(
                    value=1000.0 * getattr(self._seconds, name), share=100 * self._share(name)
                ),
            )
            for name in PHASES
        ]

    def _spans(self, width: int) -> Iterator[tuple[str, int, int]]:
        """Name, left and right edge of each phase."""
        left = 0.0
        for name in PHASES:
            right = left + self._share(name) * width
            yield name, round(left), round(right)
            left = right
