"""What a verifier says: of two images, and of one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Verdict:
    """What `verify --json` prints."""

    distance: float
    threshold: float
    same: bool
    """Whether distance <= threshold."""
    probability: float | None
    """Calibrated probability that the two are the same, at equal priors; None without a calibration."""
    expected_fpr: float | None
    """Share of the held-out impostor pairs that the threshold accepts, see `Verifier.expected`."""
    expected_tpr: float | None
    """Share of the held-out genuine pairs that the threshold accepts."""


@dataclass(frozen=True, eq=False)
class ImageReading:
    """What the model sees in one image."""

    embedding: NDArray[np.float32]
    """[D], unit L2 norm"""
    class_name: str | None
    """Most probable training class; None where the model knows no classes."""
    confidence: float | None
    """Its probability."""
    mask: NDArray[np.uint8] | None
    """Foreground 255, background 0, [S, S]; None where the model predicts no masks."""
