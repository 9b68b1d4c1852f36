"""The entry in the applications menu of a Linux desktop: what starts the program, and its icon."""

import os
import shutil
import sys
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from core.errors import InputError
from explorer.translation import tr

_ENTRY = Path("applications/metric-explorer.desktop")
_ICON = Path("icons/hicolor/scalable/apps/metric-explorer.svg")


def add_entry(environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Write entry and icon for this user, with the place that the program is started from now.

    The freedesktop.org Desktop Entry Specification 1.5.

    Returns
    -------
    tuple
        the files.

    Raises
    ------
    InputError
        on another system, or where the files cannot be written.
    """
    folder = _folder(environment)
    source = resources.files("resources")
    entry = source.joinpath("desktop", "metric-explorer.desktop").read_text(encoding="utf-8")
    files = {
        folder / _ENTRY: entry.replace("Exec=metric-explorer", f"Exec={_quoted(_program())}"),
        folder / _ICON: source.joinpath("icons", "app.svg").read_text(encoding="utf-8"),
    }
    for path, content in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        except OSError as error:
            raise InputError(
                tr("{path}: cannot be written ({strerror})").format(path=path, strerror=error.strerror)
            ) from error
    return tuple(files)


def remove_entry(environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Remove what `add_entry` wrote, and return what there was of it.

    Raises
    ------
    InputError
        on another system, or where a file cannot be removed.
    """
    removed = tuple(path for path in (_folder(environment) / _ENTRY, _folder(environment) / _ICON) if path.exists())
    for path in removed:
        try:
            path.unlink()
        except OSError as error:
            raise InputError(
                tr("{path}: cannot be removed ({strerror})").format(path=path, strerror=error.strerror)
            ) from error
    return removed


def _folder(environment: Mapping[str, str]) -> Path:
    if not sys.platform.startswith("linux"):
        raise InputError(tr("--add-to-menu: is for Linux desktops, found {platform}").format(platform=sys.platform))
    given = environment.get("XDG_DATA_HOME", "")
    return Path(given) if Path(given).is_absolute() else Path.home() / ".local" / "share"  # the specification's rule


def _program() -> str:
    """Absolute path of what was started."""
    found = shutil.which(sys.argv[0]) or shutil.which("metric-explorer") or sys.argv[0]
    return str(Path(found).absolute())


def _quoted(path: str) -> str:
    """A path as one argument of Exec: in quotes, with what is special in them behind a backslash, % doubled."""
    escaped = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in path)
    # The value is a string of the file format first, in which a backslash is written twice.
    return '"' + escaped.replace("\\", "\\\\").replace("%", "%%") + '"'
