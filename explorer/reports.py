"""What long measurements are asked for and what they give: shared by the bridge, the controllers and the panels."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from core.config import DistanceName

if TYPE_CHECKING:
    from core.evaluation.calibration import CalibrationMethod, ReliabilityPoints
    from core.evaluation.measured import Measured

Part = Literal["held-out", "all"]
ProtocolName = Literal["lfw", "pairs", "one-shot", "episodes"]


@dataclass(frozen=True, eq=False)
class CalibrationFit:
    """One way from a distance to a probability, and how good it is."""

    method: "CalibrationMethod"
    cllr: float
    """Cost of its log-likelihood ratios, in bits: 0 is perfect, 1 says nothing."""
    reliability: "ReliabilityPoints"


@dataclass(frozen=True, eq=False)
class Report:
    """One evaluation of a run."""

    run_dir: Path
    distance: DistanceName
    measured: "Measured"
    calibrations: Sequence[CalibrationFit] = ()
    min_cllr: float | None = None
    """The least Cllr that any calibration of this distance can have on these pairs."""
    calibrated_on: str = ""
    """Which pairs the calibrations were fitted and measured on, in words."""


@dataclass(frozen=True)
class ProtocolChoice:
    """A protocol and what it is run on."""

    name: ProtocolName
    source: Path | None = None
    """pairs.txt, list of pairs, or folder of one-shot runs; None for episodes."""
    images: Path | None = None
    """Folder of the images that a pairs.txt names."""
    ways: int = 5
    shots: int = 1
    queries: int = 15
    count: int = 600


@dataclass(frozen=True)
class CandidateChoice:
    """A run to compare, by a distance; None for its own."""

    run_dir: Path
    distance: DistanceName | None = None
