"""The marks that stand for images in a map: their outlines, and the sprites and swatches drawn from them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from explorer.theme import ClassStyle, Shape, class_style

_TINT = 0.3
"""How much of its colour the inside of a hollow mark keeps."""
_HOLLOW_SPECK = 0.6
"""How much of its colour a training image keeps as a speck, which has no inside to be hollow."""
_HOLLOW_SIZE = 0.74
"""Training marks are smaller too; very small marks show no inside."""
_DOT = 4.0
"""Pixels; a mark below this diameter is a disc whatever its class, for its shape could not be seen."""
_SPECK = 2.5
"""Pixels; a mark below this diameter is four whole pixels: soft edges would be most of it and take most of the time."""
_DIMMED = 0.25
"""How much of its colour a mark keeps that is not meant."""


class Emphasis(IntEnum):
    """How much a mark is meant."""

    NORMAL = 0
    DIMMED = 1
    SELECTED = 2


@dataclass(frozen=True)
class Look:
    """How a mark differs from the others of its class."""

    hollow: bool = False
    """Training images are hollow, held-out ones are filled."""
    emphasis: Emphasis = Emphasis.NORMAL


@dataclass(frozen=True)
class Surface:
    """What marks are drawn on."""

    background: QColor
    text: QColor


def mark_path(shape: Shape, diameter: float) -> QPainterPath:
    """Closed outline of a shape around the origin, all shapes of about the same visual weight."""
    radius = diameter / 2
    path = QPainterPath()
    if shape is Shape.CIRCLE:
        path.addEllipse(QPointF(0, 0), radius, radius)
        return path
    polygon = QPolygonF([QPointF(radius * x, radius * y) for x, y in _OUTLINES[shape]])
    path.addPolygon(polygon)
    path.closeSubpath()
    return path


def draw_mark(
    painter: QPainter,
    style: ClassStyle,
    diameter: float,
    surface: Surface,
    look: Look = Look(),
) -> None:
    """Draw one mark at the painter's origin."""
    hollow, emphasis = look.hollow, look.emphasis
    shape = Shape.CIRCLE if diameter < _DOT else style.shape
    path = mark_path(shape, diameter * (_HOLLOW_SIZE if hollow else 1.0))
    strength = _DIMMED if emphasis is Emphasis.DIMMED else 1.0
    colour = _mix(style.colour, surface.background, strength)
    stroke = max(1.0, diameter / 7)
    halo = surface.text if emphasis is Emphasis.SELECTED else surface.background
    reach = stroke if hollow else 0.0
    painter.strokePath(path, _pen(halo, reach + 2 * halo_width(diameter, emphasis)))
    if hollow:
        painter.fillPath(path, _mix(style.colour, surface.background, _TINT * strength))
        painter.strokePath(path, _pen(colour, stroke))
    else:
        painter.fillPath(path, colour)


def halo_width(diameter: float, emphasis: Emphasis) -> float:
    """Width of the line that parts a mark from its neighbours; tiny marks have none unless they are selected."""
    if emphasis is Emphasis.SELECTED:
        return max(0.75, diameter / 10)
    return 0.0 if diameter < 5 else max(0.75, diameter / 12)


def distinct_styles(classes: int) -> tuple[list[ClassStyle], NDArray[np.intp]]:
    """Styles that the classes use, each once, and which of them each class has [classes]."""
    styles: dict[tuple[int, Shape], ClassStyle] = {}
    keys = []
    for index in range(classes):
        style = class_style(index)
        key = (style.colour.rgb(), style.shape)
        styles.setdefault(key, style)
        keys.append(key)
    place = {key: i for i, key in enumerate(styles)}
    return list(styles.values()), np.array([place[key] for key in keys], dtype=np.intp)


def sprite_images(styles: Sequence[ClassStyle], diameter: float, surface: Surface) -> NDArray[np.uint32]:
    """All marks of a map, one below the other; `sprite_index` finds one.

    Parameters
    ----------
    styles
        From `distinct_styles`.
    diameter
        In pixels of the device.
    surface
        What the marks will lie on.

    Returns
    -------
    Premultiplied ARGB, uint32 [emphasis x hollow x styles, K, K].
    """
    looks = [(style, Look(hollow, emphasis)) for emphasis in Emphasis for hollow in (False, True) for style in styles]
    reach = _LONGEST * diameter / 2 + halo_width(diameter, Emphasis.SELECTED) + 1
    side = 2 * math.ceil(reach) + 1
    strip = QImage(side, side * len(looks), QImage.Format.Format_ARGB32_Premultiplied)
    strip.fill(Qt.GlobalColor.transparent)
    painter = QPainter(strip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for row, (style, look) in enumerate(looks):
        painter.resetTransform()
        painter.translate(side / 2, side * (row + 0.5))
        if diameter < _SPECK:
            _draw_speck(painter, style, surface, look)
        else:
            draw_mark(painter, style, diameter, surface, look)
    painter.end()
    pixels: NDArray[np.uint32] = np.array(strip.constBits(), dtype=np.uint8).view(np.uint32)
    return pixels.reshape(len(looks), side, side)


def sprite_index(
    style: NDArray[np.intp], hollow: NDArray[np.bool_], emphasis: NDArray[np.intp], styles: int
) -> NDArray[np.intp]:
    """Row of `sprite_images` for each mark; all arrays [N]."""
    return (emphasis * 2 + hollow) * styles + style


def _draw_speck(painter: QPainter, style: ClassStyle, surface: Surface, look: Look) -> None:
    """Four whole pixels around the painter's origin, which is the middle of a pixel; on a larger ground if selected."""
    if look.emphasis is Emphasis.SELECTED:
        painter.fillRect(QRectF(-2.5, -2.5, 4, 4), surface.text)
    strength = _DIMMED if look.emphasis is Emphasis.DIMMED else 1.0
    strength *= _HOLLOW_SPECK if look.hollow else 1.0
    painter.fillRect(QRectF(-1.5, -1.5, 2, 2), _mix(style.colour, surface.background, strength))


def _mix(colour: QColor, background: QColor, share: float) -> QColor:
    """`share` of the colour and the rest of the background, opaque."""

    def between(over: int, under: int) -> int:
        return round(share * over + (1 - share) * under)

    return QColor(
        between(colour.red(), background.red()),
        between(colour.green(), background.green()),
        between(colour.blue(), background.blue()),
    )


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)


def _star() -> list[tuple[float, float]]:
    outer, inner = 1.3, 0.56
    angles = [math.pi * (i / 5 - 0.5) for i in range(10)]
    return [_turned(inner if i % 2 else outer, 0.0, angle) for i, angle in enumerate(angles)]


def _plus() -> list[tuple[float, float]]:
    arm, long = 0.36, 1.14
    corner = [(arm, -long), (arm, -arm), (long, -arm)]
    return [point for turn in range(4) for point in (_turned(x, y, turn * math.pi / 2) for x, y in corner)]


def _turned(x: float, y: float, angle: float) -> tuple[float, float]:
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)


_OUTLINES = {
    Shape.SQUARE: [(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
    Shape.TRIANGLE: [(0, -1.15), (1.12, 0.8), (-1.12, 0.8)],
    Shape.DIAMOND: [(0, -1.25), (1.05, 0), (0, 1.25), (-1.05, 0)],
    Shape.PLUS: _plus(),
    Shape.CROSS: [_turned(x, y, math.pi / 4) for x, y in _plus()],
    Shape.STAR: _star(),
}
"""Corners in units of the radius of the circle that weighs the same."""
_LONGEST = max(math.hypot(x, y) for corners in _OUTLINES.values() for x, y in corners)
