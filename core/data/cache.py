"""Decoded images kept on the disk, so that no run decodes again what another has decoded."""

import json
import logging
import os
import shutil
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.files import held_alone, write_whole

logger = logging.getLogger(__name__)

FOLDER_VARIABLE = "METRIC_EXPLORER_CACHE"
"""Environment variable that names another folder for decoded images."""
LIMIT_VARIABLE = "METRIC_EXPLORER_CACHE_GB"
"""Environment variable that sets another limit for all of them together; 0 keeps none."""
LIMIT_GB = 20.0
IMAGES, MASKS = "images.u8", "masks.u8"
"""Files that a `place` is decoded into."""
_CONTENT = "content.json"
_PART = ".part-"

ImageArray = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class DecodedImages:
    """What decoding the images of a data set has given; R of them could be read."""

    images: ImageArray
    """[R, 3, S, S]"""
    masks: ImageArray | None
    """[R, S, S]; None where there are no masks."""
    readable: NDArray[np.bool_]
    """[N]"""
    has_mask: NDArray[np.bool_]
    """[N]"""
    reasons: tuple[tuple[int, str], ...]
    """Which image has what problem, in the order of the images."""


class ImageCache:
    """A folder of decoded data sets, each whole or not there; the least recently used go when there are too many.

    Several processes may use it at once. What one of them has opened stays readable for it, whatever becomes of it
    here. A process that was killed while writing leaves a part that nobody takes for whole, and the next one removes.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder, self.limit = folder, limit

    @classmethod
    def default(cls) -> "ImageCache":
        """The user's own cache.

        Raises
        ------
        InputError
            where the environment sets a limit that is no number from 0 on.
        """
        text = os.environ.get(LIMIT_VARIABLE, "")
        try:
            limit = float(text) if text else LIMIT_GB
        except ValueError:
            limit = -1.0
        if not 0 <= limit < 1e9:
            raise InputError(f"{LIMIT_VARIABLE}: must be a number of gigabytes from 0 on, found {text!r}")
        return cls(_default_folder(), int(limit * 1e9))

    def find(self, key: str, size: int) -> DecodedImages | None:
        """What is kept under a key, memory-mapped and read-only; None where nothing is, or it is damaged.

        Parameters
        ----------
        key
            of all that decides the result.
        size
            side S of the images.
        """
        entry = self.folder / key
        try:
            found = _read(entry, size)
            os.utime(entry)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            logger.warning("%s: decoded images that are damaged are decoded again (%s)", entry, error)
            shutil.rmtree(entry, ignore_errors=True)
            return None
        return found

    @contextmanager
    def place(self, needed: int) -> Iterator[Path | None]:
        """Give a new folder to decode into, with room for so many bytes; None where there is none to be had."""
        part = self.folder / f"{_PART}{uuid.uuid4().hex}"
        if not self._make_room(needed, part):
            yield None
            return
        try:
            with held_alone(part):
                yield part
        finally:
            shutil.rmtree(part, ignore_errors=True)  # nothing, where it has been kept

    def keep(self, part: Path, key: str, found: DecodedImages) -> DecodedImages | None:
        """Take what was decoded into a `place`, and give it back as `find` does.

        Another process may have kept the same in the meantime, which then counts. None where it cannot be kept.
        """
        content = {
            "readable": np.flatnonzero(found.readable).tolist(),
            "has_mask": np.flatnonzero(found.has_mask).tolist(),
            "count": len(found.readable),
            "masks": found.masks is not None,
            "reasons": found.reasons,
        }
        try:
            for name, rows in ((IMAGES, found.images), (MASKS, found.masks)):
                if rows is not None:
                    _finish(part / name, rows.size)
            write_whole(part / _CONTENT, json.dumps(content))
            if not (self.folder / key).exists():
                part.rename(self.folder / key)
        except OSError as error:
            logger.warning("%s: decoded images are not kept (%s)", self.folder, error)
            return None
        return self.find(key, found.images.shape[-1])

    def _make_room(self, needed: int, part: Path) -> bool:
        if needed > self.limit:
            return False
        try:
            part.mkdir(parents=True)
            self._remove_leftovers(part)
            self._forget_oldest(self.limit - needed)
            return shutil.disk_usage(self.folder).free > needed
        except OSError as error:
            logger.info("%s: no decoded images are kept (%s)", self.folder, error)
            return False

    def _remove_leftovers(self, own: Path) -> None:
        for part in self.folder.glob(f"{_PART}*"):
            if part != own:
                try:
                    with held_alone(part):
                        shutil.rmtree(part, ignore_errors=True)
                except (InputError, OSError):
                    continue  # somebody is writing there

    def _forget_oldest(self, limit: int) -> None:
        entries = [entry for entry in self.folder.iterdir() if not entry.name.startswith(".")]
        entries.sort(key=lambda entry: entry.stat().st_mtime)
        sizes = [sum(file.stat().st_size for file in entry.iterdir()) for entry in entries]
        total = sum(sizes)
        for entry, size in zip(entries, sizes, strict=True):
            if total <= limit:
                return
            shutil.rmtree(entry, ignore_errors=True)
            total -= size


def mapped(file: Path, shape: Sequence[int]) -> ImageArray:
    """A new file of that many bytes, mapped into memory for writing.

    Raises
    ------
    OSError
        where there is no room: writing to a mapped page that the disk has no room for would kill the process.
    """
    total = int(np.prod(shape))
    with file.open("wb") as made:
        if hasattr(os, "posix_fallocate") and total:
            os.posix_fallocate(made.fileno(), 0, total)
    return np.asarray(np.memmap(file, dtype=np.uint8, mode="r+", shape=tuple(shape)))


def _finish(file: Path, size: int) -> None:
    """Cut off what is not used, and see to it that the rest outlives a power cut."""
    with file.open("rb+") as written:
        written.truncate(size)
        os.fsync(written.fileno())


def _read(entry: Path, size: int) -> DecodedImages:
    content = json.loads((entry / _CONTENT).read_text(encoding="utf-8"))
    count, readable, has_mask = content["count"], content["readable"], content["has_mask"]
    rows = len(readable)
    flags = np.zeros((2, count), dtype=np.bool_)
    flags[0, readable], flags[1, has_mask] = True, True
    masks = _mapped_whole(entry / MASKS, (rows, size, size)) if content["masks"] else None
    reasons = tuple((int(place), str(reason)) for place, reason in content["reasons"])
    return DecodedImages(_mapped_whole(entry / IMAGES, (rows, 3, size, size)), masks, flags[0], flags[1], reasons)


def _mapped_whole(file: Path, shape: tuple[int, ...]) -> ImageArray:
    expected = int(np.prod(shape))
    if file.stat().st_size != expected:
        raise ValueError(f"{file.name} must have {expected} bytes, found {file.stat().st_size}")
    return np.asarray(np.memmap(file, dtype=np.uint8, mode="r", shape=shape))


def _default_folder() -> Path:
    if chosen := os.environ.get(FOLDER_VARIABLE):
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "metric-explorer" / "decoded"
