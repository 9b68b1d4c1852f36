"""Embeddings of a set of images that may be too many for memory."""

import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from core.config import DistanceName
from core.embedded.shards import Shard, shard_folder
from core.embedded.strings import Strings
from core.errors import InputError
from core.files import read_json
from core.run_content import checked

FILE = "embeddings.json"
CLASSES = "classes"
ROWS_AT_ONCE = 1 << 15


class EmbeddedModel(BaseModel):
    """Which model embedded the images."""

    model_config = ConfigDict(frozen=True)

    run: str
    """Name of the run's folder."""
    step: int
    weights: str
    """SHA-256 of its weights."""
    distance: DistanceName
    """Of the run."""
    image_size: int
    dimensions: int = Field(ge=1)


class EmbeddedData(BaseModel):
    """Which images were listed."""

    model_config = ConfigDict(frozen=True)

    name: str
    images: int = Field(ge=1)
    classes: int = Field(ge=1)
    digest: str
    """SHA-256 of the images' ids and the sizes of their files."""


class SetContent(BaseModel):
    """Content of embeddings.json."""

    model_config = ConfigDict(frozen=True)

    schema_version: Literal[1] = 1
    model: EmbeddedModel
    data: EmbeddedData
    shard_images: int = Field(ge=1)
    """Listed images of each shard; fewer in the last one."""
    done: bool = False

    @property
    def shards(self) -> int:
        """How many there are when all are done."""
        return -(-self.data.images // self.shard_images)


class EmbeddingSet:
    """A folder of embeddings, written by `core.embedded.writing.embed_images`; nothing is loaded until it is asked for.

    Rows count the images that could be read, in the order of the list.
    """

    def __init__(self, path: Path, content: SetContent) -> None:
        self.path = path
        self.content = content
        self.shards = tuple(Shard(folder) for folder in _kept(path, content))
        self.classes = Strings(path, CLASSES)
        """Names by the labels."""
        self._starts = np.concatenate([[0], np.cumsum([len(shard) for shard in self.shards], dtype=np.int64)])
        self._check()

    @classmethod
    def open(cls, path: Path | str) -> "EmbeddingSet":
        """Open a folder of embeddings, whether all or only some of its shards are there.

        Raises
        ------
        InputError
            where the folder holds no embeddings, is damaged, or was written by a newer version.
        """
        path = Path(path).expanduser()
        return cls(path, read_content(path))

    def __len__(self) -> int:
        return int(self._starts[-1])

    @property
    def dimensions(self) -> int:
        """D of the embeddings."""
        return self.content.model.dimensions

    @property
    def left_out(self) -> int:
        """How many images could not be read."""
        return sum(shard.about.listed for shard in self.shards) - len(self)

    @cached_property
    def labels(self) -> NDArray[np.int32]:
        """Class of each image, int32 [N]: 4 bytes an image."""
        found: NDArray[np.int32] = np.concatenate([shard.labels for shard in self.shards])
        return found

    @cached_property
    def groups(self) -> NDArray[np.int64] | None:
        """Group of each image, int64 [N]; None where the data has none."""
        groups = [shard.groups for shard in self.shards]
        return None if groups[0] is None else np.concatenate([part for part in groups if part is not None])

    @cached_property
    def digest(self) -> str:
        """Tells these embeddings from all others: SHA-256 over those of the shards."""
        parts = "\n".join(f"{name} {text}" for shard in self.shards for name, text in shard.about.digests.items())
        return hashlib.sha256(parts.encode()).hexdigest()

    def blocks(self, rows: int = ROWS_AT_ONCE) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """All embeddings as parts of at most so many rows: the first row of each, and float32 [R, D], mapped."""
        for start, shard in zip(self._starts[:-1].tolist(), self.shards, strict=True):
            embeddings = shard.embeddings
            for first in range(0, len(shard), rows):
                yield start + first, embeddings[first : first + rows]

    def at(self, rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """Embeddings of some rows [K], in their order, float32 [K, D]."""
        found = np.empty((len(rows), self.dimensions), np.float32)
        for shard, places, within in self._parts(rows):
            found[places] = shard.embeddings[within]
        return found

    def ids(self, rows: NDArray[np.integer]) -> list[str]:
        """Ids of the images of some rows [K], in their order."""
        found = np.empty(len(rows), dtype=object)
        for shard, places, within in self._parts(rows):
            found[places] = shard.ids.at(within)
        return found.tolist()

    def _parts(self, rows: NDArray[np.integer]) -> Iterator[tuple[Shard, NDArray[np.intp], NDArray[np.integer]]]:
        """Shards with some of the rows, where these stand among those asked for, and which of the shard they are."""
        owners = np.searchsorted(self._starts, rows, side="right") - 1
        for owner in np.unique(owners):
            places = np.flatnonzero(owners == owner)
            yield self.shards[owner], places, rows[places] - self._starts[owner]

    def _check(self) -> None:
        if not self.shards:
            raise InputError(f"{self.path}: has no finished shard yet; run the same 'embed' again")
        for shard in self.shards:
            if shard.about.dimensions != self.dimensions:
                raise InputError(
                    f"{shard.folder}: must hold embeddings of {self.dimensions} dimensions as {FILE} says, "
                    f"found {shard.about.dimensions}"
                )
        if len(self.classes) != self.content.data.classes:
            raise InputError(
                f"{self.path}: damaged, must name {self.content.data.classes} classes, found {len(self.classes)}"
            )
        if self.content.done and len(self.shards) < self.content.shards:
            raise InputError(
                f"{self.path}: damaged, must hold {self.content.shards} shards, found {len(self.shards)}; "
                "run the same 'embed' again"
            )


def read_content(path: Path) -> SetContent:
    """What embeddings.json in a folder says.

    Raises
    ------
    InputError
        as `EmbeddingSet.open`.
    """
    file = path / FILE
    if not file.is_file():
        what = "nothing there" if not path.exists() else f"no {FILE}" if path.is_dir() else "a file"
        raise InputError(f"{path}: a folder of embeddings is needed, as 'embed' writes it, found {what}")
    content = read_json(file)
    version = content.get("schema_version") if isinstance(content, dict) else None
    if isinstance(version, int) and version > 1:
        raise InputError(f"{file}: written by a newer version (schema {version}); this one reads up to schema 1")
    return checked(SetContent, content, file)


def _kept(path: Path, content: SetContent) -> Iterator[Path]:
    """The shards that are there."""
    for number in range(content.shards):
        if (folder := shard_folder(path, number)).is_dir():
            yield folder
