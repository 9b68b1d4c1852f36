"""The lines of equal density on the map: which are wanted, and how they look."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from core.projection.density import Contour
from explorer.panels.map_contour_key import CLASS_WIDTH, WIDTHS
from explorer.panels.map_parts import LegendColumn
from explorer.panels.map_plot import MapPlot, MapView
from explorer.theme import class_style
from explorer.translation import tr
from explorer.widgets.contour_lines import ContourLine

MOST_CLASSES = 12
"""Classes that are outlined without being chosen: more lines would hide the map."""


@dataclass(frozen=True, eq=False)
class ContourWish:
    """Points to draw lines around."""

    xy: NDArray[np.float32]
    """[N, 2], where the map draws them"""
    labels: NDArray[np.int64]
    """[N]"""
    groups: tuple[int | None, ...]
    """Classes to be outlined; None: all points together."""


class MapContours(QObject):
    """Asks for lines whenever others are wanted, and draws those that come."""

    needed = Signal(object)
    """ContourWish, without groups where no line is wanted any more; answer with `take`. A former wish is void."""

    def __init__(self, plot: MapPlot, legend: LegendColumn) -> None:
        super().__init__()
        self._plot, self._legend = plot, legend
        self._view: MapView | None = None
        self._whole = self._by_class = False
        self._chosen: frozenset[int] = frozenset()
        self._wanted: tuple[int | None, ...] = ()

    def show(self, view: MapView | None) -> None:
        """Draw lines for another picture; None: for none."""
        self._view = view
        self._ask()

    def set_whole_shown(self, shown: bool) -> None:
        """Draw lines around the densest shares of all points, or not."""
        self._whole = shown
        self._ask()

    def set_classes_shown(self, shown: bool) -> None:
        """Draw a line around each class, or not."""
        self._by_class = shown
        self._ask()

    def set_chosen(self, classes: frozenset[int]) -> None:
        """Outline these classes alone; none: all, if they are not too many."""
        changed, self._chosen = classes != self._chosen, classes
        if changed and self._by_class:
            self._ask()

    def take(self, found: Mapping[int | None, tuple[Contour, ...]]) -> None:
        """Draw the lines of the groups that were asked for."""
        lines = [
            ContourLine(contour.loops, CLASS_WIDTH, class_style(group).colour)
            for group, contours in found.items()
            if group is not None
            for contour in contours
        ]
        whole = found.get(None, ())
        lines += [ContourLine(contour.loops, width) for contour, width in zip(whole, WIDTHS[: len(whole)], strict=True)]
        self._plot.show_contours(lines)

    def _ask(self) -> None:
        before, self._wanted = self._wanted, self._groups()
        outlined = any(group is not None for group in self._wanted)
        too_many = self._by_class and self._view is not None and not outlined
        self._legend.show_lines(
            whole=None in self._wanted,
            of_class=tr("of a class") if outlined else tr("select a class") if too_many else "",
        )
        if not self._wanted:
            self._plot.show_contours(())
        if self._view is not None and (self._wanted or before):
            self.needed.emit(ContourWish(self._view.placed, self._view.labels, self._wanted))

    def _groups(self) -> tuple[int | None, ...]:
        if self._view is None:
            return ()
        classes = sorted(self._chosen) if self._chosen else np.unique(self._view.labels).tolist()
        outlined = classes if self._by_class and (self._chosen or len(classes) <= MOST_CLASSES) else ()
        return (*((None,) if self._whole else ()), *outlined)
