"""Batches: rows of the decoded data set, moved to the device and augmented there."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.data.dataset import DecodedDataset
from core.data.samplers import BalancedSampler
from core.data.split import Split
from core.data.transforms import Augmentation
from core.data.tuple_sampler import TupleSampler
from core.losses.given_tuples import GivenTuples


@dataclass(frozen=True)
class Batch:
    """What one training step sees."""

    epoch: int
    """From 1."""
    images: Tensor
    """float32 [B, 3, S, S] in 0..1"""
    labels: Tensor
    """int64 [B], positions in the training classes"""
    masks: Tensor | None
    """float32 [B, 1, S, S] in 0..1"""
    has_mask: Tensor
    """bool [B]"""
    tuples: GivenTuples | None = None
    """Of a list: what is known of the images, whose labels are -1."""


class BatchSource:
    """Makes batch `i` of epoch `e`, the same one every time: a resumed run needs no state but the step."""

    def __init__(
        self,
        data: DecodedDataset,
        split: Split,
        sampler: BalancedSampler | TupleSampler,
        augmentation: Augmentation | None,
        device: torch.device,
    ) -> None:
        self._data = data
        self._training = split.training
        self._tuples = split.training_tuples
        self._labels = split.training_label_of[data.labels]
        self._sampler = sampler
        self._augmentation = augmentation
        self._device = device
        self._epoch = -1
        self._plan: NDArray[np.int64] = np.empty((0, 0), dtype=np.int64)

    @property
    def batches_per_epoch(self) -> int:
        """Steps in an epoch."""
        return self._sampler.batches_per_epoch

    @property
    def batch_size(self) -> int:
        """Images in a batch."""
        return self._sampler.batch_size

    def batch(self, step: int) -> Batch:
        """Batch of step `step`, counted from 0 over all epochs."""
        epoch, position = divmod(step, self.batches_per_epoch)
        if epoch != self._epoch:
            self._epoch, self._plan = epoch, self._sampler.epoch(epoch)
        drawn = self._plan[position]
        rows, tuples = self._rows(drawn)
        images = self._load(self._data.images, rows)
        masks = None if self._data.masks is None else self._load(self._data.masks, rows).unsqueeze(1)
        if self._augmentation is not None:
            images, masks = self._augmentation(images, masks, epoch, torch.from_numpy(rows))
        return Batch(
            epoch=epoch + 1,
            images=images,
            labels=torch.from_numpy(self._labels[rows]).to(self._device),
            masks=masks,
            has_mask=torch.from_numpy(self._data.has_mask[rows]).to(self._device),
            tuples=tuples,
        )

    def _rows(self, drawn: NDArray[np.int64]) -> tuple[NDArray[np.int64], GivenTuples | None]:
        """Rows of the data set that a batch consists of, and the tuples that they make."""
        if self._tuples is None:
            return self._training[drawn], None
        tuples = self._tuples.at(drawn)
        places = torch.arange(tuples.images.size, device=self._device).view(tuples.images.shape)
        same = None if tuples.same is None else torch.from_numpy(tuples.same).to(self._device)
        return tuples.images.ravel(), GivenTuples(places, same)

    def _load(self, source: NDArray[np.uint8], rows: NDArray[np.int64]) -> Tensor:
        return torch.from_numpy(source[rows]).to(self._device).float().div_(255)
