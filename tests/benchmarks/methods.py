"""Every loss and mining mode that pytorch-metric-learning has, ours beside its own, with the same settings."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from pytorch_metric_learning import distances, losses, miners
from torch import Tensor, nn

from core.hyperparameters import Mining
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
from core.losses.cross_batch_memory import CrossBatchMemory

MEMORY = 4096
"""Size of the cross-batch memory."""
COSINE = distances.CosineSimilarity()
EUCLIDEAN = distances.LpDistance(normalize_embeddings=False)
SQUARED = distances.LpDistance(normalize_embeddings=False, power=2)


class Mined(nn.Module):
    """A peer's loss over the tuples of a peer's miner."""

    def __init__(self, loss: nn.Module, miner: nn.Module) -> None:
        super().__init__()
        self.loss, self.miner = loss, miner

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        value: Tensor = self.loss(embeddings, labels, self.miner(embeddings, labels))
        return value


class OnePerPair(nn.Module):
    """The peer's triplet loss over as many random triplets as a batch of equal classes has anchor-positive pairs."""

    def __init__(self) -> None:
        super().__init__()
        self.loss = losses.TripletMarginLoss(margin=0.2, distance=COSINE)

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        self.loss.triplets_per_anchor = len(labels) // (int(labels.max()) + 1) - 1
        value: Tensor = self.loss(embeddings, labels)
        return value


def _free(size: int, classes: int) -> float:
    return 0.0


@dataclass(frozen=True)
class Method:
    """One loss; `ours` and `peer` are made for classes and the dimension of the embeddings."""

    ours: Callable[[int, int], nn.Module]
    peer: Callable[[int, int], nn.Module] | None
    """None where pytorch-metric-learning has no such loss."""
    peer_bytes: Callable[[int, int], float] = _free
    """About what the peer holds at once, where that is much."""


def _triplets(size: int, classes: int) -> float:
    members = size / classes
    return size**3 + 80.0 * size * (members - 1) * (size - members)


def _pairs_of_pairs(size: int, classes: int) -> float:
    members = size / classes
    return 24.0 * size * (members - 1) * size * (size - members)


def _triplet(
    mining: Mining, miner: nn.Module | None, cost: Callable[[int, int], float] = _free, soft: bool = False
) -> Method:
    def peer(classes: int, dim: int) -> nn.Module:
        loss = losses.TripletMarginLoss(margin=0.2, distance=COSINE, smooth_loss=soft)
        return loss if miner is None else Mined(loss, miner)

    return Method(lambda classes, dim: TripletLoss(0.2, "cosine", mining, soft=soft), peer, cost)


SEMI_HARD = miners.TripletMarginMiner(margin=0.2, type_of_triplets="semihard", distance=COSINE)
METHODS: dict[str, Method] = {
    "triplet, all": _triplet("all", None, _triplets),
    "triplet, semi-hard": _triplet("semi-hard", SEMI_HARD, _triplets),
    "triplet, hard": _triplet("hard", miners.BatchEasyHardMiner("all", "hard", distance=COSINE)),
    "triplet, batch-hard": _triplet("batch-hard", miners.BatchHardMiner(distance=COSINE)),
    "triplet, random": Method(
        lambda classes, dim: TripletLoss(0.2, "cosine", "random"),
        lambda classes, dim: OnePerPair(),
    ),
    "triplet, distance-weighted": _triplet("distance-weighted", miners.DistanceWeightedMiner()),
    "triplet, easy-positive": _triplet("easy-positive", miners.BatchEasyHardMiner("easy", "semihard", distance=COSINE)),
    "soft triplet, all": _triplet("all", None, _triplets, soft=True),
    "soft triplet, semi-hard": _triplet("semi-hard", SEMI_HARD, _triplets, soft=True),
    "soft triplet, batch-hard": _triplet("batch-hard", miners.BatchHardMiner(distance=COSINE), soft=True),
    "contrastive": Method(
        lambda classes, dim: ContrastiveLoss(),
        lambda classes, dim: losses.ContrastiveLoss(distance=EUCLIDEAN),
    ),
    "contrastive, squared Euclidean": Method(
        lambda classes, dim: ContrastiveLoss(distance="squared-euclidean"),
        lambda classes, dim: losses.ContrastiveLoss(distance=SQUARED),
    ),
    "contrastive, squared": Method(lambda classes, dim: ContrastiveLoss(squared=True), None),
    "contrastive, memory": Method(
        lambda classes, dim: CrossBatchMemory(ContrastiveLoss(), MEMORY, dim),
        lambda classes, dim: losses.CrossBatchMemory(
            losses.ContrastiveLoss(distance=EUCLIDEAN), dim, memory_size=MEMORY
        ),
    ),
    "quadruplet": Method(lambda classes, dim: QuadrupletLoss(), None),
    "n-pair": Method(lambda classes, dim: NPairLoss(), lambda classes, dim: losses.NPairsLoss()),
    "info-nce": Method(
        lambda classes, dim: InfoNCELoss(0.1), lambda classes, dim: losses.NTXentLoss(0.1), _pairs_of_pairs
    ),
    "supervised-contrastive": Method(
        lambda classes, dim: SupervisedContrastiveLoss(0.1), lambda classes, dim: losses.SupConLoss(0.1)
    ),
    "multi-similarity": Method(
        lambda classes, dim: MultiSimilarityLoss(), lambda classes, dim: losses.MultiSimilarityLoss()
    ),
    "multi-similarity, mined": Method(
        lambda classes, dim: MultiSimilarityLoss(margin=0.1),
        lambda classes, dim: Mined(losses.MultiSimilarityLoss(), miners.MultiSimilarityMiner(0.1)),
    ),
    "lifted-structure": Method(
        lambda classes, dim: LiftedStructureLoss(),
        lambda classes, dim: losses.LiftedStructureLoss(distance=EUCLIDEAN),
        _pairs_of_pairs,
    ),
    "normface": Method(
        lambda classes, dim: NormFaceLoss(classes, dim, scale=16.0),
        lambda classes, dim: losses.NormalizedSoftmaxLoss(classes, dim, temperature=1 / 16.0),
    ),
    "sphereface": Method(
        lambda classes, dim: SphereFaceLoss(classes, dim, scale=30.0, margin=1.5),
        lambda classes, dim: losses.SphereFaceLoss(classes, dim, scale=30.0, margin=1.5),
    ),
    "cosface": Method(
        lambda classes, dim: CosFaceLoss(classes, dim, scale=30.0, margin=0.35),
        lambda classes, dim: losses.CosFaceLoss(classes, dim, scale=30.0, margin=0.35),
    ),
    "arcface": Method(
        lambda classes, dim: ArcFaceLoss(classes, dim, scale=30.0, margin=0.5),
        lambda classes, dim: losses.ArcFaceLoss(classes, dim, scale=30.0, margin=math.degrees(0.5)),
    ),
    "proxy-nca": Method(
        lambda classes, dim: ProxyNCALoss(classes, dim, scale=8.0),
        lambda classes, dim: losses.ProxyNCALoss(classes, dim, softmax_scale=8.0),
    ),
    "proxy-anchor": Method(
        lambda classes, dim: ProxyAnchorLoss(classes, dim, scale=32.0, margin=0.1),
        lambda classes, dim: losses.ProxyAnchorLoss(classes, dim, alpha=32.0, margin=0.1),
    ),
    "soft-triple, not regularised": Method(
        lambda classes, dim: SoftTripleLoss(classes, dim, regulariser=0.0),
        lambda classes, dim: losses.SoftTripleLoss(classes, dim),
    ),
    "soft-triple": Method(lambda classes, dim: SoftTripleLoss(classes, dim), None),
    "center": Method(lambda classes, dim: CenterLoss(classes, dim), None),
}


def value_of(found: object) -> Tensor:
    """The scalar of either library's loss."""
    value = getattr(found, "value", found)
    return torch.as_tensor(value)
