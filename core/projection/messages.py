"""What goes into the projection worker and what comes out of it: frozen, and free of heavy imports."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.projection.methods import DEFAULT_SETTINGS, Method
from core.projection.settings import ProjectionSettings

if TYPE_CHECKING:
    from core.distances import Distance


@dataclass(frozen=True, eq=False)
class ProjectionRequest:
    """Embeddings to draw; the arrays must not change any more."""

    generation: int
    """Chosen by the sender, to tell answers apart."""
    embeddings: NDArray[np.float32]
    """[N, D]"""
    sample_ids: NDArray[np.int64]
    """[N], positions in the data set; not used for drawing"""
    method: Method = "umap"
    initial: NDArray[np.float32] | None = None
    """[N, 2], the layout to go on from"""
    seed: int | None = None
    distance: "str | Distance" = "euclidean"
    settings: ProjectionSettings = DEFAULT_SETTINGS


@dataclass(frozen=True, eq=False)
class ProjectionResult:
    """The layout that a request asked for."""

    request: ProjectionRequest
    layout: NDArray[np.float32]
    """[N, 2], read-only"""
    seconds: float
    """How long the drawing took."""


@dataclass(frozen=True, eq=False)
class ProjectionFailed:
    """A request came to nothing, or the process ended by itself."""

    request: ProjectionRequest | None
    """None where the process was idle or warming up."""
    message: str
    """One sentence for the user."""
    details: str
    """The traceback, if there is one."""


@dataclass(frozen=True)
class WorkerReady:
    """UMAP is imported and compiled: the next request is drawn without delay."""

    seconds: float
    """How long that took."""


@dataclass(frozen=True)
class ProjectionProgress:
    """How far the drawing of a request is."""

    generation: int
    """Of the request."""
    stage: str
    """What is being done."""
    share: float | None
    """Of the stage, 0 to 1; None where the method does not tell."""


WorkerMessage = ProjectionResult | ProjectionFailed | ProjectionProgress | WorkerReady
