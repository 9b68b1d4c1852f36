"""Time: the looks at a run as maps, one after the other, with the ways that the selected points have come."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from core.projection.settings import ProjectionSettings
from explorer.bridge.history import HistoryBridge, HistoryWish, PastLook
from explorer.panels.losses import CurvesPanel
from explorer.panels.map import MapPanel, MapView
from explorer.panels.map_plot import Frame, frame_of
from explorer.state import ExplorerState, RunView
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine

_MOST_TRAILS = 50
"""Selected points beyond which their ways would be a tangle."""
_BUSY = tr("Earlier looks are laid out when training has ended, which needs the processor.")
_ALL_THERE = tr("All looks that are kept with the run are laid out.")


class TimelineController(QObject):
    """Keeps every map of the run that was shown, and has those of earlier looks laid out when asked for."""

    def __init__(
        self,
        state: ExplorerState,
        history: HistoryBridge,
        *,
        map_panel: MapPanel,
        curves: CurvesPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._history = state, history
        self._panel, self._curves = map_panel, curves
        self._line = map_panel.timeline
        self._views: dict[int, MapView] = {}
        """By step; all of one method, each laid over the next."""
        self._frame: Frame | None = None
        """Of the newest, in which all are shown: of its own, each would be moved and scaled by its outliers."""
        self._settings = ProjectionSettings()
        self._is_locked = self._has_all = False
        state.run_changed.connect(self._forget)
        state.distance_changed.connect(lambda _name: self._forget_views())
        state.selection_changed.connect(lambda _ids: self._show_trails())
        map_panel.layout_taken.connect(self._take)
        map_panel.settings_chosen.connect(self._take_settings)
        self._line.step_chosen.connect(self._show)
        self._line.load_requested.connect(self._load)
        curves.cursor_dragged.connect(self._drag)
        self._line.cancel_requested.connect(history.cancel)
        history.laid_out.connect(self._take_past)
        history.progressed.connect(self._take_progress)
        history.ended.connect(self._line.end_progress)
        history.failed.connect(status.complain)

    def set_locked(self, reason: str | None) -> None:
        """Leave the processor to a run that trains."""
        self._is_locked = reason is not None
        self._tell_use()

    def look(self, step: int) -> PastLook | None:
        """The look of a step of the run, as it is laid out; None where it is not."""
        view = self._views.get(step)
        return None if view is None else _look(view)

    def _forget(self, run: RunView | None) -> None:
        self._forget_views()
        self._panel.show_past(None)
        self._curves.set_cursor(None)

    def _forget_views(self) -> None:
        """What was laid out was laid out otherwise."""
        self._history.cancel()
        self._views = {}
        self._line.set_steps(())
        self._set_has_all(False)

    def _take_settings(self, settings: ProjectionSettings) -> None:
        if settings != self._settings:
            self._settings = settings
            if any(view.method != "pca" for view in self._views.values()):  # which has no settings
                self._forget_views()

    def _take(self, view: MapView) -> None:
        """Keep the newest map; those of another method were other pictures."""
        if any(each.method != view.method for each in self._views.values()):
            self._forget_views()
        if view.step not in self._views:
            self._set_has_all(False)  # while it trained, not every look became a map
        self._views[view.step] = view
        self._frame = frame_of(self._views[max(self._views)].xy)
        self._refresh()
        if (past := self._line.step) is not None:
            self._panel.show_past(self._framed(past))

    def _take_progress(self, done: int, total: int) -> None:
        self._line.set_progress(done, total)
        if done == total:
            self._set_has_all(True)

    def _set_has_all(self, has_all: bool) -> None:
        self._has_all = has_all
        self._tell_use()

    def _tell_use(self) -> None:
        self._line.set_refusal(_BUSY if self._is_locked else _ALL_THERE if self._has_all else "")

    def _take_past(self, look: PastLook) -> None:
        newest = self._views[max(self._views)]
        self._views[look.step] = replace(
            newest,
            xy=look.xy,
            step=look.step,
            sample_ids=look.sample_ids,
            labels=look.labels,
            held_out=look.held_out,
            predicted=look.predicted,
        )
        self._refresh()

    def _refresh(self) -> None:
        self._line.set_steps(tuple(sorted(self._views)))
        self._show_trails()

    def _show(self, step: int | None) -> None:
        self._panel.show_past(None if step is None else self._framed(step))
        self._curves.set_cursor(step)

    def _framed(self, step: int) -> MapView:
        return replace(self._views[step], frame=self._frame)

    def _drag(self, step: float) -> None:
        """Go to the look nearest to where the line in the curves is dragged; the line snaps to it."""
        self._line.show_nearest(step)
        self._curves.set_cursor(self._line.step)

    def _load(self) -> None:
        run = self._state.run
        if run is None or not self._views:
            return
        known = {step: _look(view) for step, view in self._views.items()}
        method = self._views[max(self._views)].method
        self._history.load(HistoryWish(run.path, known, method, self._state.rule, self._settings))

    def _show_trails(self) -> None:
        selection = self._state.selection
        if self._frame is None or len(self._views) < 2 or not 0 < len(selection) <= _MOST_TRAILS:
            self._panel.show_trails(())
            return
        views = [self._views[step] for step in sorted(self._views)]
        self._panel.show_trails([self._frame.placed(way) for way in _ways(views, selection)])


def _look(view: MapView) -> PastLook:
    return PastLook(view.step, view.xy, view.sample_ids, view.labels, view.held_out, view.predicted)


def _ways(views: list[MapView], selection: tuple[int, ...]) -> list[NDArray[np.float32]]:
    """Places [T, 2] of each sample in the views that have it."""
    rows: dict[int, tuple[NDArray[np.intp], NDArray[np.bool_]]] = {}
    """By the array of samples, which many views share: to look a thousand of them through takes too long."""
    places = np.empty((len(views), len(selection), 2), np.float32)
    is_there = np.empty((len(views), len(selection)), np.bool_)
    for at, view in enumerate(views):
        if id(view.sample_ids) not in rows:
            rows[id(view.sample_ids)] = _rows_of(selection, view.sample_ids)
        row, is_there[at] = rows[id(view.sample_ids)]
        places[at] = view.xy[row]
    return [places[is_there[:, number], number] for number in range(len(selection))]


def _rows_of(selection: tuple[int, ...], sample_ids: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Row of each selected sample, and whether there is one; else the row is any."""
    order = np.argsort(sample_ids)
    found = order[np.searchsorted(sample_ids, selection, sorter=order).clip(max=len(order) - 1)]
    return found, sample_ids[found] == np.array(selection)
