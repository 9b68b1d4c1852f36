"""From the word a user gives to the data set it means."""

import os
from dataclasses import replace
from pathlib import Path

from core.config import RunConfig
from core.data.builtin import digits
from core.data.catalog.catalog import CATALOG, catalog_folder, list_downloaded
from core.data.dataset import Dataset
from core.data.edit_file import SUFFIX, Edits, read_edits
from core.data.edits import with_edits
from core.data.folder import list_folder
from core.data.manifest import REQUIRED, list_manifest
from core.data.parquet import PARQUET_SUFFIX
from core.data.sprites import sprites
from core.data.table import header_of
from core.data.tuple_file import COLUMNS, list_tuples
from core.errors import InputError
from core.watch import CountWatch

_BUILTIN = {"digits": digits, "sprites": sprites}
BUILTIN_NAMES = tuple(_BUILTIN)
"""Data sets that come with the program."""
DATASET_NAMES = (*BUILTIN_NAMES, *CATALOG)
"""These, and those that can be downloaded: words that mean a data set, not a path."""

LIST_SUFFIXES = (".csv", PARQUET_SUFFIX)
"""Endings of files that list images, in lower case."""


def open_dataset(data: str, edits: Edits | None = None, *, allow_outside: bool = False) -> Dataset:
    """List a data set as `list_dataset`, as a person left it: with the edits that stand beside it, or with others.

    Raises
    ------
    InputError
        as `list_dataset`; or where these edits cannot be read or leave too little.
    """
    dataset, file = list_dataset(data, allow_outside=allow_outside), edit_file_of(data)
    return with_edits(dataset, read_edits(file) if edits is None else edits, file.name)


def edit_file_of(data: str) -> Path:
    """Where the edits of a data set stand: beside its folder or its file, with `SUFFIX` after the name.

    Those of built-in data sets stand where others are downloaded to.
    """
    if data in DATASET_NAMES:
        return catalog_folder() / f"{data}{SUFFIX}"
    path = Path(os.path.realpath(os.path.expanduser(data)))
    return path.parent / f"{path.name}{SUFFIX}"


def list_dataset(data: str, *, allow_outside: bool = False, watch: CountWatch | None = None) -> Dataset:
    """List the built-in or downloaded data set of this name, else the image folder, CSV or Parquet file at this path.

    '~' is the home folder. A CSV file lists images and their classes, or pairs, triplets or quadruplets of images: its
    header tells which. A folder that is called like one of these sets is reached as './digits'. Images outside the
    folder are refused unless they are allowed. Of a folder or a file, `watch` takes how many images were found.

    Raises
    ------
    InputError
        where there is neither, or the folder or the file cannot be used.
    Cancelled
        where `watch` said so.
    """
    if data in _BUILTIN:
        return _BUILTIN[data]()
    if data in CATALOG:
        return list_downloaded(data)
    path = os.path.expanduser(data)
    is_list = path.lower().endswith(LIST_SUFFIXES) and not os.path.isdir(path)
    if is_list and os.path.exists(path):
        listing = list_manifest if is_manifest(Path(path)) else list_tuples
        return listing(Path(path), allow_outside=allow_outside, watch=watch)
    if is_list:
        raise InputError(f"{data}: no such file")
    if not os.path.exists(path):
        raise InputError(f"{data}: no such folder, and no data set of this name ({', '.join(DATASET_NAMES)})")
    return list_folder(Path(path), allow_outside=allow_outside, watch=watch)


def configured_dataset(config: RunConfig, data: str | None = None, edits: Edits | None = None) -> Dataset:
    """List the data of a run, or other data in its place, with masks read as the run reads them.

    Parameters
    ----------
    config
        of the run.
    data
        in place of the run's.
    edits
        in place of those that stand beside the data by now: what the run was begun with.

    Raises
    ------
    InputError
        as `open_dataset`.
    """
    dataset = open_dataset(data or config.data, edits, allow_outside=config.allow_outside)
    return dataset if config.foreground is None else replace(dataset, foreground=frozenset(config.foreground))


def is_manifest(path: Path) -> bool:
    """Whether a file that lists images is a manifest, by its header; of no list of tuples one column is enough.

    So that a missing one can be named.

    Raises
    ------
    InputError
        where the file cannot be read.
    """
    if path.suffix.lower() == PARQUET_SUFFIX:
        return True
    header = set(header_of(path))
    lists_tuples = any(header.issuperset(columns) for columns in COLUMNS.values())
    return not lists_tuples and not header.isdisjoint(REQUIRED)
