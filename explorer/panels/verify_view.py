"""What the Verify panel shows, as it is told: frozen values, and the words for them."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from explorer import formats
from explorer.translation import tr
from explorer.widgets.neighbour_strip import NeighbourItem

if TYPE_CHECKING:
    from core.evaluation.calibration import CalibrationMethod
    from core.run_content import ThresholdChoice

SlotName = Literal["A", "B"]
SLOTS: tuple[SlotName, SlotName] = ("A", "B")
Source = Path | QImage | str
"""A file, a picture from the clipboard or another program, or the id of a sample of the data set."""

NOVEL_FROM = 95.0
"""Percentile among the training images from which on an image is said to be unlike them."""
_METHODS = {"platt": "Platt", "isotonic": tr("isotonic")}


@dataclass(frozen=True, eq=False)
class VerdictView:
    """What the model says about a pair, as the panel shows it."""

    distance: float
    step: int
    """Training step of the weights that were used."""
    probability: float | None = None
    """That the pair is of one class."""
    expected_fpr: float | None = None
    """Of the held-out pairs, at the threshold in force when the verdict was made."""
    expected_tpr: float | None = None
    class_a: str | None = None
    confidence_a: float | None = None
    class_b: str | None = None
    confidence_b: float | None = None
    mask_a: NDArray[np.uint8] | None = None
    """Predicted mask [H, W] over the whole image, foreground from 128 on."""
    mask_b: NDArray[np.uint8] | None = None
    method: "CalibrationMethod | None" = None
    """How the distance became a probability."""

    def swapped(self) -> "VerdictView":
        """The same verdict with A and B exchanged; a distance has no direction."""
        return replace(
            self,
            class_a=self.class_b,
            confidence_a=self.confidence_b,
            class_b=self.class_a,
            confidence_b=self.confidence_a,
            mask_a=self.mask_b,
            mask_b=self.mask_a,
        )

    @property
    def masks(self) -> tuple[NDArray[np.uint8] | None, NDArray[np.uint8] | None]:
        """Of A and B."""
        return self.mask_a, self.mask_b

    @property
    def has_masks(self) -> bool:
        """Whether a mask was predicted."""
        return self.mask_a is not None or self.mask_b is not None


@dataclass(frozen=True, eq=False)
class NearestView:
    """The training images nearest to an image, and how unlike all of them it is."""

    items: tuple[NeighbourItem, ...]
    """Nearest first."""
    searched: int
    """Training images that were looked through."""
    step: int
    """Of the weights that embedded these."""
    percentile: float | None = None
    """0..100, of the distance to the nearest class among the training images; None where they are too few to say."""

    @property
    def is_novel(self) -> bool:
        """Whether it is unlike all training images."""
        return self.percentile is not None and self.percentile > NOVEL_FROM


def class_words(name: str | None, confidence: float | None) -> str:
    """The class that an image is taken for: 'apple  97.2 %'."""
    return "" if name is None else f"{name}  {formats.rate(confidence)}"


def probability_words(view: VerdictView) -> str:
    """The probability of a pair, and by which calibration."""
    method = "" if view.method is None or view.probability is None else f" ({_METHODS[view.method]})"
    return tr("same with probability {probability}{method}").format(
        probability=formats.rate(view.probability), method=method
    )


def threshold_words(choice: "ThresholdChoice | None") -> str:
    """Whose threshold it is: 'threshold chosen on 20 identities at FPR 1 % (step 540)'."""
    if choice is None:
        return ""
    if choice.rule == "set by hand":
        return tr("threshold chosen by hand (step {step})").format(step=formats.count(choice.step))
    part = choice.chosen_on
    where = (
        tr("held-out images")
        if part is None
        else tr("{identities} identities").format(identities=formats.count(part.identities))
    )
    origin = tr("default threshold,") if choice.chosen_by == "default" else tr("threshold chosen")
    return tr("{origin} on {where} at {rule} (step {step})").format(
        origin=origin, where=where, rule=choice.rule, step=formats.count(choice.step)
    )


def rates_words(tpr: float | None, fpr: float | None, others: int | None) -> str:
    """The rates to be expected, and of whom: identities that the threshold was not chosen on, where there are some."""
    of_whom = (
        tr("held-out images")
        if others is None
        else tr("{others} other identities").format(others=formats.count(others))
    )
    return tr("expected of {of_whom}: TPR {tpr} · FPR {fpr}").format(
        of_whom=of_whom, tpr=formats.rate(tpr), fpr=formats.rate(fpr)
    )


def nearest_words(view: NearestView | None, step: int | None) -> str:
    """What the neighbours were looked for among; their step is named where the weights are of another."""
    if view is None:
        return ""
    if not view.searched:
        return tr("There is no training image in the probe set.")
    images = tr("nearest of the {searched} training images in the probe set").format(
        searched=formats.count(view.searched)
    )
    return (
        images
        if step in (None, view.step)
        else tr("{images}, of step {step}").format(images=images, step=formats.count(view.step))
    )


def novelty_words(view: NearestView | None) -> str:
    """That an image is unlike all training images, where it is."""
    if view is None or view.percentile is None or not view.is_novel:
        return ""
    if view.percentile >= 100:
        return tr("unlike all training images: farther than all of them")
    share = f"{min(view.percentile, 99.9):.1f} %"
    return tr("unlike all training images: farther than {share} of them").format(share=share)
