"""Losses of one batch: pairs, triplets, masks, and the weighted sum of the tasks."""

from core.losses.arcface import ArcFaceLoss
from core.losses.center import CenterLoss
from core.losses.contrastive import ContrastiveLoss
from core.losses.cosface import CosFaceLoss
from core.losses.info_nce import InfoNCELoss
from core.losses.lifted_structure import LiftedStructureLoss
from core.losses.multi_similarity import MultiSimilarityLoss
from core.losses.multi_task import TaskLosses, TaskWeights, multi_task_loss, weighted_total
from core.losses.n_pair import NPairLoss
from core.losses.normface import NormFaceLoss
from core.losses.proxy_anchor import ProxyAnchorLoss
from core.losses.proxy_nca import ProxyNCALoss
from core.losses.quadruplet import QuadrupletLoss
from core.losses.segmentation import segmentation_loss
from core.losses.soft_triple import SoftTripleLoss
from core.losses.sphereface import SphereFaceLoss
from core.losses.supervised_contrastive import SupervisedContrastiveLoss
from core.losses.triplet import TripletLoss
from core.losses.value import Columns, LossValue

__all__ = [
    "ArcFaceLoss",
    "CenterLoss",
    "Columns",
    "ContrastiveLoss",
    "CosFaceLoss",
    "InfoNCELoss",
    "LiftedStructureLoss",
    "LossValue",
    "MultiSimilarityLoss",
    "NPairLoss",
    "NormFaceLoss",
    "ProxyAnchorLoss",
    "ProxyNCALoss",
    "QuadrupletLoss",
    "SoftTripleLoss",
    "SphereFaceLoss",
    "SupervisedContrastiveLoss",
    "TaskLosses",
    "TaskWeights",
    "TripletLoss",
    "multi_task_loss",
    "segmentation_loss",
    "weighted_total",
]
