"""Verifier: decides whether two images show the same identity."""

import math
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from core.bundle import Bundle, is_bundle
from core.config import is_fitted
from core.data.images import ImageSource, load_image, resize_image
from core.device import resolve_device
from core.distances import Distance, as_distance, exact_distances
from core.errors import InputError
from core.evaluation.calibration import Calibration, CalibrationMethod, fit_calibration
from core.evaluation.curve import OperatingPoint, VerificationCurve
from core.evaluation.parts import ThresholdParts
from core.evaluation.report import fpr_warning, operating_point
from core.models.inference import evaluation_mode, images_at_once, infer
from core.models.multi_task import MultiTaskModel
from core.origin import Curves, Origin, RunOrigin
from core.runs import Run, ThresholdChoice
from core.training.checkpoint import load_newest_model
from core.verdict import ImageReading, Verdict
from core.watch import Watch

__all__ = ["ImageReading", "Verdict", "Verifier"]


class Verifier:
    """A model with a threshold: embeds images and compares them by the distance that the threshold is for.

    Not for several threads at once. Build one by `Verifier.load`.
    """

    def __init__(self, origin: Origin, model: MultiTaskModel, device: torch.device, step: int) -> None:
        self.origin = origin
        """Where it comes from: a run or a bundle."""
        self.step = step
        """Step that the weights are of."""
        self._model = model.to(device)
        self._device = device
        self._calibrations: dict[CalibrationMethod, Calibration | None] = {}

    @classmethod
    def load(cls, run: Run | Path | str, device: str = "auto") -> "Verifier":
        """Load the newest weights of a run, or those of a bundle that `metric-explorer export` has written.

        Parameters
        ----------
        run
            A run, its folder, or the folder of a bundle.
        device
            'auto', 'cpu', 'cuda' or 'mps'.

        Raises
        ------
        InputError
            where the run or bundle is damaged, or the run has no checkpoint yet.
        """
        if not isinstance(run, Run) and is_bundle(Path(run).expanduser()):
            bundle = Bundle.open(Path(run).expanduser())
            return cls(bundle, bundle.load_model(), resolve_device(device), bundle.step)
        opened = run if isinstance(run, Run) else Run.open(run)
        model, step = load_newest_model(opened)
        return cls(RunOrigin(opened), model, resolve_device(device), step)

    @classmethod
    def untrained(cls, run: Run, device: str = "auto") -> "Verifier":
        """Build the run's model without weights; `use_weights` must follow."""
        model = MultiTaskModel.from_architecture(run.info.model)
        return cls(RunOrigin(run), model, resolve_device(device), step=0)

    @property
    def run(self) -> Run:
        """The run that it comes from.

        Raises
        ------
        InputError
            where it comes from a bundle, which holds neither images nor embeddings of a run.
        """
        if self.origin.run is None:
            raise InputError(f"{self.origin.path}: a run is needed for that, found a bundle, which holds no images")
        return self.origin.run

    @property
    def image_size(self) -> int:
        """Side of the square that images are resized to, in pixels."""
        return self.origin.image_size

    @property
    def model(self) -> MultiTaskModel:
        """With its weights, on its device."""
        return self._model

    def use_weights(self, step: int, state_dict: Mapping[str, Tensor]) -> None:
        """Take the weights of a training run that goes on."""
        self._model.load_state_dict(state_dict)
        self.step = step

    def compare_by(
        self, distance: str | Distance, curve: VerificationCurve | None, parts: ThresholdParts | None = None
    ) -> None:
        """Take another distance than that of the stored threshold, and the curves of the held-out images by it."""
        rule, curves = as_distance(distance), Curves.of(curve, parts)
        if rule is not self.__dict__.get("_rule") or curves != self.__dict__.get("_curves"):
            self._rule, self._curves = rule, curves
            self._calibrations.clear()

    # --- looking at images

    def embed(self, images: Sequence[ImageSource] | ImageSource) -> NDArray[np.float32]:
        """Embeddings float32 [N, D] of images: paths, PIL images or uint8 arrays [H, W, 3].

        Raises
        ------
        InputError
            where an image cannot be read.
        """
        single = isinstance(images, (str, Path, Image.Image, np.ndarray))
        sources: Sequence[ImageSource] = [images] if single else images  # type: ignore[list-item,assignment]
        if not sources:
            return np.empty((0, self._model.embedding_dim), dtype=np.float32)
        with evaluation_mode(self._model), torch.inference_mode():
            rows = [self._model.embed(self.tensor(source))[0].float().cpu().numpy() for source in sources]
        return np.stack(rows)

    def embed_many(self, images: Sequence[ImageSource], watch: Watch | None = None) -> NDArray[np.float32]:
        """Embeddings float32 [N, D] of many images, in batches and bounded memory.

        Those of `embed` but for rounding: the last bits of an embedding depend on the others of its batch.

        Parameters
        ----------
        images
            As in `embed`.
        watch
            Takes the share that is done, before each batch; may raise Cancelled.

        Raises
        ------
        InputError
            where an image cannot be read.
        Cancelled
            where `watch` said so.
        """
        found = np.empty((len(images), self._model.embedding_dim), dtype=np.float32)
        step = images_at_once(self.image_size**2)
        with ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="decode") as pool:
            for start in range(0, len(images), step):
                if watch is not None:
                    watch(start / len(images))
                pixels = np.stack(list(pool.map(self._pixels, images[start : start + step])))
                found[start : start + step] = infer(self._model, pixels).embeddings
        return found

    def read(self, image: ImageSource) -> ImageReading:
        """Embedding, most probable class and mask of one image."""
        with evaluation_mode(self._model), torch.inference_mode():
            output = self._model(self.tensor(image))
        class_name, confidence = self._most_probable_class(output.logits[0])
        mask = None
        if output.mask_logits is not None:
            mask = (output.mask_logits[0, 0] > 0).to(torch.uint8).mul(255).cpu().numpy()
        return ImageReading(
            embedding=output.embedding[0].float().cpu().numpy(),
            class_name=class_name,
            confidence=confidence,
            mask=mask,
        )

    def _most_probable_class(self, logits: Tensor) -> tuple[str, float] | tuple[None, None]:
        if not len(logits):
            return None, None
        probabilities = logits.float().softmax(dim=0)
        best = int(probabilities.argmax())
        return self.origin.classes[best], float(probabilities[best])

    # --- comparing them

    @property
    def distance_in_use(self) -> Distance:
        """The distance that the stored threshold is for, else the run's own.

        Raises
        ------
        InputError
            where that is fitted, and not on embeddings of these weights.
        """
        return self._rule

    def distance(self, embedding_a: NDArray[np.float32], embedding_b: NDArray[np.float32]) -> float:
        """Distance of two embeddings [D], by the distance that the stored threshold is for, else the run's own.

        Raises
        ------
        InputError
            where that is fitted, and not on embeddings of these weights.
        """
        return float(exact_distances(embedding_a[None], embedding_b[None], self._rule))

    def verify(
        self,
        image_a: ImageSource,
        image_b: ImageSource,
        *,
        threshold: float | None = None,
        fpr: float | None = None,
    ) -> Verdict:
        """Decide whether two images show the same identity.

        Parameters
        ----------
        image_a, image_b
            a path, a PIL image or a uint8 array [H, W, 3].
        threshold
            in place of the run's threshold.
        fpr
            take the threshold of this FPR on the held-out pairs instead.

        Raises
        ------
        InputError
            where an image cannot be read, or there is no threshold of that kind.
        """
        embedding_a, embedding_b = self.embed([image_a, image_b])
        distance = self.distance(embedding_a, embedding_b)
        used = self.threshold_for(threshold, fpr)
        point = self.expected(used)
        return Verdict(
            distance=distance,
            threshold=used,
            same=distance <= used,
            probability=self.probability(distance),
            expected_fpr=None if point is None else point.fpr,
            expected_tpr=None if point is None else point.tpr,
        )

    def probability(self, distance: float) -> float | None:
        """Calibrated probability of 'same' at equal priors, by the method of the run; None without a calibration.

        Raises
        ------
        InputError
            where what is stored of it is damaged.
        """
        calibration = self.calibration()
        return None if calibration is None else calibration.probability(distance)

    def calibration(self) -> Calibration | None:
        """How distances become probabilities; None without both kinds of held-out pairs.

        Raises
        ------
        InputError
            where what is stored of it is damaged.
        """
        method = self.origin.calibration_method()
        if method not in self._calibrations:
            self._calibrations[method] = self._calibration(method)
        return self._calibrations[method]

    @property
    def curves(self) -> Curves:
        """Of the held-out pairs, by the distance in use.

        Raises
        ------
        InputError
            where what is stored of them is damaged.
        """
        return self._curves

    def expected(self, threshold: float) -> OperatingPoint | None:
        """Rates of a threshold on the run's held-out pairs; None where there are none.

        Where the held-out identities are in two halves, those of the half that no threshold is chosen on.
        """
        curve = self._curves.reporting
        return None if curve is None else curve.at_threshold(threshold)

    def threshold_for(self, threshold: float | None = None, fpr: float | None = None) -> float:
        """The threshold that is given, else that of an FPR on the held-out pairs, else the stored one.

        Raises
        ------
        InputError
            where there is none of that kind, or the one given is not finite.
        """
        if threshold is not None:
            if not math.isfinite(threshold):
                raise InputError(f"threshold: must be a finite distance, found {threshold}")
            return threshold
        if fpr is not None:
            return self._threshold_at(fpr)
        return self.stored_threshold()

    def stored_threshold(self) -> float:
        """The threshold of the run or bundle, a person's choice or the default.

        Raises
        ------
        InputError
            where there is none, or it is for a fitted distance of other weights.
        """
        return self.threshold_choice().threshold

    def threshold_choice(self) -> ThresholdChoice:
        """The same with whose it is, and what for.

        Raises
        ------
        InputError
            as `stored_threshold`.
        """
        choice = self.origin.threshold()
        if choice is None:
            in_the_window = "" if self.origin.run is None else ", or choose one in the window"
            raise InputError(
                f"{self.origin.path}: has no threshold yet; give one by --threshold, have it found by --fpr on "
                f"held-out pairs{in_the_window}"
            )
        if is_fitted(choice.distance) and choice.step != self.step:
            raise InputError(
                f"{self.origin.path}: the stored threshold must be for a {choice.distance} distance fitted at the "
                f"model's step {self.step}, found step {choice.step}; choose it anew, or give --threshold or --fpr"
            )
        return choice

    def _threshold_at(self, fpr: float) -> float:
        if not 0 <= fpr <= 1:
            raise InputError(f"fpr: must be between 0 and 1, found {fpr}")
        curve = self._curves.choosing
        if curve is None:
            raise InputError(
                f"{self.origin.path}: has no held-out pairs to find the threshold of FPR {100 * fpr:g} % on"
            )
        point = operating_point(curve, fpr)
        if point is None:
            raise InputError(f"{self.origin.path}: no threshold, {fpr_warning(curve, fpr)}")
        return point.threshold

    @cached_property
    def _rule(self) -> Distance:
        return self.origin.distance(self.step)

    @cached_property
    def _curves(self) -> Curves:
        return self.origin.curves(self._rule)

    def _calibration(self, method: CalibrationMethod) -> Calibration | None:
        """As it is stored, else fitted now."""
        stored = self.origin.calibration(self._rule, method)
        if stored is not None:
            return stored
        curve = self._curves.choosing
        return None if curve is None else fit_calibration(curve, method)

    def tensor(self, image: ImageSource) -> Tensor:
        """One image as the model takes it: [1, 3, S, S] in 0..1, on its device.

        Raises
        ------
        InputError
            where the image cannot be read.
        """
        weight = next(self._model.parameters())
        batch = torch.from_numpy(self._pixels(image))[None].to(self._device)
        return batch.to(weight.dtype) / 255

    def _pixels(self, image: ImageSource) -> NDArray[np.uint8]:
        """As the model takes them, [3, S, S]."""
        return resize_image(load_image(image), self.image_size).transpose(2, 0, 1)
