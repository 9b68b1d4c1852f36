"""Images to be embedded, in an order that is the same every time, without a list of them where that can be."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import numpy as np

from core.config import RunConfig
from core.data.dataset import NO_GROUP, Dataset, Problem, Sample
from core.data.folder import ClassFolders
from core.data.groups import GROUPS_FILE
from core.data.packed import PackedTexts
from core.data.sources import DATASET_NAMES, LIST_SUFFIXES, configured_dataset, edit_file_of, is_manifest
from core.embedded.listed_digest import digest_of, listed_line
from core.embedded.manifest_listing import ManifestListing
from core.errors import InputError


class ImageListing(Protocol):
    """Images in their order."""

    name: str
    classes: tuple[str, ...]
    problems: tuple[Problem, ...]
    """What was left out while listing."""
    grouped: bool
    """Whether images belong to groups."""
    digest: str
    """SHA-256 of the images' ids and the sizes of their files."""

    def __len__(self) -> int: ...

    def samples(self, start: int, stop: int) -> Iterator[Sample]:
        """The images from and to a place.

        Raises
        ------
        InputError
            where there are others by now.
        """


def list_images(config: RunConfig, data: str, out: Path | None = None) -> ImageListing:
    """List data as a run reads it.

    A folder of images is listed a class at a time, twice: to count, and to read; a manifest once, with little kept of
    an image. A folder whose images have groups, built-in data and data that a person has edited are listed whole, which
    takes half a kilobyte an image or more.

    Parameters
    ----------
    config
        of the run: whether images may lie outside the folder.
    data
        folder, list or built-in name.
    out
        The folder that something is written to for these images.

    Raises
    ------
    InputError
        where there is no such data, it holds no image, it is a list of pairs or tuples, or `out` would be one of its
        classes.
    """
    path = Path(os.path.expanduser(data))
    if data in DATASET_NAMES or edit_file_of(data).exists() or (path / GROUPS_FILE).exists():
        return _listed_whole(config, data)
    if not path.is_dir():
        return _listed_file(config, data, path)
    folders = ClassFolders(path, allow_outside=config.allow_outside)
    if out is not None and folders.holds(out):
        raise InputError(f"{out}: must lie outside of the images' folder {path}, where it would be a class of them")
    return FolderListing(folders)


def _listed_file(config: RunConfig, data: str, path: Path) -> ImageListing:
    if path.is_file() and path.name.lower().endswith(LIST_SUFFIXES) and is_manifest(path):
        with suppress(InputError):
            return ManifestListing(path, allow_outside=config.allow_outside)
    return _listed_whole(config, data)  # which says what is wrong with it


def _listed_whole(config: RunConfig, data: str) -> "WholeListing":
    dataset = configured_dataset(config, data)
    if dataset.tuples is not None:
        raise InputError(f"{data}: images with classes are needed, found a list of {dataset.tuples.kind}")
    return WholeListing(dataset)


class WholeListing:
    """Images that are listed in memory."""

    def __init__(self, dataset: Dataset) -> None:
        self.name, self.classes, self.problems = dataset.name, dataset.classes, dataset.problems
        self._samples = dataset.samples
        self.grouped = any(sample.group != NO_GROUP for sample in dataset.samples)
        self.digest = digest_of(dataset.samples)

    def __len__(self) -> int:
        return len(self._samples)

    def samples(self, start: int, stop: int) -> Iterator[Sample]:
        """As `ImageListing`."""
        return iter(self._samples[start:stop])


class FolderListing:
    """Images of a folder, of which one class at a time is in memory."""

    grouped = False

    def __init__(self, folders: ClassFolders) -> None:
        self._folders = folders
        self.name = folders.path.resolve().name or str(folders.path)
        problems = list(folders.problems)
        names: list[str] = []
        counts: list[int] = []
        digest = hashlib.sha256()
        for name in folders.names:
            files, found = folders.files(name)
            problems += found
            if files:
                for sample in self._samples(name, len(names), files, 0, len(files)):
                    digest.update(listed_line(sample))
                names.append(name)
                counts.append(len(files))
        if not names:
            raise InputError(f"{folders.path}: no images were found; the folder must be laid out as <class>/<file>")
        self.classes, self.problems = tuple(names), tuple(problems)
        self.digest = digest.hexdigest()
        self._ends = np.cumsum(counts, dtype=np.int64)
        self._newest = -1, PackedTexts()
        """The class whose images were asked for last, and their names."""

    def __len__(self) -> int:
        return int(self._ends[-1])

    def samples(self, start: int, stop: int) -> Iterator[Sample]:
        """As `ImageListing`."""
        label = int(np.searchsorted(self._ends, start, side="right"))
        while start < stop:
            begin, end = int(self._ends[label - 1]) if label else 0, int(self._ends[label])
            files, last = self._files(label, end - begin), min(stop, end)
            yield from self._samples(self.classes[label], label, files, start - begin, last - begin)
            start, label = last, label + 1

    def _files(self, label: int, counted: int) -> PackedTexts:
        """Images of a class; those of the last one are kept, since a large class is asked for again and again."""
        if self._newest[0] != label:
            name = self.classes[label]
            files, _ = self._folders.files(name)
            if len(files) != counted:
                raise InputError(
                    f"{self._folders.path}: {name} must hold the {counted} images that were counted, "
                    f"found {len(files)}; begin again when nobody changes the folder"
                )
            self._newest = label, files
        return self._newest[1]

    def _samples(self, name: str, label: int, files: PackedTexts, start: int, stop: int) -> Iterator[Sample]:
        folder = self._folders.folder(name)
        return (Sample(f"{name}/{file}", label, folder / file) for file in files.between(start, stop))
