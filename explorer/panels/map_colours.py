"""Colours the points of the map and says in the legend what the colours mean."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from explorer import formats
from explorer.panels.map_colouring import (
    ANSWERS,
    BY_CLASS,
    CORRECT,
    KINDS,
    MEASURED,
    NOT_KNOWN,
    PART,
    PARTS,
    Colouring,
    Grouping,
    Kind,
    Quantity,
    answers,
)
from explorer.panels.map_plot import MapView
from explorer.theme import ClassStyle, class_style
from explorer.translation import tr
from explorer.widgets.colour_scale import scale_styles, steps_of
from explorer.widgets.point_cloud import PointCloud

_NAMELESS = tr("The model names no classes, so none is predicted.")
_NOT_KEPT = tr("This look has no predictions; looks made from now on have them.")


class ColourKey(Protocol):
    """What says what the colours mean, such as the legend."""

    def show_classes(self) -> None:
        """Say that they stand for classes."""

    def show_kinds(
        self, name: str, kinds: Sequence[tuple[str, ClassStyle]], index: NDArray[np.intp], help_text: str = ""
    ) -> None:
        """Say that they stand for kinds, of which each image has one, [N]."""

    def show_scale(self, quantity: Quantity, ends: tuple[float, float], *, has_unknown: bool) -> None:
        """Say that they stand for a quantity between two values."""


class MapColours:
    """By class until something else is chosen; by class as well until what is chosen is measured."""

    def __init__(self, cloud: PointCloud, legend: ColourKey) -> None:
        self._cloud, self._legend = cloud, legend
        self._view: MapView | None = None
        self._measured: Colouring | Grouping | None = None
        self._index = np.empty(0, np.intp)
        """Kind of each point, if they are coloured by kinds."""
        self._names_classes = True
        self.chosen = BY_CLASS
        """'class', one of `map_colouring.KINDS` or `MEASURED`, or a column's `map_groupings.column_key`."""

    def show(self, view: MapView | None) -> None:
        """Colour the points of another picture; None: another run follows, and nothing is measured of it."""
        self._view = view
        if view is None:
            self._measured = None
        self._colour()

    def set_names_classes(self, names_classes: bool) -> None:
        """Say whether the model names classes at all."""
        self._names_classes = names_classes
        self._colour()

    def choose(self, name: str) -> None:
        """Colour by something else."""
        self.chosen, self._measured = name, None
        self._colour()

    def take(self, measured: Colouring | Grouping) -> None:
        """Colour by what was measured, if it is still what is chosen."""
        if measured.name == self.chosen:
            self._measured = measured
            self._colour()

    def members(self, kind: int) -> tuple[int, ...]:
        """Samples of one of the kinds that the legend shows."""
        view = self._view
        return () if view is None else tuple(view.sample_ids[self._index == kind].tolist())

    def _colour(self) -> None:
        view = self._view
        if view is None:
            return
        if self.chosen in KINDS:
            self._colour_by_kind(view)
        elif self._measured is None:
            self._cloud.colour_by_class()
            self._tell_what_is_awaited()
        elif isinstance(self._measured, Grouping):
            meaning = replace(self._measured.meaning, label=_named(self._measured, view))
            self._show_kinds(meaning, self._measured.kinds, self._measured.of(view.sample_ids))
        else:
            self._colour_by_quantity(self._measured, view)

    def _tell_what_is_awaited(self) -> None:
        if self.chosen in MEASURED:
            meaning = MEASURED[self.chosen]
            self._legend.show_kinds(
                tr("{label}: is being measured …").format(label=meaning.label), (), np.empty(0, np.intp), meaning.help
            )
        else:
            self._legend.show_classes()

    def _colour_by_quantity(self, measured: Colouring, view: MapView) -> None:
        values, ends = measured.of(view.sample_ids), measured.ends()
        if np.isnan(values).all():
            self._show_kinds(measured.meaning, (NOT_KNOWN,), np.zeros(len(values), np.intp))
            return
        self._cloud.colour_by(scale_styles(), steps_of(values, *ends))
        meaning = replace(measured.meaning, label=_named(measured, view))
        self._legend.show_scale(meaning, ends, has_unknown=bool(np.isnan(values).any()))

    def _colour_by_kind(self, view: MapView) -> None:
        meaning = KINDS[self.chosen]
        if self.chosen == PART:
            self._show_kinds(meaning, PARTS, np.where(view.held_out, 0, 1).astype(np.intp))
        elif view.predicted is None:
            self._cloud.colour_by_class()
            self._legend.show_kinds(_NOT_KEPT if self._names_classes else _NAMELESS, (), np.empty(0, np.intp))
        elif self.chosen == CORRECT:
            self._show_kinds(meaning, ANSWERS, answers(view.labels, view.predicted, view.held_out))
        else:
            classes = [(name, class_style(index)) for index, name in enumerate(view.class_names)]
            self._show_kinds(meaning, classes, view.predicted.astype(np.intp))

    def _show_kinds(
        self, meaning: Kind | Quantity, kinds: Sequence[tuple[str, ClassStyle]], index: NDArray[np.intp]
    ) -> None:
        self._index = index
        self._cloud.colour_by([style for _, style in kinds], index)
        self._legend.show_kinds(meaning.label, kinds, index, meaning.help)


def _named(measured: Colouring | Grouping, view: MapView) -> str:
    """What the colours mean, and of which look it was measured where that is not the one that is shown."""
    label = measured.meaning.label
    return (
        label
        if measured.step in (None, view.step)
        else tr("{label} at step {step}").format(label=label, step=formats.count(measured.step))
    )
