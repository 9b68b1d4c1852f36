"""The catalog: which data sets there are, which are on this machine, and how one comes onto it."""

import os
import shutil
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from core.data.catalog import sets
from core.data.catalog.entry import CatalogEntry, RemoteFile
from core.data.dataset import Dataset
from core.errors import InputError
from core.files import held_alone
from core.watch import StageWatch


def find_entries() -> dict[str, CatalogEntry]:
    """The entry that each module of `core.data.catalog.sets` declares, in the order of their titles."""
    modules = (import_module(f"{sets.__name__}.{module.name}") for module in iter_modules(sets.__path__))
    entries: list[CatalogEntry] = sorted((module.ENTRY for module in modules), key=lambda entry: entry.title.casefold())
    return {entry.name: entry for entry in entries}


CATALOG = find_entries()
"""By the name that `--data` takes."""
FOLDER_VARIABLE = "METRIC_EXPLORER_DATA"
"""Environment variable that names another folder for what is downloaded."""
_UNPACKING_SHARE = 0.1
"""Of all the work, after fetching."""
_ROOM = 2.2
"""Bytes on the disk for each byte that is fetched: photographs hardly shrink, and the archive stays until the end."""


def catalog_folder() -> Path:
    """Where downloaded data sets are: the folder that `FOLDER_VARIABLE` names, else the user's own for such data."""
    if chosen := os.environ.get(FOLDER_VARIABLE):
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "metric-explorer" / "data"


def is_downloaded(name: str) -> bool:
    """Whether a data set of the catalog is on this machine, whole."""
    return (catalog_folder() / name).is_dir()


def list_downloaded(name: str) -> Dataset:
    """List a data set of the catalog.

    Raises
    ------
    InputError
        where it was not downloaded, saying how large it is, under which licence, and how to get it; or where its
        folder lacks something.
    """
    entry = CATALOG[name]
    if not is_downloaded(name):
        raise InputError(
            f"{name}: not downloaded yet; `metric-explorer download {name}` fetches {entry.size / 1e6:,.0f} MB "
            f"(licence: {entry.licence})"
        )
    return entry.list_images(catalog_folder() / name)


def download(name: str, watch: StageWatch) -> Path:
    """Fetch and unpack a data set of the catalog; one that was begun goes on where it was left.

    It is there whole or not at all: everything is gathered in a folder beside it, which gets its name at the end.

    Parameters
    ----------
    name
        of `CATALOG`.
    watch
        takes what is being done and the share of all; may raise Cancelled, which keeps what has come.

    Returns
    -------
    Path
        of its folder.

    Raises
    ------
    InputError
        where there is no such data set, no connection, no room, or another process downloads it, too.
    Cancelled
        where `watch` said so.
    """
    if name not in CATALOG:
        raise InputError(f"{name}: no data set of the catalog ({', '.join(CATALOG)})")
    entry, folder = CATALOG[name], catalog_folder() / name
    if is_downloaded(name):
        return folder
    part = catalog_folder() / f"{name}.part"
    try:
        part.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{part}: cannot be made ({(error.strerror or str(error)).lower()})") from error
    with held_alone(part, busy="another process downloads it; wait for that one"):
        _require_room(entry, part)
        fetched = _fetch_all(entry, part, watch)
        _unpack_all(fetched, part / "unpacked", watch)
        (part / "unpacked").replace(folder)
    shutil.rmtree(part, ignore_errors=True)
    return folder


def _require_room(entry: CatalogEntry, part: Path) -> None:
    there = sum(file.stat().st_size for file in part.iterdir() if file.is_file())
    needed, free = int(_ROOM * entry.size) - there, shutil.disk_usage(part).free
    if needed > free:
        raise InputError(f"{part}: {entry.name} needs {needed / 1e9:.1f} GB of room, found {free / 1e9:.1f} GB")


def _fetch_all(entry: CatalogEntry, part: Path, watch: StageWatch) -> list[Path]:
    from core.data.catalog.download import fetch  # the network's modules, for which no window is to wait at its start

    found, before = [], 0
    for file in entry.files:
        found.append(fetch(file, part, _bytes_watch(file, entry.size, before, watch)))
        before += file.size
    return found


def _bytes_watch(file: RemoteFile, total: int, before: int, watch: StageWatch) -> Callable[[int], None]:
    def tell(there: int) -> None:
        share = (before + min(there, file.size)) / total
        watch(f"fetching {file.name} ({there / 1e6:,.0f} of {file.size / 1e6:,.0f} MB)", share * (1 - _UNPACKING_SHARE))

    return tell


def _unpack_all(files: list[Path], folder: Path, watch: StageWatch) -> None:
    from core.data.catalog.unpack import ENDINGS, unpack

    shutil.rmtree(folder, ignore_errors=True)  # what a try that was cut off has unpacked
    folder.mkdir()
    for place, file in enumerate(files):
        begun = 1 - _UNPACKING_SHARE * (1 - place / len(files))

        def tell(share: float, file: Path = file, begun: float = begun) -> None:
            watch(f"unpacking {file.name}", begun + share * _UNPACKING_SHARE / len(files))

        if file.name.endswith(ENDINGS):
            unpack(file, folder, tell)
        else:
            shutil.copy2(file, folder)
    watch("done", 1.0)
