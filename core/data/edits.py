"""A data set as a person left it: without the images that were excluded, and with the classes that were given."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.data.columns import Column, NumberColumn
from core.data.dataset import Dataset, Problem, rows_left_out
from core.data.edit_file import Edits
from core.errors import InputError

BY_A_PERSON = "excluded by a person"


@dataclass(frozen=True, eq=False)
class EditedLabels:
    """What edits make of N samples, each of which keeps its place."""

    classes: tuple[str, ...]
    """Those of the data set, then new ones in the order of their names; some may have lost all images."""
    labels: NDArray[np.int64]
    """[N], positions in `classes`"""
    excluded: NDArray[np.bool_]
    """[N]"""
    relabelled: NDArray[np.bool_]
    """[N]; where the class is another one than the data says"""
    strangers: tuple[str, ...]
    """Ids of edits whose image is not in the data set."""

    @property
    def counts(self) -> NDArray[np.int64]:
        """Images of each class that are not excluded, [C]."""
        return np.bincount(self.labels[~self.excluded], minlength=len(self.classes)).astype(np.int64)


def edited_labels(dataset: Dataset, edits: Edits) -> EditedLabels:
    """What edits make of the samples of a data set.

    Raises
    ------
    InputError
        where an image of a list of tuples is given a class.
    """
    if dataset.tuples is not None and any(edit.label is not None for edit in edits):
        raise InputError(f"{dataset.name}: a list of {dataset.tuples.kind} names no classes, so none can be changed")
    places = {sample.id: place for place, sample in enumerate(dataset.samples)} if edits else {}
    new = {edit.label for edit in edits if edit.label is not None and edit.sample in places} - set(dataset.classes)
    classes = (*dataset.classes, *sorted(new))
    number = {name: label for label, name in enumerate(classes)}
    labels, excluded = dataset.labels, np.zeros(len(dataset.samples), np.bool_)
    for edit in edits:
        if (place := places.get(edit.sample)) is None:
            continue
        if edit.label is None:
            excluded[place] = True
        else:
            labels[place] = number[edit.label]
    strangers = tuple(edit.sample for edit in edits if edit.sample not in places)
    return EditedLabels(classes, labels, excluded, labels != dataset.labels, strangers)


def with_edits(dataset: Dataset, edits: Edits, where: str) -> Dataset:
    """The data set that is left by these edits: excluded images become problems of it, and a note tells their number.

    Parameters
    ----------
    dataset
        as it was listed.
    edits
        to be applied; those of images that it does not have are noted.
    where
        Where the edits stand, for messages.

    Raises
    ------
    InputError
        where fewer than two classes are left, or as `edited_labels`.
    """
    if not edits:
        return dataset
    edited = edited_labels(dataset, edits)
    kept = np.flatnonzero(~edited.excluded)
    used = np.flatnonzero(edited.counts)
    if len(used) < 2:
        raise InputError(f"{where}: at least two classes with images must be left, found {len(used)}")
    renumbered = np.searchsorted(used, edited.labels)
    samples = tuple(replace(dataset.samples[place], label=int(renumbered[place])) for place in kept)
    excluded = tuple(Problem(dataset.samples[place].id, BY_A_PERSON) for place in np.flatnonzero(edited.excluded))
    tuples = None if dataset.tuples is None else dataset.tuples.renumbered(kept)
    lost = 0 if tuples is None or dataset.tuples is None else len(dataset.tuples) - len(tuples)
    return replace(
        dataset,
        classes=tuple(edited.classes[label] for label in used),
        samples=samples,
        problems=(*dataset.problems, *excluded, *rows_left_out(dataset.name, lost)),
        notes=(*dataset.notes, *_notes(edited, where)),
        tuples=tuples,
        columns=tuple(_at(column, kept) for column in dataset.columns),
        edits=edits,
    )


def _notes(edited: EditedLabels, where: str) -> Sequence[str]:
    done = [
        f"{count} {what}"
        for count, what in ((edited.excluded.sum(), "excluded"), (edited.relabelled.sum(), "given another class"))
        if count
    ]
    notes = [f"Images that a person has edited ({where}): {' and '.join(done)}."] if done else []
    if edited.strangers:
        first = edited.strangers[0]
        notes.append(f"{where}: {len(edited.strangers)} edits are of images that are not there, the first {first}.")
    return notes


def _at(column: Column, kept: NDArray[np.intp]) -> Column:
    if isinstance(column, NumberColumn):
        return replace(column, values=column.values[kept])
    return replace(column, codes=column.codes[kept])
