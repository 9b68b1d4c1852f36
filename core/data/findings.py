"""What in a data set should be looked at before anything is trained on it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import Dataset, DecodedDataset
from core.data.groups import groups_or_none
from core.data.inspection import Groups, Inspection
from core.data.split import SplitKind, split_dataset
from core.data.usable import usable

Kind = Literal[
    "unreadable",
    "duplicates",
    "near duplicates",
    "several classes",
    "leaks",
    "near leaks",
    "tiny classes",
    "empty masks",
    "full masks",
    "masks of another size",
    "unreadable masks",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
MEANINGS: dict[Kind, str] = {
    "unreadable": "images that cannot be read",
    "duplicates": "images that are there more than once, byte for byte",
    "near duplicates": "images that look the same, such as one that was resized or stored anew",
    "several classes": "the same image, or one that looks the same, in more than one class",
    "leaks": "the same image to train on and held out, so that what is measured is better than it should be",
    "near leaks": "images to train on that look the same as held-out ones",
    "tiny classes": "images of classes that have fewer images than a batch takes of each",
    "empty masks": "images whose mask has no foreground",
    "full masks": "images whose mask is all foreground",
    "masks of another size": "images whose mask has another size, and is left out",
    "unreadable masks": "images whose mask cannot be read",
}
_MASKS: dict[Kind, int] = {"empty masks": 2, "full masks": 3, "masks of another size": 4, "unreadable masks": 5}
"""Places in `MASK_STATES`."""

UNUSED, TRAINING, HELD_OUT = -1, 0, 1
Parts = NDArray[np.int8]
"""[N], for each sample one of these three."""


@dataclass(frozen=True)
class Finding:
    """Images that share a flaw."""

    kind: Kind
    places: tuple[int, ...]
    """Positions in the data set; those that look the same stand together."""
    groups: int
    """How many groups these make: of copies, or of a class; as many as images where each stands alone."""


def parts_of(
    dataset: Dataset, split: SplitKind, holdout: float | Path | None, readable: NDArray[np.bool_] | None = None
) -> Parts:
    """Which of the N samples a run with these settings would train on, and which it would hold out.

    Parameters
    ----------
    dataset
        as a person left it, see `core.data.edits`.
    split, holdout
        as `core.data.split.split_dataset` takes them.
    readable
        [N]; None: all.

    Raises
    ------
    InputError
        where the data cannot be split in this way.
    """
    every = np.ones(len(dataset.samples), np.bool_)
    kept, _ = usable(dataset, every if readable is None else readable)
    classes, labels = np.unique(dataset.labels[kept], return_inverse=True)
    held_out = dataset.given_held_out
    pixels = np.empty((len(kept), 3, 0, 0), np.uint8)  # no rule looks at an image
    listed = DecodedDataset(
        name=dataset.name,
        classes=tuple(dataset.classes[label] for label in classes),
        ids=tuple(dataset.samples[place].id for place in kept),
        labels=labels.astype(np.int64),
        images=pixels,
        masks=None,
        has_mask=np.zeros(len(kept), np.bool_),
        problems=(),
        content_hash="",
        directional=dataset.directional,
        tuples=None if dataset.tuples is None else dataset.tuples.renumbered(kept),
        groups=groups_or_none(dataset.groups[kept]),
        given_held_out=None if held_out is None else held_out[kept],
    )
    found = split_dataset(listed, split, holdout)
    parts = np.full(len(dataset.samples), UNUSED, np.int8)
    parts[kept[found.training]] = TRAINING
    parts[kept[found.held_out]] = HELD_OUT
    return parts


def findings(
    inspection: Inspection,
    labels: NDArray[np.int64],
    parts: Parts | None = None,
    *,
    needed: int = 2,
    counted: NDArray[np.bool_] | None = None,
) -> tuple[Finding, ...]:
    """What is to be looked at, in the order of `KINDS`; nothing of a kind that was not found.

    Parameters
    ----------
    inspection
        of N images.
    labels
        [N], their classes as they are by now.
    parts
        Of the split; None where there is none, and so no leak.
    needed
        Images that a class should have.
    counted
        [N], which images are still there; None: all.
    """
    there = np.ones(len(labels), np.bool_) if counted is None else counted
    exact, near = _left(inspection.duplicates, there), _left(inspection.near_duplicates, there)
    inexact = [group for group in near if group not in set(exact)]
    near_too = {place for group in near for place in group}
    alike = [*near, *(group for group in exact if not near_too.issuperset(group))]
    counts = np.bincount(labels[there & inspection.readable], minlength=int(labels.max(initial=-1)) + 1)
    tiny = there & inspection.readable & (counts[labels] < needed)
    single: dict[Kind, NDArray[np.bool_]] = {"unreadable": there & ~inspection.readable}
    single |= {kind: there & (inspection.masks == state) for kind, state in _MASKS.items()}
    split = np.full(len(labels), UNUSED, np.int8) if parts is None else parts
    found = [
        *(Finding(kind, tuple(np.flatnonzero(at).tolist()), int(at.sum())) for kind, at in single.items()),
        _grouped("duplicates", exact),
        _grouped("near duplicates", inexact),
        _grouped("several classes", _divided(alike, labels)),
        _grouped("leaks", _divided(exact, split, but=UNUSED)),
        _grouped("near leaks", _divided(inexact, split, but=UNUSED)),
        _of_classes("tiny classes", tiny, labels),
    ]
    return tuple(sorted((each for each in found if each.places), key=lambda each: KINDS.index(each.kind)))


def _left(groups: Groups, there: NDArray[np.bool_]) -> list[tuple[int, ...]]:
    """Groups of which more than one image is still there, without the others."""
    left = (tuple(place for place in group if there[place]) for group in groups)
    return [group for group in left if len(group) > 1]


def _divided(groups: Iterable[tuple[int, ...]], by: NDArray[np.int64] | Parts, but: int = -2) -> list[tuple[int, ...]]:
    """Groups whose images differ in a number; images of the number `but` count for nothing."""
    return [group for group in groups if len(set(by[list(group)].tolist()) - {but}) > 1]


def _grouped(kind: Kind, groups: list[tuple[int, ...]]) -> Finding:
    return Finding(kind, tuple(dict.fromkeys(_flattened(groups))), len(groups))


def _flattened(groups: Iterable[tuple[int, ...]]) -> Iterator[int]:
    for group in groups:
        yield from group


def _of_classes(kind: Kind, at: NDArray[np.bool_], labels: NDArray[np.int64]) -> Finding:
    places = np.flatnonzero(at)
    places = places[np.argsort(labels[places], kind="stable")]
    return Finding(kind, tuple(places.tolist()), len(np.unique(labels[places])))
