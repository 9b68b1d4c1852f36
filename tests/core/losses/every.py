"""Every metric loss, with what tells it from the others, for the properties that all of them have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest
import torch
from torch import nn

from core.config import make_config
from core.loss_specs import LOSS_NAMES, LOSS_SPECS, LossKind, LossName
from core.losses import (
    ArcFaceLoss,
    CenterLoss,
    ContrastiveLoss,
    CosFaceLoss,
    InfoNCELoss,
    LiftedStructureLoss,
    MultiSimilarityLoss,
    NormFaceLoss,
    NPairLoss,
    ProxyAnchorLoss,
    ProxyNCALoss,
    QuadrupletLoss,
    SoftTripleLoss,
    SphereFaceLoss,
    SupervisedContrastiveLoss,
    TripletLoss,
)
from core.losses.build import build_metric_loss
from tests.core.losses.asserts import CLASSES, DIM


@dataclass(frozen=True)
class Case:
    """A loss, made anew for embeddings [B, asserts.DIM] of asserts.CLASSES classes."""

    make: Callable[[], nn.Module]
    live: Mapping[str, float] = field(default_factory=dict)
    """Live settings, each with another value than the loss has."""
    separable: bool = False
    """Whether a perfectly separated batch costs 0."""
    contrasted: bool = False
    """Whether positive pairs cost nothing without negative ones, and negative nothing without positive ones."""
    ordered: bool = False
    """Whether the order of the rows inside a class decides."""


def _as_in_a_run(name: LossName) -> Case:
    config = make_config({"loss": name, "embedding_dim": DIM})
    live = {setting: 1.5 * value + 0.1 for setting, value in LOSS_SPECS[name].defaults.items()}
    return Case(lambda: build_metric_loss(config, CLASSES), live)


def _all(kind: LossKind) -> dict[str, Case]:
    """Every loss there is, a new one too: with the properties that all have, unless it is described below."""
    return {name: _as_in_a_run(name) for name in LOSS_NAMES if LOSS_SPECS[name].kind == kind}


TUPLE_LOSSES = _all("tuples") | {
    "contrastive": Case(ContrastiveLoss, {"margin": 1.3}, separable=True),
    "contrastive, cosine": Case(lambda: ContrastiveLoss(distance="cosine"), {"margin": 0.7}, separable=True),
    "contrastive-squared": Case(lambda: ContrastiveLoss(squared=True), {"margin": 1.3}, separable=True),
    "info-nce": Case(InfoNCELoss, {"temperature": 0.3}, contrasted=True),
    "lifted-structure": Case(LiftedStructureLoss, {"margin": 1.3}, separable=True, contrasted=True),
    "multi-similarity": Case(MultiSimilarityLoss, {"scale": 20.0, "alpha": 3.0, "base": 0.2}),
    "multi-similarity, mined": Case(
        lambda: MultiSimilarityLoss(margin=0.1), {"margin": 0.9}, separable=True, contrasted=True
    ),
    "n-pair": Case(NPairLoss, ordered=True, contrasted=True),
    "quadruplet": Case(QuadrupletLoss, {"margin": 0.5, "second_margin": 0.4}, separable=True, contrasted=True),
    "quadruplet, euclidean": Case(
        lambda: QuadrupletLoss(0.5, 0.4, "euclidean"), {"margin": 0.7}, separable=True, contrasted=True
    ),
    "supervised-contrastive": Case(SupervisedContrastiveLoss, {"temperature": 0.3}, contrasted=True),
    "triplet, all": Case(lambda: TripletLoss(mining="all"), {"margin": 0.5}, separable=True, contrasted=True),
    "triplet": Case(TripletLoss, {"margin": 0.5}, separable=True, contrasted=True),
    "soft-triplet": Case(lambda: TripletLoss(mining="hard", soft=True), {"margin": 0.5}, contrasted=True),
}


def _of_classes(loss: Callable[..., nn.Module], **live: float) -> Case:
    return Case(lambda: loss(CLASSES, DIM, generator=torch.Generator().manual_seed(0)), live)


CLASS_LOSSES = _all("classes") | {
    "arcface": _of_classes(ArcFaceLoss, margin=0.1, scale=10.0),
    "center": _of_classes(CenterLoss),
    "cosface": _of_classes(CosFaceLoss, margin=0.1, scale=10.0),
    "normface": _of_classes(NormFaceLoss, scale=10.0),
    "proxy-anchor": _of_classes(ProxyAnchorLoss, margin=0.4, scale=10.0),
    "proxy-nca": _of_classes(ProxyNCALoss, scale=10.0),
    "soft-triple": _of_classes(SoftTripleLoss, margin=0.4, scale=10.0),
    "sphereface": _of_classes(SphereFaceLoss, margin=1.2, scale=10.0),
}
LOSSES = {**TUPLE_LOSSES, **CLASS_LOSSES}


def each(losses: Mapping[str, Case]) -> pytest.MarkDecorator:
    """Runs a test with each case."""
    return pytest.mark.parametrize("case", list(losses.values()), ids=list(losses))


def having(trait: Callable[[Case], bool]) -> dict[str, Case]:
    """The tuple losses with a trait."""
    return {name: case for name, case in TUPLE_LOSSES.items() if trait(case)}
