"""The colours of the looks that are compared: those of the map, an image in the same colour in both."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.panels.map_colouring import Colouring, Grouping, Quantity
from explorer.panels.map_colours import ColourKey, MapColours
from explorer.panels.map_plot import MapView
from explorer.theme import ClassStyle
from explorer.widgets.point_cloud import PointCloud


class ComparedColours:
    """What is measured is measured of the look on the map; what each look says itself is that look's."""

    def __init__(self, shown: PointCloud, key: ColourKey, *others: PointCloud) -> None:
        self._colours = {cloud: MapColours(cloud, _NoKey()) for cloud in others}
        self._colours[shown] = MapColours(shown, key)

    def show(self, cloud: PointCloud, view: MapView) -> None:
        """Colour the points of a cloud anew."""
        self._colours[cloud].show(view)

    def forget(self) -> None:
        """Another run follows, and nothing is measured of it."""
        for colours in self._colours.values():
            colours.show(None)

    def set_names_classes(self, names_classes: bool) -> None:
        """Say whether the model of the run names classes at all."""
        for colours in self._colours.values():
            colours.set_names_classes(names_classes)

    def choose(self, name: str) -> None:
        """Colour by something else."""
        for colours in self._colours.values():
            colours.choose(name)

    def take(self, measured: Colouring | Grouping) -> None:
        """Colour by what was measured, if it is still what is chosen."""
        for colours in self._colours.values():
            colours.take(measured)


class _NoKey:
    """The key of the look on the map says what the colours mean."""

    def show_classes(self) -> None:
        """Nothing to say."""

    def show_kinds(
        self, name: str, kinds: Sequence[tuple[str, ClassStyle]], index: NDArray[np.intp], help_text: str = ""
    ) -> None:
        """Nothing to say."""

    def show_scale(self, quantity: Quantity, ends: tuple[float, float], *, has_unknown: bool) -> None:
        """Nothing to say."""
