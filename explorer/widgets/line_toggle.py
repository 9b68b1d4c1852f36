"""The button of one curve: its piece of line, its name, and whether it is shown."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from explorer import theme
from explorer.translation import tr
from explorer.widgets.plot import curve_pen

_SAMPLE = QSize(20, theme.UNIT)
"""Size of the piece of line."""
_CLICK = tr("Click to hide or show it.")


class LineToggle(QToolButton):
    """Pressed while its curve is shown; a curve without numbers can be neither shown nor hidden, and says why."""

    def __init__(
        self, key: str, label: str, colour: QColor, style: Qt.PenStyle, help_text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._help = help_text
        self.setObjectName(f"{key}_toggle")
        self.setCheckable(True)
        self.setChecked(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(_SAMPLE)
        self.setIcon(_line_icon(colour, style, self.devicePixelRatioF()))
        self.set_label(label)
        self.set_absent(None)

    def set_label(self, label: str) -> None:
        """Give the curve another name."""
        self.setText(label)
        self.setAccessibleName(tr("show {label}").format(label=label))

    def set_absent(self, reason: str | None) -> None:
        """Disable it and say why; None enables it."""
        self.setEnabled(reason is None)
        self.setToolTip(f"{reason}\n\n{self._help}" if reason else f"{self._help}\n{_CLICK}")


def _line_icon(colour: QColor, style: Qt.PenStyle, ratio: float) -> QIcon:
    pixmap = QPixmap(_SAMPLE * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setPen(curve_pen(colour, style))
        painter.drawLine(0, _SAMPLE.height() // 2, _SAMPLE.width(), _SAMPLE.height() // 2)
    return QIcon(pixmap)
