"""Files that are either whole or not there, and reading them without trusting them."""

import json
import os
import struct
import sys
import threading
import time
import tokenize
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.watch import Watch

_TEMPORARY = "tmp"
_LINES_AT_ONCE = 2_000
"""Between two reports of how far reading has come."""
_TRIES, _TRY_SECONDS = 5, 0.01
"""To hold a folder: `hold_on`, by which others look whether somebody does, has it for a moment itself."""

ARRAY_ERRORS = (
    OSError,
    ValueError,
    EOFError,
    KeyError,
    MemoryError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    struct.error,
    tokenize.TokenError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What numpy and zipfile raise on damaged arrays and archives, headers that lie among them."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; when the block ends well, it takes the place of `path` at once.

    The data is on the disk before the name is: a power cut leaves the old file or the new one, never half of one.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.{_TEMPORARY}")
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        error.filename = str(path)  # a full disk tells none, others the temporary one
        raise
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def write_whole(path: Path, text: str) -> None:
    """Write a text file in one atomic step."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def remove_leftovers(folder: Path) -> None:
    """Delete what `replacing` left below a folder when its process was killed."""
    for path in folder.rglob(f".*.{_TEMPORARY}"):
        path.unlink(missing_ok=True)


@contextmanager
def held_alone(folder: Path, busy: str = "another process is training this run; stop that one first") -> Iterator[None]:
    """Keep every other holder of `folder` out, in this process or another; a killed one holds nothing.

    Where the system has no such locks (Windows, some network drives), nobody is kept out.

    Parameters
    ----------
    folder
        that exists.
    busy
        what is said where somebody else holds it.

    Raises
    ------
    InputError
        where somebody else does.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if not _locked(lambda: fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)):
            raise InputError(f"{folder}: {busy}")
        yield
    finally:
        os.close(descriptor)


def _locked(lock: Callable[[], None]) -> bool:
    """Try to lock for a moment; whether nobody else has the lock."""
    for _ in range(_TRIES):
        try:
            lock()
        except BlockingIOError:
            time.sleep(_TRY_SECONDS)
            continue
        except OSError:  # a network drive without locks
            pass
        return True
    return False


def is_held(folder: Path) -> bool:
    """Whether somebody holds `folder` by `held_alone`; never where the system has no such locks.

    Who begins to hold it at this very moment may be told that it is held.
    """
    return hold_on(folder) is True


def hold_on(folder: Path) -> bool | None:
    """Whether somebody holds `folder` by `held_alone`; None where the system cannot tell."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # gone, or not ours: nobody that could be told apart
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # a network drive without locks
        return None
    finally:
        os.close(descriptor)
    return False


def read_text(path: Path) -> str:
    """Content of a text file that a person wrote, UTF-8 with or without a byte order mark.

    Raises
    ------
    InputError
        where it cannot be read, or naming the line that is not UTF-8.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read ({error.strerror})") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}, line {line}: the file must be UTF-8 text ({error.reason})") from error


def read_json(path: Path) -> Any:
    """Content of a JSON file.

    Raises
    ------
    InputError
        where it cannot be read or is no JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: damaged, not valid JSON ({error})") from error


def read_arrays(path: Path, what: str) -> dict[str, NDArray[Any]]:
    """Arrays of an .npz file, which is `what` to the user; no pickles are loaded.

    Raises
    ------
    InputError
        where it cannot be read.
    """
    try:
        # Opened here: numpy leaves a damaged archive open.
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in arrays.files}
    except ARRAY_ERRORS as error:
        raise InputError(f"{path}: {what} cannot be read ({error})") from error
    for name, array in found.items():  # numpy hands out whatever else an archive holds as bytes
        if not isinstance(array, np.ndarray):
            raise InputError(f"{path}: {what} cannot be read ({name} is not an array)")
    return found


def read_lines(path: Path, watch: Watch | None = None) -> list[dict[str, Any]]:
    """Objects of a file that holds one a line; a half-written last line is left out, and a missing file is empty.

    Raises
    ------
    InputError
        where it cannot be read or a line is damaged.
    Cancelled
        where `watch` said so.
    """
    return [content for _, content in _lines(path, watch)]


def keep_lines(path: Path, keep: Callable[[dict[str, Any]], bool]) -> None:
    """Rewrite such a file with those lines whose object `keep` wants.

    Raises
    ------
    InputError
        as `read_lines`.
    """
    write_whole(path, "".join(text + "\n" for text, content in _lines(path) if keep(content)))


def _lines(path: Path, watch: Watch | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    *whole, _half_written = text.split("\n")
    for number, line in enumerate(whole, 1):
        if watch is not None and number % _LINES_AT_ONCE == 0:
            watch(number / len(whole))
        try:
            content = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{path}: damaged, line {number} is not valid JSON ({error})") from error
        if not isinstance(content, dict):
            raise InputError(f"{path}: damaged, line {number} must hold a JSON object, found {line[:40]}")
        yield line, content


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    if os.name == "nt":  # a folder cannot be opened there, and os.replace is durable enough
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
