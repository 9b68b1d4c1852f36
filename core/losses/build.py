"""The metric loss a run is trained with, made from its settings."""

import torch
from torch import nn

from core.config import RunConfig
from core.hyperparameters import Hyperparameters
from core.loss_specs import LOSS_SPECS, LossName
from core.losses.arcface import ArcFaceLoss
from core.losses.center import CenterLoss
from core.losses.contrastive import ContrastiveLoss
from core.losses.cosface import CosFaceLoss
from core.losses.cross_batch_memory import CrossBatchMemory
from core.losses.given_tuples import build_given_tuples_loss
from core.losses.info_nce import InfoNCELoss
from core.losses.lifted_structure import LiftedStructureLoss
from core.losses.multi_similarity import MultiSimilarityLoss
from core.losses.n_pair import NPairLoss
from core.losses.normface import NormFaceLoss
from core.losses.proxy_anchor import ProxyAnchorLoss
from core.losses.proxy_nca import ProxyNCALoss
from core.losses.quadruplet import QuadrupletLoss
from core.losses.soft_triple import SoftTripleLoss
from core.losses.sphereface import SphereFaceLoss
from core.losses.supervised_contrastive import SupervisedContrastiveLoss
from core.losses.triplet import TripletLoss


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
    kind = LOSS_SPECS[config.loss].kind
    loss = _class_loss(config, classes) if kind == "classes" else _tuple_loss(config, generator)
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


def _tuple_loss(config: RunConfig, generator: torch.Generator | None) -> nn.Module:
    match config.loss:
        case "triplet":
            return TripletLoss(distance=config.distance, generator=generator)
        case "soft-triplet":
            return TripletLoss(distance=config.distance, generator=generator, soft=True)
        case "contrastive" | "contrastive-squared":
            return ContrastiveLoss(distance=config.distance, squared=config.loss == "contrastive-squared")
        case "quadruplet":
            return QuadrupletLoss(distance=config.distance)
        case "lifted-structure":
            return LiftedStructureLoss(distance=config.distance)
        case "n-pair":
            return NPairLoss()
        case "info-nce":
            return InfoNCELoss()
        case "supervised-contrastive":
            return SupervisedContrastiveLoss()
        case "multi-similarity":
            return MultiSimilarityLoss()
        case other:
            raise ValueError(f"loss must be one that compares embeddings, found {other!r}")


def _class_loss(config: RunConfig, classes: int) -> nn.Module:
    generator = torch.Generator().manual_seed(config.seed)
    losses: dict[LossName, type[nn.Module]] = {
        "normface": NormFaceLoss,
        "sphereface": SphereFaceLoss,
        "cosface": CosFaceLoss,
        "arcface": ArcFaceLoss,
        "proxy-nca": ProxyNCALoss,
        "proxy-anchor": ProxyAnchorLoss,
        "soft-triple": SoftTripleLoss,
        "center": CenterLoss,
    }
    return losses[config.loss](classes, config.embedding_dim, generator=generator)
