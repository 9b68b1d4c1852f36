"""What a run tells the loss that it is to be trained with."""

from dataclasses import dataclass

import torch

from core.config import TrainingDistance


@dataclass(frozen=True)
class LossContext:
    """Handed to `make` of the loss's module, which takes of it what the loss needs."""

    distance: TrainingDistance
    """The run is trained with."""
    classes: int
    """Number of training classes."""
    embedding_dim: int
    generator: torch.Generator | None
    """Of the device that trains: draws tuples; None takes torch's default one."""
    seeded: torch.Generator
    """On the CPU, set by the run's seed alone: draws class vectors, so that runs start alike on every device."""
