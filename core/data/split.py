"""Which images a run learns from and which it is judged on; the choice ignores the seed (rule in `Split`)."""

import os
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import repeat
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.data.bystanders import follow_tuples
from core.data.dataset import DecodedDataset
from core.data.tuples import TupleList
from core.errors import InputError

SplitKind = Literal["auto", "open", "closed"]

MANY_CLASSES = 20
"""From so many classes on 'auto' means open; an open set trained on fewer generalises badly."""

_OPEN_SHARE = 0.5
_CLOSED_SHARE = 0.2


@dataclass(frozen=True, eq=False)
class Split:
    """A data set in two disjoint parts.

    Of n things in sorted order, thing i (from 0) is held out when floor((i + 1) F) > floor(i F), with F the held-out
    share: floor(n F) of them, evenly spread. The things are classes in an open set, a class's images in a closed one.
    """

    training: NDArray[np.int64]
    """Positions in the decoded data set [n], ascending."""
    held_out: NDArray[np.int64]
    """Positions in the decoded data set [m], ascending."""
    open_set: bool
    """Whether held-out classes are never trained on: all, or some where the data says itself what to hold out."""
    training_classes: tuple[str, ...]
    """Classes of the training part, in the order of their training labels."""
    held_out_classes: tuple[str, ...]
    """Classes of the held-out part; the same as in training where the set is closed."""
    training_label_of: NDArray[np.int64]
    """Training label (0 .. training classes - 1) of each class of the data set, -1 where it is held out."""
    notes: tuple[str, ...] = ()
    """What a user should know about this split."""
    training_tuples: TupleList | None = None
    """Listed tuples all of whose images are trained on, as positions in the decoded data set; None without a list."""
    held_out_tuples: TupleList | None = None
    """Listed tuples all of whose images are held out."""


def split_dataset(dataset: DecodedDataset, split: SplitKind, holdout: float | Path | None) -> Split:
    """Split a data set into a training and a held-out part.

    Parameters
    ----------
    dataset
        What to split.
    split
        'open' holds out classes, 'closed' a share of each class's images; 'auto' is open from 20 classes up, or
        where `holdout` is a file.
    holdout
        Held-out share, above 0 and below 1 (None: 0.5 of the classes, 0.2 of the images), or a text file that names
        the held-out classes, one a line.

    A list of tuples is always split by identities, as an open set by classes; images that no genuine pair names follow
    the tuples that name them. Tuples with images of both parts belong to neither. There are no training classes, since
    an identity is not known to differ from all others.

    Data that names the part of each image itself (`core.data.manifest`) is split as it says, whatever else is asked
    for. The set is closed where every held-out class is trained on as well, and open otherwise.

    Raises
    ------
    InputError
        where the share or the file cannot be used, or fewer than two training classes keep two images, or no genuine
        or no impostor pair is left to train on.
    """
    if dataset.tuples is not None:
        if split == "closed":
            raise InputError(f"split: a list of {dataset.tuples.kind} needs an open split, by identities, found closed")
        return _make_listed_split(dataset, dataset.tuples, _held_out_of_list(dataset, dataset.tuples, holdout))
    if dataset.given_held_out is not None:
        return _make_given_split(dataset, dataset.given_held_out, asked_for=split != "auto" or holdout is not None)
    names_file = isinstance(holdout, Path)
    open_set = split == "open" or (split == "auto" and (names_file or len(dataset.classes) >= MANY_CLASSES))
    if open_set:
        held_out = _held_out_classes(dataset, holdout)[dataset.labels]
    elif isinstance(holdout, Path):
        raise InputError(f"holdout: a file of classes needs an open split, found {holdout} with a closed one")
    else:
        held_out = _held_out_images(dataset, _checked_share(holdout, _CLOSED_SHARE))
    return _make_split(dataset, held_out, open_set)


def is_held_out(count: int, share: float) -> NDArray[np.bool_]:
    """Which of `count` things in sorted order are held out, bool [count]; rule in `Split`.

    The share counts as the decimal number it is written as, so 0.1 holds out exactly one in ten.
    """
    exact = Fraction(str(float(share)))
    floors = [i * exact.numerator // exact.denominator for i in range(count + 1)]
    return np.diff(floors) > 0


def _held_out_classes(dataset: DecodedDataset, holdout: float | Path | None) -> NDArray[np.bool_]:
    """Whether each class is held out."""
    if isinstance(holdout, Path):
        names = _read_names(holdout, dataset)
        return np.array([name in names for name in dataset.classes])
    by_name = _by_name(dataset)
    held_out = np.zeros(len(dataset.classes), dtype=np.bool_)
    held_out[by_name] = is_held_out(len(by_name), _checked_share(holdout, _OPEN_SHARE))
    return held_out


def _held_out_of_list(dataset: DecodedDataset, tuples: TupleList, holdout: float | Path | None) -> NDArray[np.bool_]:
    """Whether each image is held out."""
    held_out = np.zeros(len(dataset.classes), dtype=np.bool_)
    settled = held_out.copy()
    settled[dataset.labels[tuples.pairs().genuine]] = True
    if isinstance(holdout, Path):
        names = _read_names(holdout, dataset)
        held_out = np.array([name in names for name in dataset.classes])
        settled |= held_out
        return follow_tuples(held_out[dataset.labels], settled[dataset.labels], tuples, repeat(False))
    share = _checked_share(holdout, _OPEN_SHARE)
    by_name = [label for label in _by_name(dataset) if settled[label]]
    held_out[by_name] = is_held_out(len(by_name), share)
    by_rule = iter(is_held_out(len(dataset), share).tolist())
    return follow_tuples(held_out[dataset.labels], settled[dataset.labels], tuples, by_rule)


def _by_name(dataset: DecodedDataset) -> NDArray[np.intp]:
    """The classes in the order of their names."""
    return np.argsort(np.array(dataset.classes, dtype=object), kind="stable")


def _held_out_images(dataset: DecodedDataset, share: float) -> NDArray[np.bool_]:
    """Whether each image is held out."""
    held_out = np.zeros(len(dataset), dtype=np.bool_)
    by_id = np.array(sorted(range(len(dataset)), key=lambda index: dataset.ids[index]))
    by_class = by_id[np.argsort(dataset.labels[by_id], kind="stable")]
    counts = np.bincount(dataset.labels, minlength=len(dataset.classes))
    for positions in np.split(by_class, np.cumsum(counts)[:-1]):
        held_out[positions] = is_held_out(len(positions), share)
    return held_out


def _checked_share(holdout: float | None, default: float) -> float:
    share = default if holdout is None else holdout
    if not 0 < share < 1:
        raise InputError(f"holdout: the held-out share must lie between 0 and 1, found {share}")
    return share


def _read_names(path: Path, dataset: DecodedDataset) -> frozenset[str]:
    try:
        lines = Path(os.path.expanduser(path)).read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise InputError(f"{path}: the file of held-out classes cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: the file of held-out classes must be UTF-8 text ({error})") from error
    names = {line.strip(): number for number, line in enumerate(lines, 1) if line.strip()}
    if not names:
        raise InputError(f"{path}: at least one class must be named, one a line, found none")
    for name, number in names.items():
        if name not in dataset.classes:
            raise InputError(
                f"{path}, line {number}: must name one of the usable classes of {dataset.name}, found {name!r}"
            )
    return frozenset(names)


def _make_split(dataset: DecodedDataset, held_out: NDArray[np.bool_], open_set: bool) -> Split:
    count = len(dataset.classes)
    training_counts = np.bincount(dataset.labels[~held_out], minlength=count)
    held_out_counts = np.bincount(dataset.labels[held_out], minlength=count)
    _require_pairs(dataset.name, training_counts, open_set)
    trained = np.flatnonzero(training_counts)
    training_label_of = np.full(count, -1, dtype=np.int64)
    training_label_of[trained] = np.arange(len(trained))
    return Split(
        training=np.flatnonzero(~held_out).astype(np.int64),
        held_out=np.flatnonzero(held_out).astype(np.int64),
        open_set=open_set,
        training_classes=tuple(dataset.classes[label] for label in trained),
        held_out_classes=tuple(dataset.classes[label] for label in np.flatnonzero(held_out_counts)),
        training_label_of=training_label_of,
        notes=_notes(open_set, len(trained), held_out_counts),
    )


def _make_given_split(dataset: DecodedDataset, held_out: NDArray[np.bool_], *, asked_for: bool) -> Split:
    unseen = np.setdiff1d(dataset.labels[held_out], dataset.labels[~held_out])
    found = _make_split(dataset, held_out, open_set=len(unseen) > 0)
    notes = [f"{dataset.name} says itself which images are held out."]
    if asked_for:
        notes = [f"{dataset.name} says itself which images are held out; the settings split and holdout do nothing."]
    classes = len(found.held_out_classes)
    if 0 < len(unseen) < classes:
        notes.append(
            f"Of the {classes} held-out classes, {classes - len(unseen)} are trained on as well, so the figures are of "
            "known and unseen classes together."
        )
    return replace(found, notes=(*notes, *found.notes))


def _make_listed_split(dataset: DecodedDataset, tuples: TupleList, held_out: NDArray[np.bool_]) -> Split:
    outside = held_out[tuples.images].sum(axis=1)
    training, judged = tuples.at(outside == 0), tuples.at(outside == tuples.width)
    if shortage := training.shortage():
        raise InputError(f"{dataset.name}: {shortage} to train on; hold out less")
    crossing = len(tuples) - len(training) - len(judged)
    notes = []
    if crossing:
        notes.append(
            f"Of {len(tuples)} {tuples.kind}, {crossing} have images both of held-out identities and of others, "
            "and are left out."
        )
    if judged.shortage():
        notes.append(f"Of the held-out part, nothing can be evaluated: {judged.shortage()}. Hold out a larger share.")
    return Split(
        training=np.flatnonzero(~held_out).astype(np.int64),
        held_out=np.flatnonzero(held_out).astype(np.int64),
        open_set=True,
        training_classes=(),
        held_out_classes=tuple(dataset.classes[label] for label in np.unique(dataset.labels[held_out])),
        training_label_of=np.full(len(dataset.classes), -1, dtype=np.int64),
        notes=tuple(notes),
        training_tuples=training,
        held_out_tuples=judged,
    )


def _require_pairs(name: str, training_counts: NDArray[np.intp], open_set: bool) -> None:
    found = int((training_counts >= 2).sum())
    if found < 2:
        kind = "open" if open_set else "closed"
        raise InputError(
            f"{name}: training needs at least two classes with two images each, found {found} in the {kind} split; "
            "hold out less"
        )


def _notes(open_set: bool, trained: int, held_out_counts: NDArray[np.intp]) -> tuple[str, ...]:
    notes = []
    if open_set and trained < MANY_CLASSES:
        notes.append(
            f"Only {trained} classes are trained on: embeddings of so few do not generalise to unseen classes. "
            "Add classes, or judge the known ones with a closed split."
        )
    if not held_out_counts.any():
        notes.append("No image is held out, so nothing can be evaluated: hold out a larger share.")
    elif held_out_counts.max() < 2:
        notes.append("No held-out class has two images, so there are no genuine pairs: hold out a larger share.")
    elif np.count_nonzero(held_out_counts) < 2:
        notes.append("Only one class is held out, so there are no impostor pairs: hold out a larger share.")
    return tuple(notes)
