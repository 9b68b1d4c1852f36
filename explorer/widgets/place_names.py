"""Names written over a map, each at its place, as many as do not cover one another."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPalette, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from explorer.theme import UNIT

_MARGIN = UNIT / 2


class PlaceNames(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """Texts that keep their size however far the map is zoomed; the earlier ones come first where room is short."""

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[tuple[str, QPointF], ...] = ()

    def set_names(self, names: Sequence[tuple[str, QPointF]]) -> None:
        """Write these names, each centred at its place in item coordinates."""
        self._names = tuple(names)
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole visible area."""
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        """The view shows another part."""
        super().viewTransformChanged()
        self.prepareGeometryChange()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Write the names that have room."""
        view = self.getViewWidget()
        if view is None:
            return
        palette, to_device = view.palette(), painter.transform()
        ground = palette.color(QPalette.ColorRole.Base)
        ground.setAlphaF(0.7)
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(view.font())
        for name, box in self._boxes(to_device, QFontMetricsF(view.font())):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()

    def _boxes(self, to_device: QTransform, metrics: QFontMetricsF) -> list[tuple[str, QRectF]]:
        """Names with the places they take, in pixels, without those that would cover an earlier one."""
        taken: list[tuple[str, QRectF]] = []
        for name, place in self._names:
            box = metrics.boundingRect(name).adjusted(-_MARGIN, 0, _MARGIN, 0)
            box.moveCenter(to_device.map(place))
            if not any(box.intersects(other) for _, other in taken):
                taken.append((name, box))
        return taken
