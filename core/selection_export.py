"""Selected images for other programs: a table of them, and copies of their files in a folder for each class."""

import re
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import numpy as np
from PIL import Image

from core.csv_text import csv_text
from core.data.dataset import ImageFile, Problem
from core.errors import Cancelled, InputError
from core.files import write_whole
from core.watch import Watch

_HEADER = ("image", "label", "predicted", "part", "x", "y", "step")
_LONGEST_NAME = 120
"""Bytes of a folder's or file's name; systems take 255 at most, and numbers may be added."""
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
"""What some system does not take in a name, or what would turn round the text that follows."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class SelectedImage:
    """What is known of an image."""

    name: str
    """Its id."""
    label: str
    """Its class."""
    part: str
    """'held-out' or 'training'"""
    predicted: str | None = None
    """Class that the model takes it for; None where it is not known."""
    place: tuple[float, float] | None = None
    """Where it stands on the map; None where it does not."""
    image: ImageFile | None = None
    """None where it is gone."""


@dataclass(frozen=True)
class CopiedImages:
    """What became of the images that were to be copied."""

    folder: Path
    copied: int
    problems: tuple[Problem, ...]
    """Those that could not be read."""
    cancelled: bool = False
    """Whether it was given up before the last one."""


def write_table(path: Path, images: Sequence[SelectedImage], step: int | None) -> None:
    """Write a CSV file with a row for each image, and the step that the map is of.

    Raises
    ------
    InputError
        where it cannot be written.
    """
    rows = (
        (each.name, each.label, each.predicted, each.part, *(each.place or (None, None)), step if each.place else None)
        for each in images
    )
    text = csv_text(_HEADER, rows).encode("utf-8", "backslashreplace").decode("utf-8")  # a name need not be UTF-8
    try:
        write_whole(path, text)
    except OSError as error:
        raise InputError(f"{path}: the table cannot be written ({error.strerror})") from error


def copy_images(images: Sequence[SelectedImage], folder: Path, watch: Watch | None = None) -> CopiedImages:
    """Copy images to FOLDER/<class>/<file>, byte by byte; pixels that have no file become PNG files.

    No file is overwritten: where there is one of that name, a number is added. What cannot be read is left out. An
    image that is being copied when something goes wrong is taken away again; those before it stay.

    Parameters
    ----------
    watch
        Takes the share that is done; may raise Cancelled, which ends the copying but is not raised further: what was
        copied until then stays, and is told.

    Raises
    ------
    InputError
        where the folder cannot be written, saying how many images were copied before.
    """
    folders: dict[str, str] = {}
    problems: list[Problem] = []
    copied = 0
    for place, each in enumerate(images):
        try:
            if watch is not None:
                watch(place / len(images))
        except Cancelled:
            return CopiedImages(folder, copied, tuple(problems), cancelled=True)
        into = folder / folders.setdefault(each.label, _name_besides(each.label, folders.values()))
        try:
            reason = _copy(each, into)
        except OSError as error:
            raise InputError(
                f"{into}: cannot be written ({error.strerror}); {copied} of {len(images)} images were copied"
            ) from error
        copied += reason is None
        if reason is not None:
            problems.append(Problem(each.name, reason))
    return CopiedImages(folder, copied, tuple(problems))


def safe_name(name: str) -> str:
    """A name that every system takes for a file or folder inside another one, as near as can be to what it was."""
    cleaned = _UNSAFE.sub("_", name).strip(" ").rstrip(".")
    cleaned = re.sub(r"^\.+", "_", cleaned)
    if _RESERVED.match(cleaned):
        cleaned = f"_{cleaned}"
    stem, dot, suffix = cleaned.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, suffix = cleaned, ""
    room = _LONGEST_NAME - len(f"{dot}{suffix}".encode()) if suffix else _LONGEST_NAME
    stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .")
    return (f"{stem}.{suffix}" if suffix else stem) or "_"


def _name_besides(label: str, taken: Collection[str]) -> str:
    """A folder's name for a class; two classes never share one, also where case does not count."""
    names = {name.lower() for name in taken}
    name = safe = safe_name(label)
    number = 2
    while name.lower() in names:
        name, number = f"{safe}-{number}", number + 1
    return name


def _copy(each: SelectedImage, folder: Path) -> str | None:
    """Copy one image; why it cannot be read, None where it was."""
    image, name = each.image, safe_name(PurePosixPath(each.name).name or each.name)
    if image is None:
        return "the image is gone"
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(image, np.ndarray):
        _write_new(folder, f"{name}.png", lambda file: Image.fromarray(np.ascontiguousarray(image)).save(file, "PNG"))
        return None
    try:
        source = image.open("rb")
    except OSError as error:
        return f"the file cannot be opened ({error.strerror})"
    with source:
        _write_new(folder, name, lambda file: shutil.copyfileobj(source, file))
    return None


def _write_new(folder: Path, name: str, write: Callable[[BinaryIO], None]) -> None:
    """Write a file that was not there, under this name or one with a number."""
    stem, suffix = Path(name).stem, Path(name).suffix
    path, number = folder / name, 2
    while True:
        try:
            file = path.open("xb")
            break
        except FileExistsError:
            path, number = folder / f"{stem}-{number}{suffix}", number + 1
    try:
        with file:
            write(file)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
