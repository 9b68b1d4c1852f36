"""Fetches files over the network: with progress, can be cancelled, goes on where it was cut off, checks what came."""

import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from core.data.catalog.entry import RemoteFile
from core.errors import InputError

TIMEOUT_S = 30.0
"""Of silence, after which a connection counts as lost."""
_PIECE = 256 * 1024
_PART = ".part"
_RANGE_NOT_SATISFIABLE = 416

BytesWatch = Callable[[int], None]
"""Takes the bytes of the file that are there; may raise Cancelled, which keeps them."""


def fetch(file: RemoteFile, folder: Path, watch: BytesWatch) -> Path:
    """Fetch one file into a folder; what an earlier try has left there is not fetched again.

    Parameters
    ----------
    file
        what to fetch, by http or https.
    folder
        that exists.
    watch
        called with each piece that has come.

    Returns
    -------
    Path
        of the file, whose content has the stated digest.

    Raises
    ------
    InputError
        where there is no connection, or what has come is not what was stated; in one sentence.
    Cancelled
        where `watch` said so.
    """
    whole, part = folder / file.name, folder / (file.name + _PART)
    if not whole.exists():
        try:
            _append(file, part, watch)
        except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
            raise _as_sentence(error, file, part) from error
        part.replace(whole)
    _check(file, whole)
    return whole


def _append(file: RemoteFile, part: Path, watch: BytesWatch) -> None:
    """Fetch what is still missing of a file."""
    if urlsplit(file.url).scheme not in ("http", "https"):
        raise InputError(f"{file.url}: only http and https are fetched from")
    there = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(file.url, headers={"Range": f"bytes={there}-"} if there else {})
    try:
        response = urllib.request.urlopen(request, timeout=TIMEOUT_S)
    except urllib.error.HTTPError as error:
        if error.code == _RANGE_NOT_SATISFIABLE:
            return  # nothing is missing; the digest tells whether it is the right file
        raise
    with response, part.open("ab") as target:
        if response.status != http.client.PARTIAL_CONTENT:  # a server that sends all of it again
            target.truncate(0)
        _copy(response, target, watch)


def _copy(response: BinaryIO, target: BinaryIO, watch: BytesWatch) -> None:
    watch(target.tell())
    while piece := response.read(_PIECE):
        target.write(piece)
        watch(target.tell())
    expected = getattr(response, "length", None)
    if expected:
        raise http.client.IncompleteRead(b"", expected)


def _check(file: RemoteFile, path: Path) -> None:
    """Delete a file that is not the stated one, so that the next try begins anew."""
    kind, _, expected = file.digest.partition(":")
    with path.open("rb") as content:
        found = hashlib.file_digest(content, kind).hexdigest()
    if found != expected:
        path.unlink()
        raise InputError(
            f"{file.url}: what came is not the file that was stated ({kind} {expected} expected, found {found}); "
            "it was deleted, try again later"
        )


def _as_sentence(error: Exception, file: RemoteFile, part: Path) -> InputError:
    kept = part.stat().st_size if part.exists() else 0
    rest = f"; {kept / 1e6:.0f} MB are kept, and the next try goes on from there" if kept else ""
    host = urlsplit(file.url).hostname
    if isinstance(error, urllib.error.HTTPError):
        return InputError(f"{file.url}: the server answers {error.code} {error.reason}{rest}")
    if isinstance(error, urllib.error.URLError):
        return InputError(f"{file.name}: no connection to {host} ({_reason(error.reason)}){rest}")
    if isinstance(error, (TimeoutError, ConnectionError, http.client.HTTPException)):
        return InputError(f"{file.name}: the connection to {host} was lost ({_reason(error)}){rest}")
    return InputError(f"{part}: cannot be written ({_reason(error)}){rest}")


def _reason(error: BaseException | str) -> str:
    if isinstance(error, TimeoutError):
        return "no answer"
    if isinstance(error, http.client.IncompleteRead):
        return f"{error.expected} bytes are missing"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__
