"""The marks of classes as small pictures, each drawn once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette

from explorer.theme import UNIT, class_style
from explorer.widgets.marks import Surface, draw_mark

SIDE = UNIT + 4
"""Pixels."""


class MarkCache:
    """Drawing a mark anew in each cell would cost more than the rest of the cell."""

    def __init__(self) -> None:
        self._marks: dict[tuple[object, ...], QImage] = {}

    def mark(self, class_index: int, palette: QPalette, ratio: float) -> QImage:
        """The mark of a class on the palette's base, sharp at a ratio of device pixels."""
        text, base = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
        key = (class_index, base.rgb(), text.rgb(), ratio)
        if key not in self._marks:
            self._marks[key] = _drawn(class_index, Surface(base, text), ratio)
        return self._marks[key]


def _drawn(class_index: int, surface: Surface, ratio: float) -> QImage:
    image = QImage(round(SIDE * ratio), round(SIDE * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(Qt.GlobalColor.transparent))
    with QPainter(image) as drawing:
        drawing.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing.translate(SIDE / 2, SIDE / 2)
        draw_mark(drawing, class_style(class_index), UNIT, surface)
    return image
