"""What a mouse on a map, or on its legend, selects: the window's one selection follows."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal

from explorer.panels.map_plot import MapView
from explorer.widgets.legend import Legend
from explorer.widgets.point_cloud import PointCloud

_ADD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_TAKE_AWAY = Qt.KeyboardModifier.AltModifier


class MapSelecting(QObject):
    """Turns clicks and enclosures on one cloud into a selection, and shows the selection on it."""

    selected = Signal(tuple)
    """The user has selected these samples."""

    def __init__(self, cloud: PointCloud, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cloud = cloud
        self._view: MapView | None = None
        self._selection: tuple[int, ...] = ()
        cloud.point_clicked.connect(self._click_point)
        cloud.enclosed.connect(self._enclose)

    @property
    def selection(self) -> tuple[int, ...]:
        """Samples that are selected, on this map or not."""
        return self._selection

    def show(self, view: MapView | None) -> None:
        """Select among the points of another picture, which keep the selection; None: another run is shown."""
        self._view = view
        if view is None:
            self._selection = ()
        else:
            self._emphasise(view)

    def set_selection(self, sample_ids: tuple[int, ...]) -> None:
        """Emphasise the points of these samples; emits nothing."""
        self._selection = sample_ids
        if self._view is not None:
            self._emphasise(self._view)

    def whole_classes(self) -> frozenset[int]:
        """Classes of which every point is selected."""
        view = self._view
        if view is None:
            return frozenset()
        selected = self._mask(view)
        total = np.bincount(view.labels, minlength=len(view.class_names))
        whole = (np.bincount(view.labels[selected], minlength=len(total)) == total) & (total > 0)
        return frozenset(np.flatnonzero(whole).tolist())

    def listen_to(self, legend: Legend) -> None:
        """Select classes by a click in the legend, and emphasise the one below the mouse."""
        legend.class_hovered.connect(lambda index: self._cloud.emphasise_class(index if index >= 0 else None))
        legend.class_clicked.connect(self._click_class)

    def select(self, sample_ids: tuple[int, ...]) -> None:
        """Select as the user does."""
        if sample_ids != self._selection:
            self.set_selection(sample_ids)
            self.selected.emit(sample_ids)

    def click(self, members: tuple[int, ...], modifiers: Qt.KeyboardModifier) -> None:
        """Select these samples as a click on something that stands for them does; a second one takes them back."""
        if modifiers & _ADD:
            self.select(_toggled(self._selection, members))
        else:
            self.select(() if set(members) == set(self._selection) else members)

    def _emphasise(self, view: MapView) -> None:
        selected = self._mask(view)
        self._cloud.set_selection(selected if selected.any() else None)

    def _mask(self, view: MapView) -> NDArray[np.bool_]:
        return np.isin(view.sample_ids, np.array(self._selection, np.int64))

    def _click_point(self, index: int, modifiers: Qt.KeyboardModifier) -> None:
        if self._view is None:
            return
        clicked = () if index < 0 else (int(self._view.sample_ids[index]),)
        self.select(_toggled(self._selection, clicked) if modifiers & _ADD else clicked)

    def _enclose(self, inside: NDArray[np.bool_], modifiers: Qt.KeyboardModifier) -> None:
        if self._view is None:
            return
        members = self._view.sample_ids[inside]
        chosen = np.array(self._selection, np.int64)
        if modifiers & _TAKE_AWAY:
            members = np.setdiff1d(chosen, members)
        elif modifiers & _ADD:
            members = np.union1d(chosen, members)
        self.select(tuple(members.tolist()))

    def _click_class(self, index: int, modifiers: Qt.KeyboardModifier) -> None:
        if self._view is None:
            return
        self.click(tuple(self._view.sample_ids[self._view.labels == index].tolist()), modifiers)


def _toggled(selection: tuple[int, ...], members: tuple[int, ...]) -> tuple[int, ...]:
    """The selection with the members added, or without them if it had them all."""
    chosen, clicked = set(selection), set(members)
    if chosen >= clicked:
        return tuple(sample for sample in selection if sample not in clicked)
    return selection + tuple(sample for sample in members if sample not in chosen)
