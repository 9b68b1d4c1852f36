"""Looks an image up in the gallery, in the inference thread, and tells how new it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.data.dataset import ImageFile
from core.training.records import TrainingSnapshot
from explorer.bridge.gallery import NO_MODEL, Books, GalleryBridge, Source, caption_of, pictures_of
from explorer.bridge.inference import SHOWN_SIDE, InferenceBridge, Measure, decoded
from explorer.bridge.tasks import Failure
from explorer.images import fit_within, to_qimage
from explorer.translation import tr

if TYPE_CHECKING:
    from core.distances import Distance
    from core.evaluation.novelty import Novelty, NoveltyScale
    from core.gallery.records import EnrolmentRule, Match
    from core.verification import Verifier


_Image = tuple[str, NDArray[np.uint8]]
"""Caption and pixels."""


@dataclass(frozen=True, eq=False)
class Identified:
    """What was found out about an image."""

    picture: QImage
    caption: str
    matches: "tuple[Match, ...]"
    """The nearest names, nearest first."""
    names: int
    """How many are enrolled."""
    step: int
    """Of the weights."""
    pictures: Mapping[int, QImage]
    """Of the images of the matches."""
    novelty: "Novelty | None"
    """None where the newest look at the model is not by these weights, or has too few training images."""
    stale: int
    """Enrolled images that are by other weights; where there are some, there are no matches."""


class _Scale(NamedTuple):
    """The training images of a look at the model, and how far they lie from one another."""

    snapshot: TrainingSnapshot
    rule: "str | Distance"
    found: "NoveltyScale | None"


class IdentifyingBridge(QObject):
    """Looks one image up at a time, and again when something else has changed."""

    identified = Signal(object)
    """Identified"""
    failed = Signal(str, str)
    """One sentence, and details."""

    def __init__(
        self,
        gallery: GalleryBridge,
        inference: InferenceBridge,
        find_sample: Callable[[str], ImageFile | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._gallery, self._inference, self._find_sample = gallery, inference, find_sample
        self._held: _Image | None = None
        """Caption and pixels of the image."""
        self._asked = object()
        """Another one makes stale what is under way."""
        self._snapshot: tuple[TrainingSnapshot, str | Distance] | None = None
        self._scale: _Scale | None = None

    def compare_with(self, snapshot: TrainingSnapshot | None, rule: "str | Distance") -> None:
        """Tell how new an image is by the training images of this look at the model."""
        self._snapshot = None if snapshot is None else (snapshot, rule)

    def identify(self, source: Source, rule: "EnrolmentRule") -> None:
        """Look an image up; `identified` or `failed` follows, unless another is asked for."""
        self.forget()
        picture = self._find_sample(source) if isinstance(source, str) else source
        if picture is None:
            self.failed.emit(
                tr("{source}: its image is not at hand; choose the data set it is in").format(source=source), ""
            )
            return
        self._submit(lambda: _decoded(picture, caption_of(source) or Path(str(source)).name), rule)

    def identify_again(self, rule: "EnrolmentRule") -> None:
        """Look the same image up once more."""
        if self._held is not None:
            held = self._held
            self._submit(lambda: held, rule)

    def forget(self) -> None:
        """There is no image any more."""
        self._held, self._asked = None, object()

    def _submit(self, decode: Callable[[], _Image], rule: "EnrolmentRule") -> None:
        books, snapshot, known = self._gallery.books, self._snapshot, self._scale
        asked = self._asked = object()

        def work(verifier: "Verifier", measure: Measure | None) -> tuple[_Image, Identified, _Scale | None]:
            if measure is not None:
                measure.hand_to(verifier)
            image = decode()
            scale = _scale(snapshot, known, verifier.step)
            return image, _identified(books, verifier, image, rule, scale), scale

        def take(found: tuple[_Image, Identified, _Scale | None]) -> None:
            self._scale = found[2] or self._scale
            if asked is self._asked:
                self._held = found[0]
                self.identified.emit(found[1])

        def fail(failure: Failure) -> None:
            if asked is self._asked:
                self.failed.emit(failure.message, failure.details)

        if not self._inference.look("gallery identify", work, take, fail):
            self.failed.emit(tr("The image cannot be looked up: {NO_MODEL}").format(NO_MODEL=NO_MODEL), "")


def _decoded(picture: ImageFile | QImage, caption: str) -> _Image:
    pixels, note = decoded(picture)
    return (caption if note is None else f"{caption}: {note}"), pixels


def _scale(
    snapshot: "tuple[TrainingSnapshot, str | Distance] | None", known: _Scale | None, step: int
) -> _Scale | None:
    """That of the newest look at the model, where it is by the weights of `step`."""
    from core.training.novelty import novelty_scale

    if snapshot is None or snapshot[0].step != step:
        return None
    if known is not None and known.snapshot is snapshot[0] and known.rule is snapshot[1]:
        return known
    return _Scale(*snapshot, novelty_scale(*snapshot))


def _identified(
    books: Books | None,
    verifier: "Verifier",
    image: _Image,
    rule: "EnrolmentRule",
    scale: _Scale | None,
) -> Identified:
    from core.gallery.gallery import OtherWeightsError

    caption, pixels = image
    embedding = verifier.embed(pixels)[0]
    gallery = None if books is None else books.of("model")
    matches: tuple[Match, ...] = ()
    names = stale = 0
    try:
        if gallery is not None:
            matches, names = gallery.nearest(embedding, verifier, rule=rule)
    except OtherWeightsError as error:
        stale = error.stale
    return Identified(
        picture=fit_within(to_qimage(pixels), SHOWN_SIDE),
        caption=caption,
        matches=matches,
        names=names,
        step=verifier.step,
        pictures={} if gallery is None else pictures_of(gallery, [match.image for match in matches]),
        novelty=None if scale is None or scale.found is None else scale.found.of(embedding),
        stale=stale,
    )
