"""The images nearest to one: below the map as pictures, on it as lines; and the place of an image that is new to it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF

from explorer.panels.map_plot import MapPlot
from explorer.widgets.neighbour_strip import NeighbourItem, NeighbourStrip

_PLACED_BY = 3
"""Neighbours that say where a new image stands."""


class MapNeighbours:
    """A strip of pictures, and the marks on the plot that belong to it."""

    def __init__(self, plot: MapPlot) -> None:
        self.strip = NeighbourStrip()
        self._plot = plot
        self._sample_id = -1
        self._guest = ""
        """Caption of the image that is new to the map; empty where it is one of the points."""

    def show(self, sample_id: int, items: Sequence[NeighbourItem]) -> None:
        """Show the images nearest to a sample; the strip takes their pictures later. None: none."""
        self._sample_id, self._guest = sample_id, ""
        self._show_items(items)

    def show_guest(self, caption: str, items: Sequence[NeighbourItem]) -> None:
        """Place an image that is none of the points among those nearest to it, and show these."""
        self._sample_id, self._guest = -1, caption
        self._show_items(items)

    def show_list(self, items: Sequence[NeighbourItem]) -> None:
        """Show images that have been found, without lines between them."""
        self._sample_id, self._guest = -1, ""
        self._show_items(items)

    def follow_map(self) -> None:
        """Draw the marks where the points are now."""
        items = self.strip.items()
        guest = self._place_among(items) if self._guest else None
        self._plot.show_guest(guest, self._guest)
        start = guest if self._guest else self._plot.place_of_sample(self._sample_id)
        self._plot.show_links(start, {item.sample_id: item.same_class for item in items})

    def _show_items(self, items: Sequence[NeighbourItem]) -> None:
        """Let the strip come or go without moving the points; one that it would cover comes into sight."""
        with self._plot.held_still(self._plot.place_of_sample(self._sample_id)):
            self.strip.show_items(items)
            around = self.strip.parentWidget()
            layout = around.layout() if around is not None else None
            if layout is not None:
                layout.activate()  # now, while the map is held
        self.follow_map()

    def _place_among(self, items: Sequence[NeighbourItem]) -> QPointF | None:
        """The mean place of the nearest few, the nearer the heavier: a map has no place of its own for what is new."""
        places = [(self._plot.place_of_sample(item.sample_id), item.distance) for item in items]
        known = [(place, 1.0 / (distance + 1e-6)) for place, distance in places if place is not None][:_PLACED_BY]
        total = sum(weight for _, weight in known)
        return sum((place * (weight / total) for place, weight in known), QPointF()) if known else None
