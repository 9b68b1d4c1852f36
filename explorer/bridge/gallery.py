"""The gallery of the run that is shown: its file in a thread of its own, looking at images in the inference thread."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.data.dataset import ImageFile
from explorer.bridge.hold import RunHold
from explorer.bridge.inference import InferenceBridge
from explorer.bridge.tasks import Failure, TaskThread
from explorer.images import from_qimage
from explorer.translation import tr

if TYPE_CHECKING:
    from core.gallery.gallery import Gallery
    from core.gallery.images import SeenImage
    from core.verification import Verifier

Source = Path | QImage | str
"""A file, a picture, or the id of a sample of the data set."""
Failed = Callable[[Failure], None]
T = TypeVar("T")

FILE_NAME = "gallery.sqlite"
"""As `core.runs.Run.gallery_path` has it, which takes an opened run."""
NO_MODEL = tr("there is no model yet to look at images")
_AT_ONCE = 16
"""Images that are embedded again before others may use the model."""


class Books:
    """The gallery of one run, once for each of the threads that use it."""

    def __init__(self, run_dir: Path) -> None:
        self.run_dir = run_dir
        self._opened: dict[str, Gallery] = {}

    @property
    def exist(self) -> bool:
        """Whether anybody was ever enrolled."""
        return (self.run_dir / FILE_NAME).is_file()

    def of(self, thread: str) -> "Gallery":
        """The one that this thread uses, opened when it is first asked for.

        Raises
        ------
        InputError
            where run or gallery are damaged.
        """
        from core.gallery.gallery import Gallery

        if thread not in self._opened:
            self._opened[thread] = Gallery.open(self.run_dir)
        return self._opened[thread]


class GalleryBridge(QObject):
    """Lists and changes the gallery of a run."""

    listed = Signal(object)
    """tuple[EnrolledName, ...]"""
    pictures_read = Signal(object)
    """dict[int, QImage]"""
    stale_counted = Signal(int, int)
    """Images by other weights, and the step of those in use."""
    failed = Signal(str, str)
    """It cannot be read: one sentence, and details."""
    worked = Signal(str, object)
    """What is being done with the model, and which share of it is done; None where nothing is any more."""

    def __init__(
        self,
        tasks: TaskThread,
        inference: InferenceBridge,
        find_sample: Callable[[str], ImageFile | None],
        hold: RunHold | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hold = hold or RunHold()
        self._tasks, self._inference, self._find_sample = tasks, inference, find_sample
        self.books: Books | None = None
        """Of the run that is shown."""
        self._work = object()
        """Another one makes stale what is under way with the model."""
        self._changes = 0

    def follow(self, run_dir: Path | None) -> None:
        """Use the gallery of another run, or none."""
        self.cancel()
        self.books = None if run_dir is None else Books(run_dir)
        for key in ("names", "thumbnails"):
            self._tasks.forget(key)

    # --- the file

    def list(self) -> None:
        """Read who is enrolled; `listed` or `failed` follows."""
        books = self.books
        if books is not None and not books.exist:
            self._tasks.forget("names")
            self.listed.emit(())
        else:
            self._read("names", lambda gallery: gallery.names(), self.listed.emit)

    def read_pictures(self, images: Sequence[int]) -> None:
        """Read the small pictures of enrolled images; `pictures_read` or `failed` follows."""
        self._read("thumbnails", lambda gallery: pictures_of(gallery, images), self.pictures_read.emit)

    def _read(self, key: str, job: "Callable[[Gallery], T]", done: Callable[[T], None]) -> None:
        books = self.books
        if books is not None:
            self._tasks.submit(key, lambda: job(books.of("file")), done, self._complain)

    def change(self, job: "Callable[[Gallery], T]", done: Callable[[T], None], failed: Failed) -> None:
        """Change the file, even if the window is closed meanwhile; one change after the other.

        `done` is not told of a run that is not shown any more: what it would record could be undone in another's.
        """
        books = self.books
        if books is not None:
            self._changes += 1  # a key of its own: no later change makes it stale
            key = tr("change {changes}").format(changes=self._changes)

            def take(result: T) -> None:
                if books is self.books:
                    done(result)

            change = self._hold.guarded(books.run_dir, lambda: job(books.of("file")))
            self._tasks.submit(key, change, take, failed, lasting=True)

    def _complain(self, failure: Failure) -> None:
        self.failed.emit(failure.message, failure.details)

    # --- the model

    def cancel(self) -> None:
        """End looking at images; what was embedded again stays so."""
        self._work = object()
        self.worked.emit("", None)

    def look_at(self, sources: Sequence[Source], done: "Callable[[Sequence[SeenImage]], None]", failed: Failed) -> None:
        """Embed images that are to be enrolled, one by one, so that others may use the model in between."""
        self.cancel()
        work = self._work
        seen: list[SeenImage] = []

        def go_on() -> None:
            if len(seen) == len(sources):
                self.cancel()
                done(seen)
                return
            self.worked.emit(tr("looking at {sources} images").format(sources=len(sources)), len(seen) / len(sources))
            source = sources[len(seen)]
            picture = self._find_sample(source) if isinstance(source, str) else source
            if picture is None:
                fail(
                    Failure(
                        tr("{source}: its image is not at hand; choose the data set it is in").format(source=source), ""
                    )
                )
            else:
                self._look("gallery look", partial(_seen, picture, caption_of(source)), take, fail)

        def take(found: "SeenImage") -> None:
            if work is self._work:
                seen.append(found)
                go_on()

        def fail(failure: Failure) -> None:
            if work is self._work:
                self.cancel()
                failed(failure)

        go_on()

    def refresh(self, total: int, done: Callable[[], None], failed: Failed) -> None:
        """Embed all images again that are by other weights, some at a time; they are about `total`."""
        self.cancel()
        if self.books is not None and (reason := self._hold.refusal(self.books.run_dir)):
            failed(Failure(reason, ""))
            return
        work, counts = self._work, [0]

        def go_on() -> None:
            self.worked.emit(tr("embedding again"), min(sum(counts) / max(total, 1), 1.0))
            self._look("gallery look", lambda gallery, verifier: gallery.refresh(verifier, most=_AT_ONCE), take, fail)

        def take(count: int) -> None:
            if work is not self._work:
                return
            if count:
                counts.append(count)
                go_on()
            else:
                self.cancel()
                done()

        def fail(failure: Failure) -> None:
            if work is self._work:
                self.cancel()
                failed(failure)

        go_on()

    def count_stale(self) -> None:
        """Count the images by other weights than those in use; `stale_counted` follows where there is a model."""
        self._look(
            "gallery stale",
            lambda gallery, verifier: (gallery.stale(verifier), verifier.step),
            lambda found: self.stale_counted.emit(*found),
            lambda failure: self._complain(failure) if failure.message != NO_MODEL else None,
        )

    def _look(
        self, key: str, job: "Callable[[Gallery, Verifier], T]", done: Callable[[T], None], failed: Failed
    ) -> None:
        books = self.books
        if books is None or not self._inference.look(
            key, lambda verifier, _measure: job(books.of("model"), verifier), done, failed
        ):
            failed(Failure(NO_MODEL, ""))


def caption_of(source: Source) -> str | None:
    """What an image is called that is no file; None for a file, which has a name."""
    if isinstance(source, Path):
        return None
    return source if isinstance(source, str) else tr("pasted image")


def pictures_of(gallery: "Gallery", images: Sequence[int]) -> dict[int, QImage]:
    """Small pictures of enrolled images; a null one for an image that is gone."""
    found = gallery.thumbnails(images)
    return {image: QImage.fromData(found.get(image, b"")) for image in images}


def _seen(picture: ImageFile | QImage, caption: str | None, gallery: "Gallery", verifier: "Verifier") -> "SeenImage":
    image = from_qimage(picture) if isinstance(picture, QImage) else picture
    return gallery.look_at(image, verifier, caption)
