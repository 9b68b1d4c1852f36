"""What the window remembers between two starts."""

from PySide6.QtCore import QByteArray, QSettings

THEMES = ("system", "light", "dark")

_LAYOUT_VERSION = 1
"""Raised when the docks change so that an older arrangement no longer fits."""
_RECENT = 8


class Settings:
    """The user's settings, kept by Qt where the system keeps such things."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings("metric-explorer", "metric-explorer")

    def geometry(self) -> QByteArray | None:
        """Size and place of the window."""
        return self._bytes("window/geometry")

    def arrangement(self) -> QByteArray | None:
        """Where the docks are; None where this version has not stored any."""
        if self._store.value("window/layout_version") not in (_LAYOUT_VERSION, str(_LAYOUT_VERSION)):
            return None
        return self._bytes("window/docks")

    def save_window(self, geometry: QByteArray, arrangement: QByteArray) -> None:
        """Remember size, place and docks."""
        self._store.setValue("window/geometry", geometry)
        self._store.setValue("window/docks", arrangement)
        self._store.setValue("window/layout_version", _LAYOUT_VERSION)

    @property
    def theme(self) -> str:
        """'system', 'light' or 'dark'."""
        value = str(self._store.value("window/theme", THEMES[0]))
        return value if value in THEMES else THEMES[0]

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("window/theme", value)

    def recent(self, kind: str) -> list[str]:
        """Paths used of late, the newest first; `kind` is 'data' or 'runs'."""
        value = self._store.value(f"recent/{kind}", [])
        paths = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return [str(path) for path in paths][:_RECENT]

    def add_recent(self, kind: str, path: str) -> list[str]:
        """Put a path first and return the list."""
        paths = [path, *(known for known in self.recent(kind) if known != path)][:_RECENT]
        self._store.setValue(f"recent/{kind}", paths)
        return paths

    def _bytes(self, key: str) -> QByteArray | None:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else None
