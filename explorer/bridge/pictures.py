"""Loads pictures of samples behind the window, the newest wishes first."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.data.dataset import ImageFile
from explorer.bridge.tasks import TaskThread
from explorer.images import fit_within, to_qimage
from explorer.translation import tr

SIDE = 128
"""Pixels; pictures are shrunk to it."""
_CHUNK = 8

Wish = tuple[int, ImageFile]
"""A number to know the picture by, and where it is."""


class PictureBridge(QObject):
    """Pictures for one place in the window; `owner` tells its jobs from those of others in the same thread."""

    ready = Signal(int, QImage)
    """Number of the wish and its picture, a null one where the image cannot be read."""

    def __init__(self, tasks: TaskThread, owner: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._key = tr("pictures {owner}").format(owner=owner)
        self._wanted: list[Wish] = []
        self._loading = False

    def want(self, wishes: Sequence[Wish]) -> None:
        """Load these next; earlier wishes that have not begun are dropped."""
        self._wanted = list(wishes)
        self._load_next()

    def forget(self) -> None:
        """Drop all wishes, also those under way: the images shown are others now."""
        self._tasks.forget(self._key)
        self._wanted, self._loading = [], False

    def _load_next(self) -> None:
        if self._loading or not self._wanted:
            return
        chunk = self._wanted[:_CHUNK]
        del self._wanted[:_CHUNK]
        self._loading = True
        unread = [(number, QImage()) for number, _ in chunk]
        self._tasks.submit(self._key, lambda: _load(chunk), self._loaded, lambda failure: self._loaded(unread))

    def _loaded(self, pictures: list[tuple[int, QImage]]) -> None:
        self._loading = False
        for number, picture in pictures:
            self.ready.emit(number, picture)
        self._load_next()


def _load(wishes: list[Wish]) -> list[tuple[int, QImage]]:
    from core.data.images import ImageError, load_image

    pictures = []
    for number, image in wishes:
        try:
            pictures.append((number, fit_within(to_qimage(load_image(image)), SIDE)))
        except ImageError:  # the data report names it; the place of the picture stays empty
            pictures.append((number, QImage()))
    return pictures
