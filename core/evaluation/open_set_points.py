"""What is told of an open-set measurement, without what it takes to measure it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

EnrolmentRule = Literal["mean", "nearest"]
"""Whether a name stands for the mean of its images, or is as near as the nearest of them."""


@dataclass(frozen=True)
class MeanRate:
    """A rate over partings of the identities that were drawn at random."""

    mean: float
    standard_error: float | None
    """Of the mean, over the partings; None where there is but one."""


@dataclass(frozen=True)
class OpenSetPoint:
    """What a threshold does to images of enrolled people and of strangers."""

    threshold: float
    far: MeanRate
    """False-alarm rate: share of the strangers' images that are taken for somebody enrolled."""
    dir: Mapping[int, MeanRate]
    """Detection and identification rate by rank k: share of the enrolled people's images that are accepted by their own
    name, it being among the k nearest."""

    def to_json(self) -> dict[str, Any]:
        """The object that `gallery RUN rates --json` prints of it; a threshold that is not finite is null."""
        return {
            "threshold": self.threshold if math.isfinite(self.threshold) else None,
            "far": self.far.mean,
            "far_standard_error": self.far.standard_error,
            "dir": {str(rank): rate.mean for rank, rate in self.dir.items()},
            "dir_standard_error": {str(rank): rate.standard_error for rank, rate in self.dir.items()},
        }
