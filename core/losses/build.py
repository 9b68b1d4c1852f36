"""The metric loss a run is trained with, made from its settings."""

from importlib import import_module

import torch
from torch import nn

from core.config import RunConfig
from core.hyperparameters import Hyperparameters
from core.loss_specs import LOSS_SPECS, LossName
from core.losses.context import LossContext
from core.losses.cross_batch_memory import CrossBatchMemory
from core.losses.given_tuples import build_given_tuples_loss


def build_metric_loss(
    config: RunConfig, classes: int, generator: torch.Generator | None = None, *, listed: bool = False
) -> nn.Module:
    """The configured metric loss with its live settings applied, on the CPU.

    Parameters
    ----------
    config
        Names the loss, its distance and the size of its memory.
    classes
        Number of training classes, for losses with class vectors. These are drawn by the seed alone, so that runs
        with one seed start alike on every device.
    generator
        Of the device that trains; draws the tuples of losses that mine at random.
    listed
        Whether the tuples are given with each batch, and the loss is to be one of those.
    """
    if listed:
        given = build_given_tuples_loss(config.loss, config.distance)
        apply_settings(given, config.loss, config.hyperparameters)
        return given
    seeded = torch.Generator().manual_seed(config.seed)
    module = import_module(f"core.losses.{config.loss.replace('-', '_')}")
    loss: nn.Module = module.make(LossContext(config.distance, classes, config.embedding_dim, generator, seeded))
    if config.memory:
        loss = CrossBatchMemory(loss, config.memory, config.embedding_dim)
    apply_settings(loss, config.loss, config.hyperparameters)
    return loss


def apply_settings(loss: nn.Module, name: LossName, hyperparameters: Hyperparameters) -> None:
    """Hand a loss the live settings that act on it (`core.loss_specs`); others it may have stay as they are."""
    spec = LOSS_SPECS[name]
    target = loss.loss if isinstance(loss, CrossBatchMemory) else loss
    for setting in (*spec.defaults, *(["mining"] if spec.mined else [])):
        setattr(target, setting, getattr(hyperparameters, setting))
