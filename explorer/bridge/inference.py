"""The inference thread: looks at dropped images with its own copy of the model."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.training.records import ModelSnapshot
from explorer.bridge.tasks import Failure, TaskThread
from explorer.images import fit_within, from_qimage, to_qimage

if TYPE_CHECKING:
    from core.runs import Run
    from core.verification import ImageReading, Verifier

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

    image_ready = Signal(str, QImage)
    """Slot, picture."""
    image_failed = Signal(str, str)
    """Slot, one sentence."""
    compared = Signal(object)
    """Comparison"""
    model_ready = Signal(int)
    """Step of the weights."""
    failed = Signal(str, str)

    def __init__(self, tasks: TaskThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._verifier: Verifier | None = None
        self._run: Run | None = None
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

    def set_image(self, slot: str, source: Path | QImage) -> None:
        """Decode an image for slot 'A' or 'B'."""
        self._images.pop(slot, None)
        self._tasks.submit(
            f"image {slot}",
            lambda: _read_image(source),
            lambda pixels: self._take_image(slot, pixels),
            lambda failure: self.image_failed.emit(slot, failure.message),
        )

    def clear(self, slot: str) -> None:
        """Empty a slot."""
        self._tasks.forget(f"image {slot}")
        self._tasks.forget("comparison")
        self._images.pop(slot, None)

    def swap(self) -> None:
        """Exchange the two images."""
        self._images = {{"A": "B", "B": "A"}[slot]: pixels for slot, pixels in self._images.items()}
        self.compare()

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

    def _take_image(self, slot: str, pixels: tuple[NDArray[np.uint8], QImage]) -> None:
        self._images[slot] = pixels[0]
        self.image_ready.emit(slot, pixels[1])
        self.compare()

    def _complain(self, failure: Failure) -> None:
        self.failed.emit(failure.message, failure.details)


def _read_image(source: Path | QImage) -> tuple[NDArray[np.uint8], QImage]:
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
