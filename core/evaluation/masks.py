"""Scores predicted masks as inference visits them, so that they need not be held together."""

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import DecodedDataset
from core.evaluation.segmentation import Overlaps, SegmentationScores, overlaps, segmentation_scores


class MaskScorer:
    """Overlaps of the mask logits it is called with, over images whose true mask counts."""

    def __init__(self, data: DecodedDataset, masks: NDArray[np.uint8], counts: NDArray[np.bool_]) -> None:
        self._data, self._masks, self._counts = data, masks, counts
        self._found = Overlaps(*np.full((2, len(counts)), np.nan))

    def __call__(self, positions: NDArray[np.int64], logits: NDArray[np.float32]) -> None:
        """Take the mask logits float32 [B, S, S] of the images at `positions` int64 [B]."""
        known = self._counts[positions]
        scored = positions[known]
        found = overlaps(logits[known] > 0, self._masks[scored] >= 128)
        for kept, values in zip(self._found, found, strict=True):
            kept[scored] = values

    @property
    def scored(self) -> NDArray[np.int64]:
        """Positions of the images whose true mask counts."""
        return np.flatnonzero(self._counts)

    @property
    def found(self) -> Overlaps:
        """Overlaps by position, NaN for images that it was not called with."""
        return self._found

    def add(self, found: Overlaps) -> None:
        """Take over what another scorer of the same images has found."""
        for kept, values in zip(self._found, found, strict=True):
            known = ~np.isnan(values)
            kept[known] = values[known]

    def scores(self) -> SegmentationScores | None:
        """What has been scored so far; None before the first image."""
        scored = ~np.isnan(self._found.iou)
        found = Overlaps(self._found.iou[scored], self._found.dice[scored])
        return segmentation_scores(found, self._data.labels[scored], self._data.classes)

    def mean_iou(self) -> float | None:
        """The mean so far; None before the first image."""
        scores = self.scores()
        return None if scores is None else scores.iou


def mask_scorer(data: DecodedDataset, positions: NDArray[np.int64]) -> MaskScorer | None:
    """Scorer of those images at `positions` that have a mask; None where none has."""
    counts = np.zeros(len(data), dtype=np.bool_)
    counts[positions] = data.has_mask[positions]
    return None if data.masks is None or not counts.any() else MaskScorer(data, data.masks, counts)
