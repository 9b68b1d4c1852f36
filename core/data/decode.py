"""All images of a data set decoded once, to one size, with whatever cannot be used left out and named."""

import hashlib
import logging
import math
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.data.cache import IMAGES, MASKS, DecodedImages, ImageCache, mapped
from core.data.dataset import Dataset, DecodedDataset, ImageFile, Problem, first_of
from core.data.digests import Digests
from core.data.groups import groups_or_none
from core.data.images import ImageError, load_image, load_mask, resize_image, resize_mask
from core.data.threads import Progress, in_threads
from core.data.tuples import TupleList
from core.data.usable import usable
from core.errors import InputError

logger = logging.getLogger(__name__)

MEMORY_LIMIT = 2 * 2**30
"""Bytes of decoded images and masks that may stay in RAM; more live in a temporary file that is mapped into memory."""

_LOOKING_SHARE = 0.1
"""Of the progress: reading files to tell whether their images are in the cache, which takes little beside decoding."""

ImageArray = NDArray[np.uint8]


def decode(
    dataset: Dataset,
    image_size: int,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    cache: ImageCache | None = None,
) -> DecodedDataset:
    """Decode and resize every image and mask of a data set; the result does not depend on the order of the threads.

    Left out, each as a problem of the result: images that cannot be read, masks that cannot be read or have another
    size than their image (the image stays), and classes of which fewer than two images are left. Labels count the
    remaining classes. Where tuples are listed, those that lost an image are left out in place of small classes.

    Parameters
    ----------
    dataset
        What to decode.
    image_size
        Side S of the square results, pixels.
    progress
        Called with images done and images in all, from the calling thread, about every 50 ms.
    cancelled
        Asked as often; decoding ends where it answers yes.
    cache
        Where decoded images of files are kept and looked for; default: nowhere.

    Raises
    ------
    InputError
        where fewer than two classes, or no genuine or no impostor pair remain, or the temporary folder lacks room.
    Cancelled
        where `cancelled` answered yes.
    """
    found = _decoded(dataset, image_size, progress or _untold, cancelled, cache)
    kept, left_out = usable(dataset, found.readable)
    unreadable = tuple(Problem(dataset.samples[place].id, reason) for place, reason in found.reasons)
    problems = (*dataset.problems, *unreadable, *left_out)
    tuples = None if dataset.tuples is None else dataset.tuples.renumbered(kept)
    if shortage := _shortage(tuples, len(np.unique(dataset.labels[kept]))):
        raise InputError(f"{dataset.name}: {shortage}{first_of(problems)}")
    return _assembled(dataset, found, kept, problems, tuples)


def _assembled(
    dataset: Dataset,
    found: DecodedImages,
    kept: NDArray[np.intp],
    problems: tuple[Problem, ...],
    tuples: TupleList | None,
) -> DecodedDataset:
    """The decoded data set of the images that stay, at these positions; labels count their classes."""
    classes = np.unique(dataset.labels[kept])
    has_mask = found.has_mask[kept]
    rows = np.searchsorted(np.flatnonzero(found.readable), kept)
    images = _at(found.images, rows)
    masks = _at(found.masks, rows) if found.masks is not None and has_mask.any() else None
    labels = np.searchsorted(classes, dataset.labels[kept]).astype(np.int64)
    ids = tuple(dataset.samples[index].id for index in kept)
    return DecodedDataset(
        name=dataset.name,
        classes=tuple(dataset.classes[label] for label in classes),
        ids=ids,
        labels=labels,
        images=images,
        masks=masks,
        has_mask=has_mask,
        problems=problems,
        content_hash=_content_hash(ids, labels, has_mask, images, masks, *(() if tuples is None else tuples.arrays())),
        directional=dataset.directional,
        notes=dataset.notes,
        tuples=tuples,
        groups=groups_or_none(dataset.groups[kept]),
        given_held_out=_kept_or_none(dataset.given_held_out, kept),
    )


def _decoded(
    dataset: Dataset,
    size: int,
    progress: Progress,
    cancelled: Callable[[], bool] | None,
    cache: ImageCache | None,
) -> DecodedImages:
    """All images that can be read, from the cache where they are in it, else decoded and kept there."""
    samples = dataset.samples
    if cache is None or not any(isinstance(sample.image, Path) for sample in samples):
        work = _Decoding(dataset, size, None)
        in_threads(work.decode, len(samples), progress, cancelled)
        return work.result()
    digests = Digests(samples)
    in_threads(digests.take, len(samples), lambda done, total: progress(int(_LOOKING_SHARE * done), total), cancelled)
    key = digests.key(f"{size} {dataset.foreground and sorted(dataset.foreground)}")
    if (known := cache.find(key, size)) is not None:
        progress(len(samples), len(samples))
        return known
    with cache.place(_bytes_needed(dataset, size)) as place:
        try:
            work = _Decoding(dataset, size, place)
        except OSError as error:  # somebody else has taken the room
            logger.warning("%s: decoded images are not kept (%s)", cache.folder, error)
            place, work = None, _Decoding(dataset, size, None)
        in_threads(work.decode, len(samples), partial(_tell_the_rest, progress), cancelled)
        found = work.result()
        return found if place is None else cache.keep(place, key, found) or found


def _tell_the_rest(progress: Progress, done: int, total: int) -> None:
    """Tell how far decoding is, after looking for what is in the cache."""
    progress(int(_LOOKING_SHARE * total) + done - int(_LOOKING_SHARE * done), total)


class _Decoding:
    """Arrays with a row a sample, each filled by the one thread that decodes that sample."""

    def __init__(self, dataset: Dataset, size: int, place: Path | None) -> None:
        samples = dataset.samples
        count = len(samples)
        in_memory = place is None and _bytes_needed(dataset, size) <= MEMORY_LIMIT
        self.size = size
        self.samples = samples
        self.foreground = dataset.foreground
        self.images = _allocate((count, 3, size, size), in_memory, place and place / IMAGES)
        self.masks = _allocate((count, size, size), in_memory, place and place / MASKS) if dataset.masks else None
        self.readable = np.zeros(count, dtype=np.bool_)
        self.has_mask = np.zeros(count, dtype=np.bool_)
        self.problems: list[list[str]] = [[] for _ in samples]

    def decode(self, index: int) -> None:
        sample = self.samples[index]
        try:
            image = load_image(sample.image)
        except ImageError as error:
            self.problems[index].append(error.reason)
            return
        self.images[index] = resize_image(image, self.size).transpose(2, 0, 1)
        self.readable[index] = True
        if self.masks is None or sample.mask is None:
            return
        try:
            self.masks[index] = resize_mask(_fitting_mask(sample.mask, self.foreground, image), self.size)
        except ImageError as error:
            self.problems[index].append(f"its mask is left out: {error.reason}")
            return
        self.has_mask[index] = True

    def result(self) -> DecodedImages:
        """The rows that could be read, moved to the front in place: a copy might not fit into memory."""
        rows = np.flatnonzero(self.readable)
        reasons = tuple((index, reason) for index, found in enumerate(self.problems) for reason in found)
        masks = None if self.masks is None else _compacted(self.masks, rows)
        return DecodedImages(_compacted(self.images, rows), masks, self.readable, self.has_mask, reasons)


def _bytes_needed(dataset: Dataset, size: int) -> int:
    return len(dataset.samples) * size * size * (4 if dataset.masks else 3)


def _fitting_mask(source: ImageFile, foreground: frozenset[int] | None, image: ImageArray) -> ImageArray:
    mask = load_mask(source, foreground)
    if mask.shape != image.shape[:2]:
        (mask_height, mask_width), (height, width) = mask.shape, image.shape[:2]
        raise ImageError("mask", f"it has {mask_width} x {mask_height} pixels, the image {width} x {height}")
    return mask


def _allocate(shape: tuple[int, ...], in_memory: bool, file: Path | None = None) -> ImageArray:
    """An array of zeros: in RAM, in a file that is to stay, or in one that goes with the array."""
    if in_memory:
        return np.zeros(shape, dtype=np.uint8)
    if file is not None:
        return mapped(file, shape)
    needed, folder = math.prod(shape), tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise InputError(
            f"{folder}: the decoded images need {needed / 1e9:.1f} GB of temporary space, found {free / 1e9:.1f} GB"
        )
    with tempfile.TemporaryFile(prefix="metric-explorer-") as temporary:
        if hasattr(os, "posix_fallocate"):
            # Writing to a mapped page that the disk has no room for would kill the process.
            os.posix_fallocate(temporary.fileno(), 0, needed)
        return np.asarray(np.memmap(temporary, dtype=np.uint8, mode="w+", shape=shape))


def _shortage(tuples: TupleList | None, classes: int) -> str:
    """What of the data that is left would have to be more; empty where it is enough."""
    if tuples is not None:
        return tuples.shortage()
    return "" if classes >= 2 else f"at least two classes with two usable images each are needed, found {classes}"


def _kept_or_none(flags: NDArray[np.bool_] | None, kept: NDArray[np.intp]) -> NDArray[np.bool_] | None:
    return None if flags is None else flags[kept]


def _compacted(array: ImageArray, kept: NDArray[np.intp]) -> ImageArray:
    """Move the kept rows to the front in place: a copy might not fit into memory."""
    for row, index in enumerate(kept):
        if row != index:
            array[row] = array[index]
    return array[: len(kept)]


def _at(array: ImageArray, rows: NDArray[np.intp]) -> ImageArray:
    """Rows of an array, without a copy where that can be."""
    if len(rows) == len(array):
        return array
    if array.flags.writeable:
        return _compacted(array, rows)
    target = _allocate((len(rows), *array.shape[1:]), in_memory=len(rows) * math.prod(array.shape[1:]) <= MEMORY_LIMIT)
    for row, index in enumerate(rows):
        target[row] = array[index]
    return target


def _untold(done: int, total: int) -> None:
    """Nobody watches."""


def _content_hash(ids: Sequence[str], *arrays: NDArray[Any] | None) -> str:
    digest = hashlib.sha256("\0".join(ids).encode())
    for array in arrays:
        if array is not None:
            digest.update(f"\0{array.dtype}{array.shape}".encode())
            digest.update(array.data)
    return digest.hexdigest()
