"""Scores predicted masks as inference visits them, so that they need not be held together."""

import numpy as np
import torch
from numpy.typing import NDArray

from core.data.dataset import DecodedDataset
from core.evaluation.segmentation import MeanIoU


class MaskScorer:
    """Mean IoU of the mask logits it is called with, over images whose true mask counts."""

    def __init__(self, masks: NDArray[np.uint8], counts: NDArray[np.bool_]) -> None:
        self._masks = masks
        self._counts = counts
        self._score = MeanIoU()

    def __call__(self, positions: NDArray[np.int64], logits: NDArray[np.float32]) -> None:
        """Take the mask logits float32 [B, S, S] of the images at `positions` int64 [B]."""
        known = self._counts[positions]
        predicted = torch.from_numpy(logits[known]) > 0
        self._score.update(predicted, torch.from_numpy(self._masks[positions[known]]) >= 128)

    def mean_iou(self) -> float | None:
        """The mean so far; None before the first image."""
        return self._score.value


def mask_scorer(data: DecodedDataset, positions: NDArray[np.int64]) -> MaskScorer | None:
    """Scorer of those images at `positions` that have a mask; None where none has."""
    counts = np.zeros(len(data), dtype=np.bool_)
    counts[positions] = data.has_mask[positions]
    return None if data.masks is None or not counts.any() else MaskScorer(data.masks, counts)
