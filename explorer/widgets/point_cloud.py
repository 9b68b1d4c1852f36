"""The points of a map as one picture: pyqtgraph's own scatter plot is too slow for many points (architecture.md)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from pyqtgraph.GraphicsScene.mouseEvents import HoverEvent, MouseClickEvent, MouseDragEvent
from PySide6.QtCore import QEasingCurve, QPointF, QRect, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QImage, QPaintEngine, QPainter, QPalette, QPen, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from explorer.theme import ClassStyle
from explorer.widgets.cloud_marks import CloudMarks
from explorer.widgets.enclosing import Enclosure, Tool
from explorer.widgets.mark_size import MarkSize, mark_size
from explorer.widgets.marks import Surface
from explorer.widgets.raster import Affine, nearest_point, points_within, splat

_MOVE_MS = 200
_MOVE_AT_MOST = 10_000
"""Points; more of them jump, since a frame would take longer than the eye takes for smooth."""
_PICK_RADIUS = 8.0
VECTORS_AT_MOST = 10_000
"""Points that an SVG file gets as vectors, about 1 KB each; more of them would make files that nothing opens."""
_FINE = 4
"""Pixels a side, for one of the screen, of the picture that it gets in their place."""


@dataclass(frozen=True)
class _Picture:
    """The last raster and what it was made for."""

    key: tuple[object, ...]
    image: QImage
    pixels: NDArray[np.uint32]
    """What the image looks at; kept alive with it."""


class PointCloud(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """Marks coloured and shaped by class; hollow ones are training images.

    Emits the index of a point, or -1 where there is none, when the mouse moves over or clicks it;
    `drag_started` when a selected point is dragged, which then does not move the picture. With another tool than
    `Tool.MOVE` a drag encloses points.
    """

    point_hovered = Signal(int)
    point_clicked = Signal(int, Qt.KeyboardModifier)
    drag_started = Signal(int)
    enclosed = Signal(object, Qt.KeyboardModifier)
    """Which points a drag has enclosed, bool [N], and the keys that were down at its end."""

    def __init__(self) -> None:
        super().__init__()
        self._ids = np.empty(0, np.int64)
        self._marks = CloudMarks()
        self._start = self._shown = self._target = np.empty((0, 2), np.float32)
        self._side = 0.0
        """Of the square around all points, in item coordinates."""
        self._hovered = -1
        self._tool = Tool.MOVE
        self._enclosure: Enclosure | None = None
        self._version = 0
        self._picture: _Picture | None = None
        self._painted = np.empty((0, 2), np.float32)
        """The points as they are shown, in the order of painting."""
        self._move = QVariantAnimation(self)
        self._move.setDuration(_MOVE_MS)
        self._move.setStartValue(0.0)
        self._move.setEndValue(1.0)
        self._move.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._move.valueChanged.connect(self._advance)
        self.setAcceptHoverEvents(True)

    def set_points(
        self,
        xy: NDArray[np.float32],
        class_index: NDArray[np.int64],
        ids: NDArray[np.int64],
        hollow: NDArray[np.bool_],
    ) -> None:
        """Show these points; those with an id that was shown before glide to their new place.

        Parameters
        ----------
        xy
            float32 [N, 2], y upwards; a point without finite coordinates is not drawn.
        class_index
            What `theme.class_style` takes, [N].
        ids
            Which image each point is, [N], each once.
        hollow
            Whether a point is drawn hollow and below the others, [N].
        """
        xy = np.where(np.isfinite(xy), xy, np.float32(np.nan))
        start = self._glide_from(xy, ids)
        self._move.stop()
        self._ids, self._target = ids, np.ascontiguousarray(xy, np.float32)
        self._side = _side_around(self._target)
        self._set_hovered(-1)
        self._marks.set_points(class_index, hollow, self._target)
        if start is None:
            self._show_at(self._target)
            return
        self._start = start
        self._show_at(start)
        self._move.start()

    def set_selection(self, selected: NDArray[np.bool_] | None) -> None:
        """Emphasise the selected points [N] and dim the others; None: all are equal."""
        if self._marks.select(selected):
            self._show_at(self._shown)

    def colour_by(self, styles: Sequence[ClassStyle], index: NDArray[np.intp]) -> None:
        """Draw the points in these styles, of which `index` [N] says one each, until other points are shown."""
        self._marks.colour_by(styles, index)
        self._show_at(self._shown)

    def colour_by_class(self) -> None:
        """Draw the points in the styles of their classes again."""
        if self._marks.colour_by_class():
            self._show_at(self._shown)

    def style_of(self, index: int) -> ClassStyle:
        """What a point is drawn in now."""
        return self._marks.style_of(index)

    def emphasise_class(self, index: int | None) -> None:
        """Dim all classes but this one, whatever is selected; None ends it."""
        if self._marks.emphasise_class(index):
            self._show_at(self._shown)

    def set_tool(self, tool: Tool) -> None:
        """Choose what a drag does."""
        self._tool = tool
        self.stop_enclosing()
        self.setCursor(Qt.CursorShape.ArrowCursor if tool is Tool.MOVE else Qt.CursorShape.CrossCursor)

    def stop_enclosing(self) -> bool:
        """Give up what is being enclosed; whether anything was."""
        was_enclosing = self._enclosure is not None
        self._enclosure = None
        self.update()
        return was_enclosing

    def pick(self, position: QPointF, radius: float = _PICK_RADIUS) -> int:
        """Index of the point nearest to a position in item coordinates, -1 where none is within `radius` pixels."""
        transform = self.deviceTransform_()
        if transform is None or not len(self._shown):
            return -1
        place = transform.map(position)
        reach = max(radius, self._size().diameter / 2)
        return nearest_point(self._shown, _affine(transform), place.x(), place.y(), reach)

    def position(self, index: int) -> QPointF:
        """Where a point is shown now, in item coordinates."""
        return QPointF(*map(float, self._shown[index]))

    def target(self, index: int) -> QPointF:
        """Where a point will stand when all have moved, in item coordinates."""
        return QPointF(*map(float, self._target[index]))

    def within(self, area: QRectF) -> NDArray[np.intp]:
        """Numbers of the points in an area of item coordinates, [M]."""
        x, y = self._target.T
        inside = (x >= area.left()) & (x <= area.right()) & (y >= area.top()) & (y <= area.bottom())
        return np.flatnonzero(inside)

    def is_moving(self) -> bool:
        """Whether points are on the way to their new places."""
        return self._move.state() == QVariantAnimation.State.Running

    def finish_move(self) -> None:
        """Put all points to their places at once."""
        self._move.stop()
        self._show_at(self._target)

    # What pyqtgraph asks of an item

    def boundingRect(self) -> QRectF:
        """The whole visible area: the picture is made of it, and clicks beside the points count too."""
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        """The view shows another part: the area to paint is another one."""
        super().viewTransformChanged()
        self.prepareGeometryChange()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the picture of the points, made anew where something has changed; few as vectors into an SVG file."""
        on_screen = self.deviceTransform_()
        if not len(self._shown) or on_screen is None:
            return
        to_device = painter.deviceTransform()
        scale = to_device.m11() / on_screen.m11()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if painter.paintEngine().type() != QPaintEngine.Type.SVG:
            self._draw_picture(painter, to_device, scale)
        elif len(self._shown) <= VECTORS_AT_MOST:
            self._draw_vectors(painter, to_device, scale)
        else:
            self._draw_fine_picture(painter, to_device, scale)
        painter.restore()

    def hoverEvent(self, event: HoverEvent) -> None:
        """Find the point below the mouse."""
        self._set_hovered(-1 if event.exit else self.pick(event.pos()))

    def mouseClickEvent(self, event: MouseClickEvent) -> None:
        """Report a click; double clicks and the other buttons belong to the plot."""
        if event.button() == Qt.MouseButton.LeftButton and not event.double():
            event.accept()
            self.point_clicked.emit(self.pick(event.pos()), event.modifiers())
        else:
            event.ignore()

    def mouseDragEvent(self, event: MouseDragEvent) -> None:
        """A drag that starts on a selected point takes it along; any other moves the picture, or encloses points."""
        if self._tool is not Tool.MOVE and event.button() == Qt.MouseButton.LeftButton:
            self._enclose(event)
            return
        point = self.pick(event.buttonDownPos()) if event.button() == Qt.MouseButton.LeftButton else -1
        if point < 0 or not self._marks.is_selected(point):
            event.ignore()
            return
        event.accept()
        if event.isStart():
            self.drag_started.emit(point)

    # How it is done

    def _enclose(self, event: MouseDragEvent) -> None:
        event.accept()
        transform = self.deviceTransform_()
        if transform is None:
            return
        place = transform.map(event.pos())
        if event.isStart():
            self._enclosure = Enclosure(self._tool, transform.map(event.buttonDownPos()))
        if self._enclosure is None:  # given up meanwhile
            return
        self._enclosure.extend(place)
        self.update()
        if event.isFinish():
            mask = self._enclosure.mask(self.getViewWidget().viewport().size())
            self.stop_enclosing()
            self.enclosed.emit(points_within(self._shown, _affine(transform), mask), event.modifiers())

    def _glide_from(self, xy: NDArray[np.float32], ids: NDArray[np.int64]) -> NDArray[np.float32] | None:
        """Where the points set out from; None where none is known, nobody looks on, or they are too many."""
        view = self.getViewWidget()
        if not len(self._ids) or len(ids) > _MOVE_AT_MOST or view is None or not view.isVisible():
            return None
        by_id = np.argsort(self._ids)
        place = by_id[np.minimum(np.searchsorted(self._ids, ids, sorter=by_id), len(by_id) - 1)]
        known = self._ids[place] == ids
        if not known.any():
            return None
        return np.where(known[:, None], self._shown[place], xy).astype(np.float32)

    def _advance(self, progress: float) -> None:
        view = self.getViewWidget()
        if view is None or not view.isVisible():
            self.finish_move()
        else:
            share = np.float32(progress)
            self._show_at(self._start + share * (self._target - self._start))

    def _show_at(self, xy: NDArray[np.float32]) -> None:
        self._shown = np.ascontiguousarray(xy)
        self._painted = self._shown.take(self._marks.order, axis=0)
        self._version += 1
        self.update()

    def _set_hovered(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()
            self.point_hovered.emit(index)

    def _draw_picture(self, painter: QPainter, to_device: QTransform, scale: float) -> None:
        """Lay the raster pixel by pixel onto the device; the painter is in the device's logical coordinates."""
        area = to_device.mapRect(self.boundingRect()).toAlignedRect()
        from_logical = painter.deviceTransform()
        to_logical, invertible = from_logical.inverted()
        if area.isEmpty() or not invertible:
            return
        image = self._render(to_device, area, scale)
        image.setDevicePixelRatio(from_logical.m11())
        painter.drawImage(to_logical.map(QPointF(area.topLeft())), image)
        if self._hovered >= 0:
            self._draw_ring(painter, to_logical.map(to_device.map(self.position(self._hovered))))
        if self._enclosure is not None:
            self._enclosure.draw(painter, self._surface().text)

    def _draw_vectors(self, painter: QPainter, to_device: QTransform, scale: float) -> None:
        """Draw each mark that lies within the view; the painter is in the coordinates of the file."""
        area = to_device.mapRect(self.boundingRect())
        surface, size = self._surface(), self._size()
        size = replace(size, diameter=size.diameter * scale)
        for place, index in enumerate(self._marks.order.tolist()):
            centre = to_device.map(self.position(index))
            if area.contains(centre):
                painter.resetTransform()
                painter.translate(centre)
                self._marks.draw(painter, place, size, surface)

    def _draw_fine_picture(self, painter: QPainter, to_device: QTransform, scale: float) -> None:
        """Draw the raster into a file of vectors, fine enough for print."""
        area = to_device.mapRect(self.boundingRect()).toAlignedRect()
        fine = QTransform.fromScale(_FINE, _FINE)
        image = self._render(to_device * fine, fine.mapRect(area), scale * _FINE)
        painter.drawImage(QRectF(area), image, QRectF(image.rect()))

    def _render(self, to_device: QTransform, area: QRect, scale: float) -> QImage:
        """The picture of an area of the device, from the cache where nothing has changed."""
        surface = self._surface()
        affine = _affine(to_device * QTransform.fromTranslate(-area.x(), -area.y()))
        size = (area.width(), area.height())
        key = (self._version, affine, size, scale, surface)
        if self._picture is None or self._picture.key != key:
            mark = self._size()
            sprites = self._marks.sprites(mark.diameter * scale, mark.opacity, surface)
            pixels = splat(self._painted, self._marks.kind, sprites, *size, affine)
            image = QImage(pixels.data, *size, pixels.strides[0], QImage.Format.Format_ARGB32_Premultiplied)
            self._picture = _Picture(key, image, pixels)
        return self._picture.image

    def _size(self) -> MarkSize:
        """Of the marks as far as the view is zoomed now."""
        transform = self.deviceTransform_()
        pixels = 0.0 if transform is None else math.sqrt(abs(transform.determinant()))
        return mark_size(len(self._shown), self._side * pixels)

    def _surface(self) -> Surface:
        view = self.getViewWidget()
        palette = view.palette() if view is not None else QPalette()
        return Surface(palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text))

    def _draw_ring(self, painter: QPainter, centre: QPointF) -> None:
        surface = self._surface()
        radius = self._size().diameter / 2 + 3.5
        for colour, width in ((surface.background, 4.0), (surface.text, 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(centre, radius, radius)


def _side_around(xy: NDArray[np.float32]) -> float:
    """Longer side of what is around the known points [N, 2]; 0 where there are none."""
    if not len(xy):
        return 0.0
    sides = [float(np.fmax.reduce(column) - np.fmin.reduce(column)) for column in xy.T]
    return max((side for side in sides if math.isfinite(side)), default=0.0)


def _affine(transform: QTransform) -> Affine:
    """The transform as the raster takes it."""
    return transform.m11(), transform.m12(), transform.m21(), transform.m22(), transform.dx(), transform.dy()
