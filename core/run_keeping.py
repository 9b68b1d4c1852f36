"""What a person does to the runs of a folder: notes, archive, other names, the trash."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import InputError
from core.files import held_alone, write_whole
from core.names import checked_name
from core.run_list import NOTES, remarks

TRASH = ".trash"
"""Folder beside the runs, for those whose volume has no trash."""
LONGEST_NAME = 200
"""Bytes of a folder's name; most systems take 255, and exports add to it."""
LONGEST_NOTE = 2_000
"""Characters."""

_FORBIDDEN = '<>:"/\\|?*'
"""What some system refuses in a name, or takes for a path."""
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"COM{place}" for place in range(10)), *(f"LPT{place}" for place in range(10))}
)
"""Names that Windows takes for devices, whatever ending they have."""


def write_note(path: Path, note: str) -> None:
    """Keep a note with a run, in one line; an empty one takes it away.

    Raises
    ------
    InputError
        where it is longer than `LONGEST_NOTE`, has characters that no file can hold, or cannot be written.
    """
    text = " ".join(note.split())
    if len(text) > LONGEST_NOTE:
        raise InputError(f"note: may have at most {LONGEST_NOTE:,} characters, found {len(text):,}")
    if not text.isprintable():
        found = next(character for character in text if not character.isprintable())
        raise InputError(f"note: must not have a control character, found U+{ord(found):04X}")
    _write(path, text, remarks(path)[1])


def set_archived(path: Path, archived: bool) -> None:
    """Mark a run as archived, or not; its folder stays where it is, so that whatever points to it still does.

    Raises
    ------
    InputError
        where the mark cannot be written.
    """
    _write(path, remarks(path)[0], archived)


def rename_run(path: Path, name: str) -> Path:
    """Give a run's folder another name, and say where it is then.

    Raises
    ------
    InputError
        where no folder can have the name everywhere, something has it already, the run is being trained, or the
        system refuses.
    """
    target = path.with_name(folder_name(name))
    if target == path:
        return path
    if os.path.lexists(target) and not _same(path, target):
        raise InputError(f"{target.name}: a run needs a name that is free, found one beside it that has this name")
    with untrained(path):
        _move(path, target)
    return target


def folder_name(text: str) -> str:
    """A name that a folder can have on every system, without blanks at its ends.

    Raises
    ------
    InputError
        where it is empty, too long, hidden, a path, or holds what some system refuses.
    """
    name = checked_name(text)
    if found := next((character for character in name if character in _FORBIDDEN), None):
        raise InputError(f"name: must not have any of {' '.join(_FORBIDDEN)}, found {found} in {name[:40]!r}")
    if name.startswith(".") or name.endswith("."):
        raise InputError(f"name: must not begin or end with a point, found {name[:40]!r}")
    if name.split(".")[0].rstrip().upper() in _RESERVED:
        raise InputError(f"name: must not be one that Windows keeps for devices, found {name!r}")
    if (size := len(name.encode())) > LONGEST_NAME:
        raise InputError(f"name: may take at most {LONGEST_NAME} bytes, found {size}")
    return name


@contextmanager
def untrained(path: Path) -> Iterator[None]:
    """Keep training out of a run while it is moved.

    Raises
    ------
    InputError
        where it is gone, or being trained.
    """
    if not path.is_dir():
        raise InputError(f"{path}: the run is gone; list the runs again")
    with held_alone(path, busy="is being trained; stop it first"):
        yield


def move_aside(path: Path) -> Path:
    """Move a run into the folder `TRASH` beside it, and say where it is then.

    Raises
    ------
    InputError
        where the system refuses.
    """
    trash = path.parent / TRASH
    try:
        trash.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(f"{trash}: cannot be made ({error.strerror})") from error
    target, attempt = trash / path.name, 2
    while os.path.lexists(target):
        target = trash / f"{path.name}-{attempt}"
        attempt += 1
    _move(path, target)
    return target


def bring_back(path: Path, home: Path) -> None:
    """Move a run from a trash to where it was, and take what the trash noted of it away.

    Raises
    ------
    InputError
        where it is gone from there, its place is taken by now, or the system refuses.
    """
    if os.path.lexists(home):
        raise InputError(f"{home}: a run comes back to a place that is free, found one that is taken")
    _move(path, home)
    if path.parent.name == "files":  # the trash of freedesktop.org: Trash/files/NAME and Trash/info/NAME.trashinfo
        (path.parent.parent / "info" / f"{path.name}.trashinfo").unlink(missing_ok=True)


def _write(path: Path, note: str, archived: bool) -> None:
    file = path / NOTES
    try:
        if note or archived:
            write_whole(file, json.dumps({"note": note, "archived": archived}, ensure_ascii=False))
        else:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{file}: cannot be written ({error.strerror})") from error


def _move(path: Path, target: Path) -> None:
    try:
        path.rename(target)
    except OSError as error:
        raise InputError(f"{path}: cannot be moved to {target} ({error.strerror})") from error


def _same(path: Path, target: Path) -> bool:
    """Whether two names are one folder, as 'Run' and 'run' are on some systems."""
    return path.name.casefold() == target.name.casefold() and target.exists() and path.samefile(target)
