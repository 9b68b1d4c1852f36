"""What the first of many processes tells the others to do (docs/adr/0027)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from core.config import RunConfig
from core.data.edit_file import Edits
from core.hyperparameters import Hyperparameters


@dataclass(frozen=True)
class BeginOrder:
    """Read the data, with what a person had changed of it, and build the model."""

    config: RunConfig
    edits: Edits


@dataclass(frozen=True)
class StepOrder:
    """Train on the next batch."""

    hyperparameters: Hyperparameters


@dataclass(frozen=True)
class EpochOrder:
    """An epoch is over."""


@dataclass(frozen=True)
class PutOrder:
    """Replace modules and moments, as in `core.training.agreement.WholeState`."""

    modules: Mapping[str, Mapping[str, Tensor]]
    moments: Mapping[int, Mapping[str, Tensor]]


@dataclass(frozen=True)
class PlaceOrder:
    """Go on from here."""

    random: Tensor
    """State of torch's generator on the CPU."""
    mining: Tensor
    """State of the generator of mining."""
    step_count: int
    micro_batch: int


@dataclass(frozen=True)
class GatherOrder:
    """Help to bring together what is shared out among the processes."""

    judged_only: bool = False
    """Whether the judged model is all that is asked for."""


@dataclass(frozen=True)
class LookOrder:
    """Help to look at images."""

    positions: NDArray[np.int64]
    scored: NDArray[np.int64] | None
    """Positions of the images whose masks are scored; None where none are."""


@dataclass(frozen=True)
class EndOrder:
    """It is over."""
