"""Looking through a data set: what cannot be read, what is there twice, how large the images are."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import Dataset, ImageFile, Sample
from core.data.digests import digest
from core.data.identities import connected_components
from core.data.images import ImageError, load_grey, load_mask
from core.data.looks import SIDE, SMALL, is_flat, near_pairs, perceptual_hash, same_as, small_picture
from core.data.threads import in_threads
from core.watch import StageWatch

Groups = tuple[tuple[int, ...], ...]
"""Positions in the data set that belong together, ascending; groups in the order of their first."""

MASK_STATES = ("no mask", "good mask", "empty mask", "mask that is all foreground", "mask of another size", "bad mask")
"""By the numbers of `Inspection.masks`."""


@dataclass(frozen=True, eq=False)
class Inspection:
    """What was seen in the N images of a data set, whatever their classes are."""

    widths: NDArray[np.int32]
    """[N], pixels, upright; 0 where the image cannot be read"""
    heights: NDArray[np.int32]
    """[N]"""
    sizes: NDArray[np.int64]
    """[N], bytes of the file, or of the pixels where there is no file"""
    masks: NDArray[np.uint8]
    """[N], places in `MASK_STATES`"""
    reasons: tuple[tuple[int, str], ...]
    """Which image, or which image's mask, cannot be used, and why."""
    duplicates: Groups
    """Images whose files are the same byte for byte."""
    near_duplicates: Groups
    """Images that look the same and are not all byte for byte; copies among them, see `core.data.looks`."""

    @property
    def readable(self) -> NDArray[np.bool_]:
        """Which images can be read, bool [N]."""
        return self.widths > 0


def inspect(dataset: Dataset, watch: StageWatch | None = None) -> Inspection:
    """Read every file of a data set once, and find images that are there more than once.

    Nothing but some 300 bytes is kept of an image.

    Raises
    ------
    Cancelled
        where `watch` said so.
    """
    tell = watch or _untold
    seen = _Seen(dataset)
    in_threads(seen.look, len(dataset.samples), lambda done, total: tell("reading images", done / max(total, 1)), None)
    duplicates = _equal(seen.digests)
    return Inspection(
        widths=seen.widths,
        heights=seen.heights,
        sizes=seen.sizes,
        masks=seen.masks,
        reasons=tuple((place, reason) for place, found in enumerate(seen.reasons) for reason in found),
        duplicates=duplicates,
        near_duplicates=_near(seen, duplicates, tell),
    )


class _Seen:
    """Arrays with a row a sample, each filled by the one thread that looks at that sample."""

    def __init__(self, dataset: Dataset) -> None:
        count = len(dataset.samples)
        self._samples, self._foreground = dataset.samples, dataset.foreground
        self.widths, self.heights = np.zeros(count, np.int32), np.zeros(count, np.int32)
        self.sizes = np.zeros(count, np.int64)
        self.masks = np.zeros(count, np.uint8)
        self.hashes = np.zeros(count, np.uint64)
        self.pictures = np.zeros((count, SMALL * SMALL), np.uint8)
        self.digests: list[bytes] = [b""] * count
        """Empty where the image cannot be read."""
        self.reasons: list[list[str]] = [[] for _ in range(count)]

    def look(self, place: int) -> None:
        sample = self._samples[place]
        self.sizes[place] = _bytes_of(sample.image)
        try:
            (self.widths[place], self.heights[place]), grey = load_grey(sample.image, SIDE)
        except ImageError as error:
            self.reasons[place].append(error.reason)
            return
        with suppress(OSError):  # it was there when it was decoded, and is gone now
            self.digests[place] = digest(sample.image)
        self.hashes[place] = perceptual_hash(grey)
        self.pictures[place] = small_picture(grey)
        self.masks[place] = self._mask_state(place, sample)

    def _mask_state(self, place: int, sample: Sample) -> int:
        if sample.mask is None:
            return 0
        try:
            mask = load_mask(sample.mask, self._foreground)
        except ImageError as error:
            self.reasons[place].append(f"its mask: {error.reason}")
            return 5
        if mask.shape != (self.heights[place], self.widths[place]):
            height, width = mask.shape
            found = f"{self.widths[place]} x {self.heights[place]}"
            self.reasons[place].append(f"its mask has {width} x {height} pixels, the image {found}")
            return 4
        return 2 if not mask.any() else 3 if mask.all() else 1


def _bytes_of(source: ImageFile) -> int:
    if isinstance(source, np.ndarray):
        return source.nbytes
    try:
        return source.stat().st_size
    except OSError:
        return 0  # reading it says why


def _equal(digests: list[bytes]) -> Groups:
    places: dict[bytes, list[int]] = {}
    for place, content in enumerate(digests):
        if content:
            places.setdefault(content, []).append(place)
    return tuple(tuple(group) for group in places.values() if len(group) > 1)


def _near(seen: _Seen, duplicates: Groups, tell: StageWatch) -> Groups:
    """Images that look the same, directly or by way of others; copies are looked at once."""
    copies = {place for group in duplicates for place in group[1:]}
    compared = np.array(
        [place for place, content in enumerate(seen.digests) if content and place not in copies], dtype=np.int64
    )
    compared = compared[~is_flat(seen.pictures[compared])]
    joined = [(int(place), int(other)) for group in duplicates for place, other in pairwise(group)]
    edges = set(_edges(seen.hashes[compared], seen.pictures[compared], tell))
    joined += [(int(compared[one]), int(compared[other])) for one, other in edges]
    roots = connected_components(joined, len(seen.digests))
    inexact = {int(roots[compared[one]]) for one, _ in edges}
    return tuple(group for group in _gathered(roots) if int(roots[group[0]]) in inexact)


def _edges(hashes: NDArray[np.uint64], pictures: NDArray[np.uint8], tell: StageWatch) -> Iterator[tuple[int, int]]:
    """Pairs that look the same: of images with one hash the first stands for those that look like it."""
    order = np.argsort(hashes, kind="stable")
    leaders = []
    for run in np.split(order, np.flatnonzero(np.diff(hashes[order])) + 1):
        left = run
        while len(left):
            leaders.append(int(left[0]))
            alike = same_as(pictures[left], pictures[left[0]]) if len(left) > 1 else np.ones(1, np.bool_)
            alike[0] = True
            yield from ((int(left[0]), int(place)) for place in left[alike][1:])
            left = left[~alike]
    chosen = np.array(sorted(leaders), dtype=np.int64)
    for share, pairs in near_pairs(hashes[chosen], pictures[chosen]):
        tell("comparing images", share)
        yield from ((int(chosen[one]), int(chosen[other])) for one, other in pairs)


def _gathered(roots: NDArray[np.int64]) -> Iterator[tuple[int, ...]]:
    """Groups of more than one with the same root, in the order of their first."""
    order = np.argsort(roots, kind="stable")
    for run in np.split(order, np.flatnonzero(np.diff(roots[order])) + 1):
        if len(run) > 1:
            yield tuple(run.tolist())


def _untold(stage: str, share: float) -> None:
    """Nobody watches."""
