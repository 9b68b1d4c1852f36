"""What a data set is before and after its images are decoded."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.data.columns import Column
from core.data.edit_file import Edits
from core.data.tuples import TupleList

ImageFile = Path | NDArray[np.uint8]
"""An image that is still to be decoded: a file, or a uint8 array [H, W, 3] (mask: [H, W])."""


NO_GROUP = -1
"""Group of an image that belongs to none."""


@dataclass(frozen=True)
class Sample:
    """One image before decoding."""

    id: str
    """Unique and stable: the path below the data folder with forward slashes, such as 'cat/001.jpg'."""
    label: int
    image: ImageFile
    mask: ImageFile | None = None
    group: int = NO_GROUP
    """Such as a shoot or a video: pairs within one group are left out of evaluations."""
    held_out: bool | None = None
    """The part of the split that the data itself names for it; None where the rules of `core.data.split` choose."""


@dataclass(frozen=True)
class Problem:
    """An image, mask or class that was left out, and why."""

    where: str
    reason: str


def first_of(problems: Sequence[Problem]) -> str:
    """How much was left out, as the end of a sentence about too little being left; empty for nothing."""
    if not problems:
        return ""
    return f" ({len(problems)} left out, first {problems[0].where}: {problems[0].reason})"


def rows_left_out(name: str, count: int) -> tuple[Problem, ...]:
    """The problem that rows of a list name images which cannot be used; none where there is no such row."""
    return (Problem(name, f"rows that name an image which cannot be used: {count}"),) if count else ()


@dataclass(frozen=True)
class Dataset:
    """A list of labelled images that has been looked at but not decoded."""

    name: str
    classes: tuple[str, ...]
    samples: tuple[Sample, ...]
    problems: tuple[Problem, ...] = ()
    """What was left out while listing."""
    directional: bool = False
    """Whether mirroring changes what an image means, as it does for characters."""
    notes: tuple[str, ...] = ()
    """What else was noticed while listing."""
    tuples: TupleList | None = None
    """What is known in place of classes, which are then the identities that follow from it."""
    columns: tuple[Column, ...] = ()
    """What else is known about each sample, a name once."""
    foreground: frozenset[int] | None = None
    """Values of masks that are foreground, see `core.data.images.load_mask`; None for masks of black and white."""
    edits: Edits = ()
    """What a person changed of it, which has been done to all the above; see `core.data.edits`."""

    @property
    def masks(self) -> int:
        """How many images have a mask."""
        return sum(sample.mask is not None for sample in self.samples)

    @property
    def labels(self) -> NDArray[np.int64]:
        """Class of each sample, int64 [N]."""
        return np.array([sample.label for sample in self.samples], dtype=np.int64)

    @property
    def groups(self) -> NDArray[np.int64]:
        """Group of each sample, int64 [N]; `NO_GROUP` where it belongs to none."""
        return np.array([sample.group for sample in self.samples], dtype=np.int64)

    @property
    def given_held_out(self) -> NDArray[np.bool_] | None:
        """Which samples the data itself holds out, [N]; None where it leaves that to a rule."""
        parts = [sample.held_out for sample in self.samples]
        return None if None in parts or not parts else np.array(parts, dtype=np.bool_)


@dataclass(frozen=True)
class DecodedDataset:
    """A data set whose images are ready for a model: all of one size, unreadable ones left out."""

    name: str
    classes: tuple[str, ...]
    ids: tuple[str, ...]
    labels: NDArray[np.int64]
    """int64 [N]"""
    images: NDArray[np.uint8]
    """RGB [N, 3, S, S]; may be memory-mapped."""
    masks: NDArray[np.uint8] | None
    """0 or 255, [N, S, S]; None where no image has a mask."""
    has_mask: NDArray[np.bool_]
    """[N]"""
    problems: tuple[Problem, ...]
    content_hash: str
    """SHA-256 over ids, labels, decoded images, masks and tuples."""
    directional: bool
    notes: tuple[str, ...] = ()
    tuples: TupleList | None = None
    """What is known in place of classes; its images are positions in this data set."""
    groups: NDArray[np.int64] | None = None
    """Group of each image, int64 [N], `NO_GROUP` where it belongs to none; None where the data has no groups."""
    given_held_out: NDArray[np.bool_] | None = None
    """Which images the data itself holds out, [N]; None where it leaves that to a rule."""

    def __len__(self) -> int:
        return len(self.ids)

    def groups_at(self, positions: NDArray[np.int64]) -> NDArray[np.int64] | None:
        """Groups of the images at some positions; None where the data has no groups."""
        return None if self.groups is None else self.groups[positions]
