"""The pairs that Verify has judged: listed, kept with the run, opened again, taken off with undo."""

import hashlib
import math
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QUndoStack

from core.data.dataset import ImageFile
from core.looked_at import LookedAt, LookedAtImage, bounded, looks_csv, with_look
from core.run_content import now_text
from explorer import formats
from explorer.bridge.inference import Comparison, InferenceBridge, Source
from explorer.bridge.pictures import SIDE, PictureBridge
from explorer.bridge.verdicts import VerdictFiles
from explorer.controllers.changes import Change
from explorer.images import fit_within
from explorer.panels.looked_at import LookedAtPage
from explorer.panels.verify import VerifyPanel
from explorer.state import ExplorerState, RunView
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine

Looks = tuple[LookedAt, ...]
_PICTURES_KEPT = 20
"""Pictures from the clipboard that can be opened again; they are in no file."""


class LookedAtController(QObject):
    """Hears every verdict, and keeps the list of a run up to date on the screen and on the disk."""

    panel_wanted = Signal(str)
    """Name of the dock that should come to the front."""

    def __init__(
        self,
        state: ExplorerState,
        inference: InferenceBridge,
        files: VerdictFiles,
        pictures: PictureBridge,
        undo: QUndoStack,
        find_sample: Callable[[str], ImageFile | None],
        *,
        page: LookedAtPage,
        verify: VerifyPanel,
        status: StatusLine,
    ) -> None:
        super().__init__()
        self._state, self._files, self._thumbnails, self._undo = state, files, pictures, undo
        self._find_sample, self._page, self._verify, self._status = find_sample, page, verify, status
        self._looks: Looks = ()
        self._is_kept = False
        """Whether the list of the run has been read, so that it may be written."""
        self._pair: tuple[Source | None, Source | None] = (None, None)
        self._pasted: OrderedDict[str, QImage] = OrderedDict()
        self._asked: dict[int, LookedAtImage] = {}
        """Which image the picture of a number is of."""
        state.run_changed.connect(self._show_run)
        verify.pair_changed.connect(self._take_pair)
        inference.compared.connect(self._take_verdict)
        files.loaded.connect(self._take_loaded)
        files.load_failed.connect(self._lose)
        pictures.ready.connect(lambda number, picture: page.set_picture(self._asked[number], picture))
        page.pictures_needed.connect(self._want_pictures)
        page.opened.connect(self._open)
        page.remove_requested.connect(self._remove)
        page.note_written.connect(self._write_note)
        page.export_requested.connect(self._export)

    # --- what is looked at

    def _show_run(self, run: RunView | None) -> None:
        self._looks, self._is_kept = (), False
        self._thumbnails.forget()
        self._asked.clear()
        self._page.forget_pictures()
        self._page.show_problem("")
        self._page.show_looks(())
        if run is not None:
            self._files.load(run.path)

    def _take_loaded(self, run_dir: Path, looks: Looks) -> None:
        if self._state.run is None or self._state.run.path != run_dir:
            return
        since, self._is_kept = self._looks, True
        for look in reversed(since):
            looks = with_look(looks, look)
        self._looks = looks
        self._page.show_looks(looks)
        if since:
            self._store()

    def _lose(self, message: str, details: str) -> None:
        self._page.show_problem(
            tr("{message}; delete or repair it, and open the run again to have pairs kept").format(message=message)
        )
        self._status.complain(tr("The pairs looked at cannot be read: {message}").format(message=message), details)

    def _take_pair(self, a: Source | None, b: Source | None) -> None:
        self._pair = a, b

    def _take_verdict(self, found: Comparison) -> None:
        """A pair was judged, or judged anew by newer weights."""
        a, b = self._pair
        if self._state.run is None or a is None or b is None or not math.isfinite(found.distance):
            return
        threshold = self._state.threshold
        look = LookedAt(
            at=now_text(),
            a=self._image(a),
            b=self._image(b),
            distance=found.distance,
            measure=self._state.distance,
            threshold=threshold if threshold is not None and math.isfinite(threshold) else None,
            probability=found.probability,
            step=found.step,
        )
        self._change(with_look(self._looks, look))

    def _image(self, source: Source) -> LookedAtImage:
        if isinstance(source, Path):
            return LookedAtImage(kind="file", name=str(source.absolute()))
        if isinstance(source, str):
            return LookedAtImage(kind="sample", name=source)
        name = tr("pasted {source}").format(source=_fingerprint(source))
        self._pasted[name] = source
        self._pasted.move_to_end(name)
        if len(self._pasted) > _PICTURES_KEPT:
            self._pasted.popitem(last=False)
        return LookedAtImage(kind="picture", name=name)

    # --- what is done with the list

    def _open(self, look: LookedAt) -> None:
        a, b = self._source(look.a), self._source(look.b)
        if a is None or b is None:
            self._status.say(tr("That picture was pasted and is in no file; paste it into Verify once more"))
            return
        self.panel_wanted.emit("verify")
        self._verify.choose({"A": a, "B": b})

    def _source(self, image: LookedAtImage) -> Source | None:
        if image.kind == "file":
            return Path(image.name)
        return image.name if image.kind == "sample" else self._pasted.get(image.name)

    def _remove(self, looks: Looks) -> None:
        what = (
            tr("a pair looked at")
            if len(looks) == 1
            else tr("{looks} pairs looked at").format(looks=formats.count(len(looks)))
        )
        self._undo.push(
            Change(
                tr("remove {what}").format(what=what),
                lambda: self._change(self._without(looks)),
                lambda: self._put_back(looks),
            )
        )
        self._status.say(tr("Removed {what}; Ctrl+Z takes that back").format(what=what))

    def _write_note(self, look: LookedAt, note: str) -> None:
        before = look.note
        self._undo.push(Change(tr("write a note"), lambda: self._note(look, note), lambda: self._note(look, before)))

    def _export(self, path: Path) -> None:
        looks = self._looks
        self._files.export(path, lambda: looks_csv(looks))

    def _without(self, looks: Sequence[LookedAt]) -> Looks:
        pairs = {look.pair for look in looks}
        return tuple(each for each in self._looks if each.pair not in pairs)

    def _put_back(self, looks: Looks) -> None:
        """Those that have been looked at again since stay as they are."""
        there = {look.pair for look in self._looks}
        together = (*self._looks, *(look for look in looks if look.pair not in there))
        self._change(bounded(sorted(together, key=lambda look: look.at, reverse=True)))

    def _note(self, look: LookedAt, note: str) -> None:
        noted = (each.model_copy(update={"note": note}) if each.pair == look.pair else each for each in self._looks)
        self._change(tuple(noted))

    def _change(self, looks: Looks) -> None:
        self._looks = looks
        self._page.show_looks(looks)
        self._store()

    def _store(self) -> None:
        if self._is_kept and self._state.run is not None:
            self._files.store(self._state.run.path, self._looks)

    # --- pictures

    def _want_pictures(self, images: tuple[LookedAtImage, ...]) -> None:
        wishes = []
        for image in images:
            source = self._source(image)
            file = self._find_sample(source) if isinstance(source, str) else source
            if isinstance(file, QImage):
                self._page.set_picture(image, fit_within(file, SIDE))
            elif file is None:
                self._page.set_picture(image, QImage())
            else:
                number = len(self._asked)
                self._asked[number] = image
                wishes.append((number, file))
        self._thumbnails.want(wishes)


def _fingerprint(picture: QImage) -> str:
    """The same for the same pixels."""
    pixels = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    size = f"{pixels.width()}x{pixels.height()} ".encode()
    return hashlib.blake2b(size + bytes(pixels.constBits()), digest_size=4).hexdigest()
