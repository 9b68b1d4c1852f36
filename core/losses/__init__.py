"""Losses of one batch: pairs, triplets, masks, and the weighted sum of the tasks."""

from core.losses.contrastive import ContrastiveLoss
from core.losses.multi_task import TaskLosses, TaskWeights, multi_task_loss, weighted_total
from core.losses.segmentation import segmentation_loss
from core.losses.triplet import TripletLoss
from core.losses.value import LossValue

__all__ = [
    "ContrastiveLoss",
    "LossValue",
    "TaskLosses",
    "TaskWeights",
    "TripletLoss",
    "multi_task_loss",
    "segmentation_loss",
    "weighted_total",
]
