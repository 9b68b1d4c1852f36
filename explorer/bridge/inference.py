"""The inference thread: looks at dropped images with its own copy of the model."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.data.dataset import ImageFile
from core.training.records import ModelSnapshot
from explorer.bridge.tasks import Failure, TaskThread
from explorer.images import fit_within, from_qimage, to_qimage

if TYPE_CHECKING:
    from core.runs import Run
    from core.verification import ImageReading, Verifier

Source = Path | QImage | str
"""A file, a picture, or the id of a sample of the data set that is shown."""

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


class InferenceBridge(QObject):
    """Loads images for the two slots and compares them whenever both and a model are there."""

    image_ready = Signal(str, QImage, str)
    """Slot, picture, caption."""
    image_failed = Signal(str, str)
    """Slot, one sentence."""
    compared = Signal(object)
    """Comparison"""
    model_ready = Signal(int)
    """Step of the weights."""
    failed = Signal(str, str)

    def __init__(
        self, tasks: TaskThread, find_sample: Callable[[str], ImageFile | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._find_sample = find_sample
        self._verifier: Verifier | None = None
        self._sources: dict[str, Source | None] = {"A": None, "B": None}
        self._images: dict[str, NDArray[np.uint8]] = {}

    @property
    def has_pair(self) -> bool:
        """Whether both slots hold an image."""
        return len(self._images) == 2

    def use_stored(self, run: "Run") -> None:
        """Verify with the newest checkpoint of a stored run."""
        self._forget_model()
        self._tasks.submit("model", lambda: _load(run), self._take_model, self._complain)

    def use_training(self, run_dir: Path) -> None:
        """Verify with the run that is being trained, once its weights come."""
        self._forget_model()
        self._tasks.submit("model", lambda: _build(run_dir), self._take_untrained, self._complain)

    def use_weights(self, snapshot: ModelSnapshot) -> None:
        """Take newer weights of the run that is being trained."""
        verifier = self._verifier
        if verifier is None:
            return

        def load() -> int:
            verifier.use_weights(snapshot.step, snapshot.state_dict)
            return snapshot.step

        self._tasks.submit("weights", load, self._take_weights, self._complain)

    def set_pair(self, a: Source | None, b: Source | None) -> None:
        """Decode what is new in the slots; exchanged images are not decoded again."""
        before, self._sources = self._sources, {"A": a, "B": b}
        self._tasks.forget("comparison")
        if a is not None and b is not None and (a, b) == (before["B"], before["A"]) and self.has_pair:
            self._images = {"A": self._images["B"], "B": self._images["A"]}
            self.compare()
            return
        for slot, source in self._sources.items():
            if source != before[slot] or slot not in self._images:
                self._set_image(slot, source)

    def _set_image(self, slot: str, source: Source | None) -> None:
        self._images.pop(slot, None)
        self._tasks.forget(f"image {slot}")
        if source is None:
            return
        resolved = self._find_sample(source) if isinstance(source, str) else source
        if resolved is None:
            self.image_failed.emit(slot, f"{source}: this image is not in the data set that is shown")
            return
        self._tasks.submit(
            f"image {slot}",
            lambda: _read_image(resolved),
            lambda found: self._take_image(slot, *found, _caption(source)),
            lambda failure: self.image_failed.emit(slot, failure.message),
        )

    def compare(self) -> None:
        """Look at both images, if they and a model are there."""
        verifier = self._verifier
        if verifier is None or verifier.step == 0 or not self.has_pair:
            return
        a, b = self._images["A"], self._images["B"]
        self._tasks.submit("comparison", lambda: _compare(verifier, a, b), self.compared.emit, self._complain)

    def _forget_model(self) -> None:
        for key in ("model", "weights", "comparison"):
            self._tasks.forget(key)
        self._verifier = None

    def _take_untrained(self, verifier: "Verifier") -> None:
        self._verifier = verifier

    def _take_model(self, verifier: "Verifier") -> None:
        self._verifier = verifier
        self._take_weights(verifier.step)

    def _take_weights(self, step: int) -> None:
        self.model_ready.emit(step)
        self.compare()

    def _take_image(self, slot: str, pixels: NDArray[np.uint8], picture: QImage, caption: str) -> None:
        self._images[slot] = pixels
        self.image_ready.emit(slot, picture, caption)
        self.compare()

    def _complain(self, failure: Failure) -> None:
        self.failed.emit(failure.message, failure.details)


def _caption(source: Source) -> str:
    if isinstance(source, Path):
        return source.name
    return source if isinstance(source, str) else "pasted image"


def _read_image(source: ImageFile | QImage) -> tuple[NDArray[np.uint8], QImage]:
    from core.data.images import load_image

    pixels = from_qimage(source) if isinstance(source, QImage) else load_image(source)
    return pixels, fit_within(to_qimage(pixels), SHOWN_SIDE)


def _load(run: "Run") -> "Verifier":
    from core.verification import Verifier

    return Verifier.load(run)


def _build(run_dir: Path) -> "Verifier":
    from core.runs import Run
    from core.verification import Verifier

    return Verifier.untrained(Run.open(run_dir))


def _compare(verifier: "Verifier", a: NDArray[np.uint8], b: NDArray[np.uint8]) -> Comparison:
    readings = verifier.read(a), verifier.read(b)
    distance = verifier.distance(readings[0].embedding, readings[1].embedding)
    return Comparison(distance, verifier.probability(distance), *readings, step=verifier.step)
