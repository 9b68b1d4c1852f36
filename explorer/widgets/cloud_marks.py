"""How the points of a cloud look, and in which order they are painted."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from explorer.theme import ClassStyle
from explorer.widgets.mark_size import MarkSize
from explorer.widgets.marks import Emphasis, Look, Surface, distinct_styles, draw_mark, sprite_images, sprite_index
from explorer.widgets.raster import Sprites, make_sprites

_TILES = 64
"""Tiles a side into which points are sorted for painting: neighbours in the picture are then neighbours in memory."""


class CloudMarks:
    """Styles, emphasis and order of N points."""

    def __init__(self) -> None:
        self.order = np.empty(0, np.intp)
        """In which the points are painted, [M]: each once, selected ones first also their ground."""
        self.kind = np.empty(0, np.uint16)
        """Sprite of each in this order, [M]."""
        self._classes = np.empty(0, np.intp)
        self._hollow = np.empty(0, np.bool_)
        self._tiles = np.empty(0, np.uint16)
        self._selected: NDArray[np.bool_] | None = None
        self._emphasised_class: int | None = None
        self._colours: tuple[list[ClassStyle], NDArray[np.intp]] | None = None
        self._emphases = 1
        """How many of the kinds of emphasis may occur, the first ones."""
        self._styles: list[ClassStyle] = []
        self._style = np.empty(0, np.intp)
        """Style of each point."""
        self._sprites: tuple[tuple[object, ...], Sprites] | None = None

    def set_points(self, classes: NDArray[np.int64], hollow: NDArray[np.bool_], places: NDArray[np.float32]) -> None:
        """Take other points: class [N], whether hollow [N], and where they will stand [N, 2]."""
        self._classes, self._hollow, self._tiles = classes.astype(np.intp), hollow, _tiles_of(places)
        self._selected = self._emphasised_class = self._colours = None
        self._arrange()

    def select(self, selected: NDArray[np.bool_] | None) -> bool:
        """Emphasise the selected points [N] and dim the others; None: all are equal. Whether that changes anything."""
        if selected is None and self._selected is None:
            return False
        self._selected = selected
        self._arrange()
        return True

    def is_selected(self, index: int) -> bool:
        """Whether a point is one of the selected."""
        return self._selected is not None and bool(self._selected[index])

    def emphasise_class(self, index: int | None) -> bool:
        """Dim all classes but this one, whatever is selected; None ends it. Whether that changes anything."""
        if index == self._emphasised_class:
            return False
        self._emphasised_class = index
        self._arrange()
        return True

    def colour_by(self, styles: Sequence[ClassStyle], index: NDArray[np.intp]) -> None:
        """Take these styles, of which `index` [N] says one each, in place of those of the classes."""
        self._colours = list(styles), index
        self._arrange()

    def colour_by_class(self) -> bool:
        """Take the styles of the classes again. Whether that changes anything."""
        if self._colours is None:
            return False
        self._colours = None
        self._arrange()
        return True

    def sprites(self, diameter: float, opacity: float, surface: Surface) -> Sprites:
        """The sprites that `kind` speaks of, of this diameter in pixels; selected ones are opaque."""
        key = (diameter, opacity, surface, self._emphases, tuple((s.colour.rgb(), s.shape) for s in self._styles))
        if self._sprites is None or self._sprites[0] != key:
            emphases = tuple(Emphasis)[: self._emphases]
            images = sprite_images(self._styles, diameter, surface, opacity, emphases)
            self._sprites = (key, make_sprites(images))
        return self._sprites[1]

    def draw(self, painter: QPainter, place: int, size: MarkSize, surface: Surface) -> None:
        """Draw what is at a place of `order` at the painter's origin."""
        kind, style = divmod(int(self.kind[place]), len(self._styles))
        emphasis, hollow = divmod(kind, 2)
        look = Look(bool(hollow), Emphasis(emphasis))
        painter.setOpacity(size.opacity if look.emphasis < Emphasis.SELECTED else 1.0)
        draw_mark(painter, self._styles[style], size.diameter, surface, look)

    def style_of(self, index: int) -> ClassStyle:
        """What a point [N] is drawn in."""
        return self._styles[int(self._style[index])]

    def _meant(self) -> NDArray[np.intp]:
        """How much each point is meant [N]."""
        if self._emphasised_class is not None:
            return np.where(self._classes == self._emphasised_class, Emphasis.NORMAL, Emphasis.DIMMED).astype(np.intp)
        if self._selected is not None:
            return np.where(self._selected, Emphasis.SELECTED, Emphasis.DIMMED).astype(np.intp)
        return np.zeros(len(self._classes), np.intp)

    def _arrange(self) -> None:
        """Choose the marks, and the order of painting: dimmed, training and held-out points, each kind by tile.

        Within a tile they are shuffled: in the order of the samples the last class would cover all others. The ground
        of the selected ones, which are never dimmed, comes between the dimmed ones and them.
        """
        emphasis = self._meant()
        self._styles, self._style = self._colours or self._styles_of_classes()
        count = len(self._styles)
        kind = sprite_index(self._style, self._hollow, emphasis, count).astype(np.uint16)
        layer = 2 * (emphasis != Emphasis.DIMMED).astype(np.uint16) + ~self._hollow
        place = layer * np.uint16(_TILES**2) + self._tiles  # 16 bits are sorted by counting
        shuffled = np.random.default_rng(0).permutation(len(layer))
        order = shuffled.take(np.argsort(place.take(shuffled), kind="stable"))
        kinds = kind.take(order)
        self._emphases = int(emphasis.max(initial=0)) + 1
        if self._emphases > Emphasis.SELECTED:
            self._emphases = len(Emphasis)
            first = int(np.count_nonzero(emphasis == Emphasis.DIMMED))
            to_ground = np.uint16((Emphasis.GROUND - Emphasis.SELECTED) * 2 * count)
            order = np.concatenate([order[:first], order[first:], order[first:]])
            kinds = np.concatenate([kinds[:first], kinds[first:] + to_ground, kinds[first:]])
        self.order, self.kind = order, kinds

    def _styles_of_classes(self) -> tuple[list[ClassStyle], NDArray[np.intp]]:
        styles, style_of_class = distinct_styles(int(self._classes.max(initial=-1)) + 1)
        return styles, style_of_class.take(self._classes)


def _tiles_of(places: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Which of the tiles that lie over all points each of them is in, row by row, [N]; those nowhere in the first."""
    tiles = np.zeros(len(places), np.uint16)
    for column in (1, 0):
        values = np.nan_to_num(places[:, column])
        low, high = values.min(initial=0.0), values.max(initial=0.0)
        values -= low
        values *= _TILES * 0.999 / max(high - low, 1e-30)
        tiles = tiles * np.uint16(_TILES) + values.astype(np.uint16)
    return tiles
