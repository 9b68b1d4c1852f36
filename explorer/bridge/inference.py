"""The inference thread: looks at the two images of Verify with its own copy of the model."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.data.dataset import ImageFile
from core.training.records import ModelSnapshot
from explorer.bridge.tasks import Failure, TaskThread
from explorer.core_words import in_words
from explorer.images import fit_within, from_qimage, to_qimage
from explorer.translation import tr

if TYPE_CHECKING:
    from core.distances import Distance
    from core.evaluation.calibration import CalibrationMethod
    from core.evaluation.curve import VerificationCurve
    from core.evaluation.parts import ThresholdParts
    from core.explanation import Explanation
    from core.verification import ImageReading, Verifier

Source = Path | QImage | str
"""A file, a picture, or the id of a sample of the data set."""
OpenModel = Callable[[Path, ModelSnapshot | None], "Verifier"]
"""Makes the model of a run with these weights, or with those of its newest checkpoint."""

T = TypeVar("T")

SHOWN_SIDE = 512
"""Pixels; larger images are shrunk for showing. The model sees the original."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """What the model says about the two images."""

    distance: float
    probability: float | None
    a: "ImageReading"
    b: "ImageReading"
    step: int
    """Step of the weights that looked."""
    method: "CalibrationMethod | None" = None
    """How the distance became a probability; None where it did not."""


@dataclass(frozen=True, eq=False)
class Embedded:
    """An image that is in no slot, as the model sees it."""

    caption: str
    picture: QImage
    embedding: NDArray[np.float32]
    """[D]"""
    step: int
    """Step of the weights that looked."""


@dataclass(frozen=True, eq=False)
class Measure:
    """What images are compared by."""

    distance: "str | Distance"
    curve: "VerificationCurve | None"
    parts: "ThresholdParts | None"
    """Of the held-out images by that distance, for the probability."""

    def hand_to(self, verifier: "Verifier") -> None:
        """Let a verifier compare by it."""
        verifier.compare_by(self.distance, self.curve, self.parts)


@dataclass(frozen=True, eq=False)
class _Held:
    """What a slot holds."""

    source: Source
    pixels: NDArray[np.uint8] | None = None
    """None until it is decoded, and where it cannot be."""


class _Read(NamedTuple):
    """A decoded image."""

    pixels: NDArray[np.uint8]
    """[H, W, 3]"""
    picture: QImage
    """The same for showing."""
    note: str | None
    """What is to be said of it."""


def open_model(run_dir: Path, weights: ModelSnapshot | None) -> "Verifier":
    """A model in evaluation; made anew for each copy of the weights, so that the run's calibration is the newest too.

    Raises
    ------
    InputError
        where the run is damaged or has no checkpoint yet.
    """
    from core.runs import Run
    from core.verification import Verifier

    if weights is None:
        return Verifier.load(run_dir)
    verifier = Verifier.untrained(Run.open(run_dir))
    verifier.use_weights(weights.step, weights.state_dict)
    return verifier


class InferenceBridge(QObject):
    """Decodes the images of the two slots, 'A' and 'B', and compares them whenever both and a model are there."""

    image_ready = Signal(str, QImage, str)
    """Slot, picture, caption."""
    image_failed = Signal(str, str)
    """Slot, one sentence."""
    compared = Signal(object)
    """Comparison"""
    comparison_failed = Signal(str, str)
    """One sentence, and details."""
    explained = Signal(object)
    """core.explanation.Explanation of the pair in the slots"""
    explanation_failed = Signal(str, str)
    """One sentence, and details."""
    embedded = Signal(object)
    """Embedded"""
    embedding_failed = Signal(str, str)
    """One sentence, and details."""
    model_ready = Signal(int)
    """Step of the weights."""
    model_failed = Signal(str, str)
    """One sentence, and details."""

    def __init__(
        self,
        tasks: TaskThread,
        find_sample: Callable[[str], ImageFile | None],
        make: OpenModel = open_model,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._find_sample, self._make = tasks, find_sample, make
        self._run_dir: Path | None = None
        self._verifier: Verifier | None = None
        self._measure: Measure | None = None
        self._slots: dict[str, _Held | None] = {"A": None, "B": None}

    # --- the model

    def follow(self, run_dir: Path) -> None:
        """Forget the model of any other run; weights or a checkpoint of this one come next."""
        self._tasks.forget("model")
        self._forget_pair()
        self._run_dir, self._verifier = run_dir, None

    def load_checkpoint(self) -> None:
        """Use the newest checkpoint of the run; what there was stays in use until it is loaded."""
        self._load(None)

    def use_weights(self, weights: ModelSnapshot) -> None:
        """Use newer weights of the run that is being trained."""
        self._load(weights)

    def _load(self, weights: ModelSnapshot | None) -> None:
        run_dir = self._run_dir
        if run_dir is not None:
            self._tasks.submit("model", lambda: self._make(run_dir, weights), self._take_model, self._lose_model)

    def _take_model(self, verifier: "Verifier") -> None:
        self._verifier = verifier
        self.model_ready.emit(verifier.step)
        self.compare()

    def _lose_model(self, failure: Failure) -> None:
        self._verifier = None
        self.model_failed.emit(failure.message, failure.details)

    # --- the images

    def choose(self, slot: str, source: Source) -> None:
        """Decode what was put into a slot; the same file once more is read once more."""
        self._forget_pair()
        held = self._slots[slot] = _Held(source)
        picture = self._find_sample(source) if isinstance(source, str) else source
        if picture is None:
            self._tasks.forget(f"image {slot}")
            self.image_failed.emit(
                slot, tr("{source}: its image is not at hand; choose the data set it is in").format(source=source)
            )
            return
        self._tasks.submit(
            f"image {slot}",
            lambda: _read_image(picture),
            lambda read: self._take_image(slot, held.source, read),
            lambda failure: self.image_failed.emit(slot, failure.message),
        )

    def set_pair(self, a: Source | None, b: Source | None) -> None:
        """Take over what the slots hold now, where that is more than new choices: an exchange, or an emptied slot."""
        wanted = {"A": a, "B": b}
        if all(_is_of(self._slots[slot], source) for slot, source in wanted.items()):
            return
        self._forget_pair()
        by_source = {id(held.source): held for held in self._slots.values() if held is not None}
        for slot, source in wanted.items():
            self._tasks.forget(f"image {slot}")
            held = None if source is None else by_source.get(id(source))
            self._slots[slot] = held
            if source is not None and (held is None or held.pixels is None):
                self.choose(slot, source)
        self.compare()

    def _take_image(self, slot: str, source: Source, read: "_Read") -> None:
        self._slots[slot] = _Held(source, read.pixels)
        self.image_ready.emit(slot, read.picture, _noted(_caption(source), read.note))
        self.compare()

    # --- anything else

    @property
    def verifier_step(self) -> int | None:
        """Step of the weights in use; None where there is no model."""
        return None if self._verifier is None else self._verifier.step

    def look(
        self,
        key: str,
        job: "Callable[[Verifier, Measure | None], T]",
        done: Callable[[T], None],
        failed: Callable[[Failure], None],
    ) -> bool:
        """Do something short with the model in its thread; False where there is no model yet.

        A newer job of the same key makes the result of an older one stale. `Measure` is what images are compared by.
        """
        verifier, measure = self._verifier, self._measure
        if verifier is None:
            return False
        self._tasks.submit(key, lambda: job(verifier, measure), done, failed)
        return True

    def embed(self, source: Source) -> None:
        """Embed an image for the map; `embedded` or `embedding_failed` follows, unless another is asked for."""
        verifier = self._verifier
        picture = self._find_sample(source) if isinstance(source, str) else source
        if verifier is None or picture is None:
            reason = tr("there is no model yet to look at it") if verifier is None else tr("the image is not at hand")
            self.embedding_failed.emit(f"{_caption(source)}: {reason}", "")
            return
        self._tasks.submit(
            "embedding",
            lambda: _embed(verifier, _caption(source), picture),
            self.embedded.emit,
            lambda failure: self.embedding_failed.emit(failure.message, failure.details),
        )

    # --- both

    def compare_by(
        self, distance: "str | Distance", curve: "VerificationCurve | None", parts: "ThresholdParts | None" = None
    ) -> None:
        """Compare by this distance from now on, with its curves of the held-out images and of their halves."""
        self._measure = Measure(distance, curve, parts)

    def compare(self) -> None:
        """Look at both images, if they and a model are there."""
        self._forget_pair()
        pair = self._pair()
        if pair is not None:
            self.look(
                "comparison",
                lambda verifier, measure: _compare(verifier, measure, *pair),
                self.compared.emit,
                lambda failure: self.comparison_failed.emit(failure.message, failure.details),
            )

    def explain(self) -> None:
        """Find out why the two are alike or not; `explained` or `explanation_failed` follows while they stay."""
        pair = self._pair()
        if pair is not None:
            self.look(
                "explanation",
                lambda verifier, measure: _explain(verifier, measure, *pair),
                self.explained.emit,
                lambda failure: self.explanation_failed.emit(failure.message, failure.details),
            )

    def _pair(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8]] | None:
        """Both images, as soon as they are decoded."""
        a, b = self._slots["A"], self._slots["B"]
        if a is None or b is None or a.pixels is None or b.pixels is None:
            return None
        return a.pixels, b.pixels

    def _forget_pair(self) -> None:
        """What is being found out about the former pair is not wanted any more."""
        for key in ("comparison", "explanation"):
            self._tasks.forget(key)


def _is_of(held: _Held | None, source: Source | None) -> bool:
    return held is None if source is None else held is not None and held.source is source


def _caption(source: Source) -> str:
    if isinstance(source, Path):
        return source.name
    return source if isinstance(source, str) else tr("pasted image")


def decoded(source: ImageFile | QImage) -> tuple[NDArray[np.uint8], str | None]:
    """Pixels [H, W, 3] of an image, and what is to be said of it, such as that it is the first frame of an animation.

    Raises
    ------
    ImageError
        where it cannot be read.
    """
    from core.data.images import load_image, note_on

    pixels, note = (from_qimage(source), None) if isinstance(source, QImage) else (load_image(source), note_on(source))
    return np.require(pixels, requirements="W"), note  # torch warns of arrays that it may not write to


def _read_image(source: ImageFile | QImage) -> _Read:
    pixels, note = decoded(source)
    return _Read(pixels, fit_within(to_qimage(pixels), SHOWN_SIDE), note)


def _noted(caption: str, note: str | None) -> str:
    return f"{caption} ({in_words(note)})" if note else caption


def _embed(verifier: "Verifier", caption: str, source: ImageFile | QImage) -> Embedded:
    read = _read_image(source)
    return Embedded(_noted(caption, read.note), read.picture, verifier.embed(read.pixels)[0], verifier.step)


def _compare(verifier: "Verifier", measure: Measure | None, a: NDArray[np.uint8], b: NDArray[np.uint8]) -> Comparison:
    if measure is not None:
        measure.hand_to(verifier)
    readings = verifier.read(a), verifier.read(b)
    distance = verifier.distance(readings[0].embedding, readings[1].embedding)
    calibration = verifier.calibration()
    if calibration is None:
        return Comparison(distance, None, *readings, step=verifier.step)
    return Comparison(distance, calibration.probability(distance), *readings, verifier.step, calibration.method)


def _explain(
    verifier: "Verifier", measure: Measure | None, a: NDArray[np.uint8], b: NDArray[np.uint8]
) -> "Explanation":
    from core.explanation import explain

    if measure is not None:
        measure.hand_to(verifier)
    return explain(verifier, a, b)
