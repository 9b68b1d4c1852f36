"""Unpacks archives into a folder, and lets nothing out of it."""

import gzip
import shutil
import tarfile
import zipfile
import zlib
from pathlib import Path

from core.errors import InputError
from core.watch import Watch

_DAMAGE = (tarfile.TarError, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError)


def unpack(archive: Path, folder: Path, watch: Watch) -> None:
    """Unpack a .tgz, .tar.gz, .zip or .gz file.

    Parameters
    ----------
    archive
        whose content was checked.
    folder
        that exists; what is there already is replaced.
    watch
        called with the share of the archive that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where the archive is damaged, would write outside of the folder, or there is no room.
    Cancelled
        where `watch` said so.
    """
    take_out = next(way for ending, way in _WAYS.items() if archive.name.endswith(ending))
    try:
        take_out(archive, folder, watch)
    except _DAMAGE as error:
        raise InputError(f"{archive.name}: cannot be unpacked ({error})") from error
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({(error.strerror or str(error)).lower()})") from error


def _untar(archive: Path, folder: Path, watch: Watch) -> None:
    size = archive.stat().st_size
    with archive.open("rb") as packed, tarfile.open(fileobj=packed, mode="r|gz") as members:
        for member in members:
            watch(min(1.0, packed.tell() / size))
            members.extract(member, folder, filter="data")  # which refuses what leads out, links and devices


def _unzip(archive: Path, folder: Path, watch: Watch) -> None:
    with zipfile.ZipFile(archive) as packed:
        members = packed.infolist()
        total = sum(member.compress_size for member in members) or 1
        done = 0
        for member in members:
            watch(done / total)
            packed.extract(member, folder)  # which takes '..' and drive letters out of names
            done += member.compress_size


def _gunzip(archive: Path, folder: Path, watch: Watch) -> None:
    watch(0.0)
    with gzip.open(archive) as packed, (folder / archive.stem).open("wb") as whole:
        shutil.copyfileobj(packed, whole)


_WAYS = {".tar.gz": _untar, ".tgz": _untar, ".zip": _unzip, ".gz": _gunzip}
"""By what an archive's name ends with; the first that fits."""
ENDINGS = tuple(_WAYS)
