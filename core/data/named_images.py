"""Images that a file names by their paths, held to its folder unless others are allowed."""

import os
import posixpath
import stat
from pathlib import Path

ALLOWANCE = "; to read it all the same, set allow_outside=true"
"""What may be added where an image is refused."""


class NamedImages:
    """The images that have been named so far; each is looked at once and none is read.

    Parameters
    ----------
    folder
        What the paths are relative to, and no image may lie outside of.
    allow_outside
        Let images lie anywhere; the id of one that does begins with '../'.
    """

    def __init__(self, folder: Path, *, allow_outside: bool = False) -> None:
        self._allow_outside = allow_outside
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
            root = self._folder.as_posix()
            place = posixpath.normpath(posixpath.join(root, written.replace("\\", "/")))
            name = posixpath.relpath(place, root)
            may_be = self._allow_outside or name.split("/")[0] != ".."
            self._ids[written] = name if may_be and self._look_at(name) else None
        return self._ids[written]

    def _look_at(self, name: str) -> bool:
        """Find out whether an image is there; says whether it lies where it may, links followed."""
        file = self._folder / name
        try:
            found = file.lstat()
            if not self._contains(file if stat.S_ISLNK(found.st_mode) else file.parent):
                return False
            found = file.stat()
        except (OSError, ValueError):  # ValueError: a name that no file can have
            self.missing[name] = "no such file"
            return True
        if not stat.S_ISREG(found.st_mode):
            self.missing[name] = "not a file"
        elif found.st_size == 0:
            self.missing[name] = "an empty file (0 bytes)"
        else:
            self.files[name] = file
        return True

    def _contains(self, path: Path) -> bool:
        if self._allow_outside:
            return True
        text = str(path)
        if text not in self._inside:
            self._inside[text] = Path(os.path.realpath(path)).is_relative_to(self._folder)
        return self._inside[text]
