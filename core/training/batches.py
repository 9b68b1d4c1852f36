"""Batches: rows of the decoded data set, moved to the device and augmented there."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, starmap

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
from core.losses.multi_task import KnownRows
from core.training.step_clock import StepClock


@dataclass(frozen=True)
class Gathered:
    """Some of a batch's images as they are decoded, on the CPU."""

    rows: NDArray[np.int64]
    """[N], positions in the data set"""
    images: Tensor
    """uint8 [N, 3, S, S]"""
    masks: Tensor | None
    """uint8 [N, S, S]"""


Gather = Callable[[NDArray[np.int64]], Gathered]
Place = Callable[[Gathered, StepClock], tuple[Tensor, Tensor | None]]


@dataclass(frozen=True)
class Batch:
    """What one training step sees; of many processes, each loads its own share of the images."""

    epoch: int
    """From 1."""
    labels: Tensor
    """int64 [B], positions in the training classes; of the whole batch, as all but the images and masks"""
    has_mask: Tensor
    """bool [B]"""
    labelled: NDArray[np.bool_]
    """[B], whether the label is known; on the CPU, so that nobody has to ask the device"""
    masked: NDArray[np.bool_]
    """[B], whether the mask is known"""
    with_masks: bool
    """Whether the data has masks."""
    own: slice
    """The rows of the batch that this process loads."""
    rows: NDArray[np.int64]
    """[B], positions in the data set"""
    gather: Gather
    place: Place
    tuples: GivenTuples | None = None
    """Of a list: what is known of the images, whose labels are -1."""

    def load(self, part: slice, clock: StepClock) -> tuple[Tensor, Tensor | None]:
        """Images float32 [N, 3, S, S] and masks [N, 1, S, S], both in 0..1, of some rows of the batch."""
        gathered = self.gather(self.rows[part])
        clock.lap("data")
        return self.place(gathered, clock)

    @cached_property
    def loaded(self) -> tuple[Tensor, Tensor | None]:
        """Images and masks of all its own rows."""
        return self.load(self.own, StepClock(self.labels.device))

    @property
    def images(self) -> Tensor:
        """float32 [B, 3, S, S] in 0..1."""
        return self.loaded[0]

    @property
    def masks(self) -> Tensor | None:
        """float32 [B, 1, S, S] in 0..1; None where the data has none."""
        return self.loaded[1]

    def known_in(self, part: slice) -> KnownRows:
        """Which of some rows have a label, and a mask, counted from the first of them."""
        device = self.labels.device
        return KnownRows(_unless_all(self.labelled[part], device), _unless_all(self.masked[part], device))

    def parts(self, size: int) -> list[slice]:
        """Its own rows, as `parts_of` says."""
        return parts_of(self.own, size)


class BatchSource:
    """Makes batch `i` of epoch `e`, the same one every time: a resumed run needs no state but the step.

    Parameters
    ----------
    data, split, sampler, augmentation
        What is drawn from, and what becomes of it.
    device
        On which the batches will stand.
    share
        Number of this process and of all processes that train together; each loads as many images of a batch.
    ahead
        Whether the next batch is gathered in a thread meanwhile, into memory that the device reads by itself; default:
        for CUDA, which works while the CPU gathers.
    """

    def __init__(
        self,
        data: DecodedDataset,
        split: Split,
        sampler: BalancedSampler | TupleSampler,
        augmentation: Augmentation | None,
        device: torch.device,
        *,
        share: tuple[int, int] = (0, 1),
        ahead: bool | None = None,
    ) -> None:
        self._data = data
        self._training = split.training
        self._tuples = split.training_tuples
        self._labels = split.training_label_of[data.labels]
        self._sampler = sampler
        self._augmentation = augmentation
        self._device = device
        number, count = share
        self._own = slice(*(self.batch_size * place // count for place in (number, number + 1)))
        self._epoch = -1
        self._plan: NDArray[np.int64] = np.empty((0, 0), dtype=np.int64)
        self._ahead = _Ahead(self._gather) if ahead or (ahead is None and device.type == "cuda") else None

    @property
    def batches_per_epoch(self) -> int:
        """Steps in an epoch."""
        return self._sampler.batches_per_epoch

    @property
    def batch_size(self) -> int:
        """Images in a batch, of all processes together."""
        return self._sampler.batch_size

    def batch(self, step: int) -> Batch:
        """Batch of step `step`, counted from 0 over all epochs; its images are loaded when they are asked for."""
        drawn = self._drawn(step)
        rows, tuples = self._rows(drawn)
        labels, has_mask = self._labels[rows], self._data.has_mask[rows]
        if self._ahead is not None and (step + 1) % self.batches_per_epoch:
            self._ahead.follow(rows[self._own], self._images_of(self._drawn(step + 1))[self._own])
        return Batch(
            epoch=step // self.batches_per_epoch + 1,
            labels=self._to_device(labels),
            has_mask=self._to_device(has_mask),
            labelled=labels >= 0,
            masked=has_mask,
            with_masks=self._data.masks is not None,
            own=self._own,
            rows=rows,
            gather=self._gather if self._ahead is None else self._ahead.take,
            place=self._placing(step // self.batches_per_epoch),
            tuples=tuples,
        )

    def _drawn(self, step: int) -> NDArray[np.int64]:
        epoch, position = divmod(step, self.batches_per_epoch)
        if epoch != self._epoch:
            self._epoch, self._plan = epoch, self._sampler.epoch(epoch)
        drawn: NDArray[np.int64] = self._plan[position]
        return drawn

    def _images_of(self, drawn: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows of the data set that a batch consists of."""
        if self._tuples is None:
            return self._training[drawn]
        rows: NDArray[np.int64] = self._tuples.at(drawn).images.ravel()
        return rows

    def _rows(self, drawn: NDArray[np.int64]) -> tuple[NDArray[np.int64], GivenTuples | None]:
        """Rows of the data set that a batch consists of, and the tuples that they make."""
        rows = self._images_of(drawn)
        if self._tuples is None:
            return rows, None
        tuples = self._tuples.at(drawn)
        places = torch.arange(tuples.images.size, device=self._device).view(tuples.images.shape)
        return rows, GivenTuples(places, None if tuples.same is None else self._to_device(tuples.same))

    def _gather(self, rows: NDArray[np.int64]) -> Gathered:
        masks = self._data.masks
        return Gathered(rows, self._taken(self._data.images, rows), None if masks is None else self._taken(masks, rows))

    def _taken(self, source: NDArray[np.uint8], rows: NDArray[np.int64]) -> Tensor:
        if self._device.type != "cuda":
            return torch.from_numpy(source[rows])
        # Straight into memory that the device can read while the CPU goes on; a thread begins on the first device.
        with torch.cuda.device(self._device):
            taken = torch.empty((len(rows), *source.shape[1:]), dtype=torch.uint8, pin_memory=True)
        np.take(source, rows, axis=0, out=taken.numpy(), mode="clip")
        return taken

    def _placing(self, epoch: int) -> Place:
        def place(gathered: Gathered, clock: StepClock) -> tuple[Tensor, Tensor | None]:
            images = self._on_device(gathered.images)
            masks = None if gathered.masks is None else self._on_device(gathered.masks).unsqueeze(1)
            clock.lap("copy")
            if self._augmentation is not None:
                images, masks = self._augmentation(images, masks, epoch, torch.from_numpy(gathered.rows))
            clock.lap("augmentation")
            return images, masks

        return place

    def _on_device(self, values: Tensor) -> Tensor:
        return values.to(self._device, non_blocking=True).float().div_(255)

    def _to_device(self, values: NDArray[np.int64] | NDArray[np.bool_]) -> Tensor:
        return torch.from_numpy(values).to(self._device, non_blocking=True)


class _Ahead:
    """Gathers rows that will be asked for next in a thread, which ends by itself."""

    def __init__(self, gather: Gather) -> None:
        self._gather = gather
        self._next: NDArray[np.int64] | None = None
        self._current: NDArray[np.int64] | None = None
        self._thread: threading.Thread | None = None
        self._found: Gathered | None = None

    def follow(self, current: NDArray[np.int64], following: NDArray[np.int64]) -> None:
        """Say which rows will be taken now, and which after them."""
        self._current, self._next = current, following

    def take(self, rows: NDArray[np.int64]) -> Gathered:
        """These rows, which have been gathered where they were expected; begins to gather those that follow."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        found = self._found if self._found is not None and np.array_equal(self._found.rows, rows) else None
        found = self._gather(rows) if found is None else found
        if self._next is not None and self._current is not None and np.array_equal(self._current, rows):
            self._thread = threading.Thread(target=self._fetch, args=(self._next,), name="batches", daemon=True)
            self._thread.start()
        return found

    def _fetch(self, rows: NDArray[np.int64]) -> None:
        self._found = self._gather(rows)


def parts_of(rows: slice, size: int) -> list[slice]:
    """Rows at most `size` at once, in parts of about as many, the largest first; all where `size` is 0."""
    count = rows.stop - rows.start
    parts = -(-count // size) if size else 1
    return list(starmap(slice, pairwise(rows.start - (-count * part // parts) for part in range(parts + 1))))


def _unless_all(known: NDArray[np.bool_], device: torch.device) -> Tensor | None:
    """Rows that are known, None where all are."""
    return None if known.all() else torch.from_numpy(np.flatnonzero(known)).to(device, non_blocking=True)
