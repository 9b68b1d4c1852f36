"""Images that no evaluation counts: excluded and taken back, each change kept with the run at once and undoable."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack

from core.run_content import Exclusion, now_text
from explorer import formats
from explorer.bridge.library import LibraryBridge, OpenedRun
from explorer.controllers.changes import Change
from explorer.state import ExplorerState
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine

WRONG_LABEL = tr("wrong label")
Exclusions = tuple[Exclusion, ...]


class ExclusionController(QObject):
    """Changes `state.exclusions`, which what is measured follows."""

    def __init__(self, state: ExplorerState, library: LibraryBridge, undo: QUndoStack, *, status: StatusLine) -> None:
        super().__init__()
        self._state, self._library, self._undo, self._status = state, library, undo, status
        library.exclusions_failed.connect(
            lambda message, details: status.complain(
                tr("The exclusion was not kept with the run: {message}").format(message=message), details
            )
        )

    def show_opened(self, opened: OpenedRun) -> None:
        """Take what is kept with a stored run."""
        self._state.set_exclusions(opened.exclusions)

    def exclude(self, sample_id: int) -> None:
        """Leave an image of the run out from now on; one that is left out already stays so."""
        run, before = self._state.run, self._state.exclusions
        if run is None or sample_id in self._state.excluded:
            return
        name = run.sample_names[sample_id]
        after = (*before, Exclusion(sample=name, reason=WRONG_LABEL, at=now_text()))
        self._do(after, tr("exclude {name} ({WRONG_LABEL})").format(name=name, WRONG_LABEL=WRONG_LABEL))

    def take_back(self, names: Collection[str]) -> None:
        """Count these images again."""
        after = tuple(each for each in self._state.exclusions if each.sample not in names)
        if after != self._state.exclusions:
            self._do(after, tr("take back {names}").format(names=_what(tuple(names))))

    def _do(self, after: Exclusions, text: str) -> None:
        before = self._state.exclusions
        self._undo.push(Change(text.replace("&", "&&"), lambda: self._apply(after), lambda: self._apply(before)))

    def _apply(self, exclusions: Exclusions) -> None:
        run = self._state.run
        if run is not None:
            self._tell(self._state.exclusions, exclusions)
            self._library.store_exclusions(run.path, exclusions)
            self._state.set_exclusions(exclusions)

    def _tell(self, before: Exclusions, after: Exclusions) -> None:
        if gone := [each.sample for each in after if each not in before]:
            self._status.say(
                tr("Excluded from every evaluation: {gone}; Ctrl+Z takes that back").format(gone=_what(gone))
            )
        if back := [each.sample for each in before if each not in after]:
            self._status.say(tr("Counts again: {back}").format(back=_what(back)))


def _what(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else tr("{names} images").format(names=formats.count(len(names)))
