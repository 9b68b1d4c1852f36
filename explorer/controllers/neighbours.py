"""The neighbours of the one image that is selected: on the map as lines, below it as pictures."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from core.data.dataset import ImageFile
from explorer import formats
from explorer.bridge.inference import Embedded, InferenceBridge
from explorer.bridge.long_work import Progress, WorkBridge
from explorer.bridge.neighbours import FoundNeighbours, FoundSuspects, NeighbourBridge, search_in
from explorer.bridge.pictures import PictureBridge
from explorer.bridge.projection import Layout, MapBridge
from explorer.panels.map import MapPanel
from explorer.panels.map_search import SEARCHES
from explorer.state import ExplorerState
from explorer.translation import tr
from explorer.widgets.neighbour_strip import NeighbourItem
from explorer.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from core.training.records import TrainingSnapshot

_LISTED = 30
"""Images that are listed of all that are found; more have no room below the map."""


class NeighbourController(QObject):
    """Looks up the neighbours whenever another image is selected, or the map is of another snapshot."""

    def __init__(
        self,
        state: ExplorerState,
        maps: MapBridge,
        neighbours: NeighbourBridge,
        searching: WorkBridge,
        inference: InferenceBridge,
        pictures: PictureBridge,
        find_image: Callable[[int], ImageFile | None],
        *,
        map_panel: MapPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._neighbours, self._pictures = state, neighbours, pictures
        self._searching, self._work = searching, map_panel.search_work
        self._find_image, self._panel, self._status = find_image, map_panel, status
        self._guest: Embedded | None = None
        """The image that was dropped on the map, until something is selected."""
        self._shown: TrainingSnapshot | None = None
        """What the map is of."""
        state.run_changed.connect(lambda _run: self._forget())
        state.selection_changed.connect(lambda _ids: self._take_guest(None))
        state.distance_changed.connect(lambda _name: self._take_distance())
        maps.layout_ready.connect(self._follow)
        neighbours.ready.connect(self._show)
        neighbours.failed.connect(status.complain)
        pictures.ready.connect(map_panel.neighbours.strip.set_image)
        map_panel.image_dropped.connect(inference.embed)
        inference.embedded.connect(self._take_guest)
        inference.embedding_failed.connect(status.complain)
        map_panel.search_chosen.connect(self._search)
        self._work.cancel_requested.connect(searching.cancel)
        searching.progressed.connect(self._show_progress)
        searching.finished.connect(lambda _search, found: self._list(found))
        searching.failed.connect(self._complain)
        searching.cancelled.connect(self._tell_cancelled)
        map_panel.neighbour_chosen.connect(lambda sample_id: state.set_selection((sample_id,)))

    def _forget(self) -> None:
        self._guest = None
        self._end_search()
        self._follow(None)

    def _take_distance(self) -> None:
        if self._searching.busy:
            self._end_search()
            self._status.say(tr("The search has ended: another distance is in force now"))
        self._look()

    def _take_guest(self, guest: Embedded | None) -> None:
        self._guest = guest
        self._look()

    def _follow(self, layout: Layout | None) -> None:
        self._shown = None if layout is None else layout.snapshot
        self._look()

    def _look(self) -> None:
        selection, snapshot = self._state.selection, self._shown
        if self._guest is not None and snapshot is not None:
            self._neighbours.look_around(snapshot, self._guest.embedding, self._state.rule)
            return
        rows = np.empty(0) if snapshot is None else np.flatnonzero(np.isin(snapshot.sample_ids, selection[:2]))
        if snapshot is None or len(selection) != 1 or len(rows) != 1 or len(snapshot.sample_ids) < 2:
            self._neighbours.forget()
            self._pictures.forget()
            self._panel.neighbours.show(-1, ())
        else:
            self._neighbours.look(snapshot, int(rows[0]), self._state.rule)

    def _show(self, found: FoundNeighbours) -> None:
        run, snapshot = self._state.run, self._shown
        if run is None or snapshot is None:
            return
        own = _own_label(snapshot, found)
        each = zip(found.sample_ids.tolist(), found.labels.tolist(), found.distances.tolist(), strict=True)
        items = [
            NeighbourItem(sample_id, run.sample_names[sample_id], run.class_names[label], distance, label == own)
            for sample_id, label, distance in each
        ]
        if self._guest is not None:
            self._panel.neighbours.show_guest(self._guest.caption, items)
        else:
            self._panel.neighbours.show(found.sample_id, items)
        self._want_pictures(items)

    # --- what is searched for

    def _search(self, search: str) -> None:
        """Search in what the map is of; another search that is under way ends."""
        if self._shown is not None:
            self._end_search()
            self._searching.begin(search, search_in(self._shown, search, self._state.rule))

    def _end_search(self) -> None:
        self._searching.forget()
        self._work.end()

    def _show_progress(self, search: str, progress: Progress) -> None:
        """Tell how far a search is that was not done at once: a line that flashed up would only move the map."""
        what = SEARCHES[search].label
        if self._work.isHidden():
            self._work.begin(what)
        self._work.show_progress(what, progress.share, progress.seconds_left)

    def _complain(self, _search: str, message: str, details: str) -> None:
        self._work.end()
        self._status.complain(tr("Search: {message}").format(message=message), details)

    def _tell_cancelled(self, search: str) -> None:
        self._work.end()
        self._status.say(tr("Cancelled: {label}").format(label=SEARCHES[search].label))

    def _list(self, found: FoundSuspects) -> None:
        """Select what was found, and show the first of it below the map."""
        self._work.end()
        run, search = self._state.run, SEARCHES[found.search]
        if run is None:
            return
        count = len(found.sample_ids)
        self._status.say(
            tr("{label}: {count} images").format(label=search.label, count=formats.count(count))
            if count
            else search.none
        )
        self._state.set_selection(tuple(found.sample_ids.tolist()))
        each = zip(found.sample_ids[:_LISTED].tolist(), found.labels.tolist(), found.values.tolist(), strict=False)
        items = [
            NeighbourItem(
                sample_id,
                run.sample_names[sample_id],
                run.class_names[label],
                value,
                caption=search.text(value),
                note=search.note.format(search.text(value)),
            )
            for sample_id, label, value in each
        ]
        if count != 1:  # the neighbours of a single one are shown in its place
            self._panel.neighbours.show_list(items)
            self._want_pictures(items)

    def _want_pictures(self, items: Sequence[NeighbourItem]) -> None:
        images = ((item.sample_id, self._find_image(item.sample_id)) for item in items)
        self._pictures.want([(sample_id, image) for sample_id, image in images if image is not None])


def _own_label(snapshot: "TrainingSnapshot", found: FoundNeighbours) -> int:
    """Class that the neighbours are held against: the image's own, or that of the nearest where it has none."""
    own = snapshot.labels[snapshot.sample_ids == found.sample_id]
    return int(own[0] if len(own) else found.labels[0])
