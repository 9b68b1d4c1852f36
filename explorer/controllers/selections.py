"""Selections under a name: kept with the run at once, chosen in every panel, each change undoable."""

from functools import cached_property
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack

from core.errors import InputError
from core.selections import SavedSelection, name_for
from explorer import formats
from explorer.bridge.selections import SelectionsBridge
from explorer.controllers.changes import Change
from explorer.core_words import in_words
from explorer.panels.kept_selections import Combine, image_count
from explorer.panels.map import MapPanel
from explorer.state import ExplorerState, RunView
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine

Selections = tuple[SavedSelection, ...]
_STILL_READ = tr("The selections that are kept with this run are still being read.")


class SelectionController(QObject):
    """Serves the map's menu of selections."""

    def __init__(
        self,
        state: ExplorerState,
        selections: SelectionsBridge,
        undo: QUndoStack,
        *,
        map_panel: MapPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._bridge, self._undo = state, selections, undo
        self._map, self._menu, self._status = map_panel, map_panel.selections, status
        self._kept: Selections | None = None
        """None while they are being read."""
        state.run_changed.connect(self._show_run)
        state.selection_changed.connect(lambda _ids: self._show_counts())
        map_panel.layout_taken.connect(lambda _view: self._show_counts())
        selections.found.connect(self._take)
        selections.unreadable.connect(self._take_damaged)
        selections.failed.connect(self._complain)
        selections.set_aside.connect(self._tell_aside)
        self._connect_menu()

    def _connect_menu(self) -> None:
        form = self._menu.form
        form.save_requested.connect(self._save)
        form.chosen.connect(self._choose)
        form.rename_requested.connect(self._rename)
        form.delete_requested.connect(self._delete)
        form.none_requested.connect(lambda: self._state.set_selection(()))
        form.invert_requested.connect(self._invert)
        form.classes_requested.connect(self._take_classes)

    # --- what is kept

    def _show_run(self, run: RunView | None) -> None:
        self.__dict__.pop("_place_of", None)
        self._kept = None
        self._menu.show_kept(())
        self._menu.show_problem("")
        self._show_counts()
        if run is not None:
            self._bridge.read(run.path)

    def _take(self, run_dir: Path, kept: Selections) -> None:
        if self._state.run is not None and self._state.run.path == run_dir:
            self._show(kept)

    def _take_damaged(self, run_dir: Path, message: str, details: str) -> None:
        self._take(run_dir, ())
        self._status.complain(tr("Kept selections: {message}").format(message=message), details)

    def _complain(self, message: str, details: str) -> None:
        self._status.complain(
            tr("The selections were not kept with the run: {message}").format(message=message), details
        )

    def _tell_aside(self, aside: Path) -> None:
        self._status.say(tr("The selections that could not be read are kept as {name}").format(name=aside.name))

    def _save(self, written: str) -> None:
        kept, run = self._kept, self._state.run
        if run is None or not self._state.selection:
            return
        if kept is None:
            self._menu.show_problem(_STILL_READ)
            return
        try:
            name = name_for(written, {each.name for each in kept})
        except InputError as error:
            self._menu.show_problem(_sentence(error))
            return
        samples = tuple(run.sample_names[place] for place in dict.fromkeys(self._state.selection))
        self._menu.form.clear_name()
        self._do((*kept, SavedSelection(name=name, samples=samples)), tr("save the selection {name}").format(name=name))
        self._status.say(tr("Kept {samples} as {name}").format(samples=image_count(len(samples)), name=name))

    def _rename(self, before: str, written: str) -> None:
        kept = self._kept or ()
        try:
            name = name_for(written, {each.name for each in kept} - {before})
        except InputError as error:
            self._menu.show_problem(_sentence(error))
            return
        after = tuple(each.model_copy(update={"name": name}) if each.name == before else each for each in kept)
        if after != kept:
            self._do(after, tr("rename the selection {before}").format(before=before))

    def _delete(self, name: str) -> None:
        kept = self._kept or ()
        after = tuple(each for each in kept if each.name != name)
        if after != kept:
            self._do(after, tr("delete the selection {name}").format(name=name))
            self._status.say(tr("Deleted the selection {name}; Ctrl+Z brings it back").format(name=name))

    def _do(self, after: Selections, text: str) -> None:
        self._menu.show_problem("")
        before = self._kept or ()
        self._undo.push(Change(text.replace("&", "&&"), lambda: self._apply(after), lambda: self._apply(before)))

    def _apply(self, kept: Selections) -> None:
        if self._state.run is not None:
            self._show(kept)
            self._bridge.store(self._state.run.path, kept)

    def _show(self, kept: Selections) -> None:
        self._kept = kept
        self._menu.show_kept([(each.name, len(each.samples)) for each in kept])

    # --- what is selected

    @cached_property
    def _place_of(self) -> dict[str, int]:
        """Position of each image of the run, by its id."""
        run = self._state.run
        return {} if run is None else {name: place for place, name in enumerate(run.sample_names)}

    def _choose(self, name: str, how: Combine) -> None:
        found = next((each for each in self._kept or () if each.name == name), None)
        if found is None:
            return
        members = [place for sample in found.samples if (place := self._place_of.get(sample)) is not None]
        gone = [sample for sample in found.samples if sample not in self._place_of]
        self._state.set_selection(how.of(self._state.selection, members))
        text = tr("{name}: {selection} selected").format(name=name, selection=image_count(len(self._state.selection)))
        if gone:
            others = tr(" and {count} more").format(count=formats.count(len(gone) - 1)) if len(gone) > 1 else ""
            text += tr("; this run has no image {gone}{others}").format(gone=gone[0], others=others)
        self._status.say(text, "\n".join(gone))

    def _invert(self) -> None:
        """Select the other points of the map."""
        if (view := self._map.view) is not None:
            others = np.setdiff1d(view.sample_ids, np.array(self._state.selection, np.int64))
            self._state.set_selection(tuple(others.tolist()))

    def _take_classes(self) -> None:
        """Select all points whose classes are selected; what is selected beside the map stays so."""
        if (view := self._map.view) is not None:
            chosen = np.array(self._state.selection, np.int64)
            classes = np.unique(view.labels[np.isin(view.sample_ids, chosen)])
            members = view.sample_ids[np.isin(view.labels, classes)]
            self._state.set_selection(Combine.ADD.of(self._state.selection, members.tolist()))

    def _show_counts(self) -> None:
        run, view = self._state.run, self._map.view
        points = 0 if run is None or view is None else len(view.sample_ids)
        self._menu.show_counts(len(self._state.selection), points, has_run=run is not None)


def _sentence(error: InputError) -> str:
    text = in_words(str(error))
    return f"{text[:1].upper()}{text[1:]}."
