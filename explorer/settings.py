"""What the window remembers between two starts."""

import logging
import shutil
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QByteArray, QSettings

from explorer.translation import LANGUAGES, SYSTEM, tr

log = logging.getLogger(__name__)

THEMES = ("system", "light", "dark")

_VERSION = 2
"""Of what is stored; 1 had no number of its own, but `_LAYOUT`. Raised when older settings mean something else."""
_NUMBER = "settings/version"
_LAYOUT = "window/layout_version"
"""In version 1: which docks an arrangement was of."""
_RECENT = 8
_Kind = Literal["damaged", "newer", "older"]


def _is_bytes(value: object) -> bool:
    return isinstance(value, QByteArray)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_texts(value: object) -> bool:
    return value is None or isinstance(value, str) or (isinstance(value, list) and all(map(_is_text, value)))


_STORED: Mapping[str, Callable[[object], bool]] = {
    "window/geometry": _is_bytes,
    "window/docks": _is_bytes,
    "lab/geometry": _is_bytes,
    "window/theme": _is_text,
    "window/language": _is_text,
    "tour/seen": _is_text,
    "recent/data": _is_texts,
    "recent/runs": _is_texts,
    "recent/actions": _is_texts,
}
"""What every value must be; Qt reads a damaged file without a word, as far as it can."""


class Settings:
    """The user's settings, kept by Qt where the system keeps such things.

    What cannot be used (a damaged file, or one of a newer version) gives way to the defaults. Of it, and of settings
    that are brought up to date, a copy is kept beside the file first.
    """

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings("metric-explorer", "metric-explorer")
        self.note = ""
        """What was done with the settings of an older version, in one sentence; empty where nothing was."""
        self.problem = ""
        """Why settings are lost or will be, in one sentence; empty where none are."""
        self._take_stored()

    def geometry(self) -> QByteArray | None:
        """Size and place of the window."""
        return self._bytes("window/geometry")

    def arrangement(self) -> QByteArray | None:
        """Where the docks are; None where none was stored. It may be one of fewer or other docks."""
        return self._bytes("window/docks")

    def lab_geometry(self) -> QByteArray | None:
        """Size and place of the lab's window."""
        return self._bytes("lab/geometry")

    def save_lab_geometry(self, geometry: QByteArray) -> None:
        """Remember them."""
        self._store.setValue("lab/geometry", geometry)

    def save_window(self, geometry: QByteArray, arrangement: QByteArray) -> None:
        """Remember size, place and docks."""
        self._store.setValue("window/geometry", geometry)
        self._store.setValue("window/docks", arrangement)

    @property
    def theme(self) -> str:
        """'system', 'light' or 'dark'."""
        value = str(self._store.value("window/theme", THEMES[0]))
        return value if value in THEMES else THEMES[0]

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("window/theme", value)

    @property
    def is_tour_seen(self) -> bool:
        """Whether the tour was shown on a first start."""
        return str(self._store.value("tour/seen", "")) == "yes"

    def mark_tour_seen(self) -> None:
        """Remember that."""
        self._store.setValue("tour/seen", "yes")

    @property
    def language(self) -> str:
        """'system', or the code of a language."""
        value = str(self._store.value("window/language", SYSTEM))
        return value if value in LANGUAGES else SYSTEM

    @language.setter
    def language(self, value: str) -> None:
        self._store.setValue("window/language", value)

    def recent(self, kind: str) -> list[str]:
        """Paths used of late, or names of actions, the newest first; `kind` is 'data', 'runs' or 'actions'."""
        value = self._store.value(f"recent/{kind}", [])
        paths = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return [str(path) for path in paths if path][:_RECENT]

    def add_recent(self, kind: str, path: str) -> list[str]:
        """Put a path or a name first and return the list."""
        paths = [path, *(known for known in self.recent(kind) if known != path)][:_RECENT]
        self._store.setValue(f"recent/{kind}", paths)
        return paths

    def _bytes(self, key: str) -> QByteArray | None:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else None

    # --- what an earlier start has left

    def _take_stored(self) -> None:
        store, file = self._store, self._store.fileName()
        store.sync()  # only then does Qt tell what it could not read
        if store.status() == QSettings.Status.AccessError or not store.isWritable():
            self.problem = tr("Settings are not kept: {file} cannot be written").format(file=file)
            return
        kind = self._kind()
        if kind == "older":
            self.note = tr("Settings of an older version were taken over; {kind}").format(kind=self._copied(kind))
            self._bring_up_to_date()
        elif kind is not None:
            rule = (
                tr("are damaged")
                if kind == "damaged"
                else tr("are of a newer version ({NUMBER})").format(NUMBER=store.value(_NUMBER))
            )
            self.problem = tr("The settings {rule}, so the defaults are used; {kind}").format(
                rule=rule, kind=self._copied(kind)
            )
            store.clear()
        store.setValue(_NUMBER, _VERSION)

    def _kind(self) -> _Kind | None:
        """What is wrong with what is stored; None where nothing is."""
        store, number = self._store, _number(self._store.value(_NUMBER, 1))
        found: list[str] = store.allKeys()
        if number is not None and number > _VERSION:
            return "newer"  # whatever it holds
        if number is None or store.status() == QSettings.Status.FormatError or not all(map(self._is_as_stored, found)):
            return "damaged"
        if not found:
            return "damaged" if _has_content(Path(store.fileName())) else None
        if number == 1 and not any(key in _STORED for key in found):  # what is there was not written by this program
            return "damaged"
        return "older" if number < _VERSION else None

    def _is_as_stored(self, key: str) -> bool:
        return key not in _STORED or _STORED[key](self._store.value(key))

    def _bring_up_to_date(self) -> None:
        if _number(self._store.value(_LAYOUT)) != 1:
            self._store.remove("window/docks")
        self._store.remove(_LAYOUT)

    def _copied(self, kind: _Kind) -> str:
        """Keep a copy beside the file, and say so; other copies stay."""
        file = Path(self._store.fileName())
        if not file.is_file():  # a system that keeps settings in no file
            return tr("there is no file to keep a copy of")
        names = (f"{file.stem}.{kind}{'' if n == 1 else f'-{n}'}{file.suffix}" for n in count(1))
        copy = next(path for path in map(file.with_name, names) if not path.exists())
        try:
            shutil.copyfile(file, copy)
        except OSError as error:
            log.warning("%s: no copy could be kept", file, exc_info=True)
            return tr("a copy could not be kept ({strerror})").format(strerror=error.strerror)
        return tr("a copy is kept as {copy}").format(copy=copy)


def _number(value: Any) -> int | None:
    """A version; files keep numbers as text."""
    try:
        found = int(value)
    except (TypeError, ValueError):
        return None
    return found if found > 0 else None


def _has_content(file: Path) -> bool:
    """Whether there is something in a file of which Qt has read nothing."""
    try:
        return bool(file.read_bytes().strip())
    except OSError:
        return False
