"""Images that a file names by their paths, held to its folder unless others are allowed."""

import os
import posixpath
import stat
from pathlib import Path
from typing import NamedTuple

from core.watch import CountWatch

ALLOWANCE = "; to read it all the same, set allow_outside=true"
"""What may be added where an image is refused."""

_FOLDERS_KEPT = 100_000
"""Of which it is known at a time whether they lie where they may."""


class Found(NamedTuple):
    """An image that was looked at."""

    id: str
    """Path from the folder with forward slashes."""
    reason: str
    """Why it cannot be used; empty where it can."""


class NamedImages:
    """The images that have been named so far; each is looked at once and none is read.

    Parameters
    ----------
    folder
        What the paths are relative to, and no image may lie outside of.
    allow_outside
        Let images lie anywhere; the id of one that does begins with '../'.
    watch
        Takes how many there are so far; may raise Cancelled.
    """

    def __init__(self, folder: Path, *, allow_outside: bool = False, watch: CountWatch | None = None) -> None:
        self._allow_outside, self._watch = allow_outside, watch
        self._folder = Path(os.path.realpath(folder))
        self.files: dict[str, Path] = {}
        """Id -> file, of those that are there."""
        self.missing: dict[str, str] = {}
        """Id -> why it cannot be used, of the others."""
        self._ids: dict[str, str | None] = {}
        self._inside: dict[str, bool] = {}

    def id_of(self, written: str) -> str | None:
        """Path from the folder to the image at `written`, with forward slashes; None where it may not lie there."""
        if written not in self._ids:
            found = self.look_up(written)
            self._ids[written] = None if found is None else found.id
            if found is not None and found.reason:
                self.missing[found.id] = found.reason
            elif found is not None:
                self.files[found.id] = self.file_of(found.id)
            if self._watch is not None:
                self._watch(len(self.files))
        return self._ids[written]

    def look_up(self, written: str) -> "Found | None":
        """As `id_of`, but nothing of it is kept, for those who name millions."""
        root = self._folder.as_posix()
        place = posixpath.normpath(posixpath.join(root, written.replace("\\", "/")))
        inside = place.startswith(f"{root}/")  # nearly always, and several times as fast
        name = place[len(root) + 1 :] if inside else posixpath.relpath(place, root)
        if not self._allow_outside and name.split("/")[0] == "..":
            return None
        reason = self._obstacle(self.file_of(name))
        return None if reason is None else Found(name, reason)

    def file_of(self, name: str) -> Path:
        """The file of an id."""
        return self._folder / name

    def _obstacle(self, file: Path) -> str | None:
        """Why an image cannot be used, empty where it can; None where it does not lie where it may, links followed."""
        try:
            found = file.lstat()
            if not self._contains(file if stat.S_ISLNK(found.st_mode) else file.parent):
                return None
            found = file.stat()
        except (OSError, ValueError):  # ValueError: a name that no file can have
            return "no such file"
        if not stat.S_ISREG(found.st_mode):
            return "not a file"
        return "" if found.st_size else "an empty file (0 bytes)"

    def _contains(self, path: Path) -> bool:
        if self._allow_outside:
            return True
        text = str(path)
        if text not in self._inside:
            if len(self._inside) >= _FOLDERS_KEPT:
                self._inside.clear()
            self._inside[text] = Path(os.path.realpath(path)).is_relative_to(self._folder)
        return self._inside[text]
