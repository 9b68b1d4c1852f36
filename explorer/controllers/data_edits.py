"""Images that runs leave out or take for another class: kept beside the data at once, each change undoable."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from core.data.dataset import Dataset
from core.data.edit_file import Edit, Edits, edited_now
from core.data.edits import edited_labels, with_edits
from core.data.sources import edit_file_of
from core.errors import InputError
from explorer import formats
from explorer.bridge.library import LibraryBridge
from explorer.controllers.changes import Change
from explorer.controllers.data import DataController
from explorer.core_words import in_words
from explorer.panels.data import DataPanel
from explorer.panels.run_setup import RunSetupPanel
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine

_NO_DATA = Dataset("", (), ())


class DataEditsController(QObject):
    """Changes the edits of the data set in the grid. A run that was begun keeps those that it was begun with."""

    changed = Signal(object, object)
    """Dataset as it is listed, and the Edits that are to be done to it."""

    def __init__(
        self,
        data: DataController,
        library: LibraryBridge,
        undo: QUndoStack,
        *,
        panel: DataPanel,
        setup: RunSetupPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._library, self._undo = library, undo
        self._panel, self._setup, self._status = panel, setup, status
        self._data, self._dataset = "", _NO_DATA
        self._left = _NO_DATA
        """What runs from now on get, as Run setup shows it."""
        self._complained = False
        self._edits: Edits | None = None
        """None while they are being read, and where they cannot be."""
        data.shown.connect(self._read)
        library.edits_read.connect(self._take)
        library.edits_unreadable.connect(self._refuse)
        library.edits_failed.connect(self._complain)
        panel.exclude_requested.connect(lambda places: self._edit(places, None))
        panel.relabel_requested.connect(self._edit)
        panel.take_back_requested.connect(self._take_back)

    # --- what is kept

    def _read(self, data: str, dataset: Dataset) -> None:
        self._data, self._dataset, self._left, self._edits = data, dataset, dataset, None
        self._complained = False
        self.changed.emit(dataset, ())
        self._library.read_edits(data)

    def _take(self, data: str, edits: Edits) -> None:
        if data != self._data:
            return
        self._edits = edits
        self._show(edits)

    def _refuse(self, data: str, message: str, details: str) -> None:
        if data == self._data:
            self._panel.show_edits(edited_labels(self._dataset, ()), "", message)
            self._panel.show_problem(message)
            self._setup.show_problem(message)
            self._status.complain(message, details)

    def _complain(self, data: str, message: str, details: str) -> None:
        self._status.complain(tr("The change was not kept beside the data: {message}").format(message=message), details)
        if data == self._data:
            self._library.read_edits(data)

    def _show(self, edits: Edits) -> None:
        try:
            edited = edited_labels(self._dataset, edits)
        except InputError as error:  # a file that was written by hand
            self._refuse(self._data, in_words(str(error)), "")
            return
        self._panel.show_edits(edited, edit_file_of(self._data).name)
        self.changed.emit(self._dataset, edits)
        self._show_what_is_left(edits)

    def _show_what_is_left(self, edits: Edits) -> None:
        try:
            left = with_edits(self._dataset, edits, edit_file_of(self._data).name)
        except InputError as error:
            self._complained = True
            self._panel.show_problem(tr("No run can start: {error}").format(error=in_words(str(error))))
            return
        if self._complained:
            self._complained = False
            self._panel.show_problem("")
        if left is not self._left:
            self._left = left
            self._setup.show_dataset(left)

    # --- what a person does

    def _edit(self, places: tuple[int, ...], label: str | None) -> None:
        """Exclude images, or give them a class; one that the data says anyway is no edit."""
        if self._edits is None or not places:
            return
        samples = [self._dataset.samples[place] for place in places]
        done = {sample.id: Edit(sample=sample.id, label=label, at=edited_now()) for sample in samples}
        listed = {sample.id for sample in samples if self._dataset.classes[sample.label] == label}
        others = tuple(edit for edit in self._edits if edit.sample not in done)
        after = (*others, *(edit for name, edit in done.items() if name not in listed))
        what = _what([sample.id for sample in samples])
        if label is None:
            self._do(
                after,
                tr("exclude {what} from the data").format(what=what),
                tr("Excluded {what}: runs from now on leave them out").format(what=what),
            )
        else:
            self._do(
                after,
                tr("give {what} the class {label}").format(what=what, label=label),
                tr("{what}: of class {label} for runs from now on").format(what=what, label=label),
            )

    def _take_back(self, places: tuple[int, ...]) -> None:
        if self._edits is None:
            return
        names = {self._dataset.samples[place].id for place in places}
        back = [edit.sample for edit in self._edits if edit.sample in names]
        after = tuple(edit for edit in self._edits if edit.sample not in names)
        if back:
            self._do(
                after,
                tr("take back the edit of {back}").format(back=_what(back)),
                tr("As the data says again: {back}").format(back=_what(back)),
            )

    def _do(self, after: Edits, text: str, message: str) -> None:
        before = self._edits or ()
        if _states(after) == _states(before):
            return
        apply, data = self._apply, self._data
        self._undo.push(
            Change(
                text.replace("&", "&&"),
                lambda: apply(data, before, after),
                lambda: apply(data, after, before),
                outlives_run=True,
            )
        )
        self._status.say(
            tr("{upper}{message}; Ctrl+Z takes that back").format(upper=message[:1].upper(), message=message[1:])
        )

    def _apply(self, data: str, before: Edits, after: Edits) -> None:
        if data == self._data and self._edits == after:
            return  # a change that could not be kept is taken back
        self._library.store_edits(data, before, after)
        if data == self._data:
            self._edits = after
            self._show(after)


def _states(edits: Edits) -> dict[str, str | None]:
    return {edit.sample: edit.label for edit in edits}


def _what(names: list[str]) -> str:
    return names[0] if len(names) == 1 else tr("{names} images").format(names=formats.count(len(names)))
