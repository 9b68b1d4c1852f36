"""A folder of images listed as a data set; nothing is decoded here."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from core.data.column_file import COLUMNS_FILE, with_columns
from core.data.dataset import Dataset, Problem, Sample
from core.data.groups import GROUPS_FILE, with_groups
from core.data.images import IMAGE_SUFFIXES
from core.data.packed import PackedTexts
from core.errors import InputError
from core.watch import CountWatch

_UNSUPPORTED_SUFFIXES = frozenset(
    ".heic .heif .jxl .svg .psd .xcf .tga .ico .eps .exr .hdr .dng .raw .cr2 .cr3 .nef .arw".split()
)
"""Endings of files that were meant as images, which `core.data.images` does not read."""

_TABLES = {GROUPS_FILE: with_groups, COLUMNS_FILE: with_columns}
"""Files in a data folder that tell more about its images."""
_LEADS_OUT = "a link that leads out of the data folder; to follow it, set allow_outside=true"
_LAYOUT = "images/<class>/<file> or <class>/<file>"


def list_folder(path: Path, *, allow_outside: bool = False, watch: CountWatch | None = None) -> Dataset:
    """List `images/<class>/<file>` with optional `masks/<class>/<file>.png`, or a plain `<class>/<file>` folder.

    The mask of photo.jpg is photo.jpg.png or photo.png. Classes are sorted by name, images by file name; a sample's
    id is '<class>/<file>'. Hidden files and files that are no images are passed over in silence; what seems meant as
    an image and cannot be used is a problem of the data set, and so is a link that leads out of the folder, unless
    that is allowed. A file `groups.csv` in the folder tells which images belong together (`core.data.groups`), and
    `columns.csv` what else is known about them (`core.data.column_file`). After each class `watch` takes how many
    images were found.

    Raises
    ------
    InputError
        where there is no such folder, fewer than two of its classes hold images, or one of these files cannot be
        understood.
    Cancelled
        where `watch` said so.
    """
    if not path.is_dir():
        raise InputError(f"{path}: a folder of images is needed, found " + ("a file" if path.exists() else "no folder"))
    try:
        listing = _list_layout(path, allow_outside, watch)
    except OSError as error:
        raise InputError(f"{path}: the folder cannot be read ({error.strerror})") from error
    classes = tuple(sorted(listing.images))
    _require_two(path, classes)
    samples = tuple(
        Sample(f"{name}/{file}", label, image, listing.masks.get((name, file)))
        for label, name in enumerate(classes)
        for file, image in sorted(listing.images[name].items())
    )
    tables = [(path / name, add) for name, add in _TABLES.items() if listing.has_beside(name)]
    dataset = Dataset(path.resolve().name or str(path), classes, samples, tuple(listing.problems))
    for file, add in tables:
        dataset = add(dataset, file)
    return dataset


class ClassFolders:
    """A folder of images that is listed a class at a time: ten million images need no list of them.

    What is passed over and what is a problem is as in `list_folder`; masks and files that tell more are not read.

    Parameters
    ----------
    path
        `images/<class>/<file>`, or plain `<class>/<file>`.
    allow_outside
        Whether links may lead out of the folder.

    Raises
    ------
    InputError
        where the folder cannot be read.
    """

    def __init__(self, path: Path, *, allow_outside: bool = False) -> None:
        self._root, self._allow_outside = Path(os.path.realpath(path)), allow_outside
        self.path = path
        listing = self._listing()
        images = path / "images"
        try:
            within = images if listing.contains(images) and _has_folder(images) else path
            self.names = tuple(entry.name for entry in listing.visible(within, "") if entry.is_dir())
        except OSError as error:
            raise InputError(f"{path}: the folder cannot be read ({error.strerror})") from error
        self._within = within
        self.problems = tuple(listing.problems)
        """Of the folder itself; each class has its own."""

    def holds(self, path: Path) -> bool:
        """Whether a path lies where the classes do, so that a folder there would be one of them."""
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self._within))

    def files(self, name: str) -> tuple[PackedTexts, list[Problem]]:
        """File names of a class's images, sorted, and what of it cannot be used; a class may be a very large one."""
        listing = self._listing()
        return PackedTexts(_usable_names(listing, self.folder(name))), listing.problems

    def folder(self, name: str) -> Path:
        """Where the images of a class are."""
        return self._within / name

    def _listing(self) -> "_Listing":
        return _Listing(self._root, self._allow_outside)


@dataclass
class _Listing:
    """What has been found so far."""

    root: Path
    """The data folder with every link resolved."""
    allow_outside: bool
    """Whether links may lead out of it."""
    images: dict[str, dict[str, Path]] = field(default_factory=dict)
    """Class, file name -> file; classes that hold an image only."""
    masks: dict[tuple[str, str], Path] = field(default_factory=dict)
    """(class, file name of the image) -> file"""
    problems: list[Problem] = field(default_factory=list)
    count: int = 0
    """Images."""

    def visible(self, folder: Path, where: str) -> Iterator[os.DirEntry[str]]:
        """Entries of a folder that are not hidden, have a readable name and do not lead out of the data folder."""
        with os.scandir(folder) as entries:
            found = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda e: e.name)
        for entry in found:
            reason = self.obstacle(entry)
            if reason is None:
                yield entry
            else:
                self.leave_out(_printable(f"{where}/{entry.name}" if where else entry.name), reason)

    def leave_out(self, where: str, reason: str) -> None:
        self.problems.append(Problem(where, reason))

    def contains(self, path: str | Path) -> bool:
        """Whether a path, links followed, lies in the data folder, or may lie anywhere."""
        return self.allow_outside or Path(os.path.realpath(path)).is_relative_to(self.root)

    def has_beside(self, name: str) -> bool:
        """Whether a file stands in the data folder; one that a link makes of something outside is left out."""
        file = self.root / name
        if file.is_file() and not self.contains(file):
            self.leave_out(name, _LEADS_OUT)
            return False
        return file.is_file()

    def obstacle(self, entry: os.DirEntry[str]) -> str | None:
        """Why an entry is not even looked at; None where it is."""
        if _printable(entry.name) != entry.name:
            return "the name is not valid UTF-8"
        if not entry.is_symlink():
            return None
        if not os.path.exists(entry.path):
            return "a link to nothing"
        return None if self.contains(entry.path) else _LEADS_OUT


def _list_layout(path: Path, allow_outside: bool, watch: CountWatch | None) -> _Listing:
    listing = _Listing(Path(os.path.realpath(path)), allow_outside)
    images, masks = path / "images", path / "masks"
    if not (listing.contains(images) and _has_folder(images)):
        _list_classes(listing, path, watch)
        return listing
    _list_classes(listing, images, watch)
    if not listing.contains(masks):
        listing.leave_out("masks", _LEADS_OUT)
    elif masks.is_dir():
        for entry in listing.visible(masks, "masks"):
            if entry.is_dir():
                _list_masks(listing, Path(entry.path))
    return listing


def _has_folder(path: Path) -> bool:
    """Tells `images/<class>/<file>` from a class whose name is 'images'."""
    if not path.is_dir():
        return False
    with os.scandir(path) as entries:
        return any(entry.is_dir() for entry in entries)


def _list_classes(listing: _Listing, path: Path, watch: CountWatch | None) -> None:
    stray = 0
    for entry in listing.visible(path, ""):
        if entry.is_dir():
            listing.count += _list_class(listing, Path(entry.path))
            if watch is not None:
                watch(listing.count)
        elif _suffix(entry.name) in IMAGE_SUFFIXES:
            stray += 1
    if stray:
        listing.leave_out(path.name, f"{stray} images lie outside the class folders")


def _list_class(listing: _Listing, path: Path) -> int:
    """Take the images of a class, and say how many they are."""
    if names := _usable_names(listing, path):
        listing.images[path.name] = {name: path / name for name in names}
    return len(names)


def _usable_names(listing: _Listing, path: Path) -> list[str]:
    """File names of a class's images, sorted; what cannot be used is told in that order, too.

    A class may hold millions of images, so nothing but the names is kept.
    """
    names: list[str] = []
    others: list[tuple[str, str]] = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                suffix = _suffix(entry.name)
                if entry.name.startswith("."):
                    continue
                if (reason := listing.obstacle(entry) or _unusable(entry, suffix)) is not None:
                    others.append((entry.name, reason))
                elif suffix in IMAGE_SUFFIXES:
                    names.append(entry.name)
    except OSError as error:
        listing.leave_out(path.name, f"the folder cannot be read ({error.strerror})")
        return []
    for name, reason in sorted(others):
        listing.leave_out(_printable(f"{path.name}/{name}"), reason)
    if not names:
        listing.leave_out(path.name, "no usable image in this folder")
    names.sort()
    return names


def _unusable(entry: os.DirEntry[str], suffix: str) -> str | None:
    if entry.is_dir():
        return "folders within a class are not read"
    if suffix in _UNSUPPORTED_SUFFIXES:
        return "images of this format cannot be read"
    try:
        empty = suffix in IMAGE_SUFFIXES and entry.stat().st_size == 0
    except OSError as error:
        return f"the file cannot be read ({error.strerror})"
    return "an empty file (0 bytes)" if empty else None


def _list_masks(listing: _Listing, folder: Path) -> None:
    """Give each image of one class its mask; masks that no image asks for hint at a wrong name."""
    where = f"masks/{folder.name}"
    files = {entry.name: entry for entry in listing.visible(folder, where) if _suffix(entry.name) == ".png"}
    used = set()
    for image in listing.images.get(folder.name, {}):
        name = next((name for name in _mask_names(image) if name in files), None)
        if name is None:
            continue
        used.add(name)
        if files[name].stat().st_size == 0:
            listing.leave_out(f"{where}/{name}", "an empty mask file (0 bytes)")
        else:
            listing.masks[folder.name, image] = Path(files[name].path)
    if len(files) > len(used):
        listing.leave_out(where, f"{len(files) - len(used)} masks belong to no image")


def _mask_names(image: str) -> tuple[str, str]:
    return f"{image}.png", f"{os.path.splitext(image)[0]}.png"


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _printable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _require_two(path: Path, classes: tuple[str, ...]) -> None:
    if not classes:
        raise InputError(f"{path}: no images were found; the folder must be laid out as {_LAYOUT}")
    if len(classes) == 1:
        raise InputError(f"{path}: at least two classes with images are needed, found only {classes[0]!r}")
