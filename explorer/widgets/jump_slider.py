"""The slider that all panels use, so that mouse and wheel do the same everywhere."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from explorer.widgets.wheel import wheel_only_when_focused


class JumpSlider(QSlider):
    """A horizontal slider whose handle comes to where the bar is pressed, and can be dragged on from there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        wheel_only_when_focused(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the handle below the pointer first."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        control = QStyle.ComplexControl.CC_Slider
        handle = self.style().subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, self)
        if event.button() == Qt.MouseButton.LeftButton and not handle.contains(event.position().toPoint()):
            groove = self.style().subControlRect(control, option, QStyle.SubControl.SC_SliderGroove, self)
            span = groove.width() - handle.width()
            offset = round(event.position().x() - groove.left() - handle.width() / 2)
            value = QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), offset, span, option.upsideDown)
            self.setValue(value)
        super().mousePressEvent(event)
