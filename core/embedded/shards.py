"""A shard: a folder with the embeddings of some images in a row, that is whole or not there."""

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from core.csv_text import csv_text
from core.data.dataset import Problem
from core.embedded.strings import Strings, mapped_array, write_strings
from core.errors import InputError
from core.files import read_json, read_text, sync_folder
from core.run_content import checked

EMBEDDINGS, LABELS, GROUPS = "embeddings", "labels", "groups"
IDS, PROBLEMS = "ids", "problems.csv"
_ABOUT = "shard.json"


class ShardContent(BaseModel):
    """Content of shard.json."""

    model_config = ConfigDict(frozen=True)

    rows: int = Field(ge=0)
    """Images that are embedded in it."""
    listed: int = Field(ge=1)
    """Images that it was made of; the others could not be read."""
    dimensions: int = Field(ge=1)
    grouped: bool
    digests: Mapping[str, str]
    """SHA-256 of its arrays, by name."""


@dataclass(frozen=True, eq=False)
class Rows:
    """What a shard is written of."""

    embeddings: NDArray[np.float32]
    """[R, D]"""
    labels: NDArray[np.int32]
    """[R]"""
    groups: NDArray[np.int64] | None
    """[R]; None where the data has none."""
    ids: Sequence[str]
    problems: Sequence[Problem]
    """Images that were left out."""

    @property
    def listed(self) -> int:
        """Images that were looked at."""
        return len(self.ids) + len(self.problems)


class Shard:
    """A shard on the disk; its files are opened when they are asked for, and none stays open.

    Raises
    ------
    InputError
        where it is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with _cure_told():
            file = folder / _ABOUT
            self.about = checked(ShardContent, read_json(file), file)
            self._check_sizes()

    def _check_sizes(self) -> None:
        shapes: dict[str, tuple[int, ...]] = {
            EMBEDDINGS: (len(self), self.about.dimensions),
            LABELS: (len(self),),
            **({GROUPS: (len(self),)} if self.about.grouped else {}),
        }
        for name, shape in shapes.items():
            array = self._mapped(name)
            if array.shape != shape or array.dtype != _DTYPES[name]:
                found = f"{array.dtype} {list(array.shape)}"
                raise InputError(f"{self._file(name)}: damaged, must hold {_DTYPES[name]} {list(shape)}, found {found}")
        if len(self.ids) != len(self):
            raise InputError(f"{self.folder}: damaged, it must name {len(self)} images, found {len(self.ids)}")

    def __len__(self) -> int:
        return self.about.rows

    @property
    def embeddings(self) -> NDArray[np.float32]:
        """Float32 [R, D], memory-mapped."""
        found: NDArray[np.float32] = self._mapped(EMBEDDINGS)
        return found

    @property
    def labels(self) -> NDArray[np.int32]:
        """Class of each image, int32 [R], memory-mapped."""
        found: NDArray[np.int32] = self._mapped(LABELS)
        return found

    @property
    def groups(self) -> NDArray[np.int64] | None:
        """Group of each image, int64 [R], memory-mapped; None where the data has none."""
        return self._mapped(GROUPS) if self.about.grouped else None

    @property
    def ids(self) -> Strings:
        """Id of each image."""
        return Strings(self.folder, IDS)

    @property
    def problems(self) -> str:
        """Images that were left out, as CSV with a header.

        Raises
        ------
        InputError
            where they cannot be read.
        """
        return read_text(self.folder / PROBLEMS)

    def check(self) -> None:
        """Read all of it.

        Raises
        ------
        InputError
            where something is not what was written.
        """
        with _cure_told():
            for name, digest in self.about.digests.items():
                if _digest(self._file(name)) != digest:
                    raise InputError(f"{self._file(name)}: damaged, it is not what was written")
            _ = self.problems

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.npy"

    def _mapped(self, name: str) -> Any:
        return mapped_array(self._file(name))


_DTYPES = {EMBEDDINGS: np.dtype(np.float32), LABELS: np.dtype(np.int32), GROUPS: np.dtype(np.int64)}


@contextmanager
def _cure_told() -> Iterator[None]:
    try:
        yield
    except InputError as error:
        raise InputError(f"{error}; the same 'embed' makes this shard anew") from error


def shard_folder(path: Path, number: int) -> Path:
    """Where a shard stands."""
    return path / f"shard-{number:05d}"


def write_shard(path: Path, number: int, rows: Rows) -> Shard:
    """Write a shard in one atomic step: a process that is killed leaves all of it or nothing that is read.

    Raises
    ------
    OSError
        where it cannot be written.
    """
    target = shard_folder(path, number)
    temporary = target.with_name(f".{target.name}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)  # of a process that was killed
    temporary.mkdir()
    try:
        _write(temporary, rows)
        for file in temporary.iterdir():
            with file.open("rb+") as written:
                os.fsync(written.fileno())
        sync_folder(temporary)
        temporary.replace(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    sync_folder(path)
    return Shard(target)


def _write(folder: Path, rows: Rows) -> None:
    arrays: dict[str, NDArray[Any]] = {EMBEDDINGS: rows.embeddings, LABELS: rows.labels}
    if rows.groups is not None:
        arrays[GROUPS] = rows.groups
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    write_strings(folder, IDS, rows.ids)
    left_out = ((problem.where, problem.reason) for problem in rows.problems)
    (folder / PROBLEMS).write_text(csv_text(("image", "reason"), left_out), encoding="utf-8")
    about = ShardContent(
        rows=len(rows.ids),
        listed=rows.listed,
        dimensions=rows.embeddings.shape[1],
        grouped=rows.groups is not None,
        digests={name: _digest(folder / f"{name}.npy") for name in arrays},
    )
    (folder / _ABOUT).write_text(about.model_dump_json(indent=1), encoding="utf-8")


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from error
