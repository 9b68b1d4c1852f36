"""Embeddings as a folder that TensorBoard's Embedding Projector opens: tensors, metadata, a sprite of thumbnails.

Source: the TensorBoard guide on the Embedding Projector, and its reader, `tensorboard/plugins/projector`.
"""

import math
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.data.dataset import ImageFile
from core.data.images import ImageError, load_image
from core.errors import InputError
from core.watch import Watch

LARGEST_SPRITE = 8192
"""Pixels a side; of a larger sprite the Projector shows neither pictures nor metadata."""
LARGEST_THUMBNAIL = 64
SMALLEST_THUMBNAIL = 8
"""Pixels; smaller pictures would show nothing."""
CONFIG = "projector_config.pbtxt"
_PER_REPORT = 64
"""Images between two reports of how far the sprite has come."""
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
"""What would end a cell or a line, or cannot be written as UTF-8."""
_NO_PICTURE = 230
"""Grey of a thumbnail whose image cannot be read."""


@dataclass(frozen=True, eq=False)
class ProjectorPoints:
    """What the Projector is to show."""

    tensors: Mapping[str, NDArray[np.float32]]
    """Name -> float32 [N, D] with D of at least 2, of the same points; the first is shown first."""
    columns: Mapping[str, Sequence[str]]
    """Name -> text of each point [N]; points are labelled by the first."""
    images: Sequence[ImageFile | None]
    """[N]; None where the image is gone. Empty: no sprite is made."""


@dataclass(frozen=True)
class ProjectorFolder:
    """What was written."""

    path: Path
    points: int
    thumbnail_size: int | None
    """Pixels a side; None where there is no sprite."""
    notes: tuple[str, ...]
    """What the Projector does not show, and why."""


def write_projector(points: ProjectorPoints, folder: Path, watch: Watch | None = None) -> ProjectorFolder:
    """Write `tensorboard --logdir FOLDER`'s tensors (TSV), metadata.tsv, sprite.png and projector_config.pbtxt.

    The folder is whole or not there at all.

    Raises
    ------
    InputError
        where there is no point, where `folder` is there and not an empty folder, or cannot be written.
    ValueError
        where tensors, columns and images are not of the same points.
    Cancelled
        where `watch` said so.
    """
    count = _checked_count(points)
    size = thumbnail_size(count) if len(points.images) else None
    notes = []
    if len(points.images) and size is None:
        notes.append(
            f"no thumbnails: a sprite of at most {LARGEST_SPRITE} x {LARGEST_SPRITE} pixels has no room for "
            f"{count} images of {SMALLEST_THUMBNAIL} x {SMALLEST_THUMBNAIL}"
        )
    with _made_whole(folder) as unfinished:
        for name, values in points.tensors.items():
            _write_tensor(unfinished / f"{name}.tsv", values)
        _write_metadata(unfinished / "metadata.tsv", points.columns, count)
        if size is not None:
            missing = _write_sprite(unfinished / "sprite.png", points.images, size, watch)
            notes += [f"a grey thumbnail stands for each image that cannot be read: {missing}"] if missing else []
        (unfinished / CONFIG).write_text(_config(points, size), encoding="utf-8")
    return ProjectorFolder(folder, count, size, tuple(notes))


def thumbnail_size(count: int) -> int | None:
    """Pixels a side of a thumbnail, so that `count` of them fit into a sprite; None where they are too many."""
    size = min(LARGEST_THUMBNAIL, LARGEST_SPRITE // _per_row(count))
    return size if size >= SMALLEST_THUMBNAIL else None


def cell_text(text: str) -> str:
    """A text as one cell: without tabs, line breaks and other control characters; a lone '-' where nothing is left.

    An empty cell would be taken for missing, and a line of empty cells would be passed over.
    """
    return _BREAKS.sub(" ", text).strip() or "-"


def _checked_count(points: ProjectorPoints) -> int:
    if not points.tensors or not points.columns:
        raise ValueError("points: need at least one tensor and one column of metadata")
    count = len(next(iter(points.tensors.values())))
    if not count:
        raise InputError("the Embedding Projector needs at least one point, found none")
    for name, values in points.tensors.items():
        if not re.fullmatch(r"[a-z0-9_-]+", name):
            raise ValueError(f"tensors: a name must consist of a-z, 0-9, _ and -, found {name!r}")
        if values.ndim != 2 or values.shape[1] < 2 or len(values) != count:
            raise ValueError(f"{name}: must be [{count}, D] with D of at least 2, found {list(values.shape)}")
        if not np.isfinite(values).all():
            raise ValueError(f"{name}: must be finite numbers")
    for name, column in (*points.columns.items(), *((("images", points.images),) if len(points.images) else ())):
        if len(column) != count:
            raise ValueError(f"{name}: must be of {count} points, found {len(column)}")
    return count


@contextmanager
def _made_whole(folder: Path) -> Iterator[Path]:
    """Give a folder beside `folder` to write to; it takes the place of `folder` when the block ends well."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        found = "a folder with files in it" if folder.is_dir() else "a file"
        raise InputError(f"{folder}: must be a new or an empty folder, found {found}")
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    try:
        unfinished.mkdir(parents=True)
        try:
            yield unfinished
            if folder.exists():
                folder.rmdir()
            unfinished.replace(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror}); nothing was kept of it") from error


def _write_tensor(path: Path, values: NDArray[np.float32]) -> None:
    """A line a point; nine digits give a float32 back as it was."""
    line = "\t".join(["%.9g"] * values.shape[1]) + "\n"
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.writelines(line % tuple(row) for row in map(np.ndarray.tolist, values))


def _write_metadata(path: Path, columns: Mapping[str, Sequence[str]], count: int) -> None:
    """A line a point, below a header where there are several columns: of one the Projector takes it for a point."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        if len(columns) > 1:
            file.write("\t".join(map(cell_text, columns)) + "\n")
        for row in range(count):
            file.write("\t".join(cell_text(column[row]) for column in columns.values()) + "\n")


def _write_sprite(path: Path, images: Sequence[ImageFile | None], size: int, watch: Watch | None) -> int:
    """A square of thumbnails, row by row; returns how many images could not be read."""
    per_row, missing = _per_row(len(images)), 0
    sprite = np.full((per_row * size, per_row * size, 3), 255, np.uint8)
    for place, image in enumerate(images):
        if watch is not None and place % _PER_REPORT == 0:
            watch(place / len(images))
        top, left = size * (place // per_row), size * (place % per_row)
        thumbnail = _thumbnail(image, size)
        missing += thumbnail is None
        sprite[top : top + size, left : left + size] = _NO_PICTURE if thumbnail is None else thumbnail
    Image.fromarray(sprite).save(path)
    return missing


def _thumbnail(image: ImageFile | None, size: int) -> NDArray[np.uint8] | None:
    """The whole image in the middle of a white square, uint8 [size, size, 3]; None where it cannot be read."""
    if image is None:
        return None
    try:
        pixels = load_image(image)
    except ImageError:
        return None
    height, width = pixels.shape[:2]
    scale = size / max(height, width)
    inner = max(1, round(width * scale)), max(1, round(height * scale))
    square = Image.new("RGB", (size, size), "white")
    shrunk = Image.fromarray(pixels).resize(inner, Image.Resampling.BICUBIC, reducing_gap=3.0)
    square.paste(shrunk, ((size - inner[0]) // 2, (size - inner[1]) // 2))
    return np.asarray(square)


def _per_row(count: int) -> int:
    return math.isqrt(count - 1) + 1


def _config(points: ProjectorPoints, size: int | None) -> str:
    """The protocol buffer `ProjectorConfig` as text."""
    parts = []
    for name, values in points.tensors.items():
        lines = [
            f'  tensor_name: "{name}"',
            f"  tensor_shape: {values.shape[0]}",
            f"  tensor_shape: {values.shape[1]}",
            f'  tensor_path: "{name}.tsv"',
            '  metadata_path: "metadata.tsv"',
        ]
        if size is not None:
            dimensions = [f"    single_image_dim: {size}"] * 2
            lines += ["  sprite {", '    image_path: "sprite.png"', *dimensions, "  }"]
        parts.append("\n".join(["embeddings {", *lines, "}"]))
    return "\n".join(parts) + "\n"
