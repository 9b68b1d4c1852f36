"""Images of a manifest, a CSV or Parquet file, of which ten million fit into memory."""

from array import array
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import NO_GROUP, Problem, Sample
from core.data.manifest import manifest_rows
from core.data.named_images import NamedImages
from core.data.packed import PackedTexts
from core.embedded.listed_digest import digest_of
from core.errors import InputError


class ManifestListing:
    """The images that `core.data.manifest.list_manifest` lists, in the same order: 24 bytes an image beside its id.

    Masks, parts of the split and further columns are left out.

    Parameters
    ----------
    path
        The file.
    allow_outside
        Whether images may lie outside its folder.

    Raises
    ------
    InputError
        where `list_manifest` refuses the file; that says which of its faults is told.
    """

    def __init__(self, path: Path, *, allow_outside: bool = False) -> None:
        self.name = path.name
        self._images = NamedImages(path.parent, allow_outside=allow_outside)
        self._ids, labels, groups = PackedTexts(), array("i"), array("i")
        label_of, group_of = _Numbers(), _Numbers()
        usable, problems = bytearray(), list[Problem]()
        for row in manifest_rows(path, allow_outside=allow_outside):
            if row is None:
                raise InputError(f"{path}: a row of the manifest is refused")
            self._ids.append(row.id)
            labels.append(label_of[row.label])
            groups.append(group_of[row.group] if row.group else NO_GROUP)
            usable.append(row.usable)
            if row.problem is not None:
                problems.append(row.problem)
        self.problems = tuple(problems)
        order = self._ids.order()
        if order.repeats:
            raise InputError(f"{path}: each image must stand once")
        self._rows = order.places[np.frombuffer(usable, np.bool_)[order.places]]
        self.classes, self._labels = _by_name(np.frombuffer(labels, np.int32)[self._rows], label_of)
        if len(self.classes) < 2:
            raise InputError(f"{path}: at least two classes with images are needed, found {len(self.classes)}")
        self._groups = _by_appearance(np.frombuffer(groups, np.int32)[self._rows], len(group_of))
        self.grouped = bool((self._groups != NO_GROUP).any())
        self.digest = digest_of(self.samples(0, len(self)))

    def __len__(self) -> int:
        return len(self._rows)

    def samples(self, start: int, stop: int) -> Iterator[Sample]:
        """As `core.embedded.listing.ImageListing`."""
        for place in range(start, stop):
            name = self._ids[self._rows[place]]
            label, group = int(self._labels[place]), int(self._groups[place])
            yield Sample(name, label, self._images.file_of(name), group=group)


class _Numbers(dict[str, int]):
    """Numbers of names, in the order in which they are asked for first."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number


def _by_name(numbers: NDArray[np.int32], number_of: _Numbers) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Those names that are in use, sorted, and the place of each number's name among them."""
    names, used = list(number_of), np.unique(numbers)
    found = sorted((names[number], number) for number in used.tolist())
    places = np.zeros(len(names), np.int32)
    places[[number for _, number in found]] = np.arange(len(found))
    return tuple(name for name, _ in found), places[numbers]


def _by_appearance(numbers: NDArray[np.int32], groups: int) -> NDArray[np.int32]:
    """Number groups anew, in the order in which they first stand here; none stays none."""
    first = np.full(groups, len(numbers), np.int64)
    named = np.flatnonzero(numbers != NO_GROUP)[::-1]
    first[numbers[named]] = named  # of several the last one stays, which is the first here
    ranks = np.empty(groups + 1, np.int32)
    ranks[np.argsort(first, kind="stable")] = np.arange(groups)
    ranks[NO_GROUP] = NO_GROUP
    found: NDArray[np.int32] = ranks[numbers]
    return found
