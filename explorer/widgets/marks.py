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
_PALE = 0.6
"""How much of its colour a training image keeps as a dot, which has no inside to be hollow."""
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
    GROUND = 3
    """Not a mark but what all selected ones lie on: around each dot of a crowd it would cover the next."""


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
    if look.emphasis is Emphasis.GROUND:
        colours = _Layers(surface.text, surface.text, surface.text)
    else:
        halo = surface.text if look.emphasis is Emphasis.SELECTED else surface.background
        inside, edge = (_mix(style.colour, surface.background, share) for share in _shares(look, diameter))
        colours = _Layers(halo, inside, edge)
    _draw_layers(painter, style.shape, diameter, look, colours)


def halo_width(diameter: float, emphasis: Emphasis) -> float:
    """Width of the line that parts a mark from its neighbours; tiny marks have none, but a ground if selected."""
    if emphasis is Emphasis.GROUND or (emphasis is Emphasis.SELECTED and diameter >= _DOT):
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


def sprite_images(
    styles: Sequence[ClassStyle],
    diameter: float,
    surface: Surface,
    opacity: float = 1.0,
    emphases: Sequence[Emphasis] = tuple(Emphasis),
) -> NDArray[np.uint32]:
    """All marks of a map, one below the other; `sprite_index` finds one.

    Each shape is drawn once and coloured by computing, since hundreds of classes have thousands of marks.

    Parameters
    ----------
    styles
        From `distinct_styles`.
    diameter
        In pixels of the device.
    surface
        What the marks will lie on.
    opacity
        Of all marks but the selected ones and their ground.
    emphases
        The first so many of `Emphasis`.

    Returns
    -------
    Premultiplied ARGB, uint32 [emphases x hollow x styles, K, K].
    """
    shapes = sorted({style.shape for style in styles}, key=list(Shape).index)
    shape_of = np.array([shapes.index(style.shape) for style in styles], np.intp)
    colours = np.array([_rgb(style.colour) for style in styles], np.float32).reshape(-1, 3)
    looks = [Look(hollow, emphasis) for emphasis in emphases for hollow in (False, True)]
    layers = _layers_of(shapes, looks, diameter)
    drawn = []
    for look, drawing in zip(looks, layers, strict=True):
        share = opacity if look.emphasis < Emphasis.SELECTED else 1.0
        paints = _paints(colours, surface, look, diameter)
        drawn.append(_coloured(drawing[shape_of], paints, share))
    return np.concatenate(drawn)


def sprite_index(
    style: NDArray[np.intp], hollow: NDArray[np.bool_], emphasis: NDArray[np.intp], styles: int
) -> NDArray[np.intp]:
    """Row of `sprite_images` for each mark; all arrays [N]."""
    return (emphasis * 2 + hollow) * styles + style


@dataclass(frozen=True)
class _Layers:
    """Colours of the parts of a mark, each over the one before."""

    halo: QColor
    inside: QColor
    edge: QColor


_CHANNELS = _Layers(QColor(255, 0, 0), QColor(0, 255, 0), QColor(0, 0, 255))
"""Drawn in these, each pixel tells how much of each part it shows: all parts are opaque."""


def _is_open(look: Look, diameter: float) -> bool:
    """Whether a mark has an edge around an inside that is nearly empty; a dot has no room for it, and is paler."""
    return look.hollow and diameter >= _DOT


def _shares(look: Look, diameter: float) -> tuple[float, float]:
    """How much of the colour of its class the inside and the edge of a mark have."""
    strength = _DIMMED if look.emphasis is Emphasis.DIMMED else 1.0
    if not look.hollow:
        return strength, strength
    return strength * (_TINT if _is_open(look, diameter) else _PALE), strength


def _draw_layers(painter: QPainter, shape: Shape, diameter: float, look: Look, colours: _Layers) -> None:
    path = mark_path(Shape.CIRCLE if diameter < _DOT else shape, diameter * (_HOLLOW_SIZE if look.hollow else 1.0))
    stroke = max(1.0, diameter / 7)
    is_open = _is_open(look, diameter)
    halo = 2 * halo_width(diameter, look.emphasis) + (stroke if is_open else 0.0)
    if halo > 0:  # a pen of width 0 would draw a line of one pixel
        painter.strokePath(path, _pen(colours.halo, halo))
    painter.fillPath(path, colours.inside)
    if is_open:
        painter.strokePath(path, _pen(colours.edge, stroke))


def _draw_speck(painter: QPainter, look: Look, colours: _Layers) -> None:
    """Four whole pixels around the painter's origin, which is the middle of a pixel; a ground is larger."""
    if look.emphasis is Emphasis.GROUND:
        painter.fillRect(QRectF(-2.5, -2.5, 4, 4), colours.halo)
    else:
        painter.fillRect(QRectF(-1.5, -1.5, 2, 2), colours.inside)


def _layers_of(shapes: Sequence[Shape], looks: Sequence[Look], diameter: float) -> NDArray[np.uint8]:
    """How much each pixel shows of halo, inside and edge, and its alpha, of 255: [looks, shapes, K, K, 4]."""
    reach = _LONGEST * diameter / 2 + halo_width(diameter, Emphasis.GROUND) + 1
    side = 2 * math.ceil(reach) + 1
    strip = QImage(side, side * len(looks) * len(shapes), QImage.Format.Format_ARGB32_Premultiplied)
    strip.fill(Qt.GlobalColor.transparent)
    with QPainter(strip) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, (look, shape) in enumerate((look, shape) for look in looks for shape in shapes):
            painter.resetTransform()
            painter.translate(side / 2, side * (row + 0.5))
            if diameter < _SPECK:
                _draw_speck(painter, look, _CHANNELS)
            else:
                _draw_layers(painter, shape, diameter, look, _CHANNELS)
    argb = np.array(strip.constBits(), dtype=np.uint8).view(np.uint32)
    parts = np.stack([argb >> shift & 255 for shift in (16, 8, 0, 24)], axis=-1).astype(np.uint8)
    return parts.reshape(len(looks), len(shapes), side, side, 4)


def _paints(colours: NDArray[np.float32], surface: Surface, look: Look, diameter: float) -> NDArray[np.float32]:
    """Red, green and blue of halo, inside and edge of the marks of colours [S, 3]: [S, 3, 3]."""
    ground = np.array(_rgb(surface.background), np.float32)
    text = np.broadcast_to(np.array(_rgb(surface.text), np.float32), colours.shape)
    if look.emphasis is Emphasis.GROUND:
        return np.stack([text, text, text], axis=1)
    halo = text if look.emphasis is Emphasis.SELECTED else np.broadcast_to(ground, colours.shape)
    mixed = [np.rint(share * colours + (1 - share) * ground) for share in _shares(look, diameter)]
    return np.stack([halo, *mixed], axis=1)


def _coloured(parts: NDArray[np.uint8], paints: NDArray[np.float32], opacity: float) -> NDArray[np.uint32]:
    """Premultiplied ARGB [S, K, K] of marks [S, K, K, 4] as `_layers_of` tells them, in the paints of each."""
    alpha = parts[..., 3].astype(np.float32)
    shares = parts[..., :3].reshape(len(parts), -1, 3).astype(np.float32) / np.float32(255)
    mixed = np.minimum((shares @ paints).reshape(*alpha.shape, 3), alpha[..., None])  # each part was rounded by itself
    red, green, blue = (np.rint(opacity * mixed[..., channel]).astype(np.uint32) for channel in range(3))
    pixels: NDArray[np.uint32] = np.rint(opacity * alpha).astype(np.uint32) << 24 | red << 16 | green << 8 | blue
    return pixels


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


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
