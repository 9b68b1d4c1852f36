"""The gallery of the run that is shown: enrolling, renaming and removing, each undoable, and who is on an image."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack

from core.errors import InputError
from core.names import checked_name
from explorer.bridge.gallery import GalleryBridge, Source
from explorer.bridge.identifying import Identified, IdentifyingBridge
from explorer.bridge.inference import InferenceBridge
from explorer.bridge.tasks import Failure
from explorer.controllers.changes import Change
from explorer.core_words import in_words
from explorer.panels.gallery import GalleryPanel
from explorer.panels.gallery_view import IdentifiedView, NoveltyView, images_words
from explorer.panels.verify import VerifyPanel
from explorer.state import ExplorerState, RunView
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from core.gallery.gallery import Gallery
    from core.gallery.images import SeenImage
    from core.gallery.records import EnrolledName, Enrolment, Removed
    from core.training.records import TrainingSnapshot

_NO_RUN = tr("Start a run or open one first: people are enrolled in a run.")


class GalleryController(QObject):
    """Keeps list and answer up to date: with every run, change, copy of the weights, distance and threshold."""

    def __init__(
        self,
        state: ExplorerState,
        bridge: GalleryBridge,
        identifying: IdentifyingBridge,
        inference: InferenceBridge,
        undo: QUndoStack,
        *,
        panel: GalleryPanel,
        verify: VerifyPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._bridge, self._identifying, self._inference = state, bridge, identifying, inference
        self._undo, self._panel, self._status = undo, panel, status
        self._images = self._stale = 0
        panel.set_available(_NO_RUN)
        self._connect(verify)

    def _connect(self, verify: VerifyPanel) -> None:
        state, panel, bridge, identifying = self._state, self._panel, self._bridge, self._identifying
        state.run_changed.connect(self._follow)
        state.snapshot_changed.connect(self._compare)
        state.distance_changed.connect(lambda _distance: self._compare(state.snapshot))
        state.threshold_changed.connect(panel.set_threshold)
        self._inference.model_ready.connect(self._look_anew)
        verify.pair_changed.connect(lambda a, b: panel.set_verify_images([each for each in (a, b) if each is not None]))
        panel.enrolment_wanted.connect(self._enrol)
        panel.rename_wanted.connect(self._rename)
        panel.removal_wanted.connect(self._remove)
        panel.refresh_wanted.connect(self._refresh)
        panel.work_cancelled.connect(bridge.cancel)
        panel.pictures_wanted.connect(bridge.read_pictures)
        panel.identification_wanted.connect(lambda source: identifying.identify(source, panel.rule))
        panel.identification_cleared.connect(identifying.forget)
        panel.rule_changed.connect(identifying.identify_again)
        bridge.listed.connect(self._show_names)
        bridge.pictures_read.connect(panel.set_pictures)
        bridge.stale_counted.connect(self._show_stale)
        bridge.worked.connect(panel.set_working)
        bridge.failed.connect(self._complain)
        identifying.identified.connect(self._show_identified)
        identifying.failed.connect(self._show_problem)

    # --- what it is of

    def _follow(self, run: RunView | None) -> None:
        self._panel.forget()
        self._images = self._stale = 0
        self._bridge.follow(None if run is None else run.path)
        self._identifying.forget()
        self._panel.set_threshold(None)
        self._panel.set_available(_NO_RUN if run is None else None)
        self._bridge.list()

    def _compare(self, snapshot: "TrainingSnapshot | None") -> None:
        """Another distance, or another look at the model."""
        self._identifying.compare_with(snapshot, self._state.rule)
        self._identifying.identify_again(self._panel.rule)

    def _look_anew(self, _step: int) -> None:
        """Newer weights: what was enrolled may be by older ones."""
        if self._images:
            self._bridge.count_stale()
        self._identifying.identify_again(self._panel.rule)

    # --- who is enrolled

    def _enrol(self, name: str, sources: Sequence[Source]) -> None:
        def keep(seen: "Sequence[SeenImage]") -> None:
            self._bridge.change(lambda gallery: gallery.keep(name, seen), self._take_enrolment, self._lose_enrolment)

        self._panel.complain("")
        try:
            checked_name(name)  # before anybody has waited for the images
        except InputError as error:
            self._lose_enrolment(Failure(in_words(str(error)), ""))
        else:
            self._bridge.look_at(sources, keep, self._lose_enrolment)

    def _take_enrolment(self, done: "Enrolment") -> None:
        added = tr("Enrolled {name}: {images} added").format(name=done.name, images=images_words(len(done.added)))
        if done.already:
            added += tr(", {already} left out as enrolled already").format(already=images_words(done.already))
        self._status.say("; ".join((added, *map(in_words, done.notes))))
        self._changed()
        self._panel.show_enrolled(done.name)
        if done.added:
            self._record(
                tr("enrol {name}").format(name=done.name),
                undo=lambda gallery: gallery.remove_images(done.name, done.added),
                redo=lambda gallery, removed: gallery.restore(removed),
            )

    def _lose_enrolment(self, failure: Failure) -> None:
        self._complain(tr("{message}; nothing was enrolled").format(message=failure.message), failure.details)

    def _rename(self, name: str, new: str) -> None:
        def take(kept: str) -> None:
            self._status.say(tr("{name} is {kept} now; Ctrl+Z takes that back").format(name=name, kept=kept))
            self._changed()
            self._record(
                tr("rename {name}").format(name=name),
                undo=lambda gallery: gallery.rename(kept, name),
                redo=lambda gallery, _undone: gallery.rename(name, kept),
            )

        self._panel.complain("")
        self._bridge.change(lambda gallery: gallery.rename(name, new), take, self._fail)

    def _remove(self, name: str) -> None:
        def take(removed: "Removed") -> None:
            self._status.say(
                tr("Removed {name} with {images}; Ctrl+Z takes that back").format(
                    name=name, images=images_words(removed.images)
                )
            )
            self._changed()
            self._record(
                tr("remove {name}").format(name=name),
                undo=lambda gallery: gallery.restore(removed),
                redo=lambda gallery, _undone: gallery.remove(name),
            )

        self._panel.complain("")
        self._bridge.change(lambda gallery: gallery.remove(name), take, self._fail)

    def _record(self, text: str, undo: "Callable[[Gallery], Any]", redo: "Callable[[Gallery, Any], object]") -> None:
        """Let something that was done be taken back, and done again with what taking it back gave."""
        given: list[Any] = [None]

        def take_back(gallery: "Gallery") -> None:
            given[0] = undo(gallery)

        self._undo.push(
            Change(
                text.replace("&", "&&"),
                lambda: self._bridge.change(
                    lambda gallery: redo(gallery, given[0]), lambda _result: self._changed(), self._fail
                ),
                lambda: self._bridge.change(take_back, lambda _none: self._changed(), self._fail),
                is_done=True,
            )
        )

    def _changed(self) -> None:
        self._bridge.list()
        self._identifying.identify_again(self._panel.rule)

    def _show_names(self, names: "tuple[EnrolledName, ...]") -> None:
        self._images = sum(len(name.images) for name in names)
        self._panel.show_names(names)
        if self._images:
            self._bridge.count_stale()
        else:
            self._show_stale(0, 0)

    # --- the weights

    def _show_stale(self, stale: int, step: int) -> None:
        self._stale = stale
        self._panel.set_stale(stale, step)

    def _refresh(self) -> None:
        def done() -> None:
            self._status.say(tr("Embedded again: {stale}").format(stale=images_words(self._stale)))
            self._changed()

        self._bridge.refresh(self._stale, done, self._fail)

    # --- who is it

    def _show_identified(self, found: Identified) -> None:
        run, new = self._state.run, found.novelty
        if found.stale:
            self._show_stale(found.stale, found.step)
            self._panel.show_picture(found.picture, found.caption)
            self._panel.show_failure(tr("The enrolled images have to be embedded again before they can be compared."))
            return
        novelty = None
        if run is not None and new is not None:
            novelty = NoveltyView(run.class_names[new.label], new.distance, new.percentile)
        self._panel.show_identified(
            IdentifiedView(
                found.picture, found.caption, found.matches, found.names, found.step, found.pictures, novelty
            )
        )

    def _show_problem(self, sentence: str, details: str) -> None:
        self._panel.show_problem(sentence)
        self._status.complain(sentence, details)

    # --- problems

    def _fail(self, failure: Failure) -> None:
        self._complain(failure.message, failure.details)
        self._bridge.list()

    def _complain(self, message: str, details: str) -> None:
        self._panel.complain(message)
        self._status.complain(message, details)
