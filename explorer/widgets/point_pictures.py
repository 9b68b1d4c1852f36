"""Pictures in place of points, where a map is zoomed in so far that they have room."""

from collections import OrderedDict

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from explorer.theme import UNIT
from explorer.widgets.point_cloud import PointCloud

MOST = 60
"""Points in view up to which they are shown as pictures."""
ZOOM = 3.0
"""How far the map must be zoomed in first: at the first look it shows points, however few there are."""
_SIDE = 6 * UNIT
_KEPT = 500
"""Pictures that are kept; the ones used longest ago go first."""
_AFTER_MS = 120
"""The view must have stood still for so long."""


class PointPictures(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """Lies over a point cloud; asks for the pictures that come into view and draws those that have come."""

    needed = Signal(tuple)
    """Ids of the points whose pictures are to be given to `set_picture`; the former wish is void."""

    def __init__(self, cloud: PointCloud, home: float) -> None:
        super().__init__()
        self._cloud, self._home = cloud, home
        self._ids = np.empty(0, np.int64)
        self._shown: tuple[int, ...] = ()
        """Points that are pictures now."""
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self._settle = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._settle.timeout.connect(self.look)

    def set_points(self, ids: NDArray[np.int64]) -> None:
        """Say what the cloud's points are; pictures of points that are still there stay."""
        self._ids, self._shown = ids, ()
        self._settle.start()
        self.update()

    def forget(self) -> None:
        """Drop all pictures: the ids mean other images now."""
        self._pictures.clear()
        self._shown = ()
        self.update()

    def set_picture(self, sample_id: int, picture: QImage) -> None:
        """Take a picture, a null one where it cannot be read: the point stays a point."""
        self._pictures[sample_id] = picture
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self.update()

    def look(self) -> None:
        """Find the points in view, and ask for the pictures that are missing."""
        self._shown = self._in_view()
        ids = [int(self._ids[point]) for point in self._shown]
        for known in ids:
            if known in self._pictures:
                self._pictures.move_to_end(known)
        missing = tuple(each for each in ids if each not in self._pictures)
        if missing:
            self.needed.emit(missing)
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole visible area."""
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        """The view shows another part."""
        super().viewTransformChanged()
        self.prepareGeometryChange()
        self._settle.start()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the pictures that are there, in frames of the colours of their points."""
        view = self.getViewWidget()
        if view is None or not self._shown or self._cloud.is_moving():
            return
        to_device = painter.transform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for point in self._shown:
            picture = self._pictures.get(int(self._ids[point]))
            if picture is None or picture.isNull():
                continue
            size = picture.size().scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio)
            box = QRectF(0, 0, size.width(), size.height())
            box.moveCenter(to_device.map(self._cloud.position(point)))
            painter.fillRect(box, view.palette().color(QPalette.ColorRole.Base))
            painter.drawImage(box, picture)
            painter.setPen(QPen(self._cloud.style_of(point).colour, 2))
            painter.drawRect(box)
        painter.restore()

    def _in_view(self) -> tuple[int, ...]:
        area = self.viewRect()
        if self.getViewWidget() is None or area.width() * ZOOM > self._home or not len(self._ids):
            return ()
        points = self._cloud.within(QRectF(area))
        return tuple(points.tolist()) if len(points) <= MOST else ()
