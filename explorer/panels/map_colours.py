"""Colours the points of the map and says in the legend what the colours mean."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.panels.map_colouring import (
    ANSWERS,
    BY_CLASS,
    CORRECT,
    KINDS,
    PART,
    PARTS,
    QUANTITIES,
    Colouring,
    answers,
)
from explorer.panels.map_parts import LegendColumn
from explorer.panels.map_plot import MapView
from explorer.theme import ClassStyle, class_style
from explorer.widgets.colour_scale import scale_styles, steps_of
from explorer.widgets.point_cloud import PointCloud

_NAMELESS = "The model names no classes, so none is predicted."


class MapColours:
    """By class until something else is chosen; by class as well until a chosen quantity is measured."""

    def __init__(self, cloud: PointCloud, legend: LegendColumn) -> None:
        self._cloud, self._legend = cloud, legend
        self._view: MapView | None = None
        self._quantity: Colouring | None = None
        self.chosen = BY_CLASS
        """'class', or one of `map_colouring.KINDS` or `QUANTITIES`."""

    def show(self, view: MapView | None) -> None:
        """Colour the points of another picture; None: another run follows, and nothing is measured of it."""
        self._view = view
        if view is None:
            self._quantity = None
        self._colour()

    def choose(self, name: str) -> None:
        """Colour by something else."""
        self.chosen, self._quantity = name, None
        self._colour()

    def take(self, quantity: Colouring) -> None:
        """Colour by a quantity, if it is still the one that is chosen."""
        if quantity.quantity == self.chosen:
            self._quantity = quantity
            self._colour()

    def _colour(self) -> None:
        view = self._view
        if view is None:
            return
        if self.chosen in KINDS:
            self._colour_by_kind(view)
        elif self._quantity is None:
            self._cloud.colour_by_class()
            self._legend.show_classes()
        else:
            values, ends = self._quantity.of(view.sample_ids), self._quantity.ends()
            self._cloud.colour_by(scale_styles(), steps_of(values, *ends))
            unknown = bool(np.isnan(values).any())
            self._legend.show_scale(QUANTITIES[self._quantity.quantity], ends, has_unknown=unknown)

    def _colour_by_kind(self, view: MapView) -> None:
        if self.chosen == PART:
            self._show_kinds(PARTS, np.where(view.held_out, 0, 1).astype(np.intp))
        elif view.predicted is None:
            self._cloud.colour_by_class()
            self._legend.show_kinds(_NAMELESS, (), np.empty(0, np.intp))
        elif self.chosen == CORRECT:
            self._show_kinds(ANSWERS, answers(view.labels, view.predicted, view.held_out))
        else:
            classes = [(name, class_style(index)) for index, name in enumerate(view.class_names)]
            self._show_kinds(classes, view.predicted.astype(np.intp))

    def _show_kinds(self, kinds: Sequence[tuple[str, ClassStyle]], index: NDArray[np.intp]) -> None:
        self._cloud.colour_by([style for _, style in kinds], index)
        self._legend.show_kinds(KINDS[self.chosen].label, kinds, index)
